import json
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from zipfile import ZipFile

import pytest
from bracken import BRACKEN, FIRST, LAST, START, look

from tracker import History, Observation, observe
from tracker.evidence import checking, storing
from tracker.evidence.layout import NAMES, README, RECORD, REDLINE, SUMS, sha256, sums
from tracker.model import OwnRule, Policy, State


@pytest.fixture
def packed(run, watched):
    """A folder with the evidence of the first change."""
    run("evidence 1 --out proof")
    return watched / "proof"


def findings(run, source, code=0):
    return {
        f["what"]: f["good"] for f in json.loads(run(f"evidence --verify {source} --json", code).stdout)["findings"]
    }


def resealed(folder):
    """What a forger does: make the list of hashes fit."""
    (folder / SUMS).write_bytes(sums({name: (folder / name).read_bytes() for name in NAMES if name != SUMS}))


def test_a_folder_holds_both_bodies_as_received_the_texts_and_the_redline(packed):
    assert sorted(p.relative_to(packed).as_posix() for p in packed.rglob("*") if p.is_file()) == sorted(NAMES)
    assert (packed / "old/body.bin").read_bytes() == FIRST.encode()
    assert "24 months" in (packed / "new/text.md").read_text()
    assert "<ins>24</ins>" in (packed / REDLINE).read_text()


def test_each_look_is_told_as_it_was(packed):
    seen = json.loads((packed / "new/look.json").read_text())
    assert seen["headers"] == {"content-type": "text/markdown", "server": "bracken/1"}
    assert (seen["seen"]["url"], seen["seen"]["status"], seen["redirects"]) == (BRACKEN.url, 200, [])


def test_the_window_in_which_the_text_changed_is_told_with_the_looks_that_saw_neither(packed):
    window = json.loads((packed / RECORD).read_text())["window"]
    assert window["last_seen_old"] == (START + timedelta(days=2)).isoformat()
    assert window["first_seen_new"] == (START + timedelta(days=7)).isoformat()
    assert [look["state"] for look in window["looks_between"]] == ["dns"]
    assert "One look between the two saw neither text." in (packed / README).read_text()


def test_everybody_can_verify_the_hashes(packed):
    tool = shutil.which("sha256sum") or pytest.skip("needs sha256sum, which comes with GNU coreutils")
    done = subprocess.run([tool, "--check", "--strict", SUMS], cwd=packed, capture_output=True, text=True, check=True)
    assert done.stdout.count(": OK") == len(NAMES) - 1


def test_what_is_as_it_was_packed_holds_without_a_history(run, packed, watched):
    (watched / "history.db").unlink()
    assert set(findings(run, "proof").values()) == {True}
    assert run("evidence --verify proof").output.endswith("It holds.\n")


def test_a_zip_is_the_same_to_the_byte_each_time_and_holds(run, watched):
    run("evidence 1")
    run("evidence 1 --out again.zip")
    assert (watched / "evidence-1.zip").read_bytes() == (watched / "again.zip").read_bytes()
    assert set(findings(run, "again.zip").values()) == {True}


def test_the_roots_are_those_that_were_published(run, packed):
    published = {root["day"]: root["chain"] for root in json.loads(run("roots --last 99 --json").stdout)}
    for side in ("old", "new"):
        root = json.loads((packed / side / "look.json").read_text())["chain"]["root"]
        assert published[root["day"]] == root["hash"]


@pytest.mark.parametrize("name", NAMES)
def test_any_altered_file_is_found(run, packed, name):
    (packed / name).write_bytes((packed / name).read_bytes().replace(b"2", b"3", 1))
    findings(run, "proof", code=1)


@pytest.mark.parametrize("name", NAMES)
def test_any_missing_file_is_found(run, packed, name):
    (packed / name).unlink()
    assert findings(run, "proof", code=1)["all files are there"] is False


def test_a_forged_body_is_not_the_one_that_was_seen(run, packed):
    (packed / "old/body.bin").write_bytes(FIRST.replace("12 months", "99 months").encode())
    resealed(packed)
    found = findings(run, "proof", code=1)
    assert found["the old body is the one that was seen"] is False
    assert found["the old text follows from the old body"] is False


def test_a_forged_look_is_not_in_the_chain(run, packed):
    path = packed / "new/look.json"
    look = json.loads(path.read_text())
    look["seen"]["address"] = "192.0.2.7"
    path.write_text(json.dumps(look))
    resealed(packed)
    assert findings(run, "proof", code=1)["the new look stands in the chain over all looks"] is False


def test_a_forged_text_does_not_follow_from_its_body(run, packed):
    text = (packed / "new/text.md").read_bytes().replace(b"24 months", b"99 months")
    (packed / "new/text.md").write_bytes(text)
    record = json.loads((packed / RECORD).read_text())
    record["new"]["text_sha256"] = sha256(text)
    (packed / RECORD).write_text(json.dumps(record))
    resealed(packed)
    wrong = [what for what, good in findings(run, "proof", code=1).items() if good is False]
    assert wrong == ["the new text follows from the new body"]


