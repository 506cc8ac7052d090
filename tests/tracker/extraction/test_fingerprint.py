"""A page's fingerprint stays while its wording stays, and never stays when the wording changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.extraction import extract, fingerprint
from tracker.extraction.fingerprinting import COVERED
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
        ("<h2>", "<img src=7.png><h2>"),
        ("</nav>", "<svg viewBox='0 0 9 9'><path d='M7'/></svg></nav>"),
        ("</form>", "<input name=csrf type=hidden value=7></form>"),
        ("<main", "<iframe src=//ads.example/7></iframe><link rel=preload href=7><main"),
        ("data-cfemail='5a3e1a34'", "data-cfemail='4226022c'"),
    ],
)
def test_stays_where_no_word_changes(framed: Callable[[str], str], policy_html: str, old: str, new: str) -> None:
    page = framed(f"{policy_html}<form><a data-cfemail='5a3e1a34'>[hidden]</a></form>")
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
        ("<p>We do not sell", "<p style='color:red; display:none'>We do not sell"),
        ("<p>Last updated: 4 May 2024", "<p><b>Last updated: 4 May 2024</b>"),
        ("<li>Usage", "<li value=7>Usage"),
        ("<h2>2. Sharing", "<div role=heading>2. Sharing"),
    ],
)
def test_changes_with_the_wording(framed: Callable[[str], str], policy_html: str, old: str, new: str) -> None:
    page = framed(policy_html)
    assert old in page
    assert print_of(page) != print_of(page.replace(old, new))


def test_values_may_hold_brackets(framed: Callable[[str], str], policy_html: str) -> None:
    page = framed(f"""<b title="a > b" onclick='x => "<p>"'>Notice</b><!-- 7 -->{policy_html}""")
    assert print_of(page) == print_of(page.replace("<!-- 7 -->", "<!-- 8 -->").replace('a > b"', '8 > 7" class=b'))
    assert print_of(page) != print_of(page.replace("Notice", "Not ice"))


def test_covers_the_start_of_numbered_lists(framed: Callable[[str], str]) -> None:
    assert print_of(framed("<ol><li>a</ol>")) != print_of(framed("<ol start=4><li>a</ol>"))


@pytest.mark.parametrize("between", ["<script>7</script>", "<!-- 7 -->", "\n<img src=7>\n", "<meta name=x content=7>"])
def test_stays_where_something_unread_comes_between_tags(between: str) -> None:
    page = "<html><body><ul>\n{}<li><a href=/x>lamps</a></li></ul></body></html>"
    assert print_of(page.format("")) == print_of(page.format(between))


@pytest.mark.parametrize(
    "unread", ["<meta name=x>", "<link rel=icon>", "<script></script>", "<input type=hidden>", "<img>"]
)
def test_covers_tags_that_follow_something_unread(unread: str) -> None:
    assert print_of(f"{unread}<p>glow</p>worm") != print_of(f"{unread}<b>glow</b>worm")


def test_covers_where_tabs_lead() -> None:
    page = "<html><a role=tab href='#{}'>Lamps</a><div id=one>glow</div><div id=two>worm</div>"
    assert print_of(page.format("one")) != print_of(page.format("two"))


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


def test_stays_where_lines_of_the_source_change(framed: Callable[[str], str], policy_html: str) -> None:
    page = framed(policy_html)
    spaced = page.replace("\n<p>", "\r\n\r\n \t<p>").replace("</ul>\n", "</ul>\n<script>7</script>\n  ")
    assert spaced != page
    assert print_of(page) == print_of(f"{spaced}\n")


@pytest.mark.parametrize(
    "odd",
    [
        "<p title='x>{}",
        "<p ='x>{}<!-- '>lamps-->",
        "<!-->{}<!-- lamps -->",
        "<!-- lamps --!>{}-->",
        "<script/>{}</script>",
        "<script><!-- <script></script>{}</script>--></script>",
        "<![CDATA[ <p title='x>{}'> ]]>",
        "<?php <p title='x>{}'> ?>",
        "<title/>{}",
        "<textarea>" + "lamps " * 60 + "<b title='{}'></textarea>",
        "<xmp><b title={}></xmp>",
        "<plaintext><b title={}>",
        "<scr\x00ipt>{}</scr\x01ipt>",
        "<svg><text>{}</text></svg>",
        "<p>&am<!-- -->p;{}",
        "<p>lamp<!-- {}",
        "<a href=x/>{}</a>",
        "<p title='>{}'>",
        """<p title="><script>">{}<b>lamps</b><script></script>""",
        """<p title="lamps><b title="x" y>{}</b>""",
        "<META name=x content='>{}'>",
        "<link-box title='lamps'>{}</link-box>",
        "<textarea placeholder='>'><b title={}></textarea>",
        "</p title='>{}<br>'>",
        "</ {}>",
        "<textarea> <script><!-- {}",
        "<title/><script><!--</script><!-- {} -->",
        """<p ="x>{}">""",
        "<p<b title={}>",
        "<title>lamps<b title={}></title>",
        "<p role='x'title='{}>",
        "<?xml lamps='>{}'?>",
        """<b title="a>b" x=it's><!-- {} --><b title="'">lamps</b>""",
        """<b title="a>b" "><!-- {} --><b title="'">lamps</b>""",
        """<b title="a>b"><b x="><script>"{}</b><script></script>""",
        """<b title="a>b"><ul hidden name= href="?x><li>{} <ul><li href="?x >""",
        """<b title="a"="b>{}">""",
        """<b title="a>b"><? x="><noembed "<b>">{}</noembed>""",
        """<b title="a>b"><!x "><b> {} ">""",
        "</body class=x>{}",
        """</html title="</body>">{}""",
    ],
)
def test_covers_what_parsers_find_in_odd_markup(odd: str) -> None:
    """Whatever reader takes the words for text must not miss them."""
    pages = [f"<html><body><h1>Lamp privacy</h1>{odd.format(word)}".encode() for word in ("glow", "worm")]
    one, other = (extract(page, HTML) for page in pages)
    if [c.text for c in one.clauses] != [c.text for c in other.clauses]:
        assert fingerprint(pages[0], HTML) != fingerprint(pages[1], HTML)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<nav>lamps", "<nav/>lamps"),
        ("<h2>lamps</h2>", "<h2 />lamps</h2>"),
        ("<select name=x>lamps", "<select name=x />lamps"),
        ("<nav lang=x/>lamps", "<nav lang=x title=''/>lamps"),
        ("<button value='x'/>lamps", "<button value='x/'>lamps"),
        ('<a href="/x"/>lamps', '<a href="/x/">lamps'),
    ],
)
def test_covers_what_closes_itself(one: str, other: str) -> None:
    """To the parser it is empty, whatever element it is: a browser sees that otherwise."""
    assert print_of(f"<html><body>{one}<p>glow") != print_of(f"<html><body>{other}<p>glow")


