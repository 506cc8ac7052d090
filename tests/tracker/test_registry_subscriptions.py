"""[[subscriptions]] in the registry."""

import re
from pathlib import Path

import pytest

from tracker.registry import RegistryError, load

VENDORS = """
[vendors.acme]
name = "Acme Home"
home = "https://acme.example/"
[[vendors.acme.documents]]
kind = "privacy"
url = "https://acme.example/privacy"
"""


@pytest.fixture
def write(tmp_path):
    def write(content):
        path = tmp_path / "vendors.toml"
        path.write_text(VENDORS + content, encoding="utf-8")
        return path

    return write


def problems_of(path):
    with pytest.raises(RegistryError) as caught:
        load(path)
    return {problem.key: problem.text for problem in caught.value.problems}


def test_everything_a_subscription_can_say_is_read(write, tmp_path):
    path = write("""
[[subscriptions]]
name = "legal"
channel = "mail"
vendors = ["acme"]
kinds = ["privacy"]
topics = ["Data Retention"]
languages = ["en", "pt-BR"]
level = "medium"
types = ["changed", "dates"]
digest = "weekly"
at_once = "high"
to = ["legal@acme.example"]
from = "watch@acme.example"
server = "smtps://mail.acme.example"
user = "watch"
password = "file:secrets/mail"
""")
    [subscription] = load(path).subscriptions
    assert (subscription.name, subscription.channel) == ("legal", "mail")
    assert (subscription.vendors, subscription.kinds, subscription.topics) == (
        ("acme",),
        ("privacy",),
        ("Data Retention",),
    )
    assert (subscription.languages, subscription.level, subscription.types) == (
        ("en", "pt-BR"),
        "medium",
        ("changed", "dates"),
    )
    assert (subscription.digest, subscription.at_once) == ("0 7 * * mon", "high")
    assert subscription.settings["to"] == ("legal@acme.example",)
    assert subscription.settings["password"] == f"file:{tmp_path / 'secrets' / 'mail'}"


def test_paths_are_reckoned_from_the_registry_and_a_dash_is_standard_output(write, tmp_path):
    path = write("""
[[subscriptions]]
name = "file"
channel = "jsonl"
path = "out/events.jsonl"
[[subscriptions]]
name = "pipe"
channel = "jsonl"
path = "-"
[[subscriptions]]
name = "feeds"
channel = "feed"
folder = "/srv/feeds"
""")
    paths = [list(subscription.settings.values()) for subscription in load(path).subscriptions]
    assert paths == [[str(tmp_path / "out/events.jsonl")], ["-"], ["/srv/feeds"]]


HOOK = '[[subscriptions]]\nname = "hook"\nchannel = "webhook"\nurl = "https://hooks.example/in"\nsecret = "env:HOOK"\n'
MAIL = '[[subscriptions]]\nname = "mail"\nchannel = "mail"\nto = ["a@b.example"]\nfrom = "c@b.example"\nserver = "smtp://b.example"\n'


@pytest.mark.parametrize(
    ("table", "key", "said"),
    [
        ('[[subscriptions]]\nname = "a"\nchannel = "pigeon"\n', "subscriptions[1].channel", "expected one of jsonl, feed"),
        ('[[subscriptions]]\nname = "a"\nchannel = "webhok"\n', "subscriptions[1].channel", "did you mean webhook?"),
        ('[[subscriptions]]\nname = "a"\nchannel = "webhook"\n', "subscriptions[1].secret", "expected, but missing"),
        (HOOK + 'digest = "daily"\n', "subscriptions[1].digest", "told at once"),
        (HOOK + 'at_once = "high"\n', "subscriptions[1].at_once", "expected a digest"),
        (HOOK + 'vendors = ["acne"]\n', "subscriptions[1].vendors", "did you mean acme?"),
        (HOOK + 'kinds = ["terms"]\n', "subscriptions[1].kinds", "clausewatch vendors"),
        (HOOK + 'topics = ["Data Retension"]\n', "subscriptions[1].topics", "did you mean Data Retention"),
        (HOOK + 'level = "severe"\n', "subscriptions[1].level", "expected one of none"),
        (HOOK + 'types = ["returned"]\n', "subscriptions[1].types", "expected one of first, changed"),
        (HOOK + "colour = 1\n", "subscriptions[1].colour", "unknown key"),
        (HOOK + HOOK, "subscriptions[2].name", "a name of its own"),
        (MAIL + 'digest = "6 hours"\n', "subscriptions[1].digest", '"daily", "weekly"'),
        (MAIL + 'password = "env:P"\n', "subscriptions[1].password", "expected a user"),
        (MAIL.replace("smtp://b", "https://b"), "subscriptions[1].server", "smtps://mail.example.org"),
        (MAIL.replace("smtp://b", "smtp://me:pass@b"), "subscriptions[1].server", "a key of its own"),
        (MAIL.replace('["a@b.example"]', '["a@b.example\\nBcc: x@y.example"]'), "subscriptions[1].to", "a mail address"),
        ("[subscriptions]\n", "subscriptions", "one [[subscriptions]] for each"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_where_it_stands(write, table, key, said):
    assert said in problems_of(write(table))[key]


def test_a_secret_in_the_registry_is_refused_and_not_repeated(write):
    text = problems_of(write(HOOK.replace("env:HOOK", "whsec_ThisIsIt")))["subscriptions[1].secret"]
    assert "env:NAME" in text
    assert "ThisIsIt" not in text


@pytest.mark.parametrize("page", ["delivery.md", "vendors.md"])
def test_the_examples_in_the_documentation_are_right(write, page):
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    examples = [block for block in re.findall(r"```toml\n(.*?)```", text, re.DOTALL) if "[[subscriptions]]" in block]
    assert examples
    assert len(load(write("\n".join(examples))).subscriptions) == len(examples)
