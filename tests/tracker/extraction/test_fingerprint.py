"""A page's fingerprint stays while its wording stays, and never stays when the wording changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.extraction import extract, fingerprint
from tracker.model import Page

HTML = Page("text/html")


def print_of(page: str) -> str:
    return fingerprint(page.encode(), HTML)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>", "<p class=x9 data-nonce=77>"),
        ("</head>", "<script>nonce=7</script><style>p{}</style></head>"),
        ("<main", "<!-- served by 7 --><main"),
        ("/lamps", "/lamps?session=7#top"),
        ("policy says", "policy\n   says"),
    ],
)
def test_stays_where_no_word_changes(framed: Callable[[str], str], policy_html: str, old: str, new: str) -> None:
    page = framed(policy_html)
    assert old in page
    assert print_of(page) == print_of(page.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("within a month", "within two months"),
        ("<title>Privacy", "<title>Cookie"),
        ("<ul><li>Usage", "<ol><li>Usage"),
        ("do not sell", "do<br>not sell"),
        ('lang="en"', 'lang="de"'),
        ("/imprint", "/legal"),
        ("do not sell", "do not sell <a data-cfemail='5a3e2a1a34'>x</a>"),
        ("4 May 2024", "<time datetime=2024-05-05>4 days ago</time>"),
    ],
)
def test_changes_with_the_wording(framed: Callable[[str], str], policy_html: str, old: str, new: str) -> None:
    page = framed(policy_html)
    assert old in page
    assert print_of(page) != print_of(page.replace(old, new))


def test_covers_the_start_of_numbered_lists(framed: Callable[[str], str]) -> None:
    assert print_of(framed("<ol><li>a</ol>")) != print_of(framed("<ol start=4><li>a</ol>"))


@pytest.mark.parametrize("kept", ["<pre>", "<div style='white-space: pre-line'>", "<p class=whitespace-pre-wrap>"])
def test_covers_line_ends_that_show(framed: Callable[[str], str], kept: str) -> None:
    assert print_of(framed(f"{kept}lamps\nbulbs")) != print_of(framed(f"{kept}lamps bulbs"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>glow</p><p></p>worm", "<p></p><b>glow</b>worm<p></p>"),
        ("<div>glow</div>worm", "<span>glow</span>worm"),
        ("<span style='display:block'>glow</span>worm", "<span>glow</span>worm"),
        ("<a href=/x>glow</a><a href=/x>worm</a>s", "<a href=/x>glow</a>worm<a href=/x>s</a>"),
        ("<lamp-text>glow</lamp-text>worm", "<b>glow</b>worm"),
    ],
)
def test_covers_where_words_are_parted(framed: Callable[[str], str], one: str, other: str) -> None:
    assert print_of(framed(one)) != print_of(framed(other))


def test_stays_where_styles_and_space_around_blocks_change(framed: Callable[[str], str], policy_html: str) -> None:
    page = framed(policy_html)
    styled = page.replace("<p>", "\n <p> <b>").replace("</p>", "</b>\n</p>").replace("<li>", "<script>7</script>\n<li>")
    assert print_of(page) == print_of(styled)


def test_covers_shadow_trees(framed: Callable[[str], str]) -> None:
    tree = "<template shadowrootmode=open><p>lamps {}</p></template>"
    assert print_of(framed(tree.format("glow"))) != print_of(framed(tree.format("dim")))


def test_covers_the_options_of_the_page(framed: Callable[[str], str], policy_html: str) -> None:
    body = framed(policy_html).encode()
    pages = [
        HTML,
        Page("text/html", select=("main",)),
        Page("text/html", start="2. Sharing"),
        Page("text/plain"),
        Page("text/html", language="de"),
    ]
    assert len({fingerprint(body, page) for page in pages}) == len(pages)


def test_a_legacy_charset_is_decoded_before_it_is_hashed() -> None:
    page = Page("text/html; charset=windows-1251")
    one, other = ("<html><p>" + text + "</p>" for text in ("Мы храним данные", "Мы продаём данные"))
    assert fingerprint(one.encode("cp1251"), page) != fingerprint(other.encode("cp1251"), page)


TAGS = """p /p div b /b br ol ul li /ul table tr td h2 /h2 !---- script /script title a /a /time
select textarea template svg nav footer""".split()
WORDS = st.sampled_from(
    [
        *(f"<{tag}>" for tag in TAGS),
        "<a href=/x>",
        "<time datetime=2020-01-01>",
        "lamp",
        "light",
        "our",
        "&amp;",
        "privacy",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=12), st.lists(WORDS, max_size=12))
def test_never_the_same_for_pages_that_read_differently(one: list[str], other: list[str]) -> None:
    """Two pages that share all but a few tags: the kind of pair that a careless hash takes for one."""
    start = "<h1>Lamp privacy policy</h1><p>We keep data of lamps for a year, and you may ask for it.</p>"
    first, second = (f"<html><body>{start}{' '.join(parts)}</body></html>".encode() for parts in (one, other))
    if fingerprint(first, HTML) == fingerprint(second, HTML):
        a, b = extract(first, HTML), extract(second, HTML)
        assert [c.text for c in a.clauses] == [c.text for c in b.clauses]
