"""Dates in the languages that policies are written in: what is stated is read, what belongs to other things is not."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from tracker.extraction import extract
from tracker.model import Page, Policy

LINES = tomllib.loads(Path(__file__).with_name("dated_lines.toml").read_text(encoding="utf-8"))


def rows(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, row) for code, text in table.items() for row in text.strip().splitlines()]


def read(code: str, before: int, line: str, after: int) -> Policy:
    filler = f"\n\n{LINES['filler'][code]}"
    text = f"Lumentide{filler * before}\n\n{line.replace(' ¶ ', chr(10) * 2)}{filler * after}"
    return extract(text.encode(), Page("text/plain", language=code[:2], observed=date(2026, 11, 1)))


@pytest.mark.parametrize(("code", "row"), rows(LINES["stated"]))
def test_a_line_under_the_title_states_a_date(code: str, row: str) -> None:
    effective, updated, line = row.split(" | ", 2)
    policy = read(code, 0, line, 4)
    assert (policy.effective_date or "-", policy.updated_date or "-") == (effective, updated)


@pytest.mark.parametrize(("code", "row"), rows(LINES["stated"]))
def test_its_colon_may_be_missing(code: str, row: str) -> None:
    effective, updated, line = row.split(" | ", 2)
    policy = read(code, 0, line.replace(":", "").replace("：", ""), 4)
    assert (policy.effective_date or "-", policy.updated_date or "-") == (effective, updated)


@pytest.mark.parametrize(("code", "row"), rows(LINES["stated_at_the_end"]))
def test_a_line_at_the_end_states_a_date(code: str, row: str) -> None:
    effective, updated, line = row.split(" | ", 2)
    policy = read(code, 30, line, 0)
    assert (policy.effective_date or "-", policy.updated_date or "-") == (effective, updated)


@pytest.mark.parametrize(("code", "line"), rows(LINES["not_stated"]))
@pytest.mark.parametrize(
    ("before", "after"), [(0, 4), (2, 30), (40, 40), (40, 0)], ids=["head", "third", "middle", "end"]
)
def test_a_date_of_something_else_is_none_of_the_document(code: str, line: str, before: int, after: int) -> None:
    policy = read(code, before, line, after)
    assert (policy.effective_date, policy.updated_date) == (None, None)
