import pytest

from tracker.model import Fact
from tracker.rendering.picking import in_context
from tracker.rendering.profile import KINDS, aligned, profile


def row(rows, kind):
    return next(row for row in rows if row.kind == kind)


def said(rows, kind):
    return [entry.said for entry in row(rows, kind).entries]


def test_every_kind_has_its_row_whether_something_was_found_or_not():
    assert [(r.topic, r.kind, r.label) for r in profile([], "en")] == list(KINDS)


def test_a_fact_is_told_once_with_all_the_clauses_that_state_it():
    rows = profile(
        [(3, Fact("data", "location", words="where you are")), (9, Fact("data", "location", words="place"))], "en"
    )
    [entry] = row(rows, "data").entries
    assert (entry.fact.words, entry.at) == ("where you are", (3, 9))


def test_how_a_fact_is_said_belongs_to_it():
    facts = [
        Fact("data", "location"),
        Fact("data", "location", negated=True),
        Fact("data", "location", "may"),
        Fact("data", "location", "only with consent"),
        Fact("data", "location", "will"),
    ]
    assert said(profile(enumerate(facts), "en"), "data") == [
        "location",
        "denied: location",
        "may: location",
        "only with consent: location",
    ]


def test_values_are_told_in_words():
    assert said(profile([(0, Fact("country", "US"))], "en"), "country") == ["the US"]


def test_nothing_found_is_told_apart_from_what_cannot_be_read():
    in_polish = profile([], "pl")
    assert row(in_polish, "purpose").nothing == "cannot be read in this language"
    assert row(in_polish, "mail").nothing == "nothing found"
    assert row(profile([], "en-GB"), "purpose").nothing == "nothing found"
    assert row(profile([], None), "purpose").nothing == "nothing found"


def test_kinds_that_nobody_listed_come_last_under_their_own_name():
    rows = profile([(0, Fact("horoscope", "cancer"))], "en")
    assert (rows[-1].topic, rows[-1].label, rows[-1].entries[0].said) == ("Other", "horoscope", "cancer")


def test_profiles_stand_beside_each_other_kind_by_kind():
    one, other = profile([(0, Fact("horoscope", "cancer"))], "en"), profile([(0, Fact("data", "name"))], "en")
    beside = aligned([one, other])
    assert all(left.kind == right.kind for left, right in beside)
    assert [len(r.entries) for r in beside[0]] == [0, 1]
    assert [len(r.entries) for r in beside[-1]] == [1, 0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We keep your E-Mail address.", "We keep your E-Mail address."),
        ("Long before all else we must say here that your e-mail address is kept by us for as long as we wish to.",
         "…we must say here that your e-mail address is kept by us for as long as…"),
        ("Nothing of it.", "e mail address"),
    ],
)  # fmt: skip
def test_folded_words_are_shown_as_they_stand_in_the_text(text, shown):
    assert in_context(text, "e mail address") == shown
