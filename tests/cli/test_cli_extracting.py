"""The command extract: which extractor serves, what fails, stopping and going on."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from installed import WORDS, install

from .commandline import INTERRUPTED, Cli, hears_interrupts

POSTILLA = [sys.executable, "-m", "tui"]

SLOW = (
    WORDS
    + """

import os
import time

HERE = os.path.dirname(__file__)


class Slow(Words):
    name = "slow-1"

    def __call__(self, text, language=None, *, published=None):
        if "Wait" in text:
            open(os.path.join(HERE, "reached"), "w").close()
            while not os.path.exists(os.path.join(HERE, "go")):
                time.sleep(0.01)
        return super().__call__(text, language, published=published)


Words = Slow
"""
)
"""Waits at one text until it is told to go on."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Two documents without entities, and an extractor that fails on the second."""
    install(tmp_path / "site", monkeypatch)
    cli = Cli(tmp_path)
    texts = [{"id": "a", "text": "Zumble rose."}, {"id": "b", "text": "All explode."}]
    cli.run("add", cli.records(*texts), "--no-entities")
    return cli


def test_the_extractor_of_the_option_before_that_of_the_configuration(
    desk: Cli,
) -> None:
    desk.file("config/postilla/config.toml", 'extractor = "words"\n')
    assert desk.run("config", "show", "-f", "json").json["extractor"] == "words"
    assert desk.run("config", "check").status == 0
    done = desk.run("extract")
    assert done.status == 4
    assert "1: words-7" in done.out and "1 document failed." in done.out
    assert "Document 2 stays as it was: words-7 failed: ValueError" in done.err
    assert "\x1b" not in done.out + done.err
    (mention,) = desk.run("mentions", "-f", "json").json
    assert (mention["surface"], mention["extractor"]) == ("Zumble", "words-7")
    shown = desk.run("show", "1", "-f", "json").json
    assert (shown["extractor"], shown["served"]) == ("words-7", "words-7")
    done = desk.run("extract", "--extractor", "built-in", "-f", "json")
    assert (done.status, done.json["failed"]) == (0, [])
    shown = desk.run("show", "2", "-f", "json").json
    assert shown["served"] == "joint model of several languages"
    again = desk.run("extract", "--again", "--dry-run", "-f", "json").json
    assert again["failed"][0]["document"] == 2
    assert again["served"] == {"words-7": 1}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("wordz", "There is no extractor wordz. There are: built-in, "),
        ("broken", "The extractor broken cannot be loaded (OSError: no model file)."),
    ],
)
def test_one_sentence_for_an_extractor_that_cannot_be_had(
    desk: Cli, name: str, says: str
) -> None:
    refused = desk.run("extract", "--extractor", name)
    assert (refused.status, refused.out) == (2, "")
    assert says in refused.err and refused.err.count("\n") == 1
    desk.file("config/postilla/config.toml", f'extractor = "{name}"\n')
    checked = desk.run("config", "check")
    assert (checked.status, says in checked.err) == (2, True)
    desk.file("config/postilla/config.toml", "extractor = 3\n")
    assert "extractor must be text in quotes" in desk.run("config", "check").err


def test_adding_finds_with_the_configured_extractor(desk: Cli) -> None:
    desk.file("config/postilla/config.toml", 'extractor = "words"\n')
    added = desk.run(
        "add", desk.records({"id": "c", "text": "Zumble."}, name="c.jsonl")
    )
    assert added.status == 0
    assert "No entities in document 2: words-7 failed" in added.err
    assert desk.run("show", "3", "-f", "json").json["served"] == "words-7"


def test_interrupted_with_several_processes_it_goes_on_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+c at a terminal goes to every process of the group."""
    site = tmp_path / "site"
    install(site, monkeypatch, SLOW)
    cli = Cli(tmp_path)
    texts = [{"id": str(n), "text": f"Zumble {n}."} for n in range(170)]
    texts[120]["text"] = "Wait, Zumble."
    cli.run("add", cli.records(*texts), "--no-entities")
    environ = {
        **os.environ,
        "PYTHONPATH": str(site),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }
    command = [*POSTILLA, "extract", "--jobs", "2", "--extractor", "words"]
    with subprocess.Popen(
        command,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=hears_interrupts,  # noqa: PLW1509 -- it only sets a signal
    ) as process:
        while process.poll() is None and not (site / "reached").exists():
            time.sleep(0.01)
        while process.poll() is None and not extracted(cli):
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode in INTERRUPTED, out) == (True, b"")
    assert err.count(b"\n") == 1 and b"what was found until now" in err
    before = extracted(cli)
    assert 0 < before < 170
    (site / "go").touch()
    done = subprocess.run(
        [*command, "-f", "json"], env=environ, capture_output=True, check=True
    )
    assert b'"documents": %d' % (170 - before) in done.stdout
    assert extracted(cli) == 170


def extracted(cli: Cli) -> int:
    """Documents whose entities were found."""
    connection = sqlite3.connect(f"file:{cli.library}?mode=ro", uri=True)
    try:
        return int(
            connection.execute(
                "SELECT count(*) FROM documents WHERE extractor IS NOT NULL"
            ).fetchone()[0]
        )
    finally:
        connection.close()
