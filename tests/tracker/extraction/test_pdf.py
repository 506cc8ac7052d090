"""Policies in PDF files."""

from __future__ import annotations

from collections.abc import Callable

from tracker.extraction import extract
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
