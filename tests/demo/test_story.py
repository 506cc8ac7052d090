"""The demo as a newcomer sees it: one run, through the real daemon, and what it leaves behind."""

import re
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from demo.editions import EDITIONS, VENDORS, Told
from demo.playing import amiss
from demo.telling import Look
from tracker.history import History
from tracker.model import Document, Event, Observation, Outcome, State

ROOT = Path(__file__).parents[2]
LAST_WORDS = "Ctrl-C ends it."
PATIENCE = 120.0


@dataclass
class Demo:
    """A demo that was told to keep its sites up, after its last words."""

    process: subprocess.Popen[bytes]
    folder: Path
    text: str

    def cli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        program = Path(sys.executable).parent / "clausewatch"
        command = [str(program), "--registry", str(self.folder / "vendors.toml"), *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    said = folder / "said.txt"
    command = [sys.executable, "-m", "demo.run", "--keep", "--folder", str(folder / "run")]
    with (
        said.open("w", encoding="utf-8") as out,
        subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT) as process,
    ):
        try:
            yield Demo(process, folder / "run", read_until_the_end(process, said))
        finally:
            process.kill()


@pytest.fixture(scope="module")
def history(demo):
    with History(demo.folder / "history.db", read_only=True) as history:
        yield history


def read_until_the_end(process: subprocess.Popen[bytes], said: Path) -> str:
    until = time.monotonic() + PATIENCE
    while LAST_WORDS not in (text := said.read_text(encoding="utf-8")):
        assert process.poll() is None, f"the demo ended too soon:\n{text}"
        assert time.monotonic() < until, f"the demo takes too long:\n{text}"
        time.sleep(0.1)
    return text


def outcomes(history: History, name: str) -> list[str]:
    return [row.outcome for row in reversed(history.observations(name))]


# --- what it prints -----------------------------------------------------------------------------------------------------------


def test_every_moment_has_its_chapter_in_order(demo):
    places = [
        demo.text.index(f"{n} · {e.at:%A} {e.at.day} {e.at:%B %Y} · {e.title}") for n, e in enumerate(EDITIONS, 1)
    ]
    assert places == sorted(places)


def test_the_story_goes_as_it_must(demo):
    assert "not how the story should have gone" not in demo.text
    assert "Traceback" not in demo.text


def test_the_output_fits_a_hundred_columns_and_needs_no_colour(demo):
    told = [line for line in demo.text.splitlines() if str(demo.folder) not in line]  # a long path is nobody's fault
    assert max(len(line) for line in told) <= 100
    assert "\x1b" not in demo.text


def test_the_first_sight_is_a_table_and_no_alert(demo):
    first = demo.text[: demo.text.index(EDITIONS[1].title)]
    assert "Subscribers are told" not in first
    assert all(vendor.document in first for vendor in VENDORS)


def test_the_redline_at_the_end_shows_what_was_promised_and_what_is_left_of_it(demo):
    redline = demo.text[demo.text.index("word by word") :]
    words = " ".join(redline.split())
    assert re.search(r"\[-[^]]*12[^]]*-\]", words)
    assert re.search(r"\[\+[^]]*24[^]]*\+\]", words)
    assert "silent" in words


def test_the_commands_it_ends_with_work(demo):
    printed = [
        line.strip() for line in demo.text.splitlines() if " --registry " in line and not line.lstrip().startswith("$")
    ]
    asked = [line.split(" --registry ")[1].split(" ", 1)[1] for line in printed]
    assert {"log", "status", "browse"} <= {line.split()[0] for line in asked}
    for line in asked:
        if line.split()[0] in ("log", "show", "diff", "explain", "blame", "profile"):
            answer = demo.cli(*line.split())
            assert answer.returncode == 0, answer.stderr
            assert answer.stdout.strip()


# --- what it leaves in the history -------------------------------------------------------------------------------------------


def test_unchanged_pages_are_not_sent_again_where_the_server_can_say_so(history):
    statuses = {v.validators: history.observations(v.document)[-2].status for v in VENDORS}
    assert statuses == {"none": 200, "etag": 304, "last-modified": 304}


def test_a_redirect_is_followed_and_recorded(history):
    row = history.observations("pennyroost/privacy")[-1]
    assert row.url.endswith("/privacy")
    assert row.final_url is not None
    assert "//www.pennyroost.example:" in row.final_url


def test_the_redesign_makes_no_version_and_no_event(history):
    assert outcomes(history, "halowick/privacy")[:3] == ["first", "unchanged", "reformatted"]
    events = [event for event in history.events(["halowick/privacy"]) if event.type != "first"]
    assert [event.at for event in events] == [EDITIONS[6].at]


