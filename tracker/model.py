"""The values that travel through the house.

Everything here is frozen and imports nothing of ours, so any process, test or cluster worker can hold it. The words are those of
docs/architecture.md: vendor, document, observation, snapshot, policy, clause, version, reign, change, event.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Literal
from urllib.parse import urlsplit

Level = Literal["none", "low", "medium", "high", "critical"]
LEVELS: tuple[Level, ...] = ("none", "low", "medium", "high", "critical")

Kind = Literal["none", "cosmetic", "editorial", "substantive"]

Op = Literal["added", "removed", "modified", "moved", "split", "merged", "renumbered", "reformatted", "links", "date"]

Direction = Literal["weaker", "stronger", "neutral", "unclear"]
"""What a change does to the person bound by the text: less protection, more, neither, or not to be told."""

TOPICS = (
    "First Party Collection/Use",
    "Third Party Sharing/Collection",
    "User Choice/Control",
    "User Access, Edit and Deletion",
    "Data Retention",
    "Data Security",
    "Policy Change",
    "Do Not Track",
    "International and Specific Audiences",
    "Other",
)
"""The ten categories of the OPP-115 taxonomy (Wilson et al., ACL 2016); only the names are used."""


class State(StrEnum):
    """What a look at a page came to: one vocabulary, whichever layer found it."""

    OK = "ok"

    # told by the page alone
    EMPTY = "empty"
    NEEDS_JAVASCRIPT = "needs_javascript"
    BLOCKED = "blocked"
    CONSENT_WALL = "consent_wall"
    LOGIN = "login"
    NOT_FOUND = "not_found"
    ERROR = "error"
    PARKED = "parked"
    REDIRECTED_HOME = "redirected_home"
    NOT_A_POLICY = "not_a_policy"
    UNREADABLE = "unreadable"  # bytes that their own format's reader gives up on: an encrypted or broken PDF
    UNSUPPORTED_TYPE = "unsupported_type"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"  # understanding it exceeded the time a page may take

    # told by the page and what is known of the document
    WRONG_LANGUAGE = "wrong_language"
    TRUNCATED = "truncated"
    REPLACED = "replaced"

    # told by the network
    ROBOTS = "robots"
    FORBIDDEN_ADDRESS = "forbidden_address"
    DNS = "dns"
    TLS = "tls"
    TIMED_OUT = "timed_out"
    UNREACHABLE = "unreachable"
    REDIRECT_LOOP = "redirect_loop"
    RATE_LIMITED = "rate_limited"
    BAD_RESPONSE = "bad_response"


# --- what is known of a page besides its bytes ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of a page besides its bytes.

    `content_type` is a MIME type with or without a charset: text/html, application/pdf, text/markdown or text/plain. `observed` is
    the day of the look; it decides between day-month and month-day where nothing else does. `language` and `region` are what the
    registry expects, not what the page says. `select` and `remove` are CSS selectors; `start` and `until` are headings between
    which the document stands on a page that carries several (`from` and `until` in the registry).
    """

    content_type: str
    url: str | None = None
    observed: date | None = None
    language: str | None = None
    region: str | None = None
    select: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    start: str | None = None
    until: str | None = None


# --- a policy ---------------------------------------------------------------------------------------------------------------

