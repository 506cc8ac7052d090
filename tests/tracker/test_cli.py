import io
import json
import re
import shlex
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from lxml import html

from tracker import Document, History, Observation, State, observe
from tracker.cli import cli
from tracker.cli.base import palette
from tracker.rendering.inks import COLOUR, PLAIN

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
REGISTRY = """
[settings]
contact = "you@lumora.example"

[vendors.lumora]
name = "Lumora"
home = "https://lumora.example/"

[[vendors.lumora.documents]]
kind = "privacy"
url = "https://lumora.example/privacy"

[[vendors.lumora.documents]]
kind = "terms"
url = "https://lumora.example/terms"

[vendors.haus]
home = "https://haus.example/"
"""
LUMORA = Document(vendor="Lumora", kind="privacy", url="https://lumora.example/privacy", name="lumora/privacy")
COLLECT = """
We collect your name, your e-mail address and the identifiers of the lamps that you connect to your account. Your lamps send us their
firmware version, the times at which they are switched, and the strength of the wireless signal where they are."""
RIGHTS = """
You may ask us for access to your personal data, for its correction or for its deletion at any time, by writing to us. We answer within
one month, and where we cannot do what you ask for we say why. You may complain to the data protection authority of your country."""
OLD = f"""# Privacy Policy

Last updated: January 2, 2026

## What we collect
{COLLECT}

## Sharing

We do not sell your personal data. We share it with hosting providers who process it on our behalf.

## Retention

We keep the data of your account for 12 months after you close it, and then we delete it for good.

## Your rights
{RIGHTS}
"""
NEW = OLD.replace("for 12 months", "for 24 months").replace(
    "We do not sell your personal data.", "We may sell your personal data."
)
OTHER = (
    "# Allgemeine Bedingungen\n\n"
    + "Diese Bedingungen gelten für alle Verträge über unsere Waren und Dienste im Geschäft. " * 40
)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty folder to work in, with a registry."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    (tmp_path / "vendors.toml").write_text(REGISTRY, encoding="utf-8")
    return tmp_path


def look(history, day, text=None, **given):
    headers = {"content-type": "text/markdown"}
    body = text.encode() if text else None
    at = START + timedelta(days=day)
    return observe(history, LUMORA, Observation(url=LUMORA.url, at=at, status=200, headers=headers, body=body, **given))


@pytest.fixture
def watched(place):
    """A history of two versions and three reigns: the policy is weakened without a new date, and weeks later taken back."""
    with History(place / "history.db") as history:
        for day, text in ((0, OLD), (1, OLD), (7, NEW), (30, NEW), (40, OLD)):
            look(history, day, text)
        history.db.execute("UPDATE documents SET next_due = '2099-01-01T00:00:00Z'")
    return place


@pytest.fixture
def run(place):
    def run(line, code=0, **given):
        result = CliRunner().invoke(cli, shlex.split(line), **given)
        assert result.exit_code == code, result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run


# --- help -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", sorted(cli.list_commands(None)))
def test_every_command_explains_itself_with_an_example(run, command):
    text = run(f"{command} --help").output
    assert f"clausewatch {command}" in text.split("Example:")[1]


def test_the_group_lists_the_commands_and_its_exit_codes(run):
    text = run("--help").output
    for command in (
        "check",
        "vendors",
        "add",
        "log",
        "show",
        "diff",
        "status",
        "quarantine",
        "accept",
        "reject",
        "extract",
        "browse",
    ):
        assert re.search(rf"^  {command} ", text, re.MULTILINE)
    assert "Exit codes" in text


# --- the registry -----------------------------------------------------------------------------------------------------------


def test_check_counts_what_is_right(run):
    text = run("check").output
    assert "2 vendors, 3 documents, no problem" in text
    assert "1 document without an address yet" in text


def test_check_tells_all_problems_and_fails(run, place):
    (place / "vendors.toml").write_text(REGISTRY + 'colour = 1\n[[vendors.haus.documents]]\nkind = "Privacy"\n')
    result = run("check", code=1)
    assert len(result.stderr.strip().splitlines()) == 2
    problems = json.loads(run("check --json", code=1).stdout)["problems"]
    assert [problem["key"] for problem in problems] == ["vendors.haus.colour", "vendors.haus.documents[1].kind"]


def test_add_writes_a_document_that_vendors_lists(run):
    assert "Added haus/privacy-de" in run("add haus https://haus.example/datenschutz --language de").output
    found = {row["name"]: row for row in json.loads(run("vendors --json").stdout)}
    assert found["haus/privacy-de"]["url"] == "https://haus.example/datenschutz"


def test_add_refuses_nonsense_in_a_sentence(run, place):
    result = run("add haus nowhere", code=2)
    assert "vendors.haus.documents[1].url: expected an address" in result.stderr
    assert (place / "vendors.toml").read_text() == REGISTRY