def test_the_quiet_weakening_is_serious_silent_and_tells_which_promises_went(history):
    (change,) = history.changes(["halowick/privacy"])
    assert change.change.level in ("high", "critical")
    assert change.change.silent is True
    assert change.change.dates == ()
    rules = {reason.rule for reason in change.change.reasons}
    assert {rule.split(".")[0] for rule in rules} >= {"sale", "consent", "retention"}


def test_the_wall_breaks_the_page_and_never_becomes_a_version(history):
    assert outcomes(history, "puddlewatch/privacy")[2:4] == ["refused", "failed"]
    assert {row.state for row in history.observations("puddlewatch/privacy")} == {State.OK, State.BLOCKED}
    assert len(history.versions("puddlewatch/privacy")) == 1
    assert [e.type for e in reversed(history.events(["puddlewatch/privacy"]))] == ["first", "broken", "recovered"]


def test_the_page_that_flips_has_two_versions_and_three_reigns(history):
    assert [reign.number for reign in history.reigns("crumbvale/privacy")] == [1, 2, 1]
    assert [e.type for e in reversed(history.events(["crumbvale/privacy"]))] == ["first", "changed", "changed"]


def test_the_announcement_is_dated_ahead(history):
    (change,) = history.changes(["pennyroost/privacy"])
    dates = {date.role: date for date in change.change.dates}
    assert (dates["effective"].old, dates["effective"].new) == ("2025-11-15", "2026-06-15")
    assert change.first_seen == EDITIONS[7].at
    assert change.change.silent is False


def test_the_moved_section_is_a_version_that_matters_to_nobody(history):
    (change,) = history.changes(["brindlock/privacy"])
    assert change.change.level in ("none", "low")
    assert {event.type for event in history.events(["brindlock/privacy"])} == {"first"}


def test_german_is_read_as_german(history):
    old, new = history.versions("kachelwind/privacy")
    assert (old.language, old.updated) == ("de", "2025-12-01")
    assert (new.language, new.updated) == ("de", "2026-04-01")


def test_the_pdf_is_read_clause_by_clause(history):
    (change,) = history.changes(["voltasund/privacy"])
    whole = history.change(change.id).change
    (edited,) = (c for c in whole.clauses if c.kind == "substantive")
    assert edited.new[0].label == "4.3"
    assert [(date.old, date.new) for date in whole.dates] == [("2026-02-01", "2026-04-15")]


# --- playing on ---------------------------------------------------------------------------------------------------------------


def test_another_edition_can_be_served_and_looked_at_and_the_demo_ends_with_ctrl_c(demo):
    site = re.search(r"curl -X POST (http://127\.0\.0\.1:\d+)/edition/1", demo.text)
    assert site is not None
    urllib.request.urlopen(urllib.request.Request(f"{site[1]}/edition/1", method="POST"), timeout=5).close()
    answer = demo.cli("recrawl", "halowick")
    assert "an earlier text is back" in answer.stdout, answer.stdout + answer.stderr
    demo.process.send_signal(signal.SIGINT)
    assert demo.process.wait(timeout=10) == 0


# --- what if it went otherwise -------------------------------------------------------------------------------------------------


def look(vendor: str, kind: str, *events: Event) -> Look:
    at = EDITIONS[6].at
    document = Document(vendor=vendor, kind="privacy", name=f"{vendor}/privacy")
    return Look(document, Observation(url="http://x.example/", at=at), Outcome(kind, State.OK, 1, events=events))


def event(level: str, *, silent: bool) -> Event:
    return Event("1", "changed", EDITIONS[6].at, "halowick/privacy", level, {"change": {"silent": silent}})


def test_a_story_that_goes_otherwise_is_noticed():
    edition = replace(
        EDITIONS[6], expected={"halowick": "changed"}, told=(Told("halowick", "changed", ("high",), silent=True),)
    )
    quiet = [look(v.key, "unchanged") for v in VENDORS if v.key != "halowick"]
    told = look("halowick", "changed", event("high", silent=True))
    assert list(amiss(edition, [*quiet, told])) == []
    assert list(amiss(edition, quiet)) == [
        "halowick/privacy should be changed, is not looked at",
        "halowick/privacy: changed should have been told",
    ]
    misjudged = look("halowick", "changed", event("low", silent=False))
    assert list(amiss(edition, [*quiet, misjudged])) == [
        "halowick/privacy: changed is low, should be high",
        "halowick/privacy: silent is False, should be True",
    ]
    assert "halowick/privacy: changed should not have been told" in list(
        amiss(replace(edition, told=()), [*quiet, told])
    )
