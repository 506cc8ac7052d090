"""Dates in the languages that policies are written in: what is stated is read, what belongs to other things is not."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tracker.extraction import extract
from tracker.model import Page, Policy

_SPEC = importlib.util.spec_from_file_location("dated_lines", Path(__file__).with_name("dated_lines.py"))
assert _SPEC is not None and _SPEC.loader is not None
lines = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(lines)


def rows(table: dict[str, str]) -> Iterator[tuple[str, str]]:
    for code, text in table.items():
        for row in text.strip().splitlines():
            yield code, row


def read(code: str, before: int, line: str, after: int) -> Policy:
    filler = f"\n\n{lines.FILLER[code]}"
    text = f"Lumentide{filler * before}\n\n{line.replace(' ¶ ', chr(10) * 2)}{filler * after}"
    return extract(text.encode(), Page("text/plain", language=code[:2], observed=date(2026, 11, 1)))


@pytest.mark.parametrize(("code", "row"), rows(lines.STATED))
def test_a_line_under_the_title_states_a_date(code: str, row: str) -> None:
    effective, updated, line = row.split(" | ", 2)
    policy = read(code, 0, line, 4)
    assert (policy.effective_date or "-", policy.updated_date or "-") == (effective, updated)


@pytest.mark.parametrize(("code", "row"), rows(lines.STATED))
def test_its_colon_may_be_missing(code: str, row: str) -> None:
    effective, updated, line = row.split(" | ", 2)
    policy = read(code, 0, line.replace(":", "").replace("：", ""), 4)
    assert (policy.effective_date or "-", policy.updated_date or "-") == (effective, updated)


@pytest.mark.parametrize(("code", "line"), rows(lines.NOT_STATED))
@pytest.mark.parametrize(
    ("before", "after"), [(0, 4), (2, 30), (40, 40), (40, 0)], ids=["head", "third", "middle", "end"]
)
def test_a_date_of_something_else_is_none_of_the_document(code: str, line: str, before: int, after: int) -> None:
    policy = read(code, before, line, after)
    assert (policy.effective_date, policy.updated_date) == (None, None)
