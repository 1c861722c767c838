"""The name lists that the tagger's features look words up in: CLDR, nationalities, trigger words, names of WikiFANE."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from babel import Locale

from tasks.domain.arabic.normalise import fold
from tasks.domain.entities.features import FeatureMaker, word_form
from training.entities.corpora import Tagged

_KIND_OF = {
    "PERS": "person",
    "POL": "person",
    "NAT": "location",
    "CITY": "location",
    "GEO": "location",
    "FAC": "location",
}
_KIND_OF |= {"ORG": "organisation", "GOV": "organisation", "GRP": "organisation"}
_SUFFIXES = ("", "ة", "ين", "ون", "ا", "ات", "تين", "تان", "ان")
_CHOICE = re.compile(r"\{([^{}]*)\}")
_BRACKETS = re.compile(r"\(.*?\)")


def build_lists(states: Path, triggers: Path, wiki: Iterable[Tagged]) -> dict[str, list[str]]:
    """Gather every list, each phrase folded, words parted by one blank."""
    table = tomllib.loads(states.read_text(encoding="utf-8"))["state"]
    lists = {name: set(map(fold, text.split())) for name, text in tomllib.loads(triggers.read_text("utf-8")).items()}
    lists["nationality"] = {form for entry in table.values() for form in _nationalities(entry)}
    lists["gazetteer"] = {fold(name) for name in (*_cldr_names(), *_state_names(table.values()))}
    for name, phrases in _wiki_names(wiki).items():
        lists[name] = phrases
    return {name: sorted(filter(None, phrases)) for name, phrases in sorted(lists.items())}


def _nationalities(entry: dict[str, Any]) -> Iterator[str]:
    for adjective in entry.get("adjectives", ()):
        for form in expand(_written(adjective)):
            for article, suffix in product(("", "ال"), _SUFFIXES):
                yield fold(article + form + suffix)
    for plural in entry.get("plurals", ()):
        yield from (fold(_written(plural)), fold("ال" + _written(plural)))


def _state_names(entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        for form in (*entry.get("forms", ()), *entry.get("capital", {}).get("forms", ())):
            yield from expand(_written(form))


def _written(form: str | Mapping[str, Any]) -> str:
    """Give the spelling of a form, which is a table where it carries a condition."""
    return form if isinstance(form, str) else str(form.get("is", ""))


def expand(form: str) -> list[str]:
    """Spell out the choices of a lexicon form: "أن{غ|ج}ولا" gives two names."""
    pieces = _CHOICE.split(form)
    choices = [piece.split("|") if index % 2 else [piece] for index, piece in enumerate(pieces)]
    return [" ".join("".join(parts).split()) for parts in product(*choices)]


def _cldr_names() -> Iterator[str]:
    locale = Locale("ar")
    for code, name in locale.territories.items():
        if len(code) == 2:
            yield _BRACKETS.sub("", name).strip()
    for zone in locale.time_zones.values():
        if city := zone.get("city"):
            yield _BRACKETS.sub("", city).strip()


def _wiki_names(corpus: Iterable[Tagged]) -> dict[str, set[str]]:
    maker = FeatureMaker({}, {})
    names: dict[str, set[str]] = {"person": set(), "location": set(), "organisation": set()}
    given: Counter[str] = Counter()
    family: Counter[str] = Counter()
    for label, words in _spans(corpus):
        kind = _KIND_OF.get(label)
        if kind is None or len("".join(words)) < 3:
            continue
        names[kind].add(" ".join((maker.word(words[0]).form, *map(word_form, words[1:]))))
        if kind == "person" and len(words) > 1:
            given[word_form(words[0])] += 1
            family[word_form(words[-1])] += 1
    names["given"] = {name for name in given if len(name) > 2}
    names["family"] = {name for name in family if len(name) > 2}
    return names


def _spans(corpus: Iterable[Tagged]) -> Iterator[tuple[str, Sequence[str]]]:
    for sentence in corpus:
        label, words = "", list[str]()
        for word, tag in [*sentence, ("", "O")]:
            if not tag.startswith("I") and words:
                yield label, words
                words = []
            if tag.startswith("B"):
                label, words = tag[2:], [word]
            elif tag.startswith("I") and words:
                words.append(word)
