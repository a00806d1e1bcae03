"""A saved page becomes its news: no menus, no scripts, no network."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from store.ingest import read
from store.ingest.html import without_site
from store.model import Failure, Incoming

BODY = (
    "<p>La città ha aperto lunedì il nuovo ponte sul fiume, dopo quattro anni di "
    "lavori che erano stati più volte rinviati.</p><p>Il sindaco ha detto che «il "
    "ponte è per tutti» e che le strade attorno saranno chiuse al traffico fino a "
    "settembre.</p>"
)
PAGE = f"""<!DOCTYPE html><html lang="it"><head><meta charset="{{charset}}">
<title>Il nuovo ponte è aperto - La Gazzetta</title>
<meta property="og:site_name" content="La Gazzetta">
<meta name="author" content="Ada Bruni">
<meta property="article:published_time" content="2026-01-30T09:00:00+01:00">
<link rel="canonical" href="https://gazzetta.example/2026/01/30/ponte">
<style>.secret-style {{{{ color: red }}}}</style>
<script>var secretScript = "mai mostrare questo";</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Il nuovo ponte è aperto</h1>{BODY}
<p>Leggi anche: Un altro ponte che non c'entra</p>
<table><tr><th>Anno</th><th>Costo</th></tr>
<tr><td>2024</td><td>12 milioni</td></tr></table>
</article><footer>Tutti i diritti riservati</footer></body></html>"""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a page must never make a reader open the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def only(path: Path) -> Incoming | Failure:
    (found,) = [i for i in read([path]) if isinstance(i, Incoming | Failure)]
    return found


def page(tmp_path: Path, markup: str | bytes) -> Incoming | Failure:
    path = tmp_path / "page.html"
    path.write_bytes(markup.encode() if isinstance(markup, str) else markup)
    return only(path)


def test_text_and_metadata_of_a_page(tmp_path: Path) -> None:
    found = page(tmp_path, PAGE.format(charset="utf-8"))
    assert isinstance(found, Incoming)
    assert found.title == "Il nuovo ponte è aperto"
    assert (found.source, found.author) == ("La Gazzetta", "Ada Bruni")
    assert (found.published, found.language) == ("2026-01-30", "it")
    assert found.identity == found.url == "https://gazzetta.example/2026/01/30/ponte"
    assert "il nuovo ponte sul fiume" in found.text
    assert "12 milioni" in found.text
    for wrong in ("mai mostrare", "secret", "Sport", "Leggi anche", "<p>"):
        assert wrong not in found.text


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("iso-8859-1", "cp1252"), ("utf-8", "cp1252"), ("utf-16", "utf-16-le")],
)
def test_accents_survive_whatever_the_page_says(
    tmp_path: Path, charset: str, encoding: str
) -> None:
    found = page(tmp_path, PAGE.format(charset=charset).encode(encoding))
    assert isinstance(found, Incoming)
    assert "La città ha aperto lunedì" in found.text
    assert "«il ponte è per tutti»" in found.text
    assert found.encoding == encoding


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body><script>"
        + "document.write('many words here');" * 80
        + "</script>",
        "<html><body><noscript>Please enable JavaScript to see this.</noscript></body>",
        "<html><body><style>" + "body { color: red } " * 80 + "</style></body></html>",
        "<html><body><p>Only a few words.</p></body></html>",
        "<" * 100_000,
        "<div>" * 5000,
    ],
    ids=["script", "noscript", "style", "short", "open", "deep"],
)
def test_a_page_without_news_is_refused(tmp_path: Path, markup: str) -> None:
    found = page(tmp_path, markup)
    assert isinstance(found, Failure)
    assert found.reason.startswith("has no news text that could be found")


@pytest.mark.parametrize("raw", [b"", b" \n "])
def test_an_empty_page_is_empty(tmp_path: Path, raw: bytes) -> None:
    found = page(tmp_path, raw)
    assert isinstance(found, Failure)
    assert found.reason == "is empty: nothing to read"


def test_controls_behind_entities_do_not_reach_the_text(tmp_path: Path) -> None:
    markup = PAGE.format(charset="utf-8").replace(
        "il nuovo ponte", "il &#27;[2J&#x9d;&#146;nuovo\0 ponte &#xd800;"
    )
    found = page(tmp_path, markup)
    assert isinstance(found, Incoming)
    assert "il �[2J�’nuovo� ponte �" in found.text
    assert not set(found.text + found.title) & set("\x00\x1b\x9b\x85\x7f")
    assert "sul fiume" in found.text


def test_entities_never_read_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the-canary")
    markup = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><body>'
        f"<article><p>&x;</p>{BODY}</article></body></html>"
    )
    found = page(tmp_path, markup)
    assert isinstance(found, Incoming)
    assert "the-canary" not in found.text


def test_thousands_of_attributes_and_embedded_pictures_cost_nothing(
    tmp_path: Path,
) -> None:
    attributes = " ".join(f'a{n}="x"' for n in range(50_000))
    picture = "data:image/png;base64," + "QUJD" * 500_000
    markup = PAGE.format(charset="utf-8").replace(
        "<article>", f'<article><div {attributes}></div><img src="{picture}">'
    )
    found = page(tmp_path, markup)
    assert isinstance(found, Incoming)
    assert "sul fiume" in found.text


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Bridge opens - The Gazette", "Bridge opens"),
        ("Bridge opens | Local | The Gazette", "Bridge opens | Local"),
        ("Bridge opens – gazette.example", "Bridge opens"),
        ("The Gazette: Bridge opens", "The Gazette: Bridge opens"),
        ("The Gazette | Bridge opens", "Bridge opens"),
        ("Bridge opens - at last", "Bridge opens - at last"),
        ("The Gazette", "The Gazette"),
    ],
)
def test_the_name_of_the_site_is_cut_from_the_title(title: str, expected: str) -> None:
    url = "https://www.gazette.example/1"
    assert without_site(title, ("The Gazette",), url) == expected
