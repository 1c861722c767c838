"""What cannot be meant in lexicon files: forms of two meanings, unknown codes, ids used twice, unreadable files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from tasks.domain.lexicon.aliases import load_aliases
from tasks.domain.lexicon.load import KINDS, actor_forms, equipment_forms, kind_of, packaged_forms
from tasks.domain.lexicon.records import Conflict, LexiconError, LexiconFile, Sense
from tasks.domain.lexicon.spelling import atoms_of

FormSense = tuple[str, Sense]
Kind = Literal["actors", "equipment"]
_READERS: dict[Kind, Callable[[Iterable[LexiconFile]], Iterator[FormSense]]] = {
    "actors": actor_forms,
    "equipment": equipment_forms,
}


def check_lexicon(files: Iterable[LexiconFile] = ()) -> tuple[Conflict, ...]:
    """Check the lexicons of the package together with the user's files; nothing wrong gives an empty tuple.

    That a user's form also is in the package is no conflict: the user's meaning wins.
    """
    by_kind, conflicts = _sorted_by_kind(files)
    for kind, reader in _READERS.items():
        forms: list[FormSense] = []
        for file in by_kind[kind]:
            try:
                forms.extend(reader((file,)))
            except LexiconError as error:
                conflicts.append(Conflict(file.name, "", str(error)))
        forms.extend(packaged_forms(kind))
        conflicts.extend(_check(forms, _countries(forms) if kind == "actors" else frozenset()))
    return tuple(conflicts)


def _sorted_by_kind(files: Iterable[LexiconFile]) -> tuple[dict[str, list[LexiconFile]], list[Conflict]]:
    by_kind: dict[str, list[LexiconFile]] = {kind: [] for kind in KINDS}
    conflicts: list[Conflict] = []
    for file in files:
        try:
            by_kind[kind_of(file)].append(file)
            load_aliases([file] if kind_of(file) == "aliases" else [])
        except LexiconError as error:
            conflicts.append(Conflict(file.name, "", str(error)))
    return by_kind, conflicts


def _countries(forms: Iterable[FormSense]) -> frozenset[str]:
    return frozenset(sense.key for _, sense in forms if sense.role == "state" and len(sense.key) == 3)


def _check(forms: list[FormSense], countries: frozenset[str]) -> Iterator[Conflict]:
    yield from _ambiguous(forms)
    yield from _reused_ids(forms)
    senses = {(sense.file, sense.key): sense for _, sense in forms}
    for sense in senses.values():
        if countries and sense.country is not None and sense.country not in countries:
            yield Conflict(sense.file, sense.key, f"country {sense.country!r} is no ISO 3166-1 alpha-3 code")
        if sense.since and sense.until and sense.since > sense.until:
            yield Conflict(sense.file, sense.key, f"`since` {sense.since} is after `until` {sense.until}")


def _ambiguous(forms: Iterable[FormSense]) -> Iterator[Conflict]:
    """Find forms that two entries claim with no rule to tell them apart."""
    plain: dict[tuple[str, bool], Sense] = {}
    reported: set[tuple[str, str]] = set()
    for form, sense in forms:
        if sense.rule is not None or sense.since or sense.until or sense.is_silent:
            continue
        path = " ".join(atoms_of(form))
        other = plain.setdefault((path, sense.is_shipped), sense)
        if _meaning(other) != _meaning(sense) and (other.key, sense.key) not in reported:
            reported.add((other.key, sense.key))
            problem = f"{form!r} also is {other.key!r} in {other.file}; give one of them a rule (before, after, ...)"
            yield Conflict(sense.file, sense.key, problem)


def _meaning(sense: Sense) -> tuple[object, ...]:
    """What a reader of claims would see differ; the heads of one ministry are one meaning."""
    if sense.joins is not None:
        return ("head", sense.role)
    return (sense.actor, sense.country, sense.category, sense.designation)


def _reused_ids(forms: Iterable[FormSense]) -> Iterator[Conflict]:
    """Find ids under which two entries of different countries or kinds stand; a person may change office."""
    first: dict[str, Sense] = {}
    reported: set[str] = set()
    for _, sense in forms:
        if sense.label == "PERS" or sense.role == "adjective" or not sense.key or sense.category:
            continue
        other = first.setdefault(sense.key, sense)
        differs = (other.role, other.country) != (sense.role, sense.country)
        if differs and sense.is_shipped == other.is_shipped and sense.key not in reported:
            reported.add(sense.key)
            yield Conflict(sense.file, sense.key, f"the id also stands for a {other.role} in {other.file}; rename one")
