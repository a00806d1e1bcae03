"""The command extract: find entities, again if asked, showing first what changes."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from store.errors import UsageError
from tui.cli.environment import Environment, agrees
from tui.cli.options import counted, pass_env
from tui.cli.output import format_option, one
from tui.cli.progress import Progress
from tui.cli.status import Status

if TYPE_CHECKING:
    from store.extract_preview import Example, Tally
    from store.library import Library
    from store.naming import ExtractProgress

EXTRACTED = (
    *("documents", "changed", "same", "new", "gone", "other_type"),
    *("other_value", "decided", "examples", "seconds", "served", "failed"),
)
"""``changed``: whether it was done and not only shown."""


@click.command()
@click.option("--again", is_flag=True, help="Every document, not only new ones.")
@click.option("--dry-run", is_flag=True, help="Say what would change, change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Look for entities with N processes.",
)
@click.option(
    "--extractor",
    metavar="NAME",
    help="What finds them: built-in, or an installed one; else as configured.",
)
@format_option
@pass_env
def extract(
    env: Environment,
    again: bool,
    dry_run: bool,
    yes: bool,
    jobs: int,
    extractor: str | None,
    form: str | None,
) -> Status:
    """Find the entities of documents that have none yet, or (--again) of all.

    What a person decided about names stays. With --again it shows what would change
    and asks; what is interrupted is gone on with by extract without --again.
    """
    from store.extract_preview import Tally

    began = time.monotonic()
    library = env.library()
    how = _How(library, again, jobs, extractor or env.config.extractor)
    tally = Tally()
    try:
        if dry_run or (again and not yes):
            if not dry_run and not env.asks:
                raise UsageError(
                    "Extracting again shows what changes and asks first; without a"
                    " terminal give --yes, or --dry-run to see it."
                )
            _look(env, how, tally)
        if again and not (dry_run or yes):
            _explain(env.say, tally, done=False)
            if tally.is_empty:
                return _ended(tally)
            if not agrees(env, "Change this? [y/N] "):
                env.say("Nothing was changed.")
                return Status.NOTHING
            tally = Tally()
        if not dry_run:
            _change(env, how, tally)
    except KeyboardInterrupt:
        env.say(_interrupted(library, dry_run=dry_run))
        return Status.INTERRUPTED
    if form in (None, "table"):
        _explain(env.tell, tally, done=not dry_run)
    else:
        seconds = round(time.monotonic() - began, 3)
        shown = summary(tally, seconds, changed=not dry_run)
        one(env, shown, EXTRACTED, form=form)
    for document, reason in tally.failures:
        env.say(f"Document {document} stays as it was: {reason}")
    return _ended(tally)


def _ended(tally: Tally) -> Status:
    return Status.SOME_FAILED if tally.failed else Status.DONE


@dataclass(frozen=True, slots=True)
class _How:
    """What is to be done, and with what."""

    library: Library
    again: bool
    jobs: int
    extractor: str


def summary(tally: Tally, seconds: float, *, changed: bool) -> dict[str, Any]:
    """What changed, or would, as scripts get it."""
    from dataclasses import asdict

    return {
        "documents": tally.documents,
        "changed": changed,
        "same": tally.same,
        "new": dict(tally.new),
        "gone": dict(tally.gone),
        "other_type": [
            {"was": was, "type": type, "mentions": count}
            for (was, type), count in tally.other_type.most_common()
        ],
        "other_value": dict(tally.other_value),
        "decided": dict(tally.decided),
        "examples": {
            kind: [asdict(one) for one in some] for kind, some in tally.examples.items()
        },
        "seconds": seconds,
        "served": dict(tally.served),
        "failed": [
            {"document": document, "reason": reason}
            for document, reason in tally.failures
        ],
    }


def _look(env: Environment, how: _How, tally: Tally) -> None:
    from store import extract_preview, naming

    core = how.library.core
    ids = extract_preview.all_documents(core) if how.again else naming.pending(core)
    steps = extract_preview.preview(
        core, ids, tally, jobs=how.jobs, extractor=how.extractor
    )
    _follow(env, "Comparing", steps)


def _change(env: Environment, how: _How, tally: Tally) -> None:
    from store import extract_preview, naming

    core, jobs, extractor = how.library.core, how.jobs, how.extractor
    doing = "Finding entities"
    if not how.again:
        pending = naming.pending(core)
        steps = extract_preview.extract(
            core, pending, tally, jobs=jobs, extractor=extractor
        )
        _follow(env, doing, steps)
    after = 0 if how.again else extract_preview.stopped_at(core)
    if after is not None:
        rest = extract_preview.extract_again(
            core, tally, jobs=jobs, after=after, extractor=extractor
        )
        _follow(env, doing, rest)


def _follow(env: Environment, doing: str, steps: Iterator[ExtractProgress]) -> None:
    with Progress(env, doing) as progress:
        for step in steps:
            share = step.done / step.total if step.total else 1.0
            progress.show(share=share, count=step.done, seconds=step.seconds)


def _interrupted(library: Library, *, dry_run: bool) -> str:
    from store import extract_preview

    if dry_run or extract_preview.stopped_at(library.core) is None:
        return "postilla: interrupted; what was found until now is in the library."
    return (
        "postilla: interrupted; what was found until now is in the library, and"
        " postilla extract goes on with the rest."
    )


def _explain(say: Any, tally: Tally, *, done: bool) -> None:
    """Counts by type and the first examples, a line each."""
    say(f"{counted(tally.documents, 'document')} looked at.")
    for words, count in tally.served.most_common():
        say(f"  {count:,}: {words}")
    if tally.failed:
        say(f"{counted(tally.failed, 'document')} failed.")
    _kind(say, "new", tally.new, tally.examples["new"])
    _kind(say, "gone", tally.gone, tally.examples["gone"])
    pairs = Counter({f"{was} → {t}": n for (was, t), n in tally.other_type.items()})
    _kind(say, "of another type", pairs, tally.examples["other_type"])
    _kind(say, "of another value or speaker", tally.other_value, [])
    if tally.decided:
        total = sum(tally.decided.values())
        say(f"{counted(total, 'mention')} as you decided: {_types(tally.decided)}.")
    if tally.is_empty:
        say("Nothing changes." if not done else "Nothing changed.")


def _kind(say: Any, words: str, counts: Counter[str], examples: list[Example]) -> None:
    from store import safe

    if not counts:
        return
    say(f"{sum(counts.values()):,} {words}: {_types(counts)}.")
    for example in examples:
        type = " → ".join(kind for kind in (example.was, example.type) if kind)
        surface = safe.line(example.surface, 60)
        say(f"  {surface} ({type}) in document {example.document}")


def _types(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {type}" for type, count in counts.most_common())


COMMANDS: dict[str, click.Command] = {"extract": extract}
