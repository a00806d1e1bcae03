"""The three doors: nothing goes round them.

Display: what others wrote reaches the terminal through ``store.safe`` only, in
screens by ``tui.widgets.plain``. Writing: one connection, in the writer. And what
no part may do at all: run what it reads.
"""

from __future__ import annotations

import ast
import re

import pytest

from .sources import Source, calls, dotted, sources, strings

PLAIN = "tui/widgets/plain.py"

SQL = re.compile(
    r"\s*(SELECT\s|INSERT\s|UPDATE\s|DELETE\s|CREATE\s|DROP\s|ALTER\s|PRAGMA\s|WITH\s"
    r"|BEGIN\b|VACUUM\b|ATTACH\s)"
)


SHOWING = {"Static", "Label", "Content", "Markdown", "Log", "RichLog"}


def own_words(node: ast.expr) -> bool:
    """Whether a text was written by us: literals, constants, and what passed the door.

    Foreign parts of it must have gone through ``safe``; numbers may be formatted.
    """
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=name):
            return name.isupper()
        case ast.Attribute():
            return dotted(node).rpartition(".")[2].isupper()
        case ast.JoinedStr(values=values):
            return all(own_words(value) for value in values)
        case ast.FormattedValue(value=value):
            return own_words(value) or (
                isinstance(value, ast.Call) and is_number(value)
            )
        case ast.BinOp(left=left, right=right):
            return own_words(left) and own_words(right)
        case ast.IfExp(body=body, orelse=other):
            return own_words(body) and own_words(other)
        case ast.Call(func=func, args=arguments):
            name = dotted(func)
            if name in ("safe.line", "safe.block", "safe.fit", "safe.clip"):
                return True
            return name == "Content" and all(own_words(one) for one in arguments)
        case _:
            return False


def is_number(call: ast.Call) -> bool:
    return dotted(call.func) in ("len", "sum", "round", "int", "max", "min")


def screens() -> list[Source]:
    return [one for one in sources("tui") if one.path != PLAIN]


def test_foreign_strings_are_shown_by_plain_only() -> None:
    """Textual's own texts, fields and titles get our words, or safe ones."""
    found = []
    for source in screens():
        for call, name in calls(source):
            last = name.rpartition(".")[2]
            if last in SHOWING and not all(own_words(one) for one in call.args):
                found.append(source.at(call, f"{last}(…): use plain.Plain or plain()"))
            if last in ("Input", "TextArea"):
                found.append(source.at(call, f"{last}(…): use plain.Safe{last}"))
            if last == "notify":
                found.append(source.at(call, "notify(…): use plain.say"))
    assert found == []


def test_titles_and_tooltips_are_ours_or_safe() -> None:
    names = {"border_title", "border_subtitle", "title", "sub_title", "tooltip"}
    found = []
    for source in screens():
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Assign):
                continue
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in names:
                    if dotted(target.value) == "self" and target.attr == "title":
                        continue  # a field of our own; an App's is a literal
                    if not own_words(node.value):
                        what = f"{target.attr} = …: use plain.set_title"
                        found.append(source.at(node, what))
    assert found == []


def test_markup_is_never_read_from_strings() -> None:
    found = []
    for source in sources("tui"):
        for call, name in calls(source):
            last = name.rpartition(".")[2]
            if last in ("from_markup", "from_ansi", "render_markup", "set_title_bar"):
                found.append(source.at(call, last))
            for keyword in call.keywords:
                if keyword.arg == "markup" and not (
                    isinstance(keyword.value, ast.Constant) and not keyword.value.value
                ):
                    found.append(source.at(call, "markup=…"))
    assert found == []


def test_commands_print_through_output_only() -> None:
    found = []
    for source in sources("tui"):
        if source.path == "tui/cli/output.py":
            continue
        for call, name in calls(source):
            if name == "print" and not all(own_words(one) for one in call.args):
                found.append(source.at(call, "print(…) of a foreign string"))
            if name.endswith("console.print") or name == "rich.print":
                found.append(source.at(call, name))
            if name == "click.echo" and source.path != "tui/cli/main.py":
                found.append(source.at(call, "click.echo(…): use env.say"))
    assert found == []


def test_there_is_no_sql_outside_the_store() -> None:
    found = []
    for source in sources("tui"):
        for node in ast.walk(source.tree):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if any(name.partition(".")[0] == "sqlite_utils" for name in names):
                found.append(source.at(node, "imports sqlite_utils"))
        for call, name in calls(source):
            if name.endswith((".execute", ".executemany", ".executescript")):
                found.append(source.at(call, name))
            if name == "sqlite3.connect":
                found.append(source.at(call, name))
        for node, text in strings(source):
            if SQL.match(text) and text.split()[0].isupper() and len(text.split()) > 1:
                found.append(source.at(node, text[:40]))
    assert found == []


def test_connections_are_made_in_one_place() -> None:
    """Besides: a copy being checked, and scratch work in memory."""
    found = []
    for source in sources("store"):
        if source.path in ("store/connections.py", "store/care.py"):
            continue
        for call, name in calls(source):
            if name != "sqlite3.connect":
                continue
            target = call.args[0] if call.args else None
            if not (isinstance(target, ast.Constant) and target.value == ":memory:"):
                found.append(source.at(call, name))
    assert found == []


def test_transactions_that_write_are_the_writers() -> None:
    """Readers may hold one moment of the library; only the writer changes it."""
    own = re.compile(
        r"BEGIN\s+(IMMEDIATE|EXCLUSIVE)|PRAGMA\s+(synchronous|wal_checkpoint)"
    )
    found = [
        source.at(node, text[:40])
        for source in sources("store")
        if source.path != "store/writer.py"
        for node, text in strings(source)
        if own.search(text)
    ]
    assert found == []


FORBIDDEN = {
    *(
        "eval",
        "exec",
        "compile",
        "os.system",
        "os.popen",
        "pickle.loads",
        "pickle.load",
    ),
    *(
        "marshal.loads",
        "marshal.load",
        "yaml.load",
        "yaml.unsafe_load",
        "yaml.full_load",
    ),
    *("time.sleep", "shelve.open", "subprocess.getoutput"),
}


def test_nothing_that_is_read_is_run() -> None:
    found = []
    for source in sources("store", "tui"):
        for call, name in calls(source):
            if name in FORBIDDEN and (source.path, name) != (
                "store/connections.py",  # waiting for the lock, a hundredth at a time
                "time.sleep",
            ):
                found.append(source.at(call, name))
            for keyword in call.keywords:
                if keyword.arg == "shell":
                    found.append(source.at(call, "shell="))
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Import):
                for one in node.names:
                    if one.name in ("pickle", "marshal", "shelve", "dill"):
                        found.append(source.at(node, one.name))
    assert found == []


@pytest.mark.parametrize(
    ("code", "ours"),
    [
        ("'words'", True),
        ("HINT", True),
        ("f'{len(x)} of {safe.line(y)}'", True),
        ("Content(safe.line(title))", True),
        ("title", False),
        ("f'{title}'", False),
        ("Content(document.title)", False),
        ("str(error)", False),
    ],
)
def test_the_rule_itself(code: str, ours: bool) -> None:
    assert own_words(ast.parse(code, mode="eval").body) is ours
