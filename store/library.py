"""A library: one SQLite file, opened; the door through which all of it is reached.

It owns the connections and hands out the parts. Screens and commands keep ids and
ask again; no row and no connection leaves the store.
"""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

from store import connections
from store.annotations import Annotations
from store.codebook import Codebook
from store.core import Core, utc_now
from store.documents import Documents
from store.drafts import Drafts
from store.entities import Entities
from store.undo import History

if TYPE_CHECKING:
    from store.adding import AddOptions, AddReport
    from store.attributes import Attributes
    from store.coders import Coders
    from store.collections import Collections
    from store.naming import ExtractProgress
    from store.queries import Queries
    from store.searched import Searched


class Library:
    """One opened library in one window.

    ``coder`` signs annotations and acts (the login name unless given);
    ``window`` tells whose last act ``undo`` takes back.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        create: bool = False,
        coder: str | None = None,
        window: str | None = None,
        now: Callable[[], str] = utc_now,
    ) -> None:
        """Open a library; raises ``LibraryError`` where there is none to open."""
        self.path = Path(path)
        connections.prepare(self.path, create=create)
        self.core = Core(self.path, coder=coder or login_name(), window=window, now=now)

    @cached_property
    def documents(self) -> Documents:
        """Documents."""
        return Documents(self.core)

    @cached_property
    def annotations(self) -> Annotations:
        """Annotations."""
        return Annotations(self.core)

    @cached_property
    def codebook(self) -> Codebook:
        """Tags."""
        return Codebook(self.core)

    @cached_property
    def entities(self) -> Entities:
        """Entities and mentions."""
        return Entities(self.core)

    @cached_property
    def collections(self) -> Collections:
        """Named sets of documents."""
        from store.collections import Collections

        return Collections(self.core)

    @cached_property
    def queries(self) -> Queries:
        """Saved queries."""
        from store.queries import Queries

        return Queries(self.core)

    @cached_property
    def searched(self) -> Searched:
        """What was searched for lately."""
        from store.searched import Searched

        return Searched(self.core)

    @cached_property
    def attributes(self) -> Attributes:
        """Attributes of documents: defined once, filled in by coders."""
        from store.attributes import Attributes

        return Attributes(self.core)

    @cached_property
    def coders(self) -> Coders:
        """Who codes, blind coding, and what is done."""
        from store.coders import Coders

        return Coders(self.core)

    @cached_property
    def drafts(self) -> Drafts:
        """Annotations that were being written."""
        return Drafts(self.core)

    @cached_property
    def history(self) -> History:
        """Undo, redo and the log of acts."""
        return History(self.core)

    def add(
        self,
        paths: Sequence[str | Path],
        options: AddOptions | None = None,
        *,
        stdin: BinaryIO | None = None,
    ) -> Iterator[AddReport]:
        """Add documents from files, folders or standard input (``-``)."""
        from store import adding

        return adding.add(self.core, paths, options, stdin=stdin)

    def extract_pending(
        self, *, jobs: int = 1, extractor: str = "built-in"
    ) -> Iterator[ExtractProgress]:
        """Find the entities of documents that were added without; where the extractor
        has failed before it is not tried again.

        With ``jobs`` above 1 the finding is done by that many processes; for
        ``extractor`` see ``store.extract.plugins``.
        """
        from store import naming

        untried = naming.untried(self.core, extractor)
        return naming.extract_documents(
            self.core, untried, jobs=jobs, extractor=extractor
        )

    def load_codebook(self, seeds: Path) -> None:
        """Bring in the starter codebook of the sample material."""
        from store.bringing_in import bring_in

        bring_in(self.core, seeds / "codebook.csv")

    def backup(self, target: Path, *, force: bool = False) -> Path:
        """Copy the library to a file, also while it is open."""
        from store import care

        return care.backup(self.core, target, force=force)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed from here."""
        return self.core.read_only

    def version(self) -> int:
        """Changes whenever another program has changed the library."""
        return self.core.version()

    def release(self) -> None:
        """Close the reading connection of the calling thread."""
        self.core.release()

    def close(self) -> None:
        """Finish writing and close the file."""
        self.core.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()


def login_name() -> str:
    """Who is working, as the system knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "coder"
