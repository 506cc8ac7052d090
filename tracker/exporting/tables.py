"""Rows as JSON Lines and as CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_jsonl(_columns: Sequence[str], rows: Iterable[Mapping[str, Any]], stream: IO[str]) -> None:
    """One JSON object a line."""
    for row in rows:
        stream.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
        stream.write("\n")


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], stream: IO[str]) -> None:
    """Comma-separated (RFC 4180), with a line of names first; what is no text, number or truth is JSON in its field.

    A text that a spreadsheet would take for a formula gets an apostrophe before it: what stands here came from the network.
    """
    writer = csv.DictWriter(stream, columns)
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _field(value) for key, value in row.items()})


def _field(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
