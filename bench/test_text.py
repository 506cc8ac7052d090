"""How long understanding takes. Compare the rows of one run with each other: machines differ."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import trafilatura
from lumora import DOCUMENT, page

from tracker import History, Observation, Page, compare, extract, observe
from tracker.extraction import fingerprint

HTML = Page("text/html")


def test_trafilatura_alone(benchmark: Any, pages: list[bytes]) -> None:
    benchmark(lambda: [trafilatura.extract(p, output_format="markdown", favor_recall=True) for p in pages])


def test_extract(benchmark: Any, pages: list[bytes]) -> None:
    benchmark(lambda: [extract(p, HTML) for p in pages])


def test_fingerprint(benchmark: Any, pages: list[bytes]) -> None:
    benchmark(lambda: [fingerprint(p, HTML) for p in pages])


def test_extract_markdown(benchmark: Any, pages: list[bytes]) -> None:
    texts = [extract(p, HTML).markdown.encode() for p in pages]
    benchmark(lambda: [extract(text, Page("text/markdown")) for text in texts])


def test_compare_with_every_tenth_clause_edited(benchmark: Any, pages: list[bytes]) -> None:
    texts = [extract(p, HTML).markdown for p in pages]
    edited = [
        "\n\n".join(edit(block) if n % 10 == 5 else block for n, block in enumerate(t.split("\n\n"))) for t in texts
    ]
    pairs = [
        (extract(old.encode(), Page("text/markdown")), extract(new.encode(), Page("text/markdown")))
        for old, new in zip(texts, edited, strict=True)
    ]
    benchmark(lambda: [compare(old, new) for old, new in pairs])


def edit(block: str) -> str:
    words = block.split(" ")
    return " ".join([*words[: len(words) // 2], "only", "sometimes", *words[len(words) // 2 + 1 :]])


def test_observe_unchanged(benchmark: Any, tmp_path: Path) -> None:
    """A hundred looks at a page whose bytes are as last time."""
    with History(tmp_path / "history.db") as history:
        at = datetime(2026, 1, 1, tzinfo=UTC)

        def looks() -> None:
            nonlocal at
            for _ in range(100):
                at += timedelta(hours=1)
                seen = Observation(
                    url=DOCUMENT.url or "", at=at, status=200, headers={"content-type": "text/html"}, body=page()
                )
                observe(history, DOCUMENT, seen)

        benchmark(looks)