def test_vendors_shows_addresses_states_and_who_has_none(run, watched):
    text = run("vendors").output
    assert re.search(r"Lumora +lumora/privacy +https://lumora.example/privacy +1 day +2026-02-14 09:00 UTC +ok", text)
    assert re.search(r"lumora/terms .* not looked at yet", text)
    assert re.search(r"haus/privacy .*no address yet", text)


def test_vendors_needs_no_history(run):
    assert "not looked at yet" in run("vendors").output


# --- the history ------------------------------------------------------------------------------------------------------------


def test_log_lists_the_newest_change_first(run, watched):
    rows = json.loads(run("log --json").stdout)
    assert [(row["document"], row["old"], row["new"]) for row in rows] == [
        ("lumora/privacy", 2, 1),
        ("lumora/privacy", 1, 2),
    ]
    assert rows[1]["silent"] is True
    assert "version 1 → 2" in run("log").output


def test_log_takes_names_times_levels_and_a_limit(run, watched):
    assert len(json.loads(run("log lumora --json").stdout)) == 2
    assert len(json.loads(run("log 'lum*/priv*' --since 2026-02-01 --json").stdout)) == 1
    assert len(json.loads(run("log --limit 1 --json").stdout)) == 1
    assert json.loads(run("log --since '1 minute' --json").stdout) == []
    assert "Nothing changed" in run("log --since '1 minute'").output


def test_show_prints_the_text_in_force_with_when_it_was_seen(run, watched):
    text = run("show lumora/privacy").output
    assert "lumora/privacy  version 1" in text
    assert "updated 2026-01-02" in text
    assert (
        "seen from 2026-01-05 09:00 UTC to 2026-01-06 09:00 UTC; another text stood there 2026-01-12 09:00 UTC" in text
    )
    assert "We do not sell your personal data." in text


def test_show_tells_the_text_as_of_a_date_and_how_sure_that_is(run, watched):
    text = run("show lumora --at 2026-01-20").output
    assert "We may sell your personal data." in text
    assert "seen before and after that moment" in text
    assert "between two looks" in run("show lumora --at 2026-01-08").output


def test_show_takes_a_version_and_a_form(run, watched):
    assert "for 24 months" in run("show lumora/privacy --version 2 --markdown").output
    record = json.loads(run("show lumora/privacy --json").stdout)
    assert (record["version"]["number"], len(record["reigns"])) == (1, 2)
    assert record["policy"]["updated"] == "2026-01-02"


def test_show_and_diff_take_the_number_of_a_change(run, watched):
    number = json.loads(run("log --json").stdout)[1]["change"]
    for command in ("show", "diff"):
        assert "[-12-][+24+]" in run(f"{command} {number}").output


def test_diff_shows_the_last_change_of_a_document(run, watched):
    assert "[-24-][+12+]" in run("diff lumora/privacy").output


def test_diff_takes_two_versions_or_two_dates(run, watched):
    assert "[-12-][+24+]" in run("diff lumora/privacy 1 2").output
    assert "[-12-][+24+]" in run("diff lumora/privacy 2026-01-05 2026-01-20").output


def test_diff_shows_the_whole_text_with_all(run, watched):
    text = run("diff lumora/privacy 1 2 --all").output
    assert "[-12-][+24+]" in text
    assert "strength of the wireless signal" in text


def test_diff_gives_machines_a_record(run, watched):
    record = json.loads(run("diff lumora/privacy 1 2 --json").stdout)
    assert (record["old"]["number"], record["new"]["number"]) == (1, 2)
    assert record["change"]["kind"] == "substantive"


def test_diff_writes_a_page(run, watched):
    assert "Wrote change.html" in run("diff lumora/privacy 1 2 --html change.html").output
    page = html.parse(str(watched / "change.html"))
    assert "24" in [found.text for found in page.findall(".//ins")]


def test_without_a_terminal_nothing_is_coloured(run, watched):
    for line in ("log", "show lumora/privacy", "diff lumora/privacy", "vendors", "status"):
        assert "\x1b" not in run(line).output


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("environment", "stream", "inks"),
    [
        ({}, Terminal(), COLOUR),
        ({}, io.StringIO(), PLAIN),
        ({"NO_COLOR": "1"}, Terminal(), PLAIN),
        ({"TERM": "dumb"}, Terminal(), PLAIN),
    ],
)
def test_colour_is_for_terminals_and_for_who_wants_it(monkeypatch, environment, stream, inks):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert palette(stream) is inks


# --- how the watching goes --------------------------------------------------------------------------------------------------


def test_status_tells_documents_that_nobody_looks_at(run, watched):
    with History(watched / "history.db") as history:
        history.db.execute("UPDATE documents SET next_due = '2026-02-01T00:00:00Z'")
    output = run("status", code=1).output
    assert "1 overdue" in output
    assert "No daemon is watching" in output


@pytest.mark.parametrize(
    "line", ["show 99999999999999999999", "diff 99999999999999999999", "show lumora --at 0001-01-01T00:00+14:00"]
)
def test_numbers_and_dates_beyond_all_bounds_are_refused_in_a_sentence(run, watched, line):
    assert run(line, code=2).output.startswith("Error: ")


