"""Whole pages: a policy inside its site, with everything that surrounds a policy on the web and is none of it.

Part of that is different at every look (tokens, nonces, which articles are advertised), as on real sites.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from demo import markup
from demo.editions import Page, Vendor

SITE = Path(__file__).parent / "site"
POLICY_NAMES = {"Privacy Policy", "Privacy Notice", "Privacy Statement", "Datenschutzerklärung"}


def policy_text(vendor: str, text: str) -> str:
    """The source of a policy: the readable file."""
    return (SITE / vendor / f"{text}.md").read_text(encoding="utf-8")


def body(vendor: Vendor, page: Page, chance: random.Random) -> bytes:
    """The bytes of a page; `chance` decides what is noise in them."""
    if page.layout == "pdf":
        return (SITE / vendor.key / f"{page.text}.pdf").read_bytes()
    noise = {"nonce": f"{chance.getrandbits(64):016x}", "token": f"{chance.getrandbits(160):040x}"}
    if page.layout == "challenge":
        return _template("challenge").substitute(noise, host=vendor.host, path=vendor.path).encode()
    return _template(page.layout).substitute(noise, **_surroundings(vendor, page, chance)).encode()


def policy_html(vendor: str, page: Page) -> str:
    """The policy itself as this page has it, without the site around it."""
    blocks = markup.parse(policy_text(vendor, page.text))
    return markup.panels(blocks) if page.layout == "app" else markup.article(blocks)


def _surroundings(vendor: Vendor, page: Page, chance: random.Random) -> dict[str, str]:
    site = _toml(f"{vendor.key}/site.toml")
    labels = _toml("labels.toml")[site["language"]]
    blocks = markup.parse(policy_text(vendor.key, page.text))
    sections = [block.text for block in blocks if block.kind == "heading" and block.level == 2]
    texts = ("name", "legal_name", "founded", "language", "announcement", "cookies", "newsletter")
    return {
        **{key: escape(str(site[key])) for key in texts},
        **{f"l_{key}": escape(text) for key, text in labels.items()},
        "title": escape(blocks[0].text),
        "path": vendor.path,
        "slug": vendor.path.strip("/").replace("/", "-"),
        "menu": _menu(site["menu"], vendor.path),
        "columns": _columns(site["footer"], vendor.path),
        "contents": "<ul>"
        + "".join(f'<li><a href="#p{n}">{escape(s)}</a></li>' for n, s in enumerate(sections, 1))
        + "</ul>",
        "related": _related(site["articles"], labels["minutes"], chance),
        "dated": _dated(site, labels),
        "policy": policy_html(vendor.key, page),
    }


def _menu(menu: Mapping[str, Sequence[str]], policy: str) -> str:
    items = (
        f'<li><a href="/c/{n}">{escape(t)}</a>{_links(texts, policy)}</li>' for n, (t, texts) in enumerate(menu.items())
    )
    return f"<ul>{''.join(items)}</ul>"


def _columns(columns: Mapping[str, Sequence[str]], policy: str) -> str:
    return "".join(
        f'<div class="col"><h4>{escape(t)}</h4>{_links(texts, policy)}</div>' for t, texts in columns.items()
    )


def _links(texts: Sequence[str], policy: str) -> str:
    """Links to nowhere, but for the one to the policy."""
    hrefs = (policy if text in POLICY_NAMES else f"/l/{n}" for n, text in enumerate(texts))
    return (
        "<ul>"
        + "".join(f'<li><a href="{h}">{escape(text)}</a></li>' for h, text in zip(hrefs, texts, strict=True))
        + "</ul>"
    )


def _related(articles: Sequence[str], minutes: str, chance: random.Random) -> str:
    chosen = chance.sample(articles, 3)
    return "".join(
        f'<li><a href="/blog/{n}">{escape(a)}</a> <small>{chance.randint(2, 9)} {minutes}</small></li>'
        for n, a in enumerate(chosen)
    )


def _dated(site: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """The date above a policy, where it is no part of the text but of the page."""
    if "dated" not in site:
        return ""
    day = site["dated"]
    return f'<p class="submitted">{labels["updated"]}: <time datetime="{day:%Y-%m-%d}T08:30:00+01:00">{day.day} {day:%B %Y}</time></p>'


@cache
def _template(name: str) -> Template:
    return Template((SITE / "layouts" / f"{name}.html").read_text(encoding="utf-8"))


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((SITE / name).read_text(encoding="utf-8"))
