"""How much of a name's first word is proclitics: "وبوتين" names بوتين, "واشنطن" names itself."""

from __future__ import annotations

from collections.abc import Collection

from tasks.domain.arabic.document import Document
from tasks.domain.arabic.tokens import Token, readings
from tasks.domain.entities.features import FeatureMaker

# Foreign names that begin with w are spelt وا, وي or وو; another letter after و says that it is "and".
_NAME_STARTS = "اويـ"


def document_forms(document: Document) -> frozenset[str]:
    """Fold every word of a document: a stem that stands alone somewhere is the name, also where a clitic hides it."""
    return frozenset(token.norm for sentence in document.sentences for token in sentence.tokens)


def clitic_length(token: Token, features: FeatureMaker, seen: Collection[str] = ()) -> int:
    """Count the characters to leave out; `seen` are the words of the document."""
    choices = readings(token)
    word = features.word(token.text)
    if word.stem in features.rank:
        return next((reading.skip for reading in choices if reading.rest == word.stem), 0)
    alone = next((reading.skip for reading in choices[1:] if reading.rest in seen), None)
    return _unknown(token, choices[0].rest) if alone is None else alone


def _unknown(token: Token, form: str) -> int:
    """Judge a word that no list knows: an article after the preposition, or و before a letter no name has there."""
    for reading in readings(token)[1:]:
        if reading.rest.startswith("ال") and len(reading.rest) > 4:
            return reading.skip
    surface = token.text
    is_and = form.startswith("و") and len(form) > 4 and surface[1:2] not in _NAME_STARTS
    return readings(token)[1].skip if is_and else 0
