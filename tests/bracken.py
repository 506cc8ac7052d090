"""Two made-up vendors' policies, weakened, taken back and rewritten, to run commands on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tracker import Document, History, Observation, State, observe

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
BRACKEN = Document(vendor="Bracken", kind="privacy", url="https://bracken.example/privacy", name="bracken/privacy")
THISTLE = Document(vendor="Thistle", kind="privacy", url="https://thistle.example/privacy", name="thistle/privacy")

FIRST = """# Privacy Policy

Last updated: January 2, 2026

## 1. What we collect

We collect your name, your e-mail address and the identifiers of the garden sensors that you connect to your account. The sensors send us
the moisture of the soil, the strength of the wireless signal where they stand, and the times at which the water was switched.

## 2. Sharing

We do not sell your personal data. We share it with hosting providers in Germany who process it on our behalf.

## 3. Retention

We keep the data of your account for 12 months after you close it, and then we delete it for good.

## 4. Your rights

You may ask us for access to your personal data, for its correction or for its deletion at any time, by writing to us. We answer within
one month, and where we cannot do what you ask for we say why. You may complain to the data protection authority of your country.
"""
WEAKER = FIRST.replace("We do not sell your personal data.", "We may sell your personal data.").replace(
    "12 months", "24 months"
)
LAST = (
    FIRST.replace("## 4.", "## 5.")
    .replace("## 3.", "## 4.")
    .replace(
        "## 2. Sharing", "## 2. Training\n\nWe use what the sensors send us to train our AI models.\n\n## 3. Sharing"
    )
    .replace("the times at which the water was switched", "THE TIMES at which the water was switched")
    .replace("January 2, 2026", "March 1, 2026")
)
OTHER = (
    FIRST.replace("12 months", "6 months")
    .replace("garden sensors", "door bells")
    .replace("hosting providers in Germany", "advertising partners in the United States")
)
REGISTRY = """
[settings]
contact = "you@bracken.example"

[[vendors.bracken.documents]]
kind = "privacy"
url = "https://bracken.example/privacy"

[[vendors.thistle.documents]]
kind = "privacy"
url = "https://thistle.example/privacy"
"""


def look(history: History, day: float, text: str | None, document: Document = BRACKEN) -> None:
    seen = Observation(
        url=document.url or "",
        at=START + timedelta(days=day),
        status=200 if text else None,
        headers={"content-type": "text/markdown", "server": "bracken/1"},
        body=text.encode() if text else None,
        failure=None if text else State.DNS,
    )
    observe(history, document, seen)
