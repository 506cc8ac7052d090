"""What a clause is about."""

import tomllib
from pathlib import Path

import pytest

from tracker.comparison import topics
from tracker.comparison.topics import topics_of_change
from tracker.model import TOPICS, Clause, Fact, FactChange


@pytest.mark.parametrize(
    ("heading", "text", "topic"),
    [
        ("Information we collect", "We collect the serial number of your lamp.", "First Party Collection/Use"),
        ("Who gets your data", "We share it with service providers and partners.", "Third Party Sharing/Collection"),
        ("Your choices", "You can opt out of the newsletter in your preferences.", "User Choice/Control"),
        ("Your rights", "You have the right to access and to erasure.", "User Access, Edit and Deletion"),
        ("How long we keep data", "Logs are retained for 30 days.", "Data Retention"),
        ("Security", "All connections are encrypted.", "Data Security"),
        ("Changes to this policy", "We will notify you of changes to this policy.", "Policy Change"),
        ("Do Not Track", "Our site does not answer Do Not Track signals.", "Do Not Track"),
        (
            "Children",
            "Our lamps are not made for children under the age of 13.",
            "International and Specific Audiences",
        ),
        ("Contact us", "Write to Mill Lane 5 if you have questions.", "Other"),
        ("Dauer der Speicherung", "Protokolle werden 30 Tage lang aufbewahrt.", "Data Retention"),
        ("Vos droits", "Vous disposez d'un droit d'accès et de rectification.", "User Access, Edit and Deletion"),
        ("Sus derechos", "Tiene derecho de acceso y de supresión.", "User Access, Edit and Deletion"),
    ],
)
def test_the_topic_leads(heading: str, text: str, topic: str) -> None:
    assert topics(Clause(text, trail=(heading,)))[0] == topic


def test_a_clause_without_evidence_is_other() -> None:
    assert topics(Clause("Lorem ipsum dolor.")) == ("Other",)


def test_topics_are_of_the_taxonomy() -> None:
    assert set(topics(Clause("We share cookies with partners in Canada."))) <= set(TOPICS)


SENTENCES = [
    pytest.param(topic, sentence, id=f"{topic}: {sentence[:40]}")
    for topic, languages in tomllib.loads(Path(__file__).with_name("topics.toml").read_text(encoding="utf-8")).items()
    for sentences in languages.values()
    for sentence in sentences
]


@pytest.mark.parametrize(("topic", "sentence"), SENTENCES)
def test_a_sentence_tells_its_topic_without_a_heading(topic: str, sentence: str) -> None:
    assert topic in topics(Clause(sentence))


HEADED = [
    pytest.param(topic, heading, text, id=f"{topic}: {text[:40]}")
    for topic, rows in tomllib.loads(Path(__file__).with_name("headed.toml").read_text(encoding="utf-8")).items()
    for heading, text in rows
]


@pytest.mark.parametrize(("topic", "heading", "text"), HEADED)
def test_a_clause_under_a_heading_tells_its_topic(topic: str, heading: str, text: str) -> None:
    assert topic in topics(Clause(text, trail=(heading,)))


def test_a_word_that_is_repeated_tells_no_more() -> None:
    once, thrice = (
        "We have a subscription and share data.",
        "A subscription, subscription, subscription; we share data.",
    )
    assert set(topics(Clause(once))) == set(topics(Clause(thrice)))


LAMPS = "We collect the serial number of your lamp, when you switch it on, and how warm it gets. "
SHARED = "We share crash reports with our service providers."


def test_a_sentence_that_comes_tells_more_than_the_rest_of_its_clause() -> None:
    old, new = Clause(LAMPS), Clause(LAMPS + SHARED)
    assert topics_of_change((old,), (new,), (), personal=True)[0] == "Third Party Sharing/Collection"


def test_a_sentence_that_goes_tells_as_much_as_one_that_comes() -> None:
    old, new = Clause(LAMPS + SHARED), Clause(LAMPS)
    assert topics_of_change((old,), (new,), (), personal=True)[0] == "Third Party Sharing/Collection"


def test_words_on_one_side_alone_tell_more_than_those_of_both() -> None:
    old = Clause("You can switch off the microphone, as you can mute the speaker.")
    new = Clause("You can switch off the microphone, which is encrypted, hashed and salted.")
    assert topics_of_change((old,), (new,), (), personal=True)[0] == "Data Security"


def test_facts_that_differ_lead_to_their_topic() -> None:
    clause = Clause("It is sixty.", trail=("Lamps",))
    change = FactChange(Fact("retention", "30 days"), Fact("retention", "60 days"))
    assert topics_of_change((clause,), (clause,), (change,), personal=True) == ("Data Retention",)


def test_what_both_a_phrase_and_a_fact_tell_counts_once() -> None:
    said_once, said_twice = "You can opt out. We share it.", "You can opt out, unsubscribe and untick it. We share it."
    assert len(topics(Clause(said_once))) > len(topics(Clause(said_twice)))


def test_terms_of_service_are_about_other_things_unless_much_points_elsewhere() -> None:
    clause, shared = (
        Clause("Lamps may be used indoors."),
        Clause(SHARED + " Advertisers and partners receive them too."),
    )
    assert topics_of_change((), (clause,), (), personal=False) == ("Other",)
    assert "Third Party Sharing/Collection" in topics_of_change((), (shared,), (), personal=False)


def test_a_practice_points_to_its_topic_only_where_personal_data_are_the_subject() -> None:
    clause = Clause("The lamp monitors the room.")
    assert topics_of_change((), (clause,), (), personal=True) == ("First Party Collection/Use",)
    assert topics_of_change((), (clause,), (), personal=False) == ("Other",)


def test_a_third_topic_is_named_where_it_is_nearly_as_strong() -> None:
    even = "We share it with partners. You can opt out or unsubscribe. It is encrypted and hashed."
    assert len(topics(Clause(even))) == 3
