"""The habits of the tools that pages are made with, each on a page of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.extraction import extract
from tracker.model import Page, Policy, State

HTML = Page("text/html")
PURPOSE = "Lumentide makes lamps that know when you come home, and this text says what they learn about you."
COLLECTED = "When you pair a lamp we collect its serial number, your e-mail address and the name of your network."
SHARED = "We share personal data with processors that host our servers and with authorities where the law requires it."
RIGHTS = "You may access, correct or delete your personal data at any time, and we answer within a month."
CLAUSES = (PURPOSE, COLLECTED, SHARED, RIGHTS)
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in CLAUSES)


def page(body: str, title: str = "Lumentide") -> Policy:
    return extract(f"<!doctype html><html lang=en><title>{title}</title><body>{body}</body></html>".encode(), HTML)


def texts(policy: Policy) -> list[str]:
    return [clause.text for clause in policy.clauses]


def headings(policy: Policy) -> list[str]:
    return [clause.text for clause in policy.clauses if clause.kind == "heading"]


WRAPPED = """PRIVACY POLICY

Lumentide makes lamps that know when you come home, and this text
says what they learn about you.

1. COLLECTION

We collect data of these kinds when you use a lamp of ours at home:
  * usage data: when lamps are switched on and off by you, and how
    long they burn;
  * location data.
"""


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<pre>", "</pre>"),
        ("<div style='white-space: pre-wrap'>", "</div>"),
        ("<p class='whitespace-pre-line'>", "</p>"),
        ("<textarea readonly>", "</textarea>"),
    ],
)
def test_lines_that_are_set_as_written_make_paragraphs(opening: str, closing: str) -> None:
    policy = page(opening + WRAPPED + closing)
    assert headings(policy) == ["PRIVACY POLICY", "1. COLLECTION"]
    assert texts(policy)[1] == PURPOSE
    assert [c.text for c in policy.clauses if c.kind == "item"][-1] == "location data."


def test_preformatted_lines_that_are_not_wrapped_are_paragraphs_each() -> None:
    assert texts(page("<pre>" + "\n".join(CLAUSES) + "</pre>")) == list(CLAUSES)


def test_text_fields_for_answers_are_no_text(framed: Callable[[str], str]) -> None:
    policy = extract(framed(PARAGRAPHS + "<textarea>Your question</textarea>").encode(), HTML)
    assert "Your question" not in policy.markdown


def test_a_shadow_tree_is_read() -> None:
    policy = page(f"<legal-text><template shadowrootmode=open><h1>Privacy</h1>{PARAGRAPHS}</template></legal-text>")
    assert texts(policy) == ["Privacy", *CLAUSES]


def test_a_page_that_speaks_only_to_visitors_without_scripts_is_read() -> None:
    policy = page(f"<div id=app></div><noscript><h1>Privacy</h1>{PARAGRAPHS}</noscript><script src=/app.js></script>")
    assert texts(policy) == ["Privacy", *CLAUSES]


def test_a_hint_to_switch_scripts_on_is_no_policy() -> None:
    policy = page(
        "<div id=app></div><noscript>Please enable JavaScript to see lamps.</noscript><script src=/a></script>"
    )
    assert policy.state is State.NEEDS_JAVASCRIPT


def test_columns_of_a_layout_table_are_no_row_of_data() -> None:
    links = "<br>".join(f"<a href=/{name}>{name} lamps</a>" for name in ("Small", "Large", "Blue"))
    lines = "<br><br>".join(["<b>Privacy</b>", "<b>Collection</b>", *CLAUSES, *CLAUSES])
    policy = page(f"<table><tr><td>{links}</td><td>{lines}</td></tr><tr><td colspan=2>Lamp Street 5</td></tr></table>")
    assert {c.kind for c in policy.clauses} == {"heading", "paragraph"}
    assert "Blue lamps" not in policy.markdown


def test_items_written_as_lines_of_one_paragraph_are_items(framed: Callable[[str], str]) -> None:
    body = f"{PARAGRAPHS}<p>We collect:<br>- the name of a lamp;<br>- its colour;<br>- its room.</p>"
    policy = extract(framed(body).encode(), HTML)
    assert [c.text for c in policy.clauses if c.kind == "item"] == ["the name of a lamp;", "its colour;", "its room."]


def test_a_menu_after_the_copyright_line_of_a_page_without_names_is_left_out() -> None:
    foot = "<div class=c1><div><a href=/jobs>Careers</a></div><div>© 2026 Lumentide. All rights reserved.</div></div>"
    assert texts(page(f"<div class=c0><div class=c2>Privacy</div>{PARAGRAPHS}</div>{foot}"))[-1] == RIGHTS


@pytest.mark.parametrize("attributes", ["role=dialog aria-modal=true class=x81", "id=qc-cmp2-container"])
def test_a_consent_dialog_longer_than_the_document_stays_out(attributes: str) -> None:
    purposes = "".join(
        f"<p>We and {n} partners store cookies on a device and read them there for purpose {n}.</p>" for n in range(40)
    )
    dialog = f"<div {attributes}><h2>We value your privacy</h2>{purposes}<button>Accept all</button></div>"
    policy = page(f"{dialog}<main><h1>Privacy</h1>{PARAGRAPHS}</main>")
    assert (policy.state, texts(policy)) == (State.OK, ["Privacy", *CLAUSES])


def test_a_table_of_cookies_is_kept_whatever_its_frame_is_named() -> None:
    rows = "".join(f"<tr><td>ck{n}</td><td>lamp {n}</td></tr>" for n in range(5))
    table = f"<div class=cookie-consent-details><h2>Necessary</h2><table>{rows}</table></div>"
    policy = page(f"<main><h1>Cookie policy</h1>{PARAGRAPHS}{table}<p>We keep this list up to date.</p></main>")
    assert {"ck3 | lamp 3", "We keep this list up to date."} <= set(texts(policy))


def test_a_newsletter_box_within_main_stays_out() -> None:
    box = "<section><h2>Stay in the loop</h2><p>Lamp news by e-mail.</p><form><input type=email></form></section>"
    assert texts(page(f"<main><h1>Privacy</h1>{PARAGRAPHS}{box}</main>"))[-1] == RIGHTS


def test_a_form_to_object_is_no_newsletter_box() -> None:
    box = f"<section><h2>Objection</h2><p>{RIGHTS}</p><form><input type=email></form></section>"
    assert RIGHTS in texts(page(f"<main><h1>Privacy</h1><p>{PURPOSE}</p><p>{SHARED}</p>{box}</main>"))


def test_an_announcement_bar_stays_out_though_it_is_dated() -> None:
    bar = "<div class=announcement-bar>Free lamps with each order until 30 November 2026</div>"
    policy = page(f"{bar}<main><h1>Privacy</h1>{PARAGRAPHS}</main>")
    assert texts(policy)[0] == "Privacy"
    assert policy.dates == ()


def test_lists_that_a_word_processor_draws_are_items() -> None:
    gap = "<span style='font:7pt'>&nbsp;&nbsp;&nbsp;&nbsp;</span>"
    item = f"<p class=MsoListParagraph><![if !supportLists]><span>·{gap}</span><![endif]><span>its colour<o:p></o:p></span></p>"
    policy = page(f"<div class=WordSection1>{PARAGRAPHS}{item}{item.replace('colour', 'room')}</div>")
    assert [c.text for c in policy.clauses if c.kind == "item"] == ["its colour", "its room"]
