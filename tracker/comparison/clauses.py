"""What a clause says once its form is set aside: the keys by which clauses of two policies are matched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tracker.comparison.lexicon import terms
from tracker.model import Clause, StatedDate
from tracker.wording import fold

# An enumerator at the head of a clause: "4.2", "(a)", "iv.", "Article 5", "§ 3", "•"
_LABEL = re.compile(
    r"(?i)[\s*•·‣▪–—-]*(?:(?:article|section|clause|part|artikel|abschnitt|artículo|sección|artigo|articolo|§)\s*)?"
    r"(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[ivxlc]{1,6}|[a-z])\s*[.):]+(?=\s|$)|\d{1,3}(?:\.\d{1,3})+(?=\s)|\d{1,3}\s*[-–—](?=\s))[\s:.–—-]*"
)
# A reference to another clause of the same text: its number follows the numbering and is no wording.
_REFERENCE = re.compile(
    r"(?i)\b(sections?|clauses?|articles?|paragraphs?|parts?|abschnitt(?:en?)?|ziffern?|artikeln?|artículos?|secciones|sección|cláusulas?|apartados?|"
    r"paragraphes?|arts?\.|abs\.|sec\.|para\.|cl\.|§{1,2})\s*\(?(?:\d{1,3}(?:\.\d{1,3})*|[ivx]{1,5}\b)(?:\([a-z0-9]{1,3}\))*"
)
_REFERRING = frozenset(
    "section sections clause clauses article articles paragraph paragraphs part parts abschnitt abschnitte abschnitten ziffer ziffern "
    "artikel artikeln artículo artículos secciones sección cláusula cláusulas apartado apartados paragraphe paragraphes "
    "art arts abs sec para cl".split()
)
"""The folded words of which one stands in every reference: most texts have none."""
# A mail address hidden from harvesters: a reader sees the address.
_HIDDEN_MAIL = re.compile(r"(?i)\[?email[\s\xa0]protected\]?")
_SPELLED_MAIL = re.compile(
    r"(?i)(?<![\w.+-])([\w.+-]{1,64})\s*[\[({]\s*(?:at|@|arobase|arroba)\s*[\])}]\s*([\w-]+(?:(?:\.|\s*[\[({]\s*(?:dot|\.|point|punkt)\s*[\])}]\s*)[\w-]+)+)"
)
_BRACKETS = re.compile(r"(?i)[\[({]\s*(?:at|@|arobase|arroba)\b|[\[({]\s*@|protected")
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_DOT = re.compile(r"(?i)\s*[\[({]\s*(?:dot|\.|point|punkt)\s*[\])}]\s*")


_BREAKS = re.compile("\ufffd+")
_MARKS = "\"'- ()"
_BROKEN = "\ufffd"
"""What stands in place of bytes that are no character."""


def asks(clause: Clause) -> bool:
    """Whether a clause is a question, which what follows answers."""
    return clause.text.rstrip().endswith(("?", "？"))


def unlabelled(clause: Clause) -> str:
    """The text without its enumerator."""
    text = clause.text
    if clause.label and text.startswith(clause.label):
        text = text[len(clause.label) :].lstrip(" \t\u00a0.:)–—-")
    return unenumerated(text)


def unenumerated(text: str) -> str:
    """The text without the enumerator at its head."""
    label = _LABEL.match(text)
    return (text[label.end() :] or text) if label else text


@lru_cache(maxsize=16_384)
def wording(text: str) -> str:
    """The folded text: what the history calls its wording. Remembered, since most clauses are seen again at the next look."""
    elided = "'" in text or "’" in text
    return fold(text) if elided else " ".join(terms(text))  # which is the same, and mostly known already


@lru_cache(maxsize=4096)
def unreferenced(text: str) -> str:
    """The text without the numbers of the clauses it refers to."""
    if "§" not in text and _REFERRING.isdisjoint(terms(text)):
        return text
    return _REFERENCE.sub(r"\1", text)


def unnumbered(clause: Clause) -> str:
    """The wording without the clause's own number and without the numbers of the clauses it refers to."""
    return wording(unreferenced(unlabelled(clause)))


def joined(text: str) -> str:
    """The wording without the gaps between words: equal for "e-mail" and "email", "web site" and "website"."""
    return wording(text).replace(" ", "")


def same_mail(old: str, new: str) -> tuple[str, str]:
    """Both texts with mail addresses written alike where one side hides them from harvesters."""
    if not _BRACKETS.search(old + new):
        return old, new
    old, new = (_SPELLED_MAIL.sub(lambda m: f"{m[1]}@{_DOT.sub('.', m[2])}", text) for text in (old, new))
    if bool(_HIDDEN_MAIL.search(old)) != bool(_HIDDEN_MAIL.search(new)):
        old, new = (MAIL.sub("[email protected]", text) for text in (old, new))
    return old, new


def same_but_broken(old: str, new: str) -> bool:
    """Whether two texts are one, of which some characters came broken on one side, as "\ufffd": those that no ASCII text has, and marks."""
    return any(_BROKEN in broken and _mends(broken, whole) for broken, whole in ((old, new), (new, old)))


