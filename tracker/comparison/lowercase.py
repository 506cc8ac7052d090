"""Which words texts write with a small letter: a capital makes no names of those."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

_OPENING = "(\"'“‘"
_AROUND = ".,;:!?)”’" + _OPENING
"""Marks at the head of a word, and on either side of one."""
_FAMILY = 5
"""Letters that words of a family have in common at least."""
_OPENED = re.compile(rf"-|(?<![^\W_])[{_OPENING}]")
"""What a word may follow within others that no blank parts."""
_FEW = 48
"""Questions up to which it is quicker to search the texts than to list their words."""
_KEY = 2
"""Letters by which the words are listed."""


class Lowercase:
    """The words that texts write small."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._text = "\n".join(("", *texts, ""))
        self._begun: dict[str, bool] = {}
        self._ordinary: dict[str, bool] = {}

    def ordinary(self, word: str) -> bool:
        """Whether a folded word, or one of its family, is written small."""
        root = word[: max(_FAMILY, len(word) - 3)]
        if len(root) >= _FAMILY:
            return self.begins(root)
        if word not in self._ordinary:
            self._ordinary[word] = any(_apart(rest[:1], rest[1:2], _AROUND) for rest in self._rests(word))
        return self._ordinary[word]

    def begins(self, root: str) -> bool:
        """Whether a word that is written small begins so."""
        if root not in self._begun:  # of most words not even the family is there
            related = len(root) <= _FAMILY or self.begins(root[:_FAMILY])
            self._begun[root] = related and any(True for _ in self._rests(root))
        return self._begun[root]

    def _rests(self, root: str) -> Iterator[str]:
        """What follows this beginning of words up to a blank, or two characters of it, wherever such a word is written small."""
        if not root[:1].islower():
            return
        if len(self._begun) + len(self._ordinary) > _FEW and len(root) >= _KEY:
            yield from (word[len(root) :] or " " for word in self._words.get(root[:_KEY], ()) if word.startswith(root))
            return
        text, at = self._text, self._text.find(root)
        while at >= 0:
            if _apart(text[at - 1], text[at - 2 : at - 1], _OPENING):
                yield text[at + len(root) : at + len(root) + 2]
            at = text.find(root, at + 1)

    @cached_property
    def _words(self) -> Mapping[str, list[str]]:
        """All that begins as a word may, up to a blank, by its first letters."""
        words = defaultdict[str, list[str]](list)
        for chunk in set(self._text.split()):
            words[chunk[:_KEY]].append(chunk)
            if not chunk.isalpha():
                for opened in _OPENED.finditer(chunk):
                    words[chunk[opened.end() :][:_KEY]].append(chunk[opened.end() :])
        return words


def _apart(mark: str, beyond: str, marks: str) -> bool:
    """Whether a word ends, or begins, at a mark, given what stands beyond that."""
    return mark.isspace() or mark == "-" or (mark in marks and not beyond.isalnum())
