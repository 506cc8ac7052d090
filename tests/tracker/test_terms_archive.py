"""Collections of Open Terms Archive: what their records are, when, and what becomes of them. The repositories are made here, by git."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from lumora import page

from tracker import History
from tracker.importing import ArchiveError
from tracker.importing.git import Commit, objects
from tracker.importing.terms_archive import Dates, Record, collection, dataset, dated, record
from tracker.retelling import Retold, retell

DAY = datetime(2024, 3, 1, 12, tzinfo=UTC)
TEXT = """# Privacy Policy

We collect your name and your e-mail address when you open an account with us.

## Retention

We keep account data for 12 months after you close your account.
"""
LONGER = TEXT.replace("12 months", "24 months")
REREAD = TEXT.replace("# Privacy Policy\n", "# Privacy Policy\n\nThis page tells you what we do with personal data.\n")
LINKED = "This version was recorded after extracting from snapshot https://github.com/OpenTermsArchive/made-snapshots/commit/{}"

Commits = Callable[..., str]


class Repository:
    """A git repository in which each commit writes one file at a time of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self._git("init", "-q", "-b", "main")

    def commit(self, message: str, path: str, content: str | bytes, day: float) -> str:
        """Days count from DAY; the commit's name."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        at = (DAY + timedelta(days=day)).isoformat()
        self._git("add", "--", path)
        self._git("commit", "-q", "-m", message, "--date", at, "--allow-empty")
        return self._git("rev-parse", "HEAD").strip()

    def _git(self, *arguments: str) -> str:
        names = {"GIT_AUTHOR_NAME": "Archive", "GIT_AUTHOR_EMAIL": "archive@example.org"}
        names |= {"GIT_COMMITTER_NAME": "Archive", "GIT_COMMITTER_EMAIL": "archive@example.org"}
        command = ["git", "-C", str(self.folder), *arguments]
        return subprocess.run(
            command, check=True, capture_output=True, text=True, env={**names, "PATH": "/usr/bin:/bin"}
        ).stdout


@pytest.fixture
def versions(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "made-versions")


@pytest.fixture
def snapshots(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "made-snapshots")


@pytest.fixture
def bring(history: History) -> Callable[..., dict[str, Retold]]:
    """Import a collection: what came of each document."""

    def _bring(versions: Repository, snapshots: Repository | None = None) -> dict[str, Retold]:
        pieces = collection(versions.folder, snapshots.folder if snapshots else None)
        return {piece.document.name: retell(history, piece.document, piece.looks()) for piece in pieces}

    return _bring


PATH = "Lumora Lamps/Privacy Policy.md"


def test_records_become_looks_at_the_time_of_their_author(versions: Repository, history: History, bring) -> None:  # type: ignore[no-untyped-def]
    versions.commit("First record of Lumora Lamps Privacy Policy", PATH, TEXT, 0)
    versions.commit("Record new changes of Lumora Lamps Privacy Policy", PATH, LONGER, 9)
    bring(versions)
    reigns = history.reigns("lumora-lamps/privacy")
    assert [reign.first_seen for reign in reigns] == [DAY, DAY + timedelta(days=9)]
    [change] = history.changes(["lumora-lamps/privacy"])
    assert "12 months → 24 months" in change.change.summary
    assert [document.vendor for document in history.documents(["lumora-lamps/privacy"])] == ["Lumora Lamps"]


def test_old_words_for_records_are_understood(versions: Repository, history: History, bring) -> None:  # type: ignore[no-untyped-def]
    versions.commit("Start tracking Lumora Lamps Terms of Service", "Lumora Lamps/Terms of Service.md", TEXT, 0)
    versions.commit("Update Lumora Lamps Terms of Service", "Lumora Lamps/Terms of Service.md", LONGER, 5)
    assert bring(versions)["lumora-lamps/terms"].after == 2


def test_what_is_no_record_is_passed_over(versions: Repository, bring) -> None:  # type: ignore[no-untyped-def]
    versions.commit("Update README.md", "README.md", "About", 0)
    versions.commit("First record of Lumora Lamps Privacy Policy", PATH, TEXT, 1)
    versions.commit("Rename it", "Lumora Lamps/Privacy Policy.md", LONGER, 2)
    assert bring(versions)["lumora-lamps/privacy"].after == 1


def test_records_that_come_late_take_their_place_in_time(versions: Repository, history: History, bring) -> None:  # type: ignore[no-untyped-def]
    versions.commit("Record new changes of Lumora Lamps Privacy Policy", PATH, LONGER, 9)
    versions.commit("First record of Lumora Lamps Privacy Policy", PATH, TEXT, 0)
    bring(versions)
    assert [v.first_seen for v in history.versions("lumora-lamps/privacy")] == [DAY, DAY + timedelta(days=9)]


def test_another_reading_of_the_same_page_is_no_change_and_has_the_date_of_the_page(
    versions: Repository,
    history: History,
    bring,  # type: ignore[no-untyped-def]
) -> None:
    link = LINKED.format("a" * 40)
    versions.commit(f"First record of Lumora Lamps Privacy Policy\n\n{link}", PATH, TEXT, 0)
    versions.commit(
        f"Apply technical or declaration upgrade on Lumora Lamps Privacy Policy\n\n{link}", PATH, REREAD, 40
    )
    bring(versions)
    assert [(r.number, r.first_seen, r.change) for r in history.reigns("lumora-lamps/privacy")] == [
        (1, DAY, None),
        (2, DAY, None),
    ]


def test_with_the_pages_at_hand_they_are_read_by_our_rules(
    versions: Repository,
    snapshots: Repository,
    history: History,
    bring,  # type: ignore[no-untyped-def]
) -> None:
    location = "X-source-document-location: https://lumora.example/privacy"
    for day, body in ((0, page()), (3, page(noise="x")), (6, page(("12 months", "24 months")))):
        snapshots.commit(
            f"Record new changes of Lumora Lamps Privacy Policy\n\n{location}",
            "Lumora Lamps/Privacy Policy.html",
            body,
            day,
        )
    versions.commit("First record of Lumora Lamps Privacy Policy", PATH, TEXT, -5)
    versions.commit("Record new changes of Lumora Lamps Privacy Policy", PATH, LONGER, 6)
    told = bring(versions, snapshots)["lumora-lamps/privacy"]
    assert (told.added, told.after) == (4, 3)
    assert [look.outcome for look in history.observations("lumora-lamps/privacy")] == [
        "changed",
        "unchanged",
        "reformatted",
        "first",
    ]
    assert history.documents(["lumora-lamps/privacy"])[0].url == "https://lumora.example/privacy"


def test_a_text_put_together_of_several_pages_is_taken_from_the_versions(
    versions: Repository,
    snapshots: Repository,
    bring,  # type: ignore[no-untyped-def]
) -> None:
    snapshots.commit("First record of Lumora Lamps Privacy Policy", "Lumora Lamps/Privacy Policy #a.html", page(), 0)
    versions.commit("First record of Lumora Lamps Privacy Policy", PATH, TEXT, 0)
    assert bring(versions, snapshots)["lumora-lamps/privacy"].added == 1


def test_importing_twice_changes_nothing_and_a_grown_archive_adds_what_is_new(versions: Repository, bring) -> None:  # type: ignore[no-untyped-def]
    versions.commit("First record of Lumora Lamps Privacy Policy", PATH, TEXT, 0)
    assert [told.added for told in bring(versions).values()] == [1]
    assert [told.added for told in bring(versions).values()] == [0]
    versions.commit("Record new changes of Lumora Lamps Privacy Policy", PATH, LONGER, 9)
    assert [(told.added, told.after) for told in bring(versions).values()] == [(1, 2)]


def test_names_in_other_scripts_and_with_signs_are_read_as_they_are(versions: Repository, bring) -> None:  # type: ignore[no-untyped-def]
    versions.commit("First record of Lumora·灯 Privacy Policy", "Lumora·灯/Privacy Policy.md", TEXT, 0)
    assert list(bring(versions)) == ["lumora-灯/privacy"]


def test_a_folder_that_is_no_clone_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="git cannot read"):
        collection(tmp_path)


def test_an_object_that_a_clone_lacks_is_named(versions: Repository) -> None:
    with objects(versions.folder) as blobs, pytest.raises(ArchiveError, match="lacks the object"):
        blobs.read("0" * 40)


def test_a_dataset_has_a_text_for_each_version_named_for_its_time(tmp_path: Path, history: History) -> None:
    with ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.writestr("made-2024-03-10/README.md", "About")
        archive.writestr("made-2024-03-10/Lumora Lamps/Privacy Policy/2024-03-09T12-00-00Z.md", LONGER)
        archive.writestr("made-2024-03-10/Lumora Lamps/Privacy Policy/2024-03-01T12-00-00Z.md", TEXT)
    [piece] = dataset(tmp_path / "made.zip")
    assert retell(history, piece.document, piece.looks()).added == 2
    assert [v.first_seen for v in history.versions("lumora-lamps/privacy")] == [DAY, DAY + timedelta(days=8)]
    assert retell(history, piece.document, piece.looks()).added == 0


def test_a_file_that_is_no_dataset_is_refused(tmp_path: Path) -> None:
    (tmp_path / "made.zip").write_text("no")
    with pytest.raises(ArchiveError, match="cannot be read as a dataset"):
        dataset(tmp_path / "made.zip")


def test_where_another_archive_covers_the_time_its_readings_are_not_mixed_with_it(
    versions: Repository,
    history: History,
    bring,  # type: ignore[no-untyped-def]
    tmp_path: Path,
) -> None:
    versions.commit("First record of Lumora Lamps Privacy Policy", PATH, TEXT, 0)
    versions.commit("Record new changes of Lumora Lamps Privacy Policy", PATH, LONGER, 9)
    bring(versions)
    with ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.writestr("Lumora Lamps/Privacy Policy/2024-03-05T12-00-00Z.md", REREAD)
        archive.writestr("Lumora Lamps/Privacy Policy/2024-04-01T12-00-00Z.md", LONGER)
    [piece] = dataset(tmp_path / "made.zip")
    assert retell(history, piece.document, piece.looks()).added == 1


def test_a_clone_without_its_history_is_refused_with_a_sentence(versions: Repository, tmp_path: Path) -> None:
    for day in (0, 9):
        versions.commit("Record new changes of Lumora Lamps Privacy Policy", PATH, f"{TEXT}{day}", day)
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "1", versions.folder.as_uri(), str(shallow)], check=True)
    with pytest.raises(ArchiveError, match="lacks most of its history"):
        collection(shallow)


def test_names_are_read_whole_wherever_the_log_is_cut(
    versions: Repository, bring: Callable[..., dict[str, Retold]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.importing.git._CHUNK", 3)
    versions.commit("First record of Lumora·灯 Privacy Policy", "Lumora·灯/Privacy Policy.md", TEXT, 0)
    assert list(bring(versions)) == ["lumora-灯/privacy"]


def test_a_git_that_ends_in_the_midst_is_no_end_of_the_history(
    versions: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    versions.commit("First record of Lumora Lamps Privacy Policy", PATH, TEXT, 0)
    killed = tmp_path / "git"
    killed.write_text("#!/bin/sh\nkill -KILL $$\n")
    killed.chmod(0o755)
    monkeypatch.setattr("tracker.importing.git.shutil.which", lambda _: str(killed))
    with pytest.raises(ArchiveError, match="it ended with -9"):
        collection(versions.folder)


def test_files_that_are_empty_or_deleted_or_no_utf_8_are_read_as_they_are(
    versions: Repository, history: History
) -> None:
    versions.commit("First record of Lumora Lamps Privacy Policy", PATH, b"", 0)
    versions.commit("Record new changes of Lumora Lamps Privacy Policy", PATH, TEXT.replace("\n", "\r\n"), 1)
    versions.commit("Record new changes of Lumora Lamps Privacy Policy", PATH, TEXT.encode() + b"Caf\xe9 Lumora.\n", 2)
    (versions.folder / PATH).unlink()
    versions._git("commit", "-q", "-a", "-m", "Record new changes of Lumora Lamps Privacy Policy")
    [piece] = collection(versions.folder)
    assert retell(history, piece.document, piece.looks()).added == 3
    assert [look.outcome for look in history.observations(piece.document.name)] == ["changed", "first", "refused"]


def test_a_text_in_a_dataset_that_would_fill_memory_is_not_read(
    tmp_path: Path, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.importing.terms_archive.LARGEST", len(TEXT) - 1)
    with ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.writestr("Lumora Lamps/Privacy Policy/2024-03-05T12-00-00Z.md", TEXT)
    [piece] = dataset(tmp_path / "made.zip")
    with pytest.raises(ArchiveError, match="is larger than"):
        list(piece.looks())


# --- messages and dates ----------------------------------------------------------------------------------------------------


def commit(message: str, path: str = PATH, day: float = 0) -> Commit:
    return Commit("f" * 40, DAY + timedelta(days=day), message, path, "b" * 40)


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ("This version was recorded after extracting from snapshot https://x.example/commit/" + "a" * 40, ("a" * 40,)),
        ("This version was recorded after filtering snapshot " + "b" * 40, ("b" * 40,)),
        ("This version was recorded after filtering snapshot 0a1b2c3d", ("0a1b2c3d",)),
        (
            "…after filtering and assembling the following snapshots from 2 pages:\n- https://x.example/commit/"
            + "c" * 40
            + "\n- mongo://made/snapshots/6937c14a1c9ad4450c7b1abd",
            ("c" * 40, "6937c14a1c9ad4450c7b1abd"),
        ),
        ("This version was recorded after extracting from snapshot https://x.example/commit/undefined", ()),
    ],
)
def test_every_form_of_link_is_read(body: str, links: tuple[str, ...]) -> None:
    found = record(commit(f"Update Lumora Privacy Policy\n\n{body}\n\nX-engine-version: 1.0.0"))
    assert found
    assert found.links == links


@pytest.mark.parametrize("path", ["README.md", "a/b/Privacy Policy.md", "Lumora/Privacy Policy.json"])
def test_other_files_are_no_records(path: str) -> None:
    assert record(commit("Update Lumora Privacy Policy", path)) is None


@pytest.mark.parametrize("said", ["undefined", ""])
def test_a_location_that_says_nothing_is_none(said: str) -> None:
    found = record(
        commit(f"First record of L Privacy Policy\n\nX-Source-Document-Location: {said}\nX-fetcher: htmlOnly")
    )
    assert found
    assert found.location is None


def test_snapshots_are_dated_by_whole_names_by_beginnings_and_by_the_time_in_an_object_id() -> None:
    page = record(commit("First record of Lumora Privacy Policy", "Lumora/Privacy Policy.html", 3))
    assert page
    dates = Dates([page])
    at = DAY + timedelta(days=3)
    assert [dates.of(link) for link in ("f" * 40, "f" * 8, "e" * 8)] == [at, at, None]
    assert dates.of("65e1c180" + "0" * 16) == datetime(2024, 3, 1, 11, 52, 32, tzinfo=UTC)


def readings(*days: tuple[float, str, str]) -> list[Record]:
    found = [
        record(commit(f"{'Update' if kind == 'look' else 'Refilter'} L P\n\nafter filtering snapshot {link}", day=day))
        for day, kind, link in days
    ]
    return [each for each in found if each]


def test_a_reading_of_an_unknown_snapshot_gets_the_date_of_the_version_before_it() -> None:
    told = dated(readings((0, "look", "a" * 40), (5, "look", "b" * 40), (9, "reading", "c" * 40)), Dates([]))
    assert [(each.at - DAY).days for each in told] == [0, 5, 5]
