"""Surface forms of Arabic verbs and nouns from one line each: no stemmer is good enough for triggers.

Forms are unvocalised and folded, so a passive perfect coincides with its active. Proclitics are not generated; they
are taken off when a token is looked up.
"""

from __future__ import annotations

from collections.abc import Iterator

from tasks.domain.arabic.normalise import fold

PRONOUNS = ("ه", "ها", "هم", "هما", "نا")
_PAST_ENDINGS = ("", "ت", "ا", "تا", "وا", "نا")
_PRESENT_ENDINGS = ("", "ان", "ا", "ون", "وا", "ن")
_PREFIXES = ("ي", "ت", "ن", "ا")


def past_forms(past: str) -> Iterator[str]:
    """The perfect of a verb given as third person singular; a final ى or ا is a weak root's."""
    stem = fold(past)
    weak = past.endswith(("ى", "ا"))
    bare = stem[:-1] if weak else stem
    yield stem
    for ending in _PAST_ENDINGS[1:]:
        if weak and ending in ("ا", "نا"):
            yield bare + ("ي" if past.endswith("ى") else "و") + ending
        else:
            yield bare + ending
    for pronoun in PRONOUNS:
        yield (bare + "ا" if weak else stem) + pronoun
        yield bare + "ت" + pronoun
        yield bare + "و" + pronoun


def present_forms(present: str) -> Iterator[str]:
    """The imperfect of a verb given as third person singular, with and without the future س."""
    stem = fold(present)[1:]
    weak = stem.endswith(("ي", "و"))
    bare = stem[:-1] if weak else stem
    for prefix in _PREFIXES:
        for form in _present_of_person(stem, bare):
            yield prefix + form
            yield "س" + prefix + form


def _present_of_person(stem: str, bare: str) -> Iterator[str]:
    weak = stem != bare
    yield stem
    if weak:
        yield bare
    for ending in _PRESENT_ENDINGS[1:]:
        yield (stem if ending in ("ان", "ا") else bare) + ending
    for pronoun in PRONOUNS:
        yield (bare + "ا" if stem.endswith("ا") else stem) + pronoun
        yield bare + "ون" + pronoun
        yield bare + "و" + pronoun


def noun_forms(noun: str) -> Iterator[str]:
    """A noun bare, with the article, in the accusative, and with the pronouns of the third person."""
    word = fold(noun)
    yield word
    yield "ال" + word
    if not word.endswith(("ة", "ا", "ات", "ء")):
        yield word + "ا"
    stem = word[:-1] + "ت" if word.endswith("ة") else word
    if word.endswith("ان") or (word.endswith("ين") and len(word) > 4):
        yield word[:-1]
    for pronoun in PRONOUNS:
        yield stem + pronoun


def participle_forms(participle: str) -> Iterator[str]:
    """A participle with the endings of gender and number, and with the article."""
    word = fold(participle)
    for ending in ("", "ة", "ون", "ين", "ا", "ات", "ان"):
        yield word + ending
        yield "ال" + word + ending
