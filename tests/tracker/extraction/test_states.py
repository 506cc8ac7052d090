"""Pages that are no policy say so in one way or another; policies are believed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.extraction import doubt, extract
from tracker.model import Page, Policy, State

Framed = Callable[[str], str]


def state(page: str) -> State:
    return extract(page.encode(), Page("text/html")).state


def body(text: str, title: str = "Lumentide", head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{text}</body></html>"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("", State.EMPTY),
        ("<html><body></body></html>", State.EMPTY),
        (body("<div id=root></div><script src=/app.js></script>"), State.NEEDS_JAVASCRIPT),
        (body("<p>Loading…</p>"), State.NEEDS_JAVASCRIPT),
        (body("<p>Chargement en cours...</p>"), State.NEEDS_JAVASCRIPT),
        (body("<p>You will be redirected shortly</p>", head='<meta http-equiv=refresh content="0; url=/x">'), State.NEEDS_JAVASCRIPT),
        (body("<h1>Just a moment...</h1><p>Verify you are human</p>"), State.BLOCKED),
        (body("<h1>Access denied</h1><p>You don't have permission to see this.</p>"), State.BLOCKED),
        (body("<h1>Zugriff verweigert</h1>"), State.BLOCKED),
        (body("<h1>访问受限</h1><p>请稍后再试</p>"), State.BLOCKED),
        (body("<h1>Oops!</h1><p>The page you are looking for does not exist.</p>", "Privacy policy"), State.NOT_FOUND),
        (body("<p>Seite nicht gefunden</p>"), State.NOT_FOUND),
        (body("<p>ページが見つかりません</p>"), State.NOT_FOUND),
        (body("<p>Something went wrong. Please try again later.</p>", "Privacy policy"), State.ERROR),
        (body("<p>Le site est en maintenance, revenez plus tard.</p>"), State.ERROR),
        (body("<h1>Log in to Lumentide</h1><form><input name=u><input type=password></form>"), State.LOGIN),
        (body("<p>This domain is for sale</p>"), State.PARKED),
        (body("<p>lumentide.example is for sale</p><p>Make an offer.</p><a href=/in>Sign in</a>"), State.PARKED),
        (body("<h1>¡Vaya!</h1><p>No encontramos la página que buscas.</p><a href=/in>Iniciar sesión</a>"), State.NOT_FOUND),
        (body("<h1>Allow the use of cookies in this browser?</h1><p>We use them.</p><button>Allow all</button>"), State.CONSENT_WALL),
    ],
)  # fmt: skip
def test_wrong_pages_are_named(page: str, expected: State) -> None:
    policy = extract(page.encode(), Page("text/html"))
    assert policy.state is expected
    assert policy.evidence


def test_a_long_text_without_a_legal_word_is_no_policy() -> None:
    text = (
        "<p>Lamps shine warm in autumn, and bulbs glow softly when evening falls over the quiet garden by the lake.</p>"
        * 20
    )
    assert state(body(text)) is State.NOT_A_POLICY
    home = body(text, head='<link rel=canonical href="https://lumentide.example/en">')
    assert state(home) is State.REDIRECTED_HOME


def test_a_very_short_policy_is_believed() -> None:
    assert state(body("<h1>Privacy</h1><p>We do not collect any personal data.</p>")) is State.OK


@pytest.mark.parametrize(
    "around",
    [
        "<h1>Just a moment</h1>",
        "<div role=dialog><p>Allow the use of cookies in this browser?</p><button>Allow all</button></div>",
        "<form><p>Log in to Lumentide</p><input type=password></form>",
        "<p>Loading...</p>",
        "<noscript>Please enable JavaScript</noscript>",
    ],
)
def test_a_policy_is_one_whatever_else_the_page_carries(framed: Framed, policy_html: str, around: str) -> None:
    assert state(framed(around + policy_html * 5)) is State.OK


@pytest.mark.parametrize(
    "text",
    [
        "<h1>Impressum</h1><p>Lumentide GmbH, Lampenweg 5, 12345 Lichtstadt</p><p>Geschäftsführer: Lux Lumen</p>",
        "<h1>Community guidelines</h1><p>Be kind to lamps. Do not shout at bulbs. Share the light with all.</p>",
        "<h1>Preise und Leistungen</h1>" + "<table><tr><td>Lampe</td><td>3 €</td></tr></table>" * 60,
        "<h1>Mentions légales</h1><p>Lumentide SAS</p><p>404 rue des Lampes</p><p>R.C.S. Lumière B 503 500 404</p>",
        "<h1>Community rules</h1><p>Forbidden lamps</p><p>Lamps that blind others are not found here, nor are bulbs that burn.</p>",
        "<h1>プライバシーポリシー</h1><p>当社はお客様の個人情報を収集しません。</p>",
        "<h1>Chính sách quyền riêng tư</h1><p>Chúng tôi không thu thập dữ liệu cá nhân.</p>",
    ],
)
def test_legal_documents_of_every_sort_are_policies(text: str) -> None:
    assert state(body(text)) is State.OK


@pytest.mark.parametrize(
    "text",
    [
        "<h1>Acceptable use</h1><p>Who breaks these rules will read that access is denied and may be blocked.</p><p>Be kind.</p>",
        "<h1>Privacy</h1><p>We use a captcha to verify that you are human when you register a lamp.</p><p>It keeps no data.</p>",
        "<h1>Terms</h1><p>You must log in to use the lamps. Please sign in with a strong password.</p><p>Lamps are sold as seen.</p>",
        "<h1>Terms</h1><p>Requests that end with error 404 or 500 are not counted as lamps that are out.</p><p>Nor are cold bulbs.</p>",
    ],
)
def test_clauses_about_errors_and_walls_are_none(text: str) -> None:
    assert state(body(text)) is State.OK


@pytest.mark.parametrize(
    "around",
    [
        "<a href=/in>Sign in</a>",
        "<div class=cookie-banner><p>We value your privacy.</p><button>Accept all</button></div>",
    ],
)
def test_what_stands_around_a_very_short_policy_does_not_decide(around: str) -> None:
    text = "<main><h1>プライバシーポリシー</h1><p>当社は個人情報を取得しません。</p><p>お問い合わせはメールでお願いします。</p></main>"
    assert state(body(around + text)) is State.OK


def test_a_page_that_breaks_off_is_truncated(framed: Framed, policy_html: str) -> None:
    page = framed(f"<div>{policy_html * 8}</div>")
    assert state(page) is State.OK
    assert state(page[: page.rindex("We do not sell")]) is State.TRUNCATED


def test_pages_without_their_optional_end_tags_are_whole(framed: Framed, policy_html: str) -> None:
    page = framed(policy_html * 8).replace("</body></html>", "")
    assert state(page) is State.OK


@pytest.mark.parametrize(
    "junk", [b"\x1f\x8b\x08\x00" + bytes(range(256)) * 9, b"\x89PNG\r\n" + b"\x00" * 99, bytes(range(32)) * 99]
)
def test_what_is_no_text_is_an_unsupported_type(junk: bytes) -> None:
    assert extract(junk, Page("text/html")).state is State.UNSUPPORTED_TYPE


def policy(text: str, title: str = "Lamp privacy policy") -> Policy:
    return extract(f"# {title}\n\n{text}".encode(), Page("text/markdown"))


LAMPS = "\n\n".join(
    f"Clause {n}: lamps of the series {n * 7} keep the data of users for {n} days, and no longer." for n in range(1, 60)
)


def test_the_same_document_with_edits_is_not_doubted() -> None:
    assert doubt(policy(LAMPS.replace("no longer", "not longer")), policy(LAMPS)) is None
    assert doubt(policy(LAMPS), None) is None


def test_a_state_that_is_not_ok_is_the_doubt() -> None:
    assert doubt(extract(b"", Page("text/html")), policy(LAMPS)) is State.EMPTY


def test_most_of_the_text_lost_is_truncated() -> None:
    assert doubt(policy(LAMPS[: len(LAMPS) // 3]), policy(LAMPS)) is State.TRUNCATED


def test_another_language_is_doubted() -> None:
    german = "\n\n".join(
        f"Abschnitt {n}: Die Lampen speichern die Daten der Nutzer für {n} Tage und nicht länger." for n in range(1, 60)
    )
    assert doubt(policy(german, "Datenschutzerklärung"), policy(LAMPS)) is State.WRONG_LANGUAGE


BULBS = "\n\n".join(
    f"{n}. Whoever buys a bulb in shop {n} must pay before it is shipped to the buyer." for n in range(1, 60)
)


def test_another_kind_of_document_in_its_place_is_doubted() -> None:
    assert doubt(policy(BULBS, "Terms of sale"), policy(LAMPS)) is State.REPLACED


def test_a_rewrite_under_the_same_kind_of_title_is_not_doubted() -> None:
    assert doubt(policy(BULBS, "Privacy notice"), policy(LAMPS)) is None


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ('{"error": {"code": 500, "message": "Internal Server Error"}}', State.ERROR),
        ('{"statusCode": 404, "message": "The page was not found", "path": "/privacy.html"}', State.NOT_FOUND),
        ("<?xml version='1.0'?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>", State.NOT_FOUND),
        ("<?xml version='1.0'?><response><code>503</code><detail>Service Unavailable</detail></response>", State.ERROR),
    ],
)  # fmt: skip
def test_an_answer_for_programs_is_heard(answer: str, expected: State) -> None:
    assert state(answer) is expected


TALES = "\n\n".join(
    f"The captain told story {n} about harbour {n * 3}, and everyone laughed until lamp {n} went out over the pier."
    for n in range(1, 60)
)


@pytest.mark.parametrize("title", ["What the press says about privacy", "Privacy counsel wanted"])
def test_a_text_that_is_no_legal_one_is_doubted_in_its_place_whatever_its_title(title: str) -> None:
    assert doubt(policy(TALES, title), policy(LAMPS)) is State.REPLACED


def test_a_shop_with_headings_that_legal_documents_have_too_is_none() -> None:
    cards = "".join(
        f"<h3>{name}</h3><p>Warm light for long evenings by the lake.</p>"
        for name in ("Pricing", "Community", "Safety")
    )
    assert (
        state(body(f"<h1>Lumentide</h1>{'<p>Lamps that know when you come home.</p>' * 3}{cards}"))
        is State.NOT_A_POLICY
    )
