"""Whatever comes in, an outcome comes out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
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


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_other_markup_around_the_same_words_changes_nothing(
    data: st.DataObject, framed: Callable[[str], str], policy_html: str
) -> None:
    page = framed(policy_html)
    attribute = data.draw(st.sampled_from([" class=x1", " id=q7", " data-n='8'", " style='color:red'"]))
    tag = data.draw(st.sampled_from(["<p>", "<h2>", "<li>", "<ul>", "<h1>"]))
    noise = data.draw(st.sampled_from(["", "<!-- 7 -->", "<script>7</script>", "\n  \t"]))
    changed = page.replace(tag, noise + tag[:-1] + attribute + ">")
    assert extract(changed.encode(), Page("text/html")).markdown == extract(page.encode(), Page("text/html")).markdown


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(st.sampled_from(["Lamps", "Bulbs", "About us", "Help", "Careers", "Blog"]), min_size=3, max_size=12)
)
def test_other_menus_and_footers_change_nothing(
    framed: Callable[[str], str], policy_html: str, names: list[str]
) -> None:
    menu = "".join(f"<li><a href='/{n}'>{name}</a></li>" for n, name in enumerate(names))
    page = framed(policy_html)
    changed = page.replace("<main", f"<div class=m7><ul>{menu}</ul></div><main").replace(
        "<footer>", f"<div><ul>{menu}</ul></div><footer>"
    )
    assert extract(changed.encode(), Page("text/html")).markdown == extract(page.encode(), Page("text/html")).markdown
