"""The forms of an adjective of nationality and of a counted noun, generated from the least a file must say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tasks.domain.lexicon.records import GrammaticalNumber
from tasks.domain.lexicon.spelling import ARTICLE, MARK, expand, with_article

Form = tuple[str, GrammaticalNumber]

_ADJECTIVE_ENDINGS = ("", "ة", "ين", "ون", "ان", "تين", "تان", "ات", "ا")
_PRONOUNS = ("ه", "ها", "هم", "هما", "نا")


def adjective_forms(stem: str) -> Iterator[str]:
    """Inflect a nisba adjective ("روسي"; of two words, "كوري جنوبي", both inflect), without and with the article."""
    words = stem.split()
    for ending in _ADJECTIVE_ENDINGS:
        forms = [_attach(word, ending) for word in words]
        yield " ".join(forms)
        yield " ".join(ARTICLE + form for form in forms)
    if (
        len(words) > 1
    ):  # "الكوريين الجنوبيين", and the plural of things: "كورية"; the first alone may stay in the article
        yield " ".join([ARTICLE + words[0], *words[1:]])


def _attach(word: str, ending: str) -> str:
    return (
        word + ("ت" if ending in ("ين", "ان") and word.endswith("ة") else "") + ending if word.endswith("ي") else word
    )


def noun_forms(
    singular: str, plurals: tuple[str, ...], extra: tuple[str, ...] = (), *, is_owned: bool = True
) -> Iterator[Form]:
    """Give every written form of a counted noun phrase with its grammatical number.

    Words marked `+` take the article together. If the first is marked, all marked words agree in the dual
    ("طائرتين مسيرتين"); if not, the first stands in construct ("منظومتا دفاع جوي"). Pronouns are attached to nouns
    that somebody owns ("طائراتها").
    """
    for phrase in expand(singular) if singular else ():
        yield from _forms_of(phrase, "sg", is_owned)
        yield from ((form, "sg") for form in _accusative(phrase))
    for plural in plurals:
        for phrase in expand(plural):
            yield from _forms_of(phrase, "pl", is_owned)
            yield from ((form, "pl") for form in _sound_plural_oblique(phrase))
    for phrase in expand(singular) if singular else ():  # after the plural: "مستشارين" is rather many than two
        yield from ((form, "du") for form in _dual(phrase))
    for phrase in extra:
        for form in expand(phrase):
            yield form, "sg"


def _forms_of(phrase: str, number: GrammaticalNumber, is_owned: bool) -> Iterator[Form]:
    for form in with_article(phrase):
        yield form, number
    if is_owned:
        yield from ((form, number) for form in _possessed(phrase, number))


def _possessed(phrase: str, number: GrammaticalNumber) -> Iterator[str]:
    """Attach pronouns to a noun: "طائراتها", and with its adjectives definite, "طائراتها المسيرة"."""
    head, *rest = phrase.split()
    if not head.startswith(MARK):
        return
    stem = _construct(head[1:])
    others = [ARTICLE + word[1:] if word.startswith(MARK) else word for word in rest]
    for pronoun in _PRONOUNS:
        if number == "pl" or stem != head[1:] or pronoun != "ه":  # "مقاتله" is read as the feminine, "مقاتلة"
            yield " ".join([stem + pronoun, *others])


def _construct(word: str) -> str:
    return word[:-1] + "ت" if word.endswith("ة") else word


def _accusative(phrase: str) -> Iterator[str]:
    """Add the alef of the indefinite accusative: "صاروخا باليستيا", "نظام دفاع" has none."""
    words = phrase.split()
    if words[0].startswith(MARK):
        yield " ".join(_accusative_of(word[1:]) if word.startswith(MARK) else word for word in words)


def _accusative_of(word: str) -> str:
    return word if word.endswith(("ة", "اء", "ا", "ى")) else word + "ا"


def _dual(phrase: str) -> Iterator[str]:
    words = phrase.split()
    if not words[0].startswith(MARK):
        stem = _construct(words[0])
        yield from (" ".join([stem + ending, *words[1:]]) for ending in ("ا", "ي"))
        return
    endings: tuple[Literal["ان"], Literal["ين"]] = ("ان", "ين")
    for ending in endings:
        dual = [MARK + _construct(word[1:]) + ending if word.startswith(MARK) else word for word in words]
        yield from with_article(" ".join(dual))


def _sound_plural_oblique(phrase: str) -> Iterator[str]:
    """Turn a sound masculine plural "مستشارون عسكريون" into "مستشارين عسكريين"; other plurals have no second case."""
    words = phrase.split()
    if words[0].endswith("ون") and words[0].startswith(MARK):
        yield from with_article(" ".join(w[:-2] + "ين" if w.endswith("ون") and w[0] == MARK else w for w in words))
        if len(words) == 1:
            construct = tuple(words[0][1:-2] + ending for ending in ("و", "ي"))
            yield from (form + pronoun for form in construct for pronoun in ("", *_PRONOUNS))