def test_a_forged_redline_does_not_show_the_change(run, packed):
    (packed / REDLINE).write_text((packed / REDLINE).read_text().replace("<ins>24</ins>", "<ins>12</ins>"))
    resealed(packed)
    wrong = [what for what, good in findings(run, "proof", code=1).items() if good is False]
    assert wrong == [f"{REDLINE} shows that change"]


def test_what_another_edition_read_otherwise_cannot_be_told(run, packed, monkeypatch):
    monkeypatch.setattr(checking, "EXTRACTOR", "another")
    (packed / "new/text.md").write_bytes(b"# A text that another edition may have read\n")
    record = json.loads((packed / RECORD).read_text())
    record["new"]["text_sha256"] = sha256((packed / "new/text.md").read_bytes())
    (packed / RECORD).write_text(json.dumps(record))
    resealed(packed)
    assert findings(run, "proof")["the new text follows from the new body"] is None


def test_a_text_that_this_edition_finds_no_policy_in_is_not_called_forged(run, packed, monkeypatch):
    monkeypatch.setattr(checking, "extract", lambda *_: Policy(state=State.NOT_A_POLICY))
    found = findings(run, "proof")
    assert found["the new text follows from the new body"] is None
    assert found["the change follows from the two bodies"] is None


@pytest.mark.parametrize("junk", [b"", b"[]", b'{"window": 7}', b"\xff\xfe", b"[" * 100_000])
def test_a_record_that_is_none_is_found_and_nothing_breaks(run, packed, junk):
    (packed / RECORD).write_bytes(junk)
    resealed(packed)
    findings(run, "proof", code=1)


def test_names_that_lead_elsewhere_are_told_and_never_written(run, packed, watched):
    with ZipFile(watched / "evil.zip", "w") as archive:
        for name in NAMES:
            archive.writestr(name, (packed / name).read_bytes())
        archive.writestr("../escaped.txt", "x")
        archive.writestr("/tmp/escaped.txt", "x")
    before = sorted(watched.parent.rglob("*"))
    result = json.loads(run("evidence --verify evil.zip --json", 1).stdout)
    [found] = [f for f in result["findings"] if f["what"] == "nothing else is there"]
    assert found["words"] == "../escaped.txt, /tmp/escaped.txt"
    assert sorted(watched.parent.rglob("*")) == before


def test_links_in_a_folder_are_not_followed(run, packed, watched):
    (watched / "secret").write_text("of the reader's")
    (packed / "old/text.md").unlink()
    (packed / "old/text.md").symlink_to(watched / "secret")
    assert findings(run, "proof", code=1)["all files are there"] is False


def test_files_beyond_all_measure_are_refused_in_a_sentence(run, packed, watched, monkeypatch):
    run("evidence 1 --out big.zip")
    monkeypatch.setattr(storing, "LARGEST", 100)
    for source in ("proof", "big.zip"):
        assert "larger than a file of a bundle can be" in run(f"evidence --verify {source}", 2).stderr


def test_a_body_that_a_304_stands_for_is_told_with_the_look_that_received_it(run, watched):
    with History(watched / "history.db") as history:
        for day, status, text in ((70, 200, FIRST), (71, 304, None)):
            headers = {"content-type": "text/markdown", "etag": '"7"'}
            body = text.encode() if text else None
            seen = Observation(
                url=BRACKEN.url, at=START + timedelta(days=day), status=status, headers=headers, body=body
            )
            observe(history, BRACKEN, seen)
        look(history, 80, FIRST.replace("12 months", "36 months"))
    run("evidence bracken --out proof")
    old = json.loads((watched / "proof/old/look.json").read_text())
    assert (old["seen"]["status"], old["received"]["status"]) == (304, 200)
    assert old["received"]["at"].startswith("2026-03-16")
    assert "had sent by 2026-03-16" in (watched / "proof" / README).read_text()
    assert set(findings(run, "proof").values()) == {True}


def test_what_was_judged_by_rules_of_the_users_own_can_be_judged_again(run, watched):
    own = replace(BRACKEN, rules=(OwnRule("owls", ("owl*",), "critical"),))
    with History(watched / "history.db") as history:
        history.register([own], START)
        look(history, 70, LAST.replace("our AI models", "our AI models to know owls"), own)
    run("evidence bracken --out proof")
    change = json.loads((watched / "proof" / RECORD).read_text())["change"]
    assert any(reason["rule"] == "own.owls" for reason in change["reasons"])
    assert set(findings(run, "proof").values()) == {True}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("evidence", "Give the number of a change"),
        ("evidence 99", "There is no change 99"),
        ("evidence thistle", "has not changed"),
        ("evidence 1 --out proof", "proof is there already"),
        ("evidence 1 --out old.zip", "old.zip is there already"),
        ("evidence 1 --verify proof", "and nothing else"),
        ("evidence --verify old.zip", "is no zip file that can be read"),
        ("evidence 2", "there is nothing to prove"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(run, packed, watched, line, expected):
    (watched / "old.zip").write_bytes(b"PK")
    with History(watched / "history.db") as history:
        history.db.execute("UPDATE reigns SET change = NULL WHERE change = 2")
    assert expected in run(line, 2).stderr
