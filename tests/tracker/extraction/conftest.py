"""Made-up pages: a policy of a made-up vendor, a frame of menus and banners around it, and PDF files by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tracker.extraction import extract
from tracker.model import Page, Policy

POLICY = """
<h1>Lumentide Privacy Policy</h1>
<p>Last updated: 4 May 2024</p>
<p>Lumentide makes lamps that know when you come home. This policy says which personal data we process, and why.</p>
<h2>1. Data we collect</h2>
<p>When you pair a lamp we collect its serial number, your e-mail address and the name of your wireless network.</p>
<ul><li>Usage data: when lamps are switched on and off.</li><li>Location data, if you consent to it.</li></ul>
<h2>2. Sharing</h2>
<p>We do not sell personal data. We share it with processors that host our servers, and with authorities where the law obliges us.</p>
<h2>3. Your rights</h2>
<p>You may access, correct or delete your personal data at any time. Write to the address below and we will answer within a month.</p>
"""
FRAME = """<!doctype html><html lang="en"><head><title>Privacy Policy | Lumentide</title></head><body>
<a href="#main">Skip to main content</a>
<nav><ul><li><a href="/lamps">Lamps</a></li><li><a href="/bulbs">Bulbs</a></li><li><a href="/sale">Summer sale</a></li></ul></nav>
<div class="cookie-banner"><p>We use cookies to improve your visit.</p><button>Accept all</button><button>Reject</button></div>
<main id="main">{main}</main>
<div class="share">Share: <a href="//f">Facebook</a> <a href="//t">Twitter</a></div>
<footer><p>Lumentide Ltd, Lamp Street 5</p><a href="/imprint">Imprint</a><p>© 2026 Lumentide. All rights reserved.</p></footer>
</body></html>"""


@pytest.fixture
def policy_html() -> str:
    return POLICY


@pytest.fixture
def framed() -> Callable[[str], str]:
    """A whole page around the HTML of a document."""
    return lambda main: FRAME.replace("{main}", main)


@pytest.fixture
def read(framed: Callable[[str], str]) -> Callable[[str], Policy]:
    """The policy on a page with this document in it, after a few sentences that make it one."""
    return lambda main: extract(framed(POLICY + main).encode(), Page("text/html"))


def pdf_bytes(pages: Sequence[Sequence[tuple[float, float, int, str]]], *, encrypt: bool = False) -> bytes:
    """A PDF whose pages hold lines (x, y, size, text), written by hand; even sizes in Helvetica, odd ones in bold."""
    objects: list[bytes] = []

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    add(b"")  # catalog
    add(b"")  # pages
    plain = add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    bold = add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>")
    kids = []
    for lines in pages:
        commands = []
        for x, y, size, text in lines:
            escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            font = "B" if size % 2 else "P"
            commands.append(f"BT /{font} {size} Tf {x} {y} Td ({escaped}) Tj ET")
        stream = "\n".join(commands).encode("latin-1")
        content = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        fonts = b"<< /P %d 0 R /B %d 0 R >>" % (plain, bold)
        kids.append(
            add(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font %s >> >>"
                % (content, fonts)
            )
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % k for k in kids), len(kids))
    info = add(b"<< /Title (Lumentide policy) /ModDate (D:20240517093000Z) >>")
    lock = b""
    if encrypt:
        number = add(
            b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"11" * 32, b"22" * 32),
        )
        lock = b" /Encrypt %d 0 R /ID [<00> <00>]" % number
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        info,
        lock,
        start,
    )
    return bytes(out)


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    return pdf_bytes