def test_a_file_that_cannot_be_written_is_said_in_a_sentence(run, watched):
    assert "No such file or directory" in run("diff lumora --html /nonexistent/x.html", code=2).output


def test_a_day_means_the_same_however_it_is_written(run, watched):
    assert run("show lumora --at 20260106").output == run("show lumora --at 2026-01-06").output


def test_status_is_quiet_while_all_is_well(run, watched):
    text = run("status").output
    assert re.search(r"lumora/privacy +ok +2026-02-14 09:00 UTC +2026-02-14 09:00 UTC", text)
    assert text.splitlines()[-2] == "3 documents: 1 ok, 1 not looked at yet, 1 no address yet."


def test_status_fails_where_a_document_does(run, watched):
    with History(watched / "history.db") as history:
        look(history, 50, failure=State.DNS)
    assert re.search(r"lumora/privacy +failing \(dns\) .* 2026-02-24 09:00 UTC", run("status", code=1).output)
    record = json.loads(run("status --json", code=1).stdout)
    assert record["counts"]["failing"] == 1


@pytest.fixture
def doubtful(watched):
    with History(watched / "history.db") as history:
        look(history, 50, OTHER)
    return watched


def test_quarantine_lists_what_waits_and_why(run, doubtful):
    assert "lumora/privacy  since 2026-02-24 09:00 UTC" in run("quarantine").output
    assert json.loads(run("quarantine lumora --json").stdout)[0]["document"] == "lumora/privacy"
    assert "quarantined" in run("status", code=1).output


def test_quarantine_shows_what_a_person_is_to_judge(run, doubtful):
    output = run("quarantine lumora --diff").output
    assert "Allgemeine Bedingungen" in output
    assert "version 1" in output


def test_an_accepted_text_is_in_force(run, doubtful):
    assert "Accepted" in run("accept lumora/privacy").output
    assert "Nothing waits" in run("quarantine").output
    assert "Allgemeine Bedingungen" in run("show lumora/privacy").output


def test_a_rejected_text_is_not(run, doubtful):
    assert "Rejected" in run("reject lumora/privacy").output
    assert "Nothing waits" in run("quarantine").output
    assert "Privacy Policy" in run("show lumora/privacy").output


def test_accept_gives_machines_the_outcome(run, doubtful):
    assert json.loads(run("accept lumora/privacy --json").stdout)["outcome"] == "changed"


# --- a file -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def file(place):
    path = place / "policy.md"
    path.write_text(OLD, encoding="utf-8")
    return path


def test_extract_sums_up_what_a_file_says(run, file):
    text = run("extract policy.md").output
    assert text.startswith("a policy\n")
    assert "language: en" in text
    assert re.search(r"updated: 2026-01-02 — “.*January 2, 2026.*”", text)


def test_extract_gives_text_clauses_and_record(run, file):
    assert run("extract policy.md --markdown").output.startswith("# Privacy Policy")
    assert re.search(r"paragraph +Privacy Policy › Retention\n", run("extract policy.md --clauses").output)
    assert json.loads(run("extract policy.md --json").stdout)["state"] == "ok"


def test_extract_fails_on_what_is_no_policy_and_says_what_it_is(run):
    assert run("extract - --type text/html", code=1, input="<html><body></body></html>").output.startswith(
        "no policy: empty"
    )


# --- mistakes ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("log lumorra", 'There is no document "lumorra"; did you mean lumora'),
        ("show lumora/privcy", "did you mean lumora/privacy"),
        ("show nothing-like-it", "`clausewatch vendors` lists them"),
        ("show lumora/privacy --version 9", "has no version 9; there are: 1, 2"),
        ("show lumora/privacy --at 2020-01-01", "had been seen by 2020-01-01 23:59 UTC; it was first seen 2026-01-05"),
        ("show lumora/privacy --at 2020-01-01 --version 1", "not both"),
        ("show lumora/privacy --at yesterday", "expected a date such as 2026-03-04"),
        ("show 999", "There is no change 999"),
        ("diff lumora/privacy 1", "Give a document"),
        ("diff lumora/privacy 1 9", "has no version 9"),
        ("diff lumora/privacy 1 often", "expected a date"),
        ("log --since '0 6 * * *'", "expected a date"),
        ("accept lumora/privacy", "Nothing waits in quarantine for lumora/privacy"),
        ("reject lumora/privacy", "Nothing waits in quarantine for lumora/privacy"),
        ("extract missing.md", "No such file"),
        ("--registry missing.toml vendors", "there is no such file"),
        ("--history missing.db log", "There is no history at missing.db yet"),
        ("--history vendors.toml log", "is no history of Clausewatch"),
    ],
)
def test_a_mistake_is_told_in_a_sentence_with_exit_code_2(run, watched, line, expected):
    assert expected in run(line, code=2).stderr