ClauseKind = Literal["heading", "paragraph", "item", "row"]


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest part of a policy with an identity of its own.

    `trail` holds the texts of the headings above it, outermost first. `label` is its enumerator ("4.2", "(a)", "Article 5"), which
    also stays in `text`. `depth` is 1…6 for a heading, and the nesting of an item, from 0. A row's cells are joined by " | ".
    """

    text: str
    kind: ClauseKind = "paragraph"
    trail: tuple[str, ...] = ()
    label: str | None = None
    depth: int = 0
    links: tuple[Link, ...] = ()

    @property
    def markdown(self) -> str:
        """This clause as canonical Markdown. Link targets are no part of it."""
        if self.kind == "heading":
            return f"{'#' * self.depth} {self.text}"
        if self.kind == "item":
            return f"{'  ' * self.depth}- {self.text}"
        if self.kind == "row":
            return f"| {self.text} |"
        return self.text


DateRole = Literal["effective", "updated", "published", "previous"]


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date that the text itself states: `value` is ISO to the precision stated ("2020-12-15", "2023-11", "2023").

    `words` are the stating words, `clause` the position of their clause in `Policy.clauses`. `ambiguous` says that day and month
    could be read the other way round.
    """

    role: DateRole
    value: str
    words: str
    clause: int | None = None
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why something was decided: the id of the cue that fired, and the words it fired on."""

    cue: str
    words: str = ""


@dataclass(frozen=True)
class Policy:
    """What extraction understands of a snapshot."""

    clauses: tuple[Clause, ...] = ()
    language: str | None = None
    dates: tuple[StatedDate, ...] = ()
    state: State = State.OK
    evidence: tuple[Evidence, ...] = ()
    title: str | None = None
    hints: Mapping[str, str] = field(default_factory=dict)
    """Weaker dates that the text does not state: "json-ld dateModified", "article:modified_time", "pdf ModDate" → ISO text."""

    @cached_property
    def markdown(self) -> str:
        """The canonical text: equal wording and structure give equal text, whatever the markup. Without link targets."""
        parts: list[str] = []
        before: Clause | None = None
        for clause in self.clauses:
            if before is not None:
                tight = clause.kind == before.kind and clause.kind in ("item", "row")
                parts.append("\n" if tight else "\n\n")
            parts.append(clause.markdown)
            before = clause
        return "".join(parts)

    @cached_property
    def text_hash(self) -> str:
        """The identity of a version: SHA-256 of the canonical text in UTF-8."""
        return hashlib.sha256(self.markdown.encode("utf-8", "surrogatepass")).hexdigest()

    def _date(self, role: DateRole) -> str | None:
        return next((d.value for d in self.dates if d.role == role), None)

    @property
    def effective_date(self) -> str | None:
        """The day from which the document says it is in force, or None. The first of `dates` with the role counts."""
        return self._date("effective")

    @property
    def updated_date(self) -> str | None:
        """The day on which the document says it was last updated; where it states none, the day of its publication."""
        return self._date("updated") or self._date("published")


# --- a change ---------------------------------------------------------------------------------------------------------------

WordEdit = tuple[Literal["=", "-", "+"], str]
"""One run of a word-level redline. The texts of = and - runs joined give the old text, those of = and + the new, exactly."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a clause says: its kind ("data", "purpose", "recipient", "country", "retention", "age", "right", "choice", "contact",
    "sale", …), the value (normalised: "precise location", "730 days", "US"), how it is said, and the words that say it."""

    kind: str
    value: str
    modality: Literal["does", "may", "will", "must", "only with consent"] = "does"
    negated: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact gained (`old` is None), lost (`new` is None) or altered."""

    old: Fact | None
    new: Fact | None


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that fired: its id, what it says of the change, and the words it fired on, on the `old` or `new` side."""

    rule: str
    level: Level
    text: str
    direction: Direction = "unclear"
    side: Literal["old", "new"] = "new"
    words: str = ""


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What became of one clause, or of a few that were split or merged.

    `old_at` and `new_at` are the positions in the clauses of the two policies. `words` is the redline of the joined texts, empty where
    one side is. `op` is "added" or "removed" for a whole clause, and for words in a clause that is otherwise as it was: then both sides
    are there. `moved` says that it stands in another place as well, whatever `op` says.
    """

    op: Op
    old: tuple[Clause, ...] = ()
    new: tuple[Clause, ...] = ()
    old_at: tuple[int, ...] = ()
    new_at: tuple[int, ...] = ()
    words: tuple[WordEdit, ...] = ()
    similarity: float = 0.0
    moved: bool = False
    kind: Kind = "editorial"
    level: Level = "low"
    reasons: tuple[Reason, ...] = ()
    topics: tuple[str, ...] = ()
    facts: tuple[FactChange, ...] = ()

    @property
    def substantive(self) -> bool:
        """A promise, duty, fact or exposure differs."""
        return self.kind == "substantive"


DateNote = Literal["added", "removed", "forwards", "backwards", "ahead"]


@dataclass(frozen=True, slots=True)
class DateChange:
    """A stated date that differs. Notes: which way it moved, and "ahead" where the new one is later than the look that found it."""

    role: DateRole
    old: str | None
    new: str | None
    notes: tuple[DateNote, ...] = ()


@dataclass(frozen=True)
class Change:
    """The comparison of two policies. Every clause of both is in exactly one of `clauses` or in a pair of `kept`."""

    id: str
    """Derived from the two texts: the same texts give the same id."""
    kind: Kind = "none"
    level: Level = "none"
    reasons: tuple[Reason, ...] = ()
    summary: str = ""
    silent: bool | None = None
    """True: wording changed, stated date did not; None where neither side states a date."""
    clauses: tuple[ClauseChange, ...] = ()
    kept: tuple[tuple[int, int], ...] = ()
    """Positions (old, new) of the clauses that stand unchanged."""
    dates: tuple[DateChange, ...] = ()
    complete: bool = True
    """False: a work budget was exceeded, and some redlines are coarser than they could be."""

    @property
    def date_only(self) -> bool:
        """The stated date changed and the wording did not."""
        return bool(self.dates) and self.kind in ("none", "cosmetic")