def _mends(broken: str, whole: str) -> bool:
    """Whether a text is another one with up to two marks, or characters beyond ASCII, for each run of broken ones."""
    first, *parts = _BREAKS.split(broken)
    if not whole.startswith(first):
        return False
    at = len(first)
    for place, part in enumerate(parts, 1):
        fits = (
            size
            for size in (1, 2, 0)
            if whole.startswith(part, at + size) and (place < len(parts) or len(whole) == at + size + len(part))
        )
        size = next(fits, None)
        if size is None or any(mark.isascii() and mark not in _MARKS for mark in whole[at : at + size]):
            return False
        at += size + len(part)
    return True


def undated(text: str, dates: Sequence[StatedDate]) -> str:
    """The wording without the words that state a date."""
    for date in dates:
        text = text.replace(date.words, " ")
    return fold(text)


# British → American; both sides are rewritten, so an over-eager pattern does no harm.
_VARIANTS: tuple[tuple[str, str], ...] = (
    (r"(?<=\w{3})is(e|es|ed|ing|ation|ations)\b", r"iz\1"),
    (r"(?<=\w{2})our(s|ed|ing|able|ite|ites|al|ally)?\b", r"or\1"),
    (r"(?<=\w{3})tre(s?)\b", r"ter\1"),
    (r"\b(licen|defen|offen)ce", r"\1se"),
    (r"(?<=\w{2})ll(ed|ing|er|ment|s)?\b", r"l\1"),
    (r"(?<=\w{3})ogue(s?)\b", r"og\1"),
    (r"\bprogramme(s?)\b", r"program\1"),
    (r"\benquir", "inquir"),
    (r"dgement(s?)\b", r"dgment\1"),
    (r"\bpractis", "practic"),
    (r"^im(bed|panel)", r"em\1"),
    (r"(?<=\w{3})yse(d|s|r)?\b", r"yze\1"),
    (r"^sólo\b", "solo"),
    (r"^clef", "clé"),
)


_EITHER = {"e", "i"}
"""Letters of which either may begin a word: "enquiry", "inquiry"."""


_BARE = dict(zip("áàâãéèêíìîóòôõúùûçñ", "aaaaeeeiiioooouuucn", strict=True))
_TYPED, _LONG = 4, 6
"""Letters of words that are one without accents, and with a letter that is doubled."""
_GREAT = re.compile(r"[^\W\d_]{4,}")
_ITS = {"its", "it's"}
_ADDRESSED = re.compile(r"@|//|\w\.\w")
"""What stands in an address, of which every letter counts."""
_VOWELS = frozenset("aeiouyäöü")


def same_spelling(old: str, new: str) -> bool:
    """Whether two texts differ in nothing but the gaps between words and how words are spelled: in Britain or America, with or without
    accents, with a consonant doubled or not."""
    if joined(old) == joined(new):
        return True
    a, b = wording(old).split(), wording(new).split()
    if len(a) != len(b):
        return False
    pairs = {(x, y) for x, y in zip(a, b, strict=True) if x != y and not _variants(x, y)}
    slips = all(_unaccented(x, y) or _mistyped(x, y) or {x, y} == _ITS for x, y in pairs)
    return slips and not (
        pairs and (_ADDRESSED.search(f"{old} {new}") or any(_named(x, old) or _named(y, new) for x, y in pairs))
    )


def _named(word: str, text: str) -> bool:
    """Whether a word is written with a capital within a text, as a name is."""
    return re.search(rf"(?<=[\w,] ){re.escape(word[:1].upper() + word[1:])}\b", text) is not None


def _variants(one: str, other: str) -> bool:
    """Whether two words are one in two spellings. Their beginnings and lengths rule most pairs out at once."""
    return (
        (one[:1] == other[:1] or {one[:1], other[:1]} == _EITHER)
        and abs(len(one) - len(other)) <= 2
        and _spelled(one) == _spelled(other)
    )


def _unaccented(one: str, other: str) -> bool:
    """Whether one word is the other without its accents. Dots part words of their own ("wurde", "würde"), and so do accents in brief words
    and at their end ("cancele", "cancelé")."""
    if len(one) != len(other) or len(one) < _TYPED or one[-1] != other[-1]:
        return False
    return any(bare == "".join(map(_BARE.get, told, told)) for bare, told in ((one, other), (other, one)))


def _mistyped(one: str, other: str) -> bool:
    """Whether two long words differ in nothing but a consonant that is doubled in one of them: "setled", "settled"."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LONG or len(long) != len(short) + 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return long[:at] + long[at + 1 :] == short and long[at] == long[at - 1] and long[at] not in _VOWELS


def _spelled(word: str) -> str:
    for pattern, into in _VARIANTS:
        word = re.sub(pattern, into, word)
    return word


def is_link(clause: Clause) -> bool:
    """Whether all that a clause says is the text of its links."""
    if 2 * sum(len(link.text) for link in clause.links) < len(clause.text):  # of most clauses this tells enough
        return False
    linked = {word for link in clause.links for word in terms(link.text)}
    return bool(linked) and linked.issuperset(terms(unlabelled(clause)))


def titled(text: str) -> bool:
    """Whether a text is written as the title of a page is: all but its little words have a capital."""
    return all(word[0].isupper() for word in _GREAT.findall(text))


def owner(host: str) -> str:
    """The label of a host that names whose it is."""
    labels = host.casefold().split(".")
    own = labels[:-2] if len(labels) > 2 and len(labels[-2]) <= len("com") else labels[:-1]
    return own[-1] if own else host
