"""The declaration of keys keeps its word: complete, unique, possible, and shown."""

from __future__ import annotations

import subprocess
import sys

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.binding import BindingsMap
from textual.keys import _character_to_key
from textual.screen import Screen

from tui.keys import (
    ACTIONS,
    PLACES,
    actions_at,
    bindings,
    by_id,
    chain,
    clashes,
    edge_hints,
    hints,
    parse,
    prefixes,
    readme_table,
    show_keys,
)
from tui.keys_config import apply, canonical, conflicts, keymap
from tui.keys_places import FOOTERS, SHADOWS
from tui.keys_table import Action
from tui.widgets.prefix_popup import (
    Dropped,
    Finished,
    Pending,
    PrefixKeys,
    PrefixPopup,
    key_name,
)

FORBIDDEN = {
    *(f"ctrl+{key}" for key in ("m", "i", "h", "j", "enter", "a", "b")),
    *(f"f{number}" for number in range(2, 13)),
}


def test_every_action_has_a_name_a_place_and_words() -> None:
    """Names are unique, places declared, and each can be reached somehow."""
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    for action in ACTIONS:
        assert action.where in PLACES, action.id
        assert action.description and action.description[0].isupper(), action.id
        assert action.keys or action.group, action.id


def test_no_key_means_two_things_in_one_place() -> None:
    """Nor does a single key hide the beginning of a sequence."""
    assert clashes() == []


def test_deliberate_takeovers_exist() -> None:
    """The list of exceptions names nothing that is gone."""
    for near, far in SHADOWS:
        near_keys, far_keys = parse(by_id(near).keys), parse(by_id(far).keys)
        assert set(near_keys) & set(far_keys), (near, far)


def test_keys_that_terminals_or_multiplexers_take_are_not_used() -> None:
    """Every step of every way is a key that arrives as itself."""
    used = {step for action in ACTIONS for way in parse(action.keys) for step in way}
    assert not used & FORBIDDEN
    assert all(canonical(step) == step for step in used)


def test_names_can_be_written_in_toml_beside_each_other() -> None:
    """No action has the name of a place: it would be both a key and a table."""
    assert not {action.id for action in ACTIONS} & set(PLACES)


def test_the_important_keys_are_where_they_should_be() -> None:
    """Leaving, help, search and annotating do not wander."""
    expected = {
        "back": "q",
        "quit": "Q",
        "quit_typing": "ctrl+q",
        "help": "?",
        "help_typing": "f1",
        "search_everything": "s",
        "undo": "u",
        "go_annotations": "4",
        "reader.annotate": "a",
        "reader.edit": "e",
        "reader.delete": "d",
        "text.annotation": "] a",
    }
    assert {id_: by_id(id_).keys for id_ in expected} == expected
    assert "ctrl+p" in by_id("palette").keys


def test_readme_table_names_every_action_with_a_key() -> None:
    """One row each, and keys in code spans."""
    table = readme_table()
    rows = table.splitlines()
    assert len(rows) == 2 + sum(1 for action in ACTIONS if action.keys)
    for action in ACTIONS:
        if action.keys:
            first = " ".join(f"`{key}`" for key in parse(action.keys)[0])
            assert any(
                action.description in row and first.replace("<n>", "number") in row
                for row in rows
            ), action.id


def test_footers_name_actions_of_their_place() -> None:
    """A hint always has a key that works there."""
    for name, row in FOOTERS.items():
        here = {action.id: action for action in actions_at(name)}
        for id_, _ in row:
            assert here[id_].keys, (name, id_)
        assert len(hints(name)) == len(row)


def test_help_hint_stays_and_is_f1_while_typing() -> None:
    """`?` would be text in a field; over a dialog the palette does not open."""
    assert [hint.key for hint in edge_hints("reader")] == ["^p", "?"]
    assert [hint.key for hint in edge_hints("form")] == ["^p", "f1"]
    assert [hint.key for hint in edge_hints("dialog")] == ["f1"]


def test_places_inherit_and_nearer_keys_win() -> None:
    """While typing no letter is a command."""
    assert chain("documents-empty") == ("documents", "lists", "everywhere")
    search = {action.id: action for action in actions_at("search")}
    assert "quit" not in search or not search["quit"].keys
    assert "palette" not in search  # a dialog lies over the screen
    assert "next_pane" not in search
    assert search["search.kind"].keys == "tab"


