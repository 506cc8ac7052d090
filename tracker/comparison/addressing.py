"""How a text addresses the person. Phrases of the data files are written as formal texts have them; this adds what familiar ones say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

_UNTOUCHED = frozenset({"small", "alike"})
"""Tables that a language is told by, where what is added must not stand in another one, and tables that hold no phrases."""
_SPANISH = {
    "usted": "tú", "su": "tu", "sus": "tus", "le": "te", "puede": "puedes", "podrá": "podrás", "podría": "podrías", "debe": "debes",
    "deberá": "deberás", "ha": "has", "haya": "hayas", "desea": "deseas", "quiere": "quieres", "quiera": "quieras", "acepta": "aceptas",
    "acepte": "aceptes", "autoriza": "autorizas", "autorice": "autorices", "consiente": "consientes", "consienta": "consientas",
    "activa": "activas", "active": "actives", "desactive": "desactives", "marca": "marcas", "marque": "marques", "tiene": "tienes",
    "tenga": "tengas", "cree": "crees", "considera": "consideras", "entiende": "entiendes", "estima": "estimas", "piensa": "piensas",
    "está": "estás", "solicite": "solicites", "solicita": "solicitas", "decide": "decides", "elige": "eliges", "da": "das", "dé": "des",
}  # fmt: skip
_GERMAN = {
    "sie": "du|dich", "ihr": "dein", "ihre": "deine", "ihrer": "deiner", "ihrem": "deinem", "ihren": "deinen", "ihres": "deines",
    "ihr*": "dein*", "ihre*": "deine*", "ihnen": "dir",
}  # fmt: skip
_GERMAN_VERBS = {
    "haben": "hast", "sind": "bist", "können": "kannst", "dürfen": "darfst", "müssen": "musst", "wollen": "willst", "sich": "dich|dir",
}  # fmt: skip
"""What goes with "sie" alone: others have, can and want as well."""
_NO_VERB = ("ein", "kein", "ihr", "den")


def addressed(table: Any, key: str = "") -> Any:
    """A table of phrases by language, with what familiar texts say beside what formal ones do."""
    if isinstance(table, dict):
        return {name: value if name in _UNTOUCHED else addressed(value, name) for name, value in table.items()}
    familiar = {"es": _in_spanish, "de": _in_german}.get(key)
    if not familiar or not isinstance(table, list):
        return table
    more = (" ".join(familiar(phrase)) for phrase in table)
    return [*dict.fromkeys(chain(*(phrase.split("|") if " " not in phrase else [phrase] for phrase in more)))]


def _in_spanish(phrase: str) -> Iterator[str]:
    for part in phrase.split():
        yield _with(
            part, (f"{word[:-2]}te" if word.endswith("rse") else _SPANISH.get(word) for word in part.split("|"))
        )


def _in_german(phrase: str) -> Iterator[str]:
    parts = phrase.split()
    formal = any("sie" in part.split("|") for part in parts)
    for part in parts:
        yield _with(part, (_GERMAN.get(word) or (formal and _second_person(word)) for word in part.split("|")))


def _second_person(word: str) -> str | None:
    """What a verb of the third person is in the second: "zustimmen", "zustimmst"."""
    if word in _GERMAN_VERBS or not word.endswith("en") or word.startswith(_NO_VERB):
        return _GERMAN_VERBS.get(word)
    return f"{word[:-2]}{'est' if word[-3] in 'td' else 'st'}"


def _with(part: str, familiar: Iterable[str | bool | None]) -> str:
    more = "|".join(str(word) for word in familiar if word)
    return "|".join(dict.fromkeys(f"{part}|{more}".split("|"))) if more else part
