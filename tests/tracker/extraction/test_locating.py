"""Where the document stands on its page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction import extract
from tracker.extraction.html import locating
from tracker.extraction.html.locating import _best_run, _Score, _undisputed
from tracker.extraction.html.parsing import parse
from tracker.extraction.html.pieces import Region
from tracker.model import Page

_ROOT = parse("<p>lamps</p>")
assert _ROOT is not None
NUMBERS = st.integers(-60, 400)
SCORES = st.builds(
    lambda low, more, out: _Score(low, low + more, out), NUMBERS, st.integers(0, 200), st.sampled_from([0, 25])
)


@given(st.lists(SCORES, min_size=1, max_size=9), st.data())
def test_an_undisputed_run_is_the_best_for_every_answer_of_trafilatura(
    scores: list[_Score], data: st.DataObject
) -> None:
    ends = st.lists(st.integers(0, len(scores)), min_size=2, max_size=2).map(sorted)
    possible = [Region(_ROOT, "div", 0, *data.draw(ends)) for _ in range(data.draw(st.integers(1, 3)))]
    run = _undisputed(scores, possible)
    region = data.draw(st.sampled_from(possible))
    marks = data.draw(st.lists(st.booleans(), min_size=len(scores), max_size=len(scores)))
    if run is not None:
        assert run == _best_run([s.given(m, region, at) for at, (s, m) in enumerate(zip(scores, marks, strict=True))])


def test_trafilatura_is_asked_only_where_its_answer_counts(
    framed: Callable[[str], str], policy_html: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(locating, "_main_text", lambda root: asked.append(root) or "")
    extract(framed(policy_html).encode(), Page("text/html"))
    assert not asked
    page = framed(policy_html).replace("</main>", "</main><p>Garden lamps on sale</p>")
    extract(page.encode(), Page("text/html"))
    assert asked


SECTIONS = "".join(
    f"<h2>{n}. Purpose</h2><p>We process personal data of our customers for purpose number {n}, and keep it no longer than needed.</p>"
    for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("box", "said"),
    [
        ('<div class="share"><a href="https://a.test/">Aaa</a><a href="https://b.test/">Bbb</a></div>', "Aaa"),
        (
            '<aside class="newsletter"><h3>Subscribe to our newsletter</h3><form><input type="email"><button>Sign up</button></form>'
            "<p>Get the latest offers and news in your inbox every week.</p></aside>",
            "inbox",
        ),
        ('<nav><ul><li><a href="/a">Home</a></li><li><a href="/b">Our products</a></li></ul></nav>', "Our products"),
    ],
    ids=["share bar", "newsletter", "menu"],
)
def test_a_brief_last_line_after_a_box_in_the_document_belongs_to_it(box: str, said: str) -> None:
    html = f"""<html><head><title>Privacy Policy</title></head><body><header><a href="/">Shop</a></header><main>
      <h1>Privacy Policy</h1>{SECTIONS}{box}<p>Version 3, 1 May 2024.</p></main><footer><a href="/x">Imprint</a></footer></body></html>"""
    text = extract(html.encode(), Page("text/html")).markdown
    assert "Version 3" in text
    assert said not in text
    assert "Imprint" not in text
