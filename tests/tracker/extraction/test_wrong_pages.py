"""Pages as real systems make them in place of a policy, and policies that look like such pages."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tracker.extraction import extract
from tracker.model import Page, Policy, State

MENU = "".join(
    f"<li><a href='/{n}'>{name}</a></li>"
    for n, name in enumerate(
        "Lamps,Bulbs,Outdoor,Sale,Stores,Help,Privacy policy,Cookies,Terms of use,Imprint".split(",")
    )
)
TALES = (
    "How we light a castle without a single cable, and what the swallows thought of it when spring came back.",
    "Five ways to make a small room look large with two lamps, a mirror and a little patience on a rainy day.",
    "Our engineers climbed the mast in winter to change the bulb that had shone there for forty long years.",
    "Grandmother's kitchen shines again: a family tells how warm white brought the whole house back together.",
    "From sand to glass: a walk through the works where every bulb is still blown by hand, one after another.",
    "Which lamp suits a reading chair? We asked three night owls, a librarian and a cat that sleeps all day.",
)
PARTS = {
    "{above}": f"<header><a href=/>Lumentide</a><nav><ul>{MENU}</ul></nav><form action=/search><input type=search></form></header>",
    "{below}": f"<footer><ul>{MENU}</ul><p>Sign up for our newsletter.</p><p>© 2026 Lumentide Ltd. All rights reserved.</p></footer>",
    "{script}": "<script>(function(){var a='" + "x" * 900 + "';})()</script>",
    "{login}": "<form><input name=user><input type=password><button>Log in</button></form>",
    "{banner}": "<div class=cookie-consent><p>We value your privacy.</p><button>Accept all</button><button>Reject</button></div>",
    "{tales}": "".join(f"<p>{tale}</p>" for tale in TALES),
    "{stories}": "".join(f"<article><h3><a href=/x>A story</a></h3><p>{tale}</p></article>" for tale in TALES * 3),
}
PAGES = [
    (State(state), row)
    for state, rows in tomllib.loads(Path(__file__).with_name("wrong_pages.toml").read_text(encoding="utf-8")).items()
    for row in rows.strip().splitlines()
]


def understood(row: str) -> Policy:
    language, title, body = row.split(" | ", 2)
    for name, part in PARTS.items():
        body = body.replace(name, part)
    html = f"<!doctype html><html lang={language}><head><title>{title}</title></head><body>{body}</body></html>"
    return extract(html.encode(), Page("text/html", language=language))


@pytest.mark.parametrize(("state", "row"), PAGES)
def test_a_page_is_understood_as_what_it_is(state: State, row: str) -> None:
    policy = understood(row)
    assert policy.state is state, policy.evidence
    assert bool(policy.evidence) == (state is not State.OK)
