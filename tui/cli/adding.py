"""The command add: documents in from files, folders or standard input."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import click

from tui.cli.environment import Environment
from tui.cli.options import counted, pairs, pass_env
from tui.cli.output import format_option, one
from tui.cli.progress import Progress
from tui.cli.status import Status

if TYPE_CHECKING:
    from store.adding import AddOptions, AddReport
    from store.library import Library
    from store.naming import ExtractProgress

SUMMARY = ("added", "updated", "unchanged", "duplicates", "failed", "seconds")

_MOST_NOTES = 10
"""Kinds of remarks that are told; a hundred thousand files may have many."""


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH… | -")
@click.option("--reader", metavar="NAME", help="Read all as this: txt, html, csv, …")
@click.option(
    "--field",
    "given",
    multiple=True,
    metavar="KEY=VALUE",
    help="Wins over what a file says: source=…, language=…; may be repeated.",
)
@click.option("--encoding", metavar="NAME", help="How all files are encoded.")
@click.option("--collection", metavar="NAME", help="Put them into this set.")
@click.option("--no-entities", is_flag=True, help="Look for entities later.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Look for entities with N processes.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, change nothing.")
@format_option
@pass_env
def add(
    env: Environment,
    paths: tuple[str, ...],
    reader: str | None,
    given: tuple[str, ...],
    encoding: str | None,
    collection: str | None,
    no_entities: bool,
    jobs: int,
    dry_run: bool,
    form: str | None,
) -> Status:
    """Add documents from files, folders or standard input (-).

    What is known already is left as it is; what has changed is updated. The
    library is made if it is missing.
    """
    from store.adding import AddOptions

    options = AddOptions(
        reader=reader,
        fields=pairs(given),
        encoding=encoding,
        collection=collection,
        dry_run=dry_run,
    )
    began = time.monotonic()
    library = env.library(create=True, trial=dry_run)
    try:
        report = _read(env, library, paths, options)
        mentions = None
        if not (dry_run or no_entities):
            mentions = _extract(env, library, jobs)
    except KeyboardInterrupt:
        env.say("postilla: interrupted; what was read until now is in the library.")
        return Status.INTERRUPTED
    seconds = round(time.monotonic() - began, 3)
    _say_what_failed(env, report)
    if form in (None, "table"):
        env.tell(_sentence(report, mentions, seconds, dry_run=dry_run))
    else:
        one(env, summary(report, seconds), SUMMARY, form=form)
    return Status.SOME_FAILED if report.failed else Status.DONE


def summary(report: AddReport, seconds: float) -> dict[str, object]:
    """The report as scripts get it."""
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "duplicates": report.duplicates,
        "failed": [{"path": f.path, "reason": f.reason} for f in report.failed],
        "seconds": seconds,
    }


def _read(
    env: Environment, library: Library, paths: tuple[str, ...], options: AddOptions
) -> AddReport:
    from store.adding import AddReport

    last = AddReport()
    with Progress(env, "Reading") as progress:
        for last in library.add(paths, options, stdin=env.stdin):
            progress.show(share=last.share, count=last.documents, seconds=last.seconds)
    return last


def _extract(env: Environment, library: Library, jobs: int) -> int:
    steps = library.extract_pending(jobs=jobs, extractor=env.config.extractor)
    step: ExtractProgress | None = None
    with Progress(env, "Finding entities") as progress:
        for step in steps:
            share = step.done / step.total if step.total else 1.0
            progress.show(share=share, count=step.done, seconds=step.seconds)
    if step is None:
        return 0
    for document, reason in step.failures:
        env.say(f"No entities in document {document}: {reason}")
    return step.mentions


def _say_what_failed(env: Environment, report: AddReport) -> None:
    for failure in report.failed:
        env.say(f"{failure.path}: {failure.reason}")
    if env.quiet:
        return
    remarks = Counter(report.warnings).most_common(_MOST_NOTES)
    for remark, count in remarks:
        env.say(f"Note on {counted(count, 'document')}: {remark}.")


def _sentence(
    report: AddReport, mentions: int | None, seconds: float, *, dry_run: bool
) -> str:
    parts = [
        f"{'Would add' if dry_run else 'Added'} {counted(report.added, 'document')}"
    ]
    if report.duplicates:
        parts[0] += f" ({report.duplicates:,} with the text of another)"
    if report.updated:
        parts.append(f"{'would update' if dry_run else 'updated'} {report.updated:,}")
    if report.unchanged:
        parts.append(f"{report.unchanged:,} unchanged")
    if mentions:
        parts.append(f"found {counted(mentions, 'mention')}")
    if report.failed:
        parts.append(f"{counted(len(report.failed), 'source')} failed")
    return f"{', '.join(parts)}; {seconds:.1f} s."


COMMANDS: dict[str, click.Command] = {"add": add}
