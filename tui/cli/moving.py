"""Commands that take annotations out of the library and bring them in."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from store.errors import UsageError
from tui.cli.environment import Environment
from tui.cli.options import annotation_filter, annotation_filters, counted, pass_env
from tui.cli.output import format_option, one
from tui.cli.status import Status

if TYPE_CHECKING:
    from store.bringing_in import Report

REPORT = (
    *("taken", "changed", "unchanged", "kept", "dropped", "documents_added"),
    *("tags_added", "tags_changed", "moved", "proposed", "orphans", "remarks"),
)


@click.command()
@click.argument("file", metavar="[FILE]", required=False)
@click.option(
    "-f",
    "--format",
    "form",
    metavar="FORMAT",
    help="markdown, csv or jsonl; of the codebook: qdc, tags or codebook."
    " Else as FILE ends, else markdown.",
)
@annotation_filters
@click.option(
    "--group-by",
    type=click.Choice(("tag", "document", "date")),
    default="tag",
    show_default=True,
    help="The order of markdown.",
)
@click.option("--context", is_flag=True, help="With the sentence around each quote.")
@click.option("--force", is_flag=True, help="Write over an existing FILE.")
@pass_env
def export(
    env: Environment,
    file: str | None,
    form: str | None,
    group_by: str,
    context: bool,
    force: bool,
    **given: Any,
) -> Status:
    """Take annotations out, to FILE or to standard output.

    The formats qdc (REFI-QDA, for other programs), tags (CSV) and codebook (Markdown)
    take the whole codebook out.
    """
    from store import export as out
    from store.export import codebook

    target = None if file in (None, "-") else Path(file or "")
    if form is None:
        form = "markdown" if target is None else out.format_for(target)
    if form in codebook.FORMATS:
        if any(given.values()) or context:
            raise UsageError(f"The format {form} takes the whole codebook out.")
        return _codebook(env, target, form, force=force)
    library = env.library()
    chosen = annotation_filter(library, **given)
    reader = library.core.reader
    layout: dict[str, Any] = {"group_by": group_by, "context": context}
    parts = out.render(reader, chosen, form, **layout)
    count = len(library.annotations.select(chosen))
    if not count:
        env.say("No annotation matches; nothing was written.")
        return Status.NOTHING
    if target is None:
        # Before the library is: the parts hold a moment of it, also where the pipe
        # is closed half way.
        with closing(parts):
            for part in parts:
                env.stdout.write(_shown(env, part, form))
        return Status.DONE
    out.write(target, reader, chosen, form, force=force, **layout)
    env.tell(f"{counted(count, 'annotation')} written to {target}.")
    return Status.DONE


def _codebook(
    env: Environment, target: Path | None, form: str, *, force: bool
) -> Status:
    from store.export import codebook

    library = env.library()
    count = len(library.codebook.tags(counted=False))
    if not count:
        env.say("The codebook is empty; nothing was written.")
        return Status.NOTHING
    reader = library.core.reader
    if target is None:
        for part in codebook.render(reader, form):
            env.stdout.write(_shown(env, part, form))
    else:
        codebook.write(target, reader, form, force=force)
        env.tell(f"{counted(count, 'tag')} written to {target}.")
    left_out = codebook.left_out(reader, form)
    if left_out and not env.quiet:
        env.say(left_out)
    return Status.DONE


def _shown(env: Environment, part: str, form: str) -> str:
    """A part as it may reach a terminal; a pipe gets it as it is."""
    from store import safe

    # JSON Lines are harmless as they are written.
    return safe.block(part) if env.on_terminal and form != "jsonl" else part


@click.command("import")
@click.argument("file", metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Say what would happen, change nothing.")
@format_option
@pass_env
def bring_in(env: Environment, file: str, dry_run: bool, form: str | None) -> Status:
    """Bring annotations (an export as .jsonl) or a codebook (.csv, .qdc) in.

    What is known already stays, and of what both have the newer counts.
    """
    from store import bringing_in

    path = Path(file)
    kind = bringing_in.kind_of(path)  # no library is made for a file that is not ours
    library = env.library(create=True, trial=dry_run)
    report = bringing_in.bring_in(library.core, path, dry_run=dry_run)
    for line in report.dropped:
        env.say(f"{file}: not taken: {line}")
    if not env.quiet:
        for line in report.remarks:
            env.say(f"{file}: {line}")
    if form in (None, "table"):
        is_codebook = kind != "jsonl"
        env.tell(_sentence(report, dry_run=dry_run, is_codebook=is_codebook))
    else:
        one(env, report, REPORT, form=form)
    return Status.SOME_FAILED if report.dropped else Status.DONE


def _sentence(report: Report, *, dry_run: bool, is_codebook: bool) -> str:
    parts = [] if is_codebook else [f"took {counted(report.taken, 'new annotation')}"]
    documents = counted(report.documents_added, "document")
    more = (
        (report.changed, "changed {}"),
        (report.unchanged, "{} unchanged"),
        (report.kept, "kept {} as here"),
        (report.documents_added, f"added {documents}"),
        (report.tags_added, f"added {counted(report.tags_added, 'tag')}"),
        (report.tags_changed, f"changed {counted(report.tags_changed, 'tag')}"),
        (report.moved, "{} found elsewhere in a changed text"),
        (report.proposed, "{} to be confirmed"),
        (report.orphans, "{} without their passage"),
        (len(report.dropped), "{} not taken"),
    )
    parts += [words.format(f"{number:,}") for number, words in more if number]
    text = ", ".join(parts) or "took nothing; the codebook has it all"
    return f"Would have: {text}." if dry_run else f"{text[0].upper()}{text[1:]}."


COMMANDS: dict[str, click.Command] = {"export": export, "import": bring_in}
