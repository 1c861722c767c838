"""Building lexicons from the files of the package and of the user."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from tasks.domain.lexicon.actors import FormSense, Roles, actor_senses
from tasks.domain.lexicon.designators import Letters
from tasks.domain.lexicon.equipment import equipment_senses
from tasks.domain.lexicon.fields import parse
from tasks.domain.lexicon.heads import Joiner, inner_heads
from tasks.domain.lexicon.matcher import Lexicon, Trie
from tasks.domain.lexicon.records import LexiconError, LexiconFile
from tasks.domain.lexicon.spelling import atoms, atoms_of

KINDS = ("actors", "equipment", "aliases")
_TABLES_APART = ("roles.toml", "letters.toml")


@lru_cache(maxsize=8)
def actors(user: tuple[LexiconFile, ...] = ()) -> Lexicon:
    """The lexicon of states, bodies, groups, companies, media and people; `user` files go before the package's."""
    mine = of_kind(user, "actors")
    forms = (*actor_forms(mine), *packaged_forms("actors"))
    sources = (*mine, *packaged("actors"))
    return _lexicon(sources, forms, Joiner(_modifiers(sources), _also_adjectives(forms), inner_heads(forms)))


@lru_cache(maxsize=8)
def equipment(user: tuple[LexiconFile, ...] = ()) -> Lexicon:
    """The lexicon of weapons, equipment, personnel, units and currencies; `user` files go before the package's."""
    mine = of_kind(user, "equipment")
    forms = (*equipment_forms(mine), *packaged_forms("equipment"))
    return _lexicon((*mine, *packaged("equipment")), forms, None)


@lru_cache(maxsize=2)
def packaged_forms(kind: Literal["actors", "equipment"]) -> tuple[FormSense, ...]:
    """Every form of the package's files with its senses."""
    return tuple(actor_forms(packaged(kind)) if kind == "actors" else equipment_forms(packaged(kind)))


@lru_cache(maxsize=2)
def packaged(kind: str) -> tuple[LexiconFile, ...]:
    """Read the lexicon files that come with the package."""
    folder = files("tasks.domain") / "data" / kind
    found = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    texts = ((item.name, item.read_text(encoding="utf-8")) for item in found if item.name not in _TABLES_APART)
    return tuple(LexiconFile(f"{kind}/{name}", text, is_shipped=True) for name, text in texts)


def of_kind(user: Iterable[LexiconFile], kind: str) -> tuple[LexiconFile, ...]:
    """Pick the user files that say kind = "actors" or kind = "equipment"."""
    return tuple(file for file in user if kind_of(file) == kind)


def kind_of(file: LexiconFile) -> str:
    """Read which lexicon a user's file is for."""
    kind = parse(file).get("kind")
    if kind not in KINDS:
        raise LexiconError(
            f'{file.name}: `kind` is {kind!r}; write kind = "actors", "equipment" or "aliases" at the top'
        )
    return str(kind)


def actor_forms(sources: Iterable[LexiconFile]) -> Iterator[FormSense]:
    """Every form of the actor files with its senses."""
    roles = _roles()
    for source in sources:
        yield from _as_of(source, actor_senses(source, parse(source), roles))


def equipment_forms(sources: Iterable[LexiconFile]) -> Iterator[FormSense]:
    """Every form of the equipment files with its senses."""
    letters = _letters()
    for source in sources:
        yield from _as_of(source, equipment_senses(source, parse(source), letters))


def _as_of(source: LexiconFile, forms: Iterable[FormSense]) -> Iterator[FormSense]:
    """Mark what a user's file says, so that it goes before what the package says."""
    for form, sense in forms:
        yield form, sense if source.is_shipped else replace(sense, is_shipped=False)


def _lexicon(sources: Iterable[LexiconFile], forms: Iterable[FormSense], joiner: Joiner | None) -> Lexicon:
    trie = Trie()
    for form, sense in forms:
        trie.add(form, sense)
    digest = hashlib.sha256("\0".join(source.text for source in sources).encode()).hexdigest()[:12]
    return Lexicon(trie, digest, joiner)


def _roles() -> Roles:
    table = parse(_apart("actors", "roles.toml"))
    return {name: entry for name, entry in table.items() if isinstance(entry, dict)}


def _letters() -> Letters:
    table = parse(_apart("equipment", "letters.toml"))
    names = {letter: tuple(spellings) for letter, spellings in table["letters"].items()}
    prefixes = {prefix: tuple(spellings) for prefix, spellings in table["prefixes"].items()}
    return Letters(names, prefixes, frozenset(" ".join(atoms(word)) for word in table["risky"]))


def _apart(kind: str, name: str) -> LexiconFile:
    return LexiconFile(f"{kind}/{name}", (files("tasks.domain") / "data" / kind / name).read_text(encoding="utf-8"))


def _modifiers(sources: Iterable[LexiconFile]) -> frozenset[str]:
    return frozenset(" ".join(atoms(word)) for source in sources for word in parse(source).get("modifiers", []))


def _also_adjectives(forms: Iterable[FormSense]) -> frozenset[str]:
    """Forms that name a state and are an adjective of nationality as well."""
    paths: dict[str, set[str]] = {"state": set(), "adjective": set()}
    for form, sense in forms:
        if sense.role in paths:
            paths[sense.role].add(" ".join(atoms_of(form)))
    return frozenset(paths["state"] & paths["adjective"])