def test_bindings_are_what_textual_takes() -> None:
    """Every binding has its id, and single signs become Textual's names."""
    keys = BindingsMap(bindings("everywhere")).key_to_bindings
    assert keys["question_mark"][0].id == "help"
    assert keys["backslash"][0].id == "side_panel"
    assert keys["f1"][0].priority and not keys["Q"][0].priority
    for place in PLACES:
        for _key, binding in BindingsMap(bindings(place)):
            assert binding.id and binding.description
    assert "g" not in BindingsMap(bindings("lists")).key_to_bindings


def test_prefixes_say_what_may_follow() -> None:
    """The reader has four, lists one."""
    assert set(prefixes("reader")) == {"g", "m", "]", "["}
    assert {"g", "l", "h", "k"} <= {c.key for c in prefixes("documents")["g"]}


def test_declaration_loads_without_textual() -> None:
    """The command line may read it."""
    code = (
        "import sys, tui.keys, tui.keys_config; tui.keys.readme_table();"
        "sys.exit('textual' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# -- keys changed in the configuration ------------------------------------------


def test_configuration_changes_keys_everywhere_at_once() -> None:
    """Nested and dotted names are the same; hints and keymap follow."""
    actions, problems = apply(
        {"search_everything": ["X", "ctrl+f"], "reader": {"annotate": "Z"}}
    )
    assert problems == []
    assert by_id("search_everything", actions).keys == "X,ctrl+f"
    assert [h.key for h in hints("reader", actions) if h.word == "annotate"] == ["Z"]
    assert keymap(actions) == {
        "search_everything": "X,ctrl+f",
        "reader.annotate": "Z",
    }
    assert apply({"reader.annotate": "Z"})[0] == tuple(
        by_id(a.id, actions) if a.id == "reader.annotate" else a for a in ACTIONS
    )


def test_freed_keys_leave_footer_and_bindings() -> None:
    """An empty string takes the keys away."""
    actions, problems = apply({"reader.tag": ""})
    assert problems == []
    assert "tag" not in [hint.word for hint in hints("reader", actions)]
    assert keymap(actions) == {"reader.tag": "unbound"}


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ({"reader.anotate": "a"}, "did you mean reader.annotate?"),
        ({"annotate": "a"}, "did you mean reader.annotate?"),
        ({"reader.annotate": "pagedwn"}, "did you mean pagedown?"),
        ({"reader.annotate": "ctrl+m"}, "cannot tell ctrl+m from enter"),
        ({"reader.annotate": "t"}, "also the key of reader.tag"),
        ({"reader.annotate": "m"}, "also the key of text.pick_word"),
        ({"quit_typing": "Q"}, "would be typed as text"),
        ({"form.save": "s"}, "would be typed as text"),
        ({"form.take": "tab"}, "the field one types in"),
        ({"reader.annotate": 7}, "in quotation marks"),
        ({"reader.annotate": "shift+a"}, "write A in place of shift+a"),
        ({"\x1b[31mred": "a"}, "no such action"),
    ],
)
def test_slips_in_the_configuration_are_explained(
    overrides: dict[str, object], said: str
) -> None:
    """One sentence each, safe to show, with the nearest valid name."""
    messages = conflicts(overrides)
    assert any(said in message for message in messages), messages
    assert not any("\x1b" in message for message in messages)


def test_a_bad_row_leaves_the_delivered_keys() -> None:
    """And does not stop the good one beside it."""
    actions, problems = apply({"reader.annotate": "ctrl+m", "undo": "ctrl-y"})
    assert len(problems) == 1
    assert by_id("reader.annotate", actions).keys == "a"
    assert by_id("undo", actions).keys == "ctrl+y"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Esc", "escape"),
        ("ctrl-P", "ctrl+p"),
        ("shift+ctrl+Left", "ctrl+shift+left"),
        ("E", "E"),
        ("question_mark", "?"),
        ("ctrl++", "ctrl++"),
        ("-", "-"),
    ],
)
def test_keys_have_one_name(written: str, meant: str) -> None:
    """However they are written in the configuration."""
    assert canonical(written) == meant


# -- keys one after the other ---------------------------------------------------


def run(keys: PrefixKeys, pressed: str) -> list[object]:
    """What each key led to: the action and number, or the kind of outcome."""
    found: list[object] = []
    for key in pressed.split():
        outcome = keys.feed(key)
        if isinstance(outcome, Finished):
            found.append((outcome.action.id, outcome.number))
        else:
            found.append(type(outcome))
    return found


