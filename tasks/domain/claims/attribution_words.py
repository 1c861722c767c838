"""The vocabulary of reporting: inflected verbs, source nouns, fixed phrases; read once from the data files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any, Generic, TypeVar, get_args

from tasks.domain.arabic.normalise import fold
from tasks.domain.arabic.tokens import Token, readings
from tasks.domain.claims.inflect import noun_forms, past_forms, present_forms
from warehouse.records import SourceType

# First and second person are not how a newspaper reports, and coincide with too many other words.
_THIRD_PERSON = ("ي", "ت", "سي", "ست")
_ARTICLE = "ال"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class VerbForm:
    """One inflected form. `act` is what the speaker does with the content; `bare` verbs need no أن or quotation."""

    lemma: str
    act: str
    tense: str
    bare: bool
    needs_content: bool
    via: str = ""
    about: str = "عن"


@lru_cache(maxsize=8)
def load_table(name: str) -> dict[str, Any]:
    """Read one of the packaged data files of the claims room."""
    path = resources.files("tasks.domain") / "data" / "claims" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def verb_forms() -> Mapping[str, VerbForm]:
    """Every reporting form by its folded spelling; an older entry and a finite form win a clash."""
    table = load_table("reporting")
    bound = {fold(lemma) for lemma in table["needs_content"]}
    others = {fold(word) for word in table["not_verbs"]}
    found: dict[str, VerbForm] = {}
    for tense in ("past", "present", "participle", "masdar"):
        for entry in table["verb"]:
            lemma = fold(entry["perfect"])
            via = fold(entry["via"]) if "via" in entry else ""
            about = fold(entry.get("about", "عن"))
            form = VerbForm(lemma, entry["act"], tense, entry.get("bare", False), lemma in bound, via, about)
            for surface in _forms(entry, tense):
                if surface not in others:
                    found.setdefault(surface, form)
    return found


def _forms(entry: Mapping[str, Any], tense: str) -> Iterator[str]:
    if tense == "past":
        yield from past_forms(entry["perfect"])
        yield from (fold(form) for form in entry.get("more", ()))
    elif tense == "present":
        yield from (form for form in present_forms(entry["imperfect"]) if form.startswith(_THIRD_PERSON))
    elif tense == "participle" and "participle" in entry:
        yield from participles(fold(entry["participle"]))
    elif tense == "masdar" and "masdar" in entry:
        yield from noun_forms(entry["masdar"])


def participles(word: str) -> Iterator[str]:
    """The circumstantial accusative ("قائلا", "قائلة", "قائلين"): a bare participle is more often a plain noun."""
    stem = word[:-1] if word.endswith("ي") else word
    yield from (word + "ا", word + "ة", stem + "ين", word + "ان")


def verb_of(token: Token) -> VerbForm | None:
    """The reporting verb a token is, with or without و or ف before it."""
    table = verb_forms()
    for reading in readings(token):
        form = table.get(reading.rest)
        if form and set(reading.proclitic) <= {"و", "ف"}:
            return form
    return None


@dataclass(frozen=True, slots=True)
class SourceWord:
    """A noun that can head or decide a source. `level` is decisive or transparent."""

    type: SourceType
    level: str
    definite: bool
    proclitic: str = ""


@lru_cache(maxsize=1)
def source_words() -> Mapping[str, SourceWord]:
    """Source nouns by folded form: bare, with the article, with attached pronouns."""
    table = load_table("source_types")
    found: dict[str, SourceWord] = {}
    for level in ("decisive", "transparent"):
        for kind, words in table[level].items():
            for word in words:
                for form in noun_forms(word):
                    found.setdefault(form, SourceWord(_source_type(kind), level, form.startswith(_ARTICLE)))
    return found


def _source_type(name: str) -> SourceType:
    for known in get_args(SourceType):
        if known == name:
            return known  # type: ignore[no-any-return]
    raise ValueError(f"source_types.toml: {name!r} is no source type; use one of {', '.join(get_args(SourceType))}")


def source_word(token: Token) -> SourceWord | None:
    """The source noun a token is; `proclitic` is what was taken off to find it."""
    table = source_words()
    found = next((r for r in readings(token) if r.rest in table), None)
    return replace(table[found.rest], proclitic=found.proclitic) if found else None


@lru_cache(maxsize=4)
def anonymous_words(key: str) -> frozenset[str]:
    """Nouns of unnamed persons in their bare forms; `key` is "words", "always" or "institutions" (all forms)."""
    listed = load_table("source_types")["anonymous"][key]
    forms = (form for word in listed for form in noun_forms(word))
    return frozenset(form for form in forms if key == "institutions" or not form.startswith(_ARTICLE))


@dataclass(frozen=True, slots=True)
class Named:
    """What a fixed phrase says of a source by itself."""

    type: SourceType | None
    country: str | None


class Phrases(Generic[T]):
    """Token sequences and what they stand for; the longest that starts at a token wins."""

    def __init__(self, pairs: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in pairs:
            words = tuple(fold(phrase).split())
            self._by_first.setdefault(words[0], []).append((words, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: tuple[tuple[str, ...], ...], index: int) -> tuple[int, T] | None:
        """The phrase that starts at `index` of the readings of a sentence: (number of tokens, value)."""
        for first in words[index]:
            for phrase, value in self._by_first.get(first, ()):
                span = words[index : index + len(phrase)]
                if len(span) == len(phrase) and all(w in s for w, s in zip(phrase[1:], span[1:], strict=True)):
                    return len(phrase), value
        return None


@lru_cache(maxsize=1)
def named_sources() -> Phrases[Named]:
    """Institutions and outlets that decide type or country as whole phrases."""
    table = load_table("source_types")
    whole = [(p, Named(_source_type(v["type"]), v.get("country"))) for p, v in table["phrases"].items()]
    places = [(p, Named(None, country)) for country, names in table["countries"].items() for p in names]
    return Phrases([*whole, *places])


@lru_cache(maxsize=1)
def complementisers() -> frozenset[str]:
    """Folded words that open reported content."""
    return frozenset(fold(word) for word in load_table("reporting")["complementisers"])
