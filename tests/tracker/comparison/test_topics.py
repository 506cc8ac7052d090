"""What a clause is about."""

import tomllib
from pathlib import Path

import pytest

from tracker.comparison import topics
from tracker.model import TOPICS, Clause


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