@pytest.mark.parametrize(
    ("pressed", "outcomes"),
    [
        ("g g", [Pending, ("text.top", None)]),
        ("] a", [Pending, ("text.annotation", None)]),
        ("m w j", [Pending, ("text.pick_word", None), type(None)]),
        (
            "g 1 2 enter",
            [Pending, Pending, Pending, ("text.to_paragraph", 12)],
        ),
        ("g 1 x g", [Pending, Pending, Dropped, Pending]),
        ("m escape a", [Pending, Dropped, type(None)]),
        ("j 1", [type(None), type(None)]),
    ],
)
def test_sequences(pressed: str, outcomes: list[object]) -> None:
    """A sequence ends in its action, or its wrong key does nothing at all."""
    assert run(PrefixKeys("reader"), pressed) == outcomes


def test_a_long_number_is_cut_not_followed() -> None:
    """Holding a digit down does no harm."""
    keys = PrefixKeys("reader")
    run(keys, "g " + "9 " * 50)
    assert run(keys, "enter") == [("text.to_paragraph", 999_999)]


def test_pending_lists_what_may_follow() -> None:
    """Only what continues what was pressed."""
    keys = PrefixKeys("reader")
    outcome = keys.feed("m")
    assert isinstance(outcome, Pending)
    assert {choice.key for choice in outcome.choices} == set("wspea")


def test_a_sequence_given_a_single_key_works_with_it() -> None:
    """Bindings know nothing of it, so the same machine answers."""
    actions, problems = apply({"text.annotation": "ctrl+n"})
    assert problems == []
    keys = PrefixKeys("reader", actions)
    assert run(keys, "ctrl+n") == [("text.annotation", None)]


def test_key_events_are_named_as_declared() -> None:
    """Signs stand for themselves, other keys keep their names."""
    assert key_name(_character_to_key("]"), "]") == "]"
    assert key_name("space", " ") == "space"
    assert key_name("enter", "\r") == "enter"
    assert key_name("alt+x", "x") == "alt+x"


class Reading(Screen[None]):
    """A screen that writes down what it is asked to do."""

    PLACE = "reader"
    BINDINGS = [*bindings("reader"), *bindings("text")]  # noqa: RUF012

    def __init__(self) -> None:
        """Nothing was asked yet."""
        super().__init__()
        self.asked: list[object] = []

    def compose(self) -> ComposeResult:
        """Only the box."""
        yield PrefixPopup()

    async def on_key(self, event: events.Key) -> None:
        """As every screen does it."""
        await self.query_one(PrefixPopup).take(event)

    def action_next_annotation(self) -> None:
        """`]a`."""
        self.asked.append("next")

    def action_annotate(self) -> None:
        """`a`."""
        self.asked.append("annotate")

    def action_select_sentence(self) -> None:
        """`m s`."""
        self.asked.append("sentence")

    def action_to_paragraph(self, number: int) -> None:
        """`g`, digits, enter."""
        self.asked.append(number)


class ReadingApp(App[None]):
    """Opens the screen, with keys of its own where given."""

    BINDINGS = bindings("everywhere")

    def __init__(self, key_actions: tuple[Action, ...] = ACTIONS) -> None:
        """Use these actions."""
        super().__init__()
        self.key_actions = key_actions
        self.set_keymap(keymap(key_actions))

    def on_mount(self) -> None:
        """Open the screen."""
        self.push_screen(Reading())


async def test_sequences_come_before_bindings_on_a_screen() -> None:
    """`a` after `]` is not the binding of `a`; the box shows only when slow."""
    app = ReadingApp()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, Reading)
        popup = screen.query_one(PrefixPopup)
        await pilot.press("]", "a", "a", "m", "s", "g", "1", "7", "enter")
        assert screen.asked == ["next", "annotate", "sentence", 17]
        assert not popup.display
        await pilot.press("[")
        popup.reveal()
        await pilot.pause()
        assert popup.display and "Previous entity" in str(popup.render())
        assert popup.region.height == 8 and popup.region.width > 20
        await pilot.press("a", "a")
        assert not popup.display
        assert screen.asked[4:] == ["annotate"]


async def test_changed_keys_work_in_the_running_program() -> None:
    """The new key acts, the old one does not, a freed one does nothing."""
    actions, _ = apply({"reader.annotate": "Z,+", "text.annotation": "ctrl+n"})
    app = ReadingApp(actions)
    async with app.run_test() as pilot:
        screen = app.screen
        assert isinstance(screen, Reading)
        await pilot.press("a", "Z", "+", "ctrl+n")
        assert screen.asked == ["annotate", "annotate", "next"]


def test_shown_keys_are_short_enough_for_the_lists() -> None:
    """The key column of help and palette has 10 cells for them."""
    assert max(len(show_keys(action)) for action in ACTIONS) <= 16
