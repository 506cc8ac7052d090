"""WARC files as others write them: cut off, badly encoded, out of order, with records of all kinds."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lumora import DOCUMENT, page

from tracker import Observation, State
from tracker.importing import ArchiveError
from tracker.importing.warc import captures, place

ADDRESS = DOCUMENT.url or ""
PAGE = page()
DAY = datetime(2020, 1, 1, tzinfo=UTC)

Looks = Callable[..., list[Observation]]


def record(kind: str, day: float, content: bytes, url: str = ADDRESS, **headers: str) -> bytes:
    at = f"{DAY + timedelta(days=day):%Y-%m-%dT%H:%M:%SZ}"
    lines = {"WARC-Type": kind, "WARC-Target-URI": url, "WARC-Date": at, "Content-Type": "application/http"}
    lines |= {"WARC-Record-ID": f"<urn:uuid:{kind}-{day}>"} | {key.replace("_", "-"): headers[key] for key in headers}
    head = "".join(f"{key}: {value}\r\n" for key, value in lines.items())
    return f"WARC/1.1\r\n{head}Content-Length: {len(content)}\r\n\r\n".encode() + content + b"\r\n\r\n"


def answer(body: bytes, status: int = 200, **headers: str) -> bytes:
    lines = {"Content-Type": "text/html"} | {key.replace("_", "-"): headers[key] for key in headers}
    head = "".join(f"{key}: {value}\r\n" for key, value in lines.items())
    return f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode() + body


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def looks(tmp_path: Path, said: list[str]) -> Looks:
    """The looks that files of these contents have."""

    def _looks(*contents: bytes) -> list[Observation]:
        files = []
        for number, content in enumerate(contents):
            files.append(tmp_path / f"{number}.warc")
            files[-1].write_bytes(content)
        return [look for piece in captures(files, [DOCUMENT], said.append) for look in piece.looks()]

    return _looks


def seen(looks: list[Observation]) -> list[tuple[int, State | None, bool]]:
    """Of each look its day, its failure and whether it saw the whole page."""
    return [((look.at - DAY).days, look.failure, look.body == PAGE) for look in looks]


WHOLE = record("response", 0, answer(PAGE))
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzip.compress(PAGE)), gzip.compress(PAGE))


@pytest.mark.parametrize(
    "content",
    [
        answer(PAGE),
        answer(gzip.compress(PAGE), Content_Encoding="gzip"),
        answer(CHUNKED, Content_Encoding="gzip", Transfer_Encoding="chunked"),
        answer(PAGE, Content_Encoding="gzip"),
    ],
    ids=["plain", "zipped", "zipped in chunks", "stored decoded"],
)
def test_payloads_are_decoded(looks: Looks, content: bytes) -> None:
    assert seen(looks(record("response", 0, content))) == [(0, None, True)]


@pytest.mark.parametrize(
    "cut",
    [
        record("response", 5, answer(PAGE))[:-300],
        record("response", 5, answer(PAGE[:500]), WARC_Truncated="length"),
        record("response", 5, answer(PAGE[:500], Content_Length=str(len(PAGE)))),
        record("response", 5, answer(gzip.compress(PAGE)[:200], Content_Encoding="gzip")),
        record("response", 5, answer(b"\x1f\x8bnonsense", Content_Encoding="gzip")),
    ],
    ids=["by the file's end", "by the crawler", "by the server", "in the midst of its encoding", "damaged"],
)
def test_half_a_page_is_a_failed_look_and_no_shorter_policy(looks: Looks, cut: bytes) -> None:
    assert seen(looks(WHOLE + cut)) == [(0, None, True), (5, State.BAD_RESPONSE, False)]


def test_what_stands_before_a_damage_is_taken_and_the_damage_is_told(looks: Looks, said: list[str]) -> None:
    assert seen(looks(gzip.compress(WHOLE) + b"\x1f\x8b\x08nonsense" * 9)) == [(0, None, True)]
    assert ["damaged after its first 1 records" in what for what in said] == [True]


def test_a_revisit_may_stand_before_what_it_refers_to_and_refer_to_it_by_name_or_digest(looks: Looks) -> None:
    first = record("revisit", 3, answer(b""), WARC_Refers_To="<urn:uuid:response-0>")
    other = record("revisit", 4, answer(b""), WARC_Payload_Digest="sha1:A")
    assert seen(looks(first + other, record("response", 0, answer(PAGE), WARC_Payload_Digest="sha1:A"))) == [
        (0, None, True),
        (3, None, True),
        (4, None, True),
    ]


def test_captures_whose_body_is_elsewhere_are_counted(looks: Looks, said: list[str]) -> None:
    assert looks(WHOLE + record("revisit", 3, answer(b""), WARC_Payload_Digest="sha1:B"))
    assert ["1 captures refer to records" in what for what in said] == [True]


def test_records_without_a_name_are_found_by_their_place(looks: Looks) -> None:
    nameless = [record("response", day, answer(PAGE), WARC_Record_ID="") for day in (0, 1)]
    assert seen(looks(b"".join(nameless).replace(b"WARC-Record-ID: \r\n", b""))) == [(0, None, True), (1, None, True)]


def test_addresses_that_are_none_are_passed_over(looks: Looks) -> None:
    bad = record("response", 0, answer(PAGE), url="http://[no") + record(
        "response", 1, answer(b"", 301, Location="http://[no")
    )
    assert seen(looks(bad + record("response", 2, answer(PAGE)))) == [(2, None, True)]


def test_many_redirects_to_the_same_place_cost_no_more_than_one_each(looks: Looks) -> None:
    moved = answer(b"", 301, Location=ADDRESS)
    many = [record("response", second / 86_400, moved, url=ADDRESS.replace("https", "http")) for second in range(300)]
    [look] = looks(b"".join(many) + record("response", 301 / 86_400, answer(PAGE)))
    assert [(hop.url, hop.status) for hop in look.redirects] == [(ADDRESS.replace("https", "http"), 301)]


def test_a_capture_in_two_files_is_one_look(looks: Looks) -> None:
    assert len({look.source for look in looks(WHOLE, WHOLE)}) == 1


def test_an_arc_file_is_named_as_one(looks: Looks) -> None:
    with pytest.raises(ArchiveError, match="is an ARC file"):
        looks(gzip.compress(b"filedesc://old.arc 0.0.0.0 20050101000000 text/plain 77\n1 0 Archive\n"))


def test_places_differ_by_host_port_path_and_question() -> None:
    same = ["http://www.lumora.example/privacy/", "https://LUMORA.example:443/privacy#top"]
    assert {place(url) for url in same} == {place(ADDRESS)}
    other = ["https://lumora.example:8443/privacy", "https://lumora.example/privacy?v=2", "https://x.example/privacy"]
    assert place(ADDRESS) not in {place(url) for url in other}
