import shutil
import subprocess
from datetime import UTC, datetime

import pytest
from lxml import etree
from word_reading import W, part, text

import tracker
from tracker.rendering.caption import Caption, Side
from tracker.rendering.word import word_file

CAPTION = Caption(
    vendor="Acme & Söhne",
    document="acme/privacy",
    url="https://acme.example/privacy",
    old=Side(version=1),
    new=Side(version=2, first_seen=datetime(2026, 3, 4, 5, 6, tzinfo=UTC)),
)
OLD = """# Privacy Policy

## Lamps

Every lamp tells us each evening how bright it has been, and which of its colours was asked for most often.

- the time at which it is switched
- the room in which it hangs
- the weight of the box it came in

## Keeping

We keep the diary of a lamp for 12 months. After that it is burned in the yard, in the presence of two witnesses.

| Diary | Kept for |
|---|---|
| Evening diary | 12 months |
| Broken glass | 3 weeks |
| Old ladders | a year and a day |

## Ladders

A ladder that was lent to a customer comes back to the shed before the first frost of the year, or is paid for.

## Visitors

Visitors write their names into the book at the gate. The book lies open for everyone to read at any time.

We ask nobody for a birthday.

## Birds

Birds that nest inside a lamp are counted twice a year, and left alone until their young have flown.

### Feathers

What feathers we find we keep in a jar.

## Weights

A feather weighs next to nothing at all in dry weather.
"""
NEW = """# Privacy Policy

## Ladders

A ladder that was lent to a customer comes back to the barn before the first frost of the year, or is paid for.

## Lamps

Every lamp tells us each evening how bright it has been, and which of its colours was asked for most often.

- the time at which it is switched
- the room in which it hangs, and who sits there
- the number of moths around it

## Keeping

We keep the diary of a lamp for 24 months.

After that it is burned in the yard, in the presence of two witnesses.

| Diary | Kept for |
|---|---|
| Evening diary | 24 months |
| Broken glass | 3 weeks | in a sack |
| Morning diary | 2 days |

## Visitors

Visitors write their names into the book at the gate. The book lies open for everyone to read at any time. We ask nobody for a birthday.

## Birds

Birds that nest inside a lamp are counted twice a year, and left alone until their young have flown.

### Feathers

- What feathers we find we keep in a jar.

## Weights

| A feather weighs next to nothing at all in dry weather. | 1 |
|---|---|
"""


def policy(source):
    return tracker.extract(source.encode(), tracker.Page("text/markdown"))


@pytest.fixture(scope="module")
def change():
    return tracker.compare(policy(OLD), policy(NEW))


@pytest.fixture(scope="module")
def word(change):
    return word_file(change, CAPTION, policy(NEW))


STYLES = {("heading", 1): "Heading1", ("heading", 2): "Heading2", ("heading", 3): "Heading3", ("heading", 4): "Heading4",
          ("item", 0): "ListBullet", ("paragraph", 0): "Normal"}  # fmt: skip


def expected(policy):
    return [("row" if c.kind == "row" else STYLES[c.kind, c.depth], c.text) for c in policy.clauses]


def test_the_example_has_every_operation_on_words(change):
    ops = {c.op for c in change.clauses} | {"moved" for c in change.clauses if c.moved}
    assert ops >= {"added", "removed", "modified", "moved", "split", "merged", "reformatted"}


def test_with_all_changes_accepted_it_is_the_new_text(word):
    assert text(word, "new") == expected(policy(NEW))


def test_with_all_changes_rejected_it_is_the_old_text(word):
    assert text(word, "old") == expected(policy(OLD))


def test_every_change_tells_its_author_and_the_first_look_at_the_new_text(word):
    marks = part(word, "word/document.xml").xpath("//*[@w:author]", namespaces={"w": W[1:-1]})
    assert {(mark.get(f"{W}author"), mark.get(f"{W}date")) for mark in marks} == {
        ("Clausewatch", "2026-03-04T05:06:00Z")
    }
    numbers = [mark.get(f"{W}id") for mark in marks]
    assert len(numbers) == len(set(numbers)) > 10


def test_what_moved_is_marked_as_moved_at_both_places(word):
    body = part(word, "word/document.xml")
    names = {
        side: sorted(str(start.get(f"{W}name")) for start in body.iter(f"{W}{side}RangeStart"))
        for side in ("moveFrom", "moveTo")
    }
    assert names["moveFrom"] == names["moveTo"] != []
    starts = [start.get(f"{W}id") for start in body.iter(f"{W}moveFromRangeStart", f"{W}moveToRangeStart")]
    ends = [end.get(f"{W}id") for end in body.iter(f"{W}moveFromRangeEnd", f"{W}moveToRangeEnd")]
    assert sorted(starts) == sorted(ends)


def test_comments_say_why_a_change_matters_and_what_is_compared(word):
    comments = ["\n".join("".join(p.itertext()) for p in c.iter(f"{W}p")) for c in part(word, "word/comments.xml")]
    assert any("retention 12 months → 24 months" in comment for comment in comments)
    assert any("Old: version 1" in comment and "https://acme.example/privacy" in comment for comment in comments)
    body = part(word, "word/document.xml")
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert len(list(body.iter(W + name))) == len(comments)


def test_the_same_change_gives_the_same_bytes(change, word):
    assert word_file(change, CAPTION, policy(NEW)) == word


def test_without_a_look_no_time_is_made_up(change):
    file = word_file(change, Caption(vendor="Two files", document="a → b"), policy(NEW))
    for name in ("word/document.xml", "word/comments.xml"):
        assert part(file, name).xpath("//@w:date", namespaces={"w": W[1:-1]}) == []


def test_what_no_file_may_hold_is_left_out():
    old, new = policy("# Policy\n\nWe keep logs."), policy("# Policy\n\nWe\x07 keep\x1b logs\ufffe twice.")
    file = word_file(tracker.compare(old, new), CAPTION, new)
    assert [words for _, words in text(file, "new")] == ["Policy", "We keep logs twice."]


def test_libreoffice_reads_its_changes_and_comments(word, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice: `make system` installs it")
    (tmp_path / "change.docx").write_bytes(word)
    command = [
        office,
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "fodt",
        "--outdir",
    ]
    subprocess.run(
        [*command, str(tmp_path), str(tmp_path / "change.docx")], check=True, capture_output=True, timeout=120
    )
    read = etree.parse(tmp_path / "change.fodt").getroot()
    names = {prefix: uri for prefix, uri in read.nsmap.items() if prefix}
    for kind, words in (("deletion", "12"), ("insertion", "24")):
        region = f"//text:changed-region[text:{kind}]"
        assert set(read.xpath(f"{region}//dc:creator/text()", namespaces=names)) == {"Clausewatch"}
        marked = f"//text:change-start[@text:change-id = {region}/@text:id]/following-sibling::text()[1]"
        assert words in read.xpath(marked, namespaces=names)
    assert read.xpath("count(//office:annotation)", namespaces=names) > 3
