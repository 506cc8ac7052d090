"""A made-up vendor's privacy policy, to look at in tests."""

from __future__ import annotations

from datetime import UTC, datetime

from tracker import Document

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
DOCUMENT = Document(vendor="Lumora", kind="privacy", url="https://lumora.example/privacy", language="en")

PARAGRAPHS = {
    "Who we are": "Lumora Devices Ltd makes connected lamps and runs the Lumora app. This policy explains what we do with "
    "personal data when you use our lamps, our app or this website.",
    "What we collect": "We collect your name, your e-mail address and the identifiers of the lamps that you connect. Your lamps "
    "send us their firmware version and the times at which they are switched.",
    "Sharing": "We do not sell your personal data. We share it with hosting providers who process it on our behalf, "
    "and with nobody else.",
    "Retention": "We keep account data for 12 months after you close your account, and then delete it.",
    "Your rights": "You may ask us for access to your data, for its correction or for its deletion at any time, by writing to "
    "privacy@lumora.example.",
}


def page(*swaps: tuple[str, str], updated: str = "January 2, 2026", noise: str = "") -> bytes:
    """A small policy page, with words swapped: page(("12 months", "24 months"))."""
    parts = "".join(f"<h2>{title}</h2><p>{text}</p>" for title, text in PARAGRAPHS.items())
    html = f"""<!doctype html><html lang="en"><head><title>Privacy Policy</title></head><body>
      <nav><a href="/">Home</a><a href="/shop">Shop</a></nav>
      <main><h1>Privacy Policy</h1><p>Last updated: {updated}</p>{parts}</main>
      <footer>© 2026 Lumora</footer><script>{noise}</script></body></html>"""
    for old, new in swaps:
        assert old in html, f"nothing to swap: {old!r}"
        html = html.replace(old, new)
    return html.encode()
