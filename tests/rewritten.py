"""A made-up policy of many clauses and its rewriting: a weaker promise, a longer period, a section moved, one heading in capitals."""

from __future__ import annotations

from tracker import Document

DOCUMENT = Document(vendor="Harrow", kind="privacy", url="https://harrow.example/privacy", language="en")

OPENING = [
    (
        "About this policy",
        "Harrow Scales GmbH makes connected kitchen scales and wrote this policy for the people who use them.",
    ),
    (
        "What we collect",
        "We collect your name, your e-mail address and the weights that your scales measure in your kitchen.",
    ),
    (
        "Why we collect it",
        "We use these data to show you your recipes and to repair faults in the software of the scales.",
    ),
    (
        "Cookies",
        "Our website sets one cookie, which remembers the language that you chose, and no cookie of anybody else.",
    ),
    ("Children", "Our scales are not meant for children under 16 years, and we do not knowingly collect their data."),
    (
        "Security",
        "We encrypt what your scales send us, and only six employees can read it, each with a key of their own.",
    ),
    (
        "Service providers",
        "A hosting company in Austria keeps our servers running and may not use your data for itself.",
    ),
]
SHARING = ("Sharing", "We do not sell your personal data. We share it with the hosting company and with nobody else.")
RETENTION = ("Retention", "We keep your measurements for 12 months after you made them, and then delete them for good.")
MOVED = (
    "Questions",
    "If you have a question about any of this, our data protection officer in Graz answers it within a week.",
)
CLOSING = [
    (
        "Your rights",
        "You may ask us for a copy of your data, for its correction or for its deletion at any time you like.",
    ),
    ("Complaints", "You may complain to the supervisory authority of the country in which you live or work."),
]

BEFORE = [MOVED, *OPENING, SHARING, RETENTION, *CLOSING]
AFTER = [
    *OPENING,
    (SHARING[0], SHARING[1].replace("We do not sell", "We may sell")),
    ("RETENTION", RETENTION[1].replace("12 months", "36 months")),
    *CLOSING,
    MOVED,
]


def page(sections: list[tuple[str, str]], *, updated: str = "2 January 2026") -> bytes:
    text = "".join(f"<h2>{title}</h2><p>{words}</p>" for title, words in sections)
    return f"""<!doctype html><html lang="en"><head><title>Privacy Policy</title></head><body><main>
        <h1>Privacy Policy</h1><p>Last updated: {updated}</p>{text}</main></body></html>""".encode()
