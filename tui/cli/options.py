"""Options that several commands share, and values as a person gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from store.errors import UsageError
from tui.cli.environment import Environment

if TYPE_CHECKING:
    from store.annotation_rows import AnnotationFilter
    from store.document_rows import DocumentFilter
    from store.library import Library

pass_env: Callable[[Any], Any] = click.pass_obj
"""Hands a command the environment, as its first argument."""


class Group(click.Group):
    """A command that only holds commands."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As usual; an unknown name is refused with the nearest."""
        refuse_unknown(ctx, args, self.commands, f"{ctx.info_name} ")
        return super().resolve_command(ctx, args)


def refuse_unknown(
    context: click.Context, args: Sequence[str], known: Iterable[str], above: str = ""
) -> None:
    """Refuse a command that there is not, with the nearest; ``above``: the group's."""
    if not args or args[0] in known or args[0].startswith("-"):
        return
    from difflib import get_close_matches

    near = get_close_matches(args[0], known, n=1)
    hint = f" Did you mean {near[0]}?" if near else f" See postilla {above}--help."
    context.fail(f"There is no command {above}{args[0]}.{hint}")


def group(help: str) -> click.Group:
    """A command that only holds commands."""
    return Group(help=help, no_args_is_help=True)


def annotation_filters(command: Any) -> Any:
    """The options that say which annotations, for :func:`annotation_filter`."""
    for option in reversed(_ANNOTATION_FILTERS):
        command = option(command)
    return command


_ANNOTATION_FILTERS: Sequence[Callable[[Any], Any]] = (
    click.option(
        "--tag",
        metavar="EXPR",
        help="A tag; A and (B or not C); A near:50 B, A overlaps B, A in-document B.",
    ),
    click.option("--query", metavar="NAME", help="What a saved query finds."),
    click.option(
        "--words", metavar="TEXT", help="Words in passage, note, tags or title."
    ),
    click.option("--document", metavar="DOC", help="Of one document."),
    click.option("--collection", metavar="NAME", help="Of a set of documents."),
    click.option("--coder", metavar="NAME", help="Made by one coder."),
    click.option("--since", metavar="DATE", help="Made on this date or later."),
    click.option("--until", metavar="DATE", help="Made on this date or earlier."),
    click.option("--untagged", is_flag=True, help="Without any tag."),
    click.option("--orphans", is_flag=True, help="Whose passage is lost or unsure."),
)


def annotation_filter(
    library: Library, *, document: str | None, coder: str | None, **given: Any
) -> AnnotationFilter:
    """The filter that the options ask for. Raises ``NotFound`` and ``UsageError``."""
    from store.annotation_rows import AnnotationFilter

    found = None if document is None else library.documents.find(document)
    name = None if coder is None else library.coders.find(coder).name
    return AnnotationFilter(document=found, coder=name, **given)


def document_filters(command: Any) -> Any:
    """The options that say which documents, for :func:`document_filter`."""
    for option in reversed(_DOCUMENT_FILTERS):
        command = option(command)
    return command


_DOCUMENT_FILTERS: Sequence[Callable[[Any], Any]] = (
    click.option("--source", metavar="NAME", help="From this source."),
    click.option("--since", metavar="DATE", help="Published on this date or later."),
    click.option("--until", metavar="DATE", help="Published on this date or earlier."),
    click.option("--language", metavar="CODE", help="In this language: it, en, …"),
    click.option("--entity", metavar="ENTITY", help="That name this entity."),
    click.option("--tag", metavar="TAG", help="That bear this tag or one below it."),
    click.option("--collection", metavar="NAME", help="Of this set of documents."),
)


def document_filter(
    library: Library, *, entity: str | None = None, tag: str | None = None, **given: Any
) -> DocumentFilter:
    """The filter that the options ask for. Raises ``NotFound`` and ``UsageError``."""
    from store.document_rows import DocumentFilter

    return DocumentFilter(
        entity=None if entity is None else library.entities.find(entity),
        tag=None if tag is None else library.codebook.find(tag),
        **given,
    )


def pairs(given: Sequence[str]) -> dict[str, str]:
    """``key=value`` words as a mapping. Raises ``UsageError``."""
    out: dict[str, str] = {}
    for word in given:
        key, sign, value = word.partition("=")
        if not sign or not key.strip():
            raise UsageError(f"{word} is not of the form key=value.")
        out[key.strip()] = value
    return out


def prose(env: Environment, given: str | None) -> str | None:
    """A note as given, or for ``-`` what standard input holds.

    Raises ``UsageError`` where that is not UTF-8.
    """
    if given != "-":
        return given
    try:
        text = env.stdin.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(
            "Standard input is not UTF-8; the note was not taken."
        ) from None
    return text.replace("\r\n", "\n").rstrip("\n")


def counted(number: int, noun: str, several: str | None = None) -> str:
    """``1 annotation``, ``1,200 annotations``."""
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"
