"""What can go wrong, one small family: each error is one sentence for a person.

Front ends decide how to show them; ``status`` is the exit status of the command
line, kept here so that a new error cannot be forgotten there.
"""

from __future__ import annotations


class PostillaError(Exception):
    """Base of every error that a person may see. ``str(error)`` is the sentence."""

    status = 2


class UsageError(PostillaError):
    """What was asked for cannot be done as asked."""


class NotFound(PostillaError):
    """No such document, tag, entity or annotation, or more than one."""


class NothingToDo(PostillaError):
    """There is nothing to undo, to list or to change."""

    status = 1


class Conflict(PostillaError):
    """An act cannot be undone because something it touched changed since."""


class LibraryError(PostillaError):
    """The library cannot be opened: missing, damaged, foreign or too new."""

    status = 3


class LibraryReadOnly(LibraryError):
    """The library, or its folder, cannot be written."""


class LibraryBusy(PostillaError):
    """Another program held the library longer than the time allowed."""

    status = 5
