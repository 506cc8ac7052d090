"""How policy pages are built, and what is read off them: nothing lost, nothing added, in order, as a tree.

Each file in `structures` holds pages between "===" lines that name them; below "---" stands the canonical text, without empty lines.
Sentences that all pages share are named, and so are the head and the foot of a site.
"""

from __future__ import annotations

from pathlib import Path
from string import Template

import pytest

from tracker.extraction import extract
from tracker.model import Page, State

WORDS = {
    "PURPOSE": "Lumentide makes lamps that know when you come home, and this text says what they learn about you.",
    "COLLECTED": "When you pair a lamp we collect its serial number, your e-mail address and the name of your network.",
    "SHARED": "We share personal data with processors that host our servers and with authorities where the law requires it.",
    "RIGHTS": "You may access, correct or delete your personal data at any time, and we answer within a month.",
    "HEADER": "<header><a href=/>Lumentide</a><nav><ul><li><a href=/lamps>Lamps</a></li><li><a href=/bulbs>Bulbs</a></li>"
    "<li><a href=/help>Help</a></li></ul></nav></header>",
    "FOOTER": "<footer><ul><li><a href=/jobs>Careers</a></li><li><a href=/press>Press</a></li></ul>"
    "<p>© 2026 Lumentide Ltd. All rights reserved.</p></footer>",
}
PAGE = "<!doctype html><html lang=en><head><title>Privacy Policy | Lumentide</title></head><body>{}</body></html>"


def _cases() -> dict[str, tuple[str, str]]:
    found = {}
    for path in sorted(Path(__file__).parent.joinpath("structures").glob("*.txt")):
        for case in path.read_text(encoding="utf-8").split("=== ")[1:]:
            name, _, rest = Template(case).safe_substitute(WORDS).partition("\n")
            body, _, expected = rest.partition("\n---\n")
            page = body if "no page around it" in name else PAGE.format(body)
            found[f"{path.stem}: {name}"] = page, expected.strip()
    return found


@pytest.mark.parametrize(("page", "expected"), _cases().values(), ids=_cases())
def test_a_page_gives_its_document(page: str, expected: str) -> None:
    policy = extract(page.encode(), Page("text/html"))
    assert policy.markdown.replace("\n\n", "\n") == expected
    assert policy.state is State.OK
