"""A history in which everything that can come from the net, from a registry or from a person attacks whoever reads it."""

from __future__ import annotations

from datetime import timedelta
from html import escape
from pathlib import Path

from lumora import page
from nightjar import TODAY

from tracker import Document, History, Observation, State, observe
from tracker.model import Hop

PAYLOADS = (
    "<script>pwned('script')</script>",
    "<img src=x onerror=pwned('img')>",
    "\"><svg/onload=pwned('svg')>",
    "' onmouseover='pwned(1)' autofocus onfocus='pwned(2)",
    "</title></textarea></style></template><script>pwned('closed')</script>",
    "{{ 7 * 7 }}{% raw %}{{ config }}${7*7}<%= 7 %>",
    "javascript:pwned('url')",
    "<iframe srcdoc=\"<script>parent.pwned('frame')</script>\"></iframe>",
    "<link rel=stylesheet href=//evil.example/x.css><base href=//evil.example/><meta http-equiv=refresh content='0;url=//evil.example'>",
    "-->]]><!--<script>pwned('comment')</script>",
    "\u202etxet\u2066 \ue000<b>\ue001 \x7f",
)
ALL = " ".join(PAYLOADS)
DOCUMENT = Document(
    vendor=f"Nightjar {PAYLOADS[0]}",
    kind=f"privacy {PAYLOADS[1]}",
    url="javascript:pwned('registry')",
    name="nightjar/<b onclick=pwned()>",
    language="en",
)
OTHER = Document(
    vendor=f"Owlet {PAYLOADS[2]}",
    kind="terms",
    url='https://owlet.example/?a="><script>pwned()</script>',
    language="en",
    region='"><i>',
)


def make(path: Path) -> None:
    """Texts, titles, links, headers, addresses, names, failures and notes that attack."""
    with History(path) as history:
        history.register([DOCUMENT, OTHER], TODAY - timedelta(days=60))
        for document in (DOCUMENT, OTHER):
            for days_ago, months in ((40, "12"), (20, "24"), (5, "12")):
                observe(history, document, _look(document, days_ago, body=_body(months)))
            observe(history, document, _look(document, 4, failure=State.TLS))
            observe(history, document, _look(document, 3, body=f"<p>{ALL}</p>".encode()))
        change = history.changes([DOCUMENT.name])[0].id
        history.mark_change(change, "wrong", who=PAYLOADS[0], at=TODAY, note=ALL)
        history.mute(OTHER.name, "muted", who=PAYLOADS[1], at=TODAY, note=ALL)


def _body(months: str) -> bytes:
    shown = escape(ALL)
    links = "".join(
        f'<p>Write to <a href="{escape(each)}">{escape(each)}</a> about your personal data.</p>' for each in PAYLOADS
    )
    return page(
        ("<title>Privacy Policy", f"<title>Privacy Policy {shown}"),
        ("<h2>Sharing", f"<h2>Sharing {shown}"),
        ("and with nobody else", f"and with nobody else but {shown}"),
        ("12 months", f"{months} months {escape(PAYLOADS[int(months) % len(PAYLOADS)])}"),
        ("</main>", f"{links}{ALL}</main>"),
    )


def _look(document: Document, days_ago: int, *, body: bytes | None = None, failure: State | None = None) -> Observation:
    return Observation(
        url=document.url or "",
        at=TODAY - timedelta(days=days_ago),
        status=None if failure else 200,
        headers={
            "content-type": "text/html; charset=utf-8",
            "server": ALL,
            f"x-{PAYLOADS[0]}": PAYLOADS[1],
            "etag": PAYLOADS[2],
        },
        body=body,
        final_url=f"https://owlet.example/{PAYLOADS[0]}",
        redirects=(Hop(PAYLOADS[6], 302), Hop(PAYLOADS[2], 301)),
        failure=failure,
        detail=ALL if failure else "",
        address=PAYLOADS[0],
    )
