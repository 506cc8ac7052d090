"""What surrounds a document on its page: menus, banners, cookie walls, footers, share bars, related links.

Tags and ARIA roles tell most of it, well-known consent managers name themselves, and words in class names tell the rest, but class
names lie (a policy may stand in `class="cookie-policy"`, a whole page in `class="with-menu"`): a name alone removes only what is
small, or mostly links.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml.html import HtmlElement

from tracker.extraction.html.measuring import Measures
from tracker.extraction.html.pieces import Region, Walked
from tracker.extraction.lexicon import asks_consent, density
from tracker.extraction.noise import invites

_ROLES = frozenset(
    "navigation banner contentinfo search alertdialog dialog menu menubar toolbar complementary tooltip".split()
)
_TAGS = frozenset(("nav", "footer", "dialog", "search", "menu"))
_MANAGERS = re.compile(
    r"onetrust-(?:consent|banner|pc)|optanon-(?:alert|popup|menu)|cybotcookiebot|cookiebot|usercentrics|uc-banner|didomi|axeptio"
    r"|tarteaucitron|truste-consent|trustarc|qc-cmp|iubenda-cs|osano-cm|termly-(?:consent|styles)|klaro\b|borlabs-?cookie|cky-(?:consent|modal)"
    r"|moove_gdpr|cmplz-|sp_message_|evidon|cookiefirst|cookie-?script|cookieyes|cc-(?:window|banner|revoke)|ch2-dialog|cookiehub"
    r"|cookie-?law-?info|hs-eu-cookie|shopify-pc",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"cookie-?(?:banner|bar|popup|pop-up|modal|overlay|wall|alert|dialog|message|toast|prompt|disclaimer)"
    r"|cookies?-?consent|consent-?(?:banner|bar|popup|modal|manager|overlay|dialog)|gdpr-?(?:banner|bar|popup|modal|overlay|consent|notice)"
    r"|privacy-?(?:banner|popup|bar|prompt)",
    re.IGNORECASE,
)
_NAMES = frozenset(
    "nav navbar navigation menu menus submenu megamenu topbar footer breadcrumb breadcrumbs crumbs share sharing social socials "
    "addtoany addthis newsletter subscribe subscription signup related recommended recommendations suggestions teaser teasers promo "
    "promotion ad advert ads sidebar sidenav toolbar pagination pager comments comment feedback helpful vote votes rating chat chatbot "
    "livechat widget cookie cookies consent gdpr language languages lang locale localization country region switcher skip skiplink "
    "skiplinks search searchbox login signin modal popup drawer offcanvas banner announcement alert cta masthead header cart minicart "
    "wishlist account attachments reactions author byline copyright legalnav backtop scrolltop".split()
)
_ABOUT_CONSENT = frozenset(("cookie", "cookies", "consent", "gdpr", "ccpa", "rgpd", "dsgvo", "lgpd"))
_IN_FRONT = frozenset(
    ("modal", "popup", "popin", "dialog", "overlay", "lightbox", "toast", "drawer", "banner", "offcanvas", "backdrop")
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+")
_ANNOUNCING = re.compile(r"(?<![a-z])(?:announcement|promo|promotion|advert)(?:[-_]{1,2}\w+)*(?!\w)", re.IGNORECASE)
_PROMOTING = re.compile(r"(?<![a-z])(?:cta|call-to-action|promo|teaser|upsell)(?![a-z])", re.IGNORECASE)
_DIALOGS = frozenset(("dialog", "alertdialog"))
_REST = 200
"""Characters. A page has at least so many beside a consent dialog, however long that is."""
_BAR = 250
_BUTTON, _SLOGAN = 5, 200
"""Words on a button, and characters of what is said above it, at most."""
_MEDIA = frozenset(("img", "picture", "video", "iframe"))
_SHARE_OF_PAGE = 0.3
_SMALL = 400
_MOSTLY = 0.5
"""Of a region's text being links: a list of ways elsewhere."""


