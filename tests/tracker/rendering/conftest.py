from datetime import UTC, datetime

import pytest

from tracker.model import (
    Change,
    Clause,
    ClauseChange,
    DateChange,
    Document,
    Fact,
    FactChange,
    Policy,
    Reason,
    StatedDate,
)


def policy(*clauses: Clause, updated: str | None = None) -> Policy:
    dates = (StatedDate("updated", updated, f"Last updated: {updated}"),) if updated else ()
    return Policy(clauses, language="en", dates=dates)


SHARING = ("Privacy Policy", "3. Sharing")
LONG = (
    "We tell you here, at some length and with much care, what this page is about and how it is to be read by you. " * 3
)


@pytest.fixture
def old() -> Policy:
    return policy(
        Clause("Privacy Policy", "heading", depth=1),
        Clause(f"{LONG}We keep logs for 12 months.", trail=("Privacy Policy",)),
        Clause("We never <b>sell</b> your data.", trail=SHARING, label="3.1"),
        Clause("Lamps report their light.", trail=("Privacy Policy", "1. Lamps")),
        Clause("Nothing new here.", trail=("Privacy Policy", "4. Rest")),
        updated="2024-01-01",
    )


@pytest.fixture
def new() -> Policy:
    return policy(
        Clause("Privacy Policy", "heading", depth=1),
        Clause(f"{LONG}We keep logs for 24 months.", trail=("Privacy Policy",)),
        Clause("Nothing new here.", trail=("Privacy Policy", "4. Rest")),
        Clause("Partners get a copy.", "item", trail=SHARING),
        Clause("Lamps report their light.", trail=("Privacy Policy", "9. Lamps")),
        updated="2024-01-01",
    )


@pytest.fixture
def change(old, new) -> Change:
    before, after = old.clauses, new.clauses
    return Change(
        id="c0ffee",
        kind="substantive",
        level="critical",
        summary="withdraws the promise not to sell; retention 12 → 24 months",
        silent=True,
        reasons=(Reason("promise-withdrawn", "critical", "a promise is withdrawn", "weaker", "old", "never"),),
        clauses=(
            ClauseChange(
                "modified", (before[1],), (after[1],), (1,), (1,),
                words=(("=", f"{LONG}We keep logs for "), ("-", "12"), ("+", "24"), ("=", " months.")),
                similarity=0.98, kind="substantive", level="high",
                topics=("Data Retention",),
                reasons=(Reason("retention-longer", "high", "data is kept longer", "weaker", "new", "24 months"),),
                facts=(FactChange(Fact("retention", "365 days"), Fact("retention", "730 days")),),
            ),
            ClauseChange(
                "removed", (before[2],), (), (2,), (),
                kind="substantive", level="critical", topics=("Third Party Sharing/Collection",),
                reasons=(Reason("promise-withdrawn", "critical", "a promise is withdrawn", "weaker", "old", "never"),),
            ),
            ClauseChange("added", (), (after[3],), (), (3,), kind="editorial", level="medium"),
            ClauseChange("moved", (before[3],), (after[4],), (3,), (4,), similarity=1.0, moved=True, kind="cosmetic", level="none"),
        ),
        kept=((0, 0), (4, 2)),
    )  # fmt: skip


@pytest.fixture
def document() -> Document:
    return Document(
        vendor="Acme & Söhne", kind="privacy", url="https://acme.example/privacy", language="en", name="acme/privacy"
    )


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def date_only() -> Change:
    return Change(id="da7e", kind="none", level="low", summary="updated 2024-01 → 2025-01; wording unchanged",
                  dates=(DateChange("updated", "2024-01", "2025-01", ("forwards",)),))  # fmt: skip
