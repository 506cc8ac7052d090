"""Pages to measure on: real ones where the corpus is, else those of the demo."""

from __future__ import annotations

import gzip
import json
import os
import random
from pathlib import Path

from demo.editions import EDITIONS, VENDORS, served
from demo.pages import body

SHARED = Path(os.environ.get("CLAUSEWATCH_SHARED") or Path(__file__).parent.parent.parent / "shared")


def pages(most: int) -> list[bytes]:
    """HTML pages with policies on them."""
    index = SHARED / "corpus" / "pages.jsonl"
    if index.exists():
        rows = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines()]
        return [gzip.decompress((SHARED / "corpus" / row["html"]).read_bytes()) for row in rows[:most]]
    made = (body(v, served(v.key, len(EDITIONS))[0], random.Random(v.key)) for v in VENDORS)
    return [page for page in made if not page.startswith(b"%PDF")]