READ = re.compile(r"""\.get\("([a-z-]+)"\)|\[@([a-z-]+)""")
COVERED_IN_PART = {"id", "class", "href", "aria-controls", "data-bs-target", "style"}
"""Addresses, names of elements where text is found by them, and styles that set text apart."""
OF_PAGE = {"content", "property", "http-equiv", "rel"}
"""Those of the tags that speak of the whole page."""


def test_covers_every_attribute_that_extraction_reads() -> None:
    folder = files("tracker.extraction.html")
    sources = [entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.name.endswith(".py")]
    read = {a or b for source in sources for a, b in READ.findall(source)}
    assert read - COVERED_IN_PART - OF_PAGE - {"src"} <= COVERED


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


NOISE = st.sampled_from(
    [
        "<!-- 7 -->",
        "<script>7 < 8 </script>",
        "<style>p{}</style>",
        "<img src=7>",
        "<input type=hidden value=7>",
        "<svg><path d=M7 /></svg>",
        "<iframe src=7></iframe>",
        "\n  ",
        "<!--",
        "-->",
        "<p x='",
        "'>",
        '<b x="a>b">',
        '<b x="<',
        '"',
        "<",
        ">",
        "&am",
        "p;",
        "<script><!--",
        "</script>",
        "<title/>",
        "<nav/>",
        '<b x= href="?',
        "</body class=x>",
        "<![CDATA[",
    ]
)


@settings(max_examples=250, deadline=None)
@given(st.lists(WORDS, max_size=12), st.lists(WORDS, max_size=12), st.data())
def test_never_the_same_for_pages_that_read_differently(one: list[str], other: list[str], data: st.DataObject) -> None:
    """Two pages that share all but a few tags, and one with noise in it: the kinds of pairs that a careless hash takes for one."""
    noisy = list(one)
    for noise in data.draw(st.lists(NOISE, max_size=5)):
        noisy.insert(data.draw(st.integers(0, len(noisy))), noise)
    start = "<h1>Lamp privacy policy</h1><p>We keep data of lamps for a year, and you may ask for it.</p>"
    first, *others = (f"<html><body>{start}{' '.join(parts)}</body></html>".encode() for parts in (one, other, noisy))
    for second in others:
        if fingerprint(first, HTML) == fingerprint(second, HTML):
            a, b = extract(first, HTML), extract(second, HTML)
            assert [c.text for c in a.clauses] == [c.text for c in b.clauses]
            assert a.markdown == b.markdown


def test_covers_the_dates_in_linked_data() -> None:
    data = '<script type=application/ld+json>{{"dateModified": "2024-05-0{}", "views": {}}}</script><p>lamps'
    one, views, day = (print_of(f"<html>{data.format(*parts)}") for parts in ((4, 7), (4, 8), (5, 7)))
    assert one == views != day
