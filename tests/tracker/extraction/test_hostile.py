"""Whatever comes in, an outcome comes out."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.extraction import extract, fingerprint
from tracker.model import Page, Policy, State

TYPES = [
    "text/html",
    "text/plain",
    "text/markdown",
    "application/pdf",
    "text/html; charset=utf-16",
    "",
    "application/octet-stream",
]
BITS = st.lists(
    st.sampled_from(
        b"""<div> </div> <p> <table><tr><td> <ol\tstart=-9> <li\tvalue=x> <h1> <a\thref='//[::1'> <script> <!-- \x00 \xff\xfe %PDF-1.7 # *
        |\ta\t| [x]( \\ ``` Last\tupdated\t31/02/2024 \xe2\x80\x8b &#xD800; &#0; <base\thref='http://['> <meta\tcharset=utf-7> <title>
        <select> <br> <time\tdatetime=9> Privacy\tpolicy. \r\n <svg><p> <frameset> <plaintext>
        <input\ttype=password> <form> <x-lamp> <?xml\tversion='1.0'?>""".split(b" ")
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=400), BITS.map(b"".join)), st.sampled_from(TYPES))
def test_never_raises(body: bytes, content_type: str) -> None:
    page = Page(content_type, url="https://lumentide.example/x")
    policy = extract(body, page)
    assert isinstance(policy, Policy)
    policy.markdown.encode("utf-8")
    assert policy == extract(body, page)
    assert len(fingerprint(body, page)) == 32


def whole(body: str) -> bytes:
    return f"<html><head><title>Privacy policy</title></head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (b"<p>lamp</p>" * 1_200_000, State.TOO_LARGE),
        (whole("<table>" + "<tr><td>a</td><td>b</td></tr>" * 200_000), State.TOO_LARGE),
        (whole("<p>We keep personal data of lamps.</p>" * 60_000), State.TOO_LARGE),
        (whole("<div>" * 60_000 + "text"), State.EMPTY),
        (b"<" * 300_000, State.EMPTY),
        (whole("<script>" * 30_000), State.NEEDS_JAVASCRIPT),
        (whole("<script>" * 30_000 + "<!--<script>"), State.NEEDS_JAVASCRIPT),
        (whole("<style>p{}</styl" * 30_000), State.EMPTY),
        (b"\x1f\x8b\x08\x00\x00", State.UNSUPPORTED_TYPE),
        (b"\x00" * 10_000, State.UNSUPPORTED_TYPE),
    ],
    ids=["bytes", "rows", "paragraphs", "depth", "brackets", "scripts", "script in script", "styles", "gzip", "nulls"],
)
def test_pages_beyond_all_bounds(body: bytes, state: State) -> None:
    page = Page("text/html")
    assert extract(body, page).state is state
    assert fingerprint(body, page)


def test_nesting_deeper_than_parsers_like_is_read() -> None:
    page = whole(
        "<div>" * 900
        + "<h1>Privacy</h1><p>We collect personal data of lamps and share it with nobody.</p>"
        + "</div>" * 900
    )
    assert "share it with nobody" in extract(page, Page("text/html")).markdown


SENTENCE = "<p>We keep personal data of lamps and of the people who use them.</p>"


@pytest.mark.parametrize(
    "line",
    [
        "1/2/2024 " * 2100,
        "effective date 2024 " * 950,
        "last updated on the " * 950 + "1 May 2024",
        "2024 " + "1 / " * 4700,
        "2024 " + "may " * 4700,
        "may " + ", de " * 4000 + " 2024",
        "2024 " + "this a b c d e " * 1200,
    ],
)
def test_lines_made_of_dates_and_cues_cost_no_more_than_others(line: str) -> None:
    policy = extract(whole(f"<p>{line}</p>" * 30 + SENTENCE * 20), Page("text/html"))
    assert policy.state is State.OK
    assert len(policy.dates) < 2_000


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (whole("<div>" * 50_000 + SENTENCE + "</div>" * 50_000), "text/html"),
        (whole("<p>" + "<b>" * 50_000 + "text"), "text/html"),
        (whole("<table><tr><td>" * 5_000 + "x"), "text/html"),
        (whole(f"<table><tr><td>{SENTENCE}<td>" * 8_000), "text/html"),
        (whole(f"<article>{SENTENCE}" * 4_000), "text/html"),
        (whole(f"<div style='white-space:pre'>\n{SENTENCE}" * 4_000), "text/html"),
        (whole("<ul><li>" * 20_000 + "x"), "text/html"),
        (whole("<form><input name=a><p>text of it</p></form>" * 5_000), "text/html"),
        (whole(f"<p class='{'a ' * 500_000}'>Privacy</p>" + SENTENCE * 20), "text/html"),
        (whole("<a href=/x>lamp shop</a> " * 60_000), "text/html"),
        (whole("<p>Privacy" + " " * 2_000_000 + "policy</p>"), "text/html"),
        (whole("<p>Last updated " + "1." * 500_000 + "</p>"), "text/html"),
        (whole("<!-- " * 200_000), "text/html"),
        (b"x" * 3_900_000, "text/plain"),
        (b"[" * 500_000, "text/markdown"),
        (b"> " * 300_000 + b"x", "text/markdown"),
        (b"".join(b" " * (2 * n) + b"- x\n" for n in range(2_000)), "text/markdown"),
        (b"%PDF-1.7\n" + b"1 0 obj<<" * 30_000, "application/pdf"),
    ],
)
def test_whatever_is_repeated_without_end_has_an_outcome(body: bytes, content_type: str) -> None:
    assert extract(body, Page(content_type)).state in State


def raw_pdf(*objects: bytes) -> bytes:
    """A PDF of these objects without a table of them: readers look for it themselves."""
    numbered = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, content) for n, content in enumerate(objects, 1))
    return b"%PDF-1.4\n" + numbered + b"trailer\n<</Size %d/Root 1 0 R>>\n%%%%EOF\n" % (len(objects) + 1)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def bomb(size: int, pages: int) -> bytes:
    """Pages that share one stream of text operators, which inflates to `size` bytes."""
    packed = zlib.compress(b"BT /F 9 Tf (lamp) Tj ET\n" * (size // 24), 9)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    kids = b" ".join(b"%d 0 R" % (5 + n) for n in range(pages))
    stream = b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return raw_pdf(CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages), stream, font, *[page] * pages)


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (bomb(60_000_000, 1), State.TOO_LARGE),
        (bomb(5_000_000, 300), State.TOO_LARGE),
        (raw_pdf(CATALOG, b"[" * 200_000 + b"]" * 200_000), State.UNREADABLE),
        (raw_pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1000000>>"), State.UNREADABLE),
        (bomb(1_000_000, 1)[:700], State.UNREADABLE),
    ],
    ids=["one stream", "many pages", "nesting", "a page tree that bites its tail", "cut off"],
)
def test_pdf_bombs_are_refused_before_they_go_off(body: bytes, state: State) -> None:
    assert extract(body, Page("application/pdf")).state is state
