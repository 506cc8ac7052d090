"""Policies in PDF files."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.extraction import extract
from tracker.extraction.canonical import one_line
from tracker.model import Page, State

Make = Callable[..., bytes]
WORDS = ("", "personal", "usage", "location", "device")
PDF = Page("application/pdf")


def lines(page: int) -> list[tuple[float, float, int, str]]:
    return [
        (50, 800, 10, "Lumentide legal documents"),
        (50, 740, 18, "Privacy policy of the lamps")
        if page == 1
        else (50, 740, 10, f"and the {WORDS[page]} lamps go on after the page has been turned by the reader."),
        (50, 700, 10, f"We collect {WORDS[page]} data when you pair a lamp with your phone and with"),
        (50, 688, 10, "your wireless network, and we keep it for a year."),
        (50, 660, 11, "2.1 Sharing"),
        (50, 640, 10, "- with our processors"),
        (50, 628, 10, "- with the authorities"),
        (50, 600, 10, f"Our {WORDS[page]} lamps remember what you told them, all of them do so every night,"),
        (50, 30, 10, f"Page {page} of 4"),
    ]


def test_paragraphs_headings_and_items(make_pdf: Make) -> None:
    policy = extract(make_pdf([lines(n) for n in (1, 2, 3, 4)]), PDF)
    assert [(c.kind, c.text) for c in policy.clauses][:6] == [
        ("heading", "Privacy policy of the lamps"),
        (
            "paragraph",
            "We collect personal data when you pair a lamp with your phone and with your wireless network, and we keep it for a year.",
        ),
        ("heading", "2.1 Sharing"),
        ("item", "with our processors"),
        ("item", "with the authorities"),
        (
            "paragraph",
            "Our personal lamps remember what you told them, all of them do so every night, "
            "and the usage lamps go on after the page has been turned by the reader.",
        ),
    ]


def test_running_titles_and_page_numbers_are_dropped(make_pdf: Make) -> None:
    text = extract(make_pdf([lines(n) for n in (1, 2, 3, 4)]), PDF).markdown
    assert "legal documents" not in text
    assert "Page 1" not in text


def test_the_day_of_modification_is_a_hint(make_pdf: Make) -> None:
    policy = extract(make_pdf([lines(1)]), PDF)
    assert (policy.title, dict(policy.hints)) == ("Lumentide policy", {"pdf ModDate": "2024-05-17"})


def test_a_pdf_is_recognised_whatever_it_is_served_as(make_pdf: Make) -> None:
    assert "We collect personal data" in extract(make_pdf([lines(1)]), Page("text/html")).markdown


def test_broken_and_locked_files_are_unreadable(make_pdf: Make) -> None:
    good = make_pdf([lines(1)])
    assert extract(good[:9] + b"\x00\xff" * 50, PDF).state is State.UNREADABLE
    assert extract(make_pdf([lines(1)], encrypt=True), PDF).state is State.UNREADABLE


def test_an_error_page_served_as_pdf_is_read_as_the_page_it_is() -> None:
    assert extract(b"<html><body><h1>404</h1><p>Page not found</p></body></html>", PDF).state is State.NOT_FOUND


def test_a_pdf_of_pictures_says_nothing(make_pdf: Make) -> None:
    assert extract(make_pdf([[]]), PDF).state is State.EMPTY


LEFT = (
    "We collect data when you pair a lamp with",
    "your phone, and we keep what we collect for",
    "a year after you last used it at your home.",
    "You may ask us to delete all of it before,",
    "and we answer within a month of your letter.",
)
RIGHT = (
    "We share data with the processors that host",
    "our servers, and with the authorities where",
    "the law requires us to do so in any country.",
    "They may not use the data for other ends,",
    "and they delete it when we tell them to.",
)


@pytest.mark.parametrize("by_rows", [True, False])
def test_two_columns_are_read_one_after_the_other(make_pdf: Make, by_rows: bool) -> None:
    left = [(50, 760 - 12 * n, 10, text) for n, text in enumerate(LEFT)]
    right = [(310, 760 - 12 * n, 10, text) for n, text in enumerate(RIGHT)]
    body = [line for row in zip(left, right, strict=True) for line in row] if by_rows else [*left, *right]
    page = [(50, 800, 18, "Privacy policy of the lamps"), *body, (50, 40, 10, "Page 1")]
    text = one_line(extract(make_pdf([page]), PDF).markdown.replace("\n\n", "\n"))
    assert text == f"# Privacy policy of the lamps {' '.join((*LEFT, *RIGHT))}"


def test_words_divided_at_a_line_end_are_whole_and_compounds_keep_their_hyphen(make_pdf: Make) -> None:
    page = [
        (50, 760, 10, "We collect the infor-"),
        (50, 748, 10, "mation that a lamp sends to our third-"),
        (50, 736, 10, "party hosts, which are third-party services, and keep e-"),
        (50, 724, 10, "mail addresses as long as you want us to."),
    ]
    assert extract(make_pdf([page]), PDF).markdown == (
        "We collect the information that a lamp sends to our third-party hosts, which are third-party services, "
        "and keep e-mail addresses as long as you want us to."
    )


def test_enumerated_lines_are_clauses_of_their_own(make_pdf: Make) -> None:
    page = [
        (50, 760, 10, "We share data with those who have to know of it:"),
        (50, 748, 10, "(a) hosts of our servers, and"),
        (50, 736, 10, "(b) authorities."),
        (50, 724, 10, "1. They keep it."),
    ]
    assert [c.label for c in extract(make_pdf([page]), PDF).clauses] == [None, "(a)", "(b)", "1"]