def furniture(walked: Walked, measured: Measures) -> list[bool]:
    """For each region, whether it is furniture (itself, or as a part of a larger piece of it)."""
    texts = Counter(piece.block.text for piece in walked.pieces)
    judged: list[bool] = []
    for region in walked.regions:
        within = region.parent >= 0 and judged[region.parent]
        judged.append(within or (region.last > region.first and _is_furniture(region, walked, measured, texts)))
    return judged


def _is_furniture(region: Region, walked: Walked, measured: Measures, texts: Counter[str]) -> bool:
    if region.tag in ("html", "body", "main", "tr", "td", "th", "tbody"):
        return False
    element, size, total = region.element, measured.size(region), measured.text[-1]
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    role = (element.get("role") or "").lower()
    managed = _MANAGERS.search(names) is not None
    named = managed or _CONSENT.search(names) is not None
    in_front = named or role in _DIALOGS or region.tag == "dialog"
    if in_front and total - size >= _REST and asks_consent(_lines(walked, region)):
        return True
    if size > total * 0.7:
        return False
    if managed or (named and (_has_control(element) or (size < _SMALL and element.find(".//table") is None))):
        return size < max(_SMALL, total * 0.5)
    if size >= max(_SMALL, total * _SHARE_OF_PAGE):
        return False
    tokens = {token.lower() for token in _CAMEL.split(names)}
    if tokens & _ABOUT_CONSENT and tokens & _IN_FRONT:
        return True
    if region.tag == "form" and _asks(element):
        return True
    if role == "tablist":
        return True
    if region.tag in _TAGS or role in _ROLES:
        return measured.inside(region) < size * _MOSTLY or region.tag == "footer"
    if size < _BAR and _ANNOUNCING.search(element.get("class") or ""):
        return True
    if (region.tag in ("header", "aside") or tokens & _NAMES) and measured.links(region) >= _MOSTLY:
        return True
    if (region.tag == "aside" or role == "complementary") and _repeats(walked, region, texts):
        return True
    box = size < _SMALL and region.tag in ("div", "section", "aside")
    return box and (_promotes(walked, region) or (_takes_address(element) and invites(_lines(walked, region))))


def _repeats(walked: Walked, region: Region, texts: Counter[str]) -> bool:
    """A note at the side that says nothing but what stands elsewhere on the page, word for word."""
    return all(texts[text] > times for text, times in Counter(_lines(walked, region)).items())


def _promotes(walked: Walked, region: Region) -> bool:
    """A picture or film, or a name that says so, a few words, and a button that leads elsewhere: no contract says a thing that way."""
    *told, button = (piece for piece in walked.pieces[region.first : region.last])
    if button.linked - button.inward < len(button.block.text) or len(button.block.text.split()) > _BUTTON:
        return False
    if not 0 < sum(len(piece.block.text) for piece in told) <= _SLOGAN:
        return False
    if any(piece.linked or piece.block.kind in ("item", "row") for piece in told):
        return False
    named = _PROMOTING.search(region.element.get("class") or "") is not None
    shows = named or any(isinstance(e.tag, str) and (e.tag in _MEDIA or "-" in e.tag) for e in region.element.iter())
    language = (walked.regions[0].element.get("lang") or "")[:2].lower()
    return shows and density([piece.block.text for piece in (*told, button)], language) == 0


def _lines(walked: Walked, region: Region) -> list[str]:
    return [piece.block.text for piece in walked.pieces[region.first : region.last]]


def _has_control(element: HtmlElement) -> bool:
    return next(element.iter("button", "input"), None) is not None


def _takes_address(element: HtmlElement) -> bool:
    """Whether a region's only field is one for an e-mail address."""
    fields = [f for f in element.iter("input", "textarea") if (f.get("type") or "text").lower() in ("text", "email")]
    return len(fields) == 1 and "mail" in f"{fields[0].get('type')} {fields[0].get('name')}".lower()


def _asks(form: HtmlElement) -> bool:
    """A form that wants something typed in: a registration, a newsletter, a search. (Some pages wrap all they have in one form.)"""
    return any(
        field.tag == "textarea"
        or (field.get("type") or "text").lower() in ("email", "password", "tel", "search", "text")
        for field in form.iter("input", "textarea")
    )