# --- who is watched ---------------------------------------------------------------------------------------------------------


def slug(text: str) -> str:
    """A name for machines: lower case, letters and digits of any script, hyphens between."""
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-") or "unnamed"


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A rule of the user's own: phrases whose coming or going gives a clause change at least this level, with this reason.

    A phrase is plain words, case aside; `shar*` stands for every word that begins so, `a|b` for either word, `_` for any one word, and
    `...` for up to four. `event` says whether coming ("added"), going ("removed") or both are told.
    """

    id: str
    words: tuple[str, ...]
    level: Level = "high"
    direction: Direction = "unclear"
    reason: str = ""
    event: Literal["any", "added", "removed"] = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One policy of a vendor at one URL, in one language and region.

    `name` ("sonoff/privacy") is its identity: a changed URL or a changed vendor name keeps the history. It follows from vendor, kind,
    language and region where it is not given. `url` is None where only the vendor's home page is known yet. `schedule` is an interval
    ("1 day", "6 hours") or five cron fields (UTC).
    """

    vendor: str
    kind: str
    url: str | None = None
    language: str | None = None
    region: str | None = None
    name: str = ""
    home: str | None = None
    schedule: str = "1 day"
    select: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    start: str | None = None
    until: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float | None = None
    """Seconds between two requests to its host, where the default is too quick for it."""
    timeout: float | None = None
    render: bool | None = None
    """Whether a browser runs the scripts of its page; None: where the page says nothing without."""
    rules: tuple[OwnRule, ...] = ()
    """By which its changes are judged besides the built-in ones."""

    def __post_init__(self) -> None:
        if not self.name:
            tail = "-".join(slug(part) for part in (self.kind, self.language, self.region) if part)
            object.__setattr__(self, "name", f"{slug(self.vendor)}/{tail}")

    @property
    def host(self) -> str | None:
        """The host name that politeness is kept towards: while there is no address, that of the home page it is looked for from."""
        return urlsplit(self.url or self.home or "").hostname

    def at(self, url: str) -> Document:
        """The same document where it was found. Its headers may be secrets: they stay with the origins that they were given for."""
        given = {origin(each) for each in (self.url, self.home) if each}
        return replace(self, url=url, headers=self.headers if origin(url) in given else {})


def origin(url: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


# --- a look -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect on the way to a page: the URL that was asked, and the status that sent us on."""

    url: str
    status: int


LIVE = ("crawl", "browser")
"""The sources of looks at a page as it is now; those of importers tell what it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One look at a document as the network gave it.

    `at` is an aware datetime. `body` is the decoded entity (None where none came: a failure, a 304). `headers` has lower-case names.
    `failure` is set where the network, and not the page, decided the outcome. `source` says where it comes from: "crawl", "browser",
    or an importer's name with its provenance.
    """

    url: str
    at: datetime
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    final_url: str | None = None
    redirects: tuple[Hop, ...] = ()
    failure: State | None = None
    detail: str = ""
    seconds: float | None = None
    address: str | None = None
    source: str = "crawl"
    reader: str = ""
    """Who read the text out of the page, where that was an archive, and by which of its rules; empty: `body` is the page itself."""
    shown_next: bool = False
    """Should the page say nothing without its scripts, a browser looks at it at once: the two are one visit, and fail once at most."""
    stood: bool = False
    """It is told again, and what it saw was in force: what has become known of earlier looks puts it in no doubt."""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"Observation.at must know its time zone, got {self.at!r}")
        for name in ("url", "final_url", "detail"):
            if value := getattr(self, name):
                object.__setattr__(self, name, _whole(value))
        headers = {_whole(name): _whole(value) for name, value in self.headers.items()}
        object.__setattr__(self, "headers", headers)
        object.__setattr__(self, "redirects", tuple(Hop(_whole(hop.url), hop.status) for hop in self.redirects))


def _whole(text: str) -> str:
    """Text without halves of surrogate pairs, which a broken header or address may hold and nothing can store."""
    return text.encode("utf-8", "replace").decode()


OutcomeKind = Literal["first", "unchanged", "reformatted", "changed", "returned", "quarantined", "refused", "failed"]
EventType = Literal["first", "changed", "dates", "broken", "recovered"]


@dataclass(frozen=True, slots=True)
class Event:
    """A change, or a page breaking or recovering, worth telling. `payload` is JSON-ready and frozen for ever once recorded."""

    id: str
    type: EventType
    at: datetime
    document: str
    level: Level
    payload: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a look came to. `version` is the id of the version in force after it, None where there is none yet."""

    kind: OutcomeKind
    state: State
    observation: int
    version: int | None = None
    change: Change | None = None
    events: tuple[Event, ...] = ()
    why: str = ""
