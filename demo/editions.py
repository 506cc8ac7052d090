"""The plot: who is watched, what their sites serve from when on, and what must come of it.

An edition changes what a few sites serve; the others go on as before. What must come of each is written beside it, so the plot is the
demo's test too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from tracker.model import LEVELS, EventType, Level, OutcomeKind

Layout = Literal["shop", "app", "brochure", "pdf", "challenge"]


@dataclass(frozen=True)
class Vendor:
    """A made-up company. `path` is where its policy is; `moved` the address that the registry knows, where it redirects from there.

    `validators` says what its server offers for conditional requests; a server that offers none sends other bytes each time.
    """

    key: str
    name: str
    makes: str
    host: str
    path: str
    language: str = "en"
    validators: Literal["none", "etag", "last-modified"] = "none"
    moved: tuple[str, str] | None = None

    @property
    def document(self) -> str:
        return f"{self.key}/privacy"

    @property
    def address(self) -> tuple[str, str]:
        """Host and path as the registry has them."""
        return self.moved or (self.host, self.path)


@dataclass(frozen=True)
class Page:
    """What a site serves as its policy: a text, in a layout, with a status."""

    text: str
    layout: Layout
    status: int = 200


@dataclass(frozen=True)
class Told:
    """An event that subscribers must get: of what type, at which levels, and whether the stated date kept quiet about it."""

    vendor: str
    type: EventType
    levels: tuple[Level, ...] = ("none", "low", "medium")
    silent: bool | None = None


QUIET: tuple[OutcomeKind, ...] = ("unchanged", "reformatted")
"""The text is as last time; whether anything else that a reader can see is not, depends on the articles advertised beside it."""
SERIOUS: tuple[Level, ...] = ("high", "critical")


@dataclass(frozen=True)
class Edition:
    """A moment, what has changed on the sites since the one before, and what must come of it.

    `expected` are outcomes by vendor, one of QUIET where it is not named; `told` is all that subscribers must hear, and nothing else.
    """

    at: datetime
    title: str
    story: str
    pages: Mapping[str, Page] = field(default_factory=dict)
    expected: Mapping[str, OutcomeKind] = field(default_factory=dict)
    told: tuple[Told, ...] = ()


VENDORS: tuple[Vendor, ...] = (
    Vendor("halowick", "Halowick", "smart lighting", "halowick.example", "/policies/privacy", validators="etag"),
    Vendor(
        "pennyroost",
        "Pennyroost",
        "cameras and doorbells",
        "www.pennyroost.example",
        "/legal/privacy-notice",
        moved=("pennyroost.example", "/privacy"),
    ),
    Vendor("brindlock", "Brindlock", "smart locks", "brindlock.example", "/privacy-statement"),
    Vendor("puddlewatch", "Puddlewatch", "leak sensors", "puddlewatch.example", "/privacy-policy"),
    Vendor("crumbvale", "Crumbvale", "connected ovens", "crumbvale.example", "/policies/privacy"),
    Vendor(
        "kachelwind",
        "Kachelwind",
        "thermostats (German)",
        "kachelwind.example",
        "/datenschutz",
        language="de",
        validators="last-modified",
    ),
    Vendor(
        "voltasund",
        "Voltasund",
        "meters, batteries (PDF)",
        "docs.voltasund.example",
        "/privacy-statement.pdf",
        validators="etag",
    ),
)

EVERYONE = tuple(vendor.key for vendor in VENDORS)


def _at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 9, 0, tzinfo=UTC)


EDITIONS: tuple[Edition, ...] = (
    Edition(
        at=_at(3, 2),
        title="First sight",
        story="Seven documents are read for the first time. First sight is quiet: a table, not seven alerts.",
        pages={
            "halowick": Page("privacy", "shop"),
            "pennyroost": Page("privacy", "app"),
            "brindlock": Page("privacy", "brochure"),
            "puddlewatch": Page("privacy", "shop"),
            "crumbvale": Page("privacy", "shop"),
            "kachelwind": Page("datenschutz", "shop"),
            "voltasund": Page("privacy", "pdf"),
        },
        expected=dict.fromkeys(EVERYONE, "first"),
        told=tuple(Told(key, "first") for key in EVERYONE),
    ),
    Edition(
        at=_at(3, 3),
        title="Nothing happens",
        story="Three servers answer 304. Four send other bytes (tokens, nonces, other articles beside the text): noise.",
    ),
    Edition(
        at=_at(3, 16),
        title="A redesign, a slip, and a wall",
        story="Halowick has a new website with the same words. Crumbvale's policy says something else today. "
        "Puddlewatch serves a challenge page with status 200.",
        pages={
            "halowick": Page("privacy", "app"),
            "crumbvale": Page("privacy-food-brands", "shop"),
            "puddlewatch": Page("", "challenge"),
        },
        expected={"halowick": "reformatted", "crumbvale": "changed", "puddlewatch": "refused"},
        told=(Told("crumbvale", "changed", ("medium", *SERIOUS), silent=True),),
    ),
    Edition(
        at=_at(3, 17),
        title="The slip is taken back, the wall stays",
        story="Crumbvale is back to its earlier text: logged, and told only if it stays. Puddlewatch now answers 403: "
        "two bad looks in a row, so somebody should know.",
        pages={"crumbvale": Page("privacy", "shop"), "puddlewatch": Page("", "challenge", status=403)},
        expected={"crumbvale": "returned", "puddlewatch": "failed"},
        told=(Told("puddlewatch", "broken"),),
    ),
    Edition(
        at=_at(3, 18),
        title="The wall is gone",
        story="Puddlewatch is readable again, and its text is the one from before: no version came of the wall.",
        pages={"puddlewatch": Page("privacy", "shop")},
        told=(Told("puddlewatch", "recovered"),),
    ),
    Edition(
        at=_at(3, 26),
        title="Three times as long, in German",
        story="Kachelwind keeps measurements longer. Crumbvale's earlier text has stayed, so it is told now.",
        pages={"kachelwind": Page("datenschutz-36-monate", "shop")},
        expected={"kachelwind": "changed"},
        told=(Told("kachelwind", "changed", ("medium", *SERIOUS)), Told("crumbvale", "changed", LEVELS, silent=True)),
    ),
    Edition(
        at=_at(4, 9),
        title="A quiet weakening",
        story="Halowick rewrites four sentences and leaves its date alone. Voltasund's PDF has a new version number and one new clause.",
        pages={"halowick": Page("privacy-weakened", "app"), "voltasund": Page("privacy-group-companies", "pdf")},
        expected={"halowick": "changed", "voltasund": "changed"},
        told=(Told("halowick", "changed", SERIOUS, silent=True), Told("voltasund", "changed", SERIOUS)),
    ),
    Edition(
        at=_at(5, 5),
        title="Announced, and merely moved",
        story="Pennyroost announces AI training from 15 June on. Brindlock moves a section and numbers the others anew: "
        "a version of its own, and no reason to bother anybody.",
        pages={"pennyroost": Page("privacy-ai-training", "app"), "brindlock": Page("privacy-renumbered", "brochure")},
        expected={"pennyroost": "changed", "brindlock": "changed"},
        told=(Told("pennyroost", "changed", SERIOUS),),
    ),
)


VERSIONS = {
    "halowick": 2,
    "pennyroost": 2,
    "brindlock": 2,
    "puddlewatch": 1,
    "crumbvale": 2,
    "kachelwind": 2,
    "voltasund": 2,
}
"""How many versions each document must have in the end: the redesign and the wall made none, the slip one for its three reigns."""


def served(vendor: str, edition: int) -> tuple[Page, Edition]:
    """What a site serves in an edition (counted from 1), and the edition since which it does."""
    return next((e.pages[vendor], e) for e in reversed(EDITIONS[:edition]) if vendor in e.pages)
