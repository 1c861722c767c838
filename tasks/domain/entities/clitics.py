"""How much of a name's first word is proclitics: "وبوتين" names بوتين, "واشنطن" names itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tasks.domain.arabic.document import Document
from tasks.domain.arabic.tokens import Reading, Token, readings
from tasks.domain.entities.features import FeatureMaker, word_form

# Foreign names that begin with w are spelt وا, وي or وو; another letter after و says that it is "and".
_NAME_STARTS = "اويـ"
# Before names these two are as rare as names that begin with their letters are common.
_RARE = frozenset("فك")
_OPENING = frozenset('«"“‘(')
_SHORTEST = 3


def document_forms(document: Document) -> frozenset[str]:
    """Fold every word of a document: a stem that stands alone somewhere is the name, also where a clitic hides it."""
    return frozenset(token.norm for sentence in document.sentences for token in sentence.tokens)


def clitics_before(tokens: Sequence[Token], first: int, features: FeatureMaker, seen: Collection[str] = ()) -> int:
    """Count the characters to leave out of the name that begins at a token; a quoted name begins with its word."""
    if first and tokens[first - 1].text in _OPENING:
        return 0
    return clitic_length(tokens[first], features, seen)


def clitic_length(token: Token, features: FeatureMaker, seen: Collection[str] = ()) -> int:
    """Count the characters to leave out; `seen` are the words of the document."""
    whole, *shorter = readings(token)
    if features.is_name(word_form(whole.rest)):
        return 0
    possible = [reading for reading in shorter if _is_possible(reading, features, seen)]
    named = next((reading for reading in possible if features.is_name(word_form(reading.rest))), None)
    alone = next((reading for reading in possible if reading.rest in seen), None)
    if (found := named or alone) is not None:
        return found.skip
    stem = features.word(token.text).stem
    if stem in features.rank:
        return next((reading.skip for reading in (whole, *possible) if word_form(reading.rest) == stem), 0)
    return _unknown(token, possible)


def _is_possible(reading: Reading, features: FeatureMaker, seen: Collection[str]) -> bool:
    if len(reading.rest) < _SHORTEST:
        return False
    is_rare = not _RARE.isdisjoint(reading.proclitic)
    return not is_rare or (reading.rest in seen and features.is_name(word_form(reading.rest)))


def _unknown(token: Token, possible: Collection[Reading]) -> int:
    """Judge a word that no list knows: an article after the preposition, or و before a letter no name has there."""
    for reading in possible:
        if reading.rest.startswith("ال") and len(reading.rest) > 4:
            return reading.skip
    form = token.norm
    is_and = form.startswith("و") and len(form) > 4 and token.text[1:2] not in _NAME_STARTS
    return next((reading.skip for reading in possible if is_and and reading.proclitic == "و"), 0)
