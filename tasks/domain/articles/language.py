"""The language of a text, offline: a byte model, checked against the letters that only one language uses."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_SAMPLE = 1500
_MIN_LETTERS = 12
_LETTER = re.compile(r"[^\W\d_]")
_ARABIC_SCRIPT = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
_SCRIPT_LANGUAGES = frozenset(
    ("ar", "arz", "ary", "fa", "ur", "ckb", "sdh", "ps", "sd", "ug", "pnb", "azb", "glk", "mzn", "ks", "bal")
)
# One tag for each of the spellings the model tells apart but readers do not.
_ALIASES = {"arz": "ar", "ary": "ar", "sdh": "ckb", "pnb": "ur"}
# Letters no standard spelling of the other languages has; checked in this order, scarce ones first.
_TELL_TALES = {
    "ur": "ٹڈڑںےہ",
    "ckb": "ێۆڕڵە",
    "ps": "ټډړښځڅېۍ",
    "ug": "ۈۇېڭ",
    "fa": "پچژگکی",
    "ar": "ةكيىأإ",
}


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=False)


def identify_language(text: str) -> str | None:
    """Give an ISO 639 code ("ar", "fa", "ur", "ckb", "en", ...); None where there is too little text to tell."""
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if letters < _MIN_LETTERS:
        return None
    code, _score = _identifier().classify(sample)
    code = _ALIASES.get(code, code)
    if len(_ARABIC_SCRIPT.findall(sample)) * 2 > letters:
        return code if code in _SCRIPT_LANGUAGES else _by_letters(sample)
    return None if code in _SCRIPT_LANGUAGES else code


def _by_letters(sample: str) -> str:
    """Pick the language whose own letters are most frequent: for texts the model takes for another script's."""
    return max(_TELL_TALES, key=lambda code: sum(sample.count(letter) for letter in _TELL_TALES[code]))
