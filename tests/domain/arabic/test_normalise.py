import pytest
from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils.normalize import normalize_alef_ar, normalize_alef_maksura_ar

from tasks.domain.arabic.normalise import fold, normalise


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("أإآٱا", "ااااا"),
        ("مستشفى", "مستشفي"),
        ("مسؤول", "مسوول"),
        ("رئيس", "رييس"),
        ("اتفاقية", "اتفاقية"),
        ("سماء", "سماء"),
        ("مُسَيَّرة", "مسيرة"),
        ("بـــروسيا", "بروسيا"),
        ("لل\u200cجيش", "للجيش"),
        ("\u200fموسكو\u200e", "موسكو"),
        ("٣٥٠ ۱۲", "350 12"),
        ("٣٫٥", "3.5"),
        ("سو‑35", "سو-35"),
        ("ایران", "ايران"),
        ("ﻻ", "لا"),
        ("NATO", "NATO"),
        ("", ""),
    ],
)
def test_spellings_fold_together(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_folding_agrees_with_camel_tools_on_what_both_do() -> None:
    text = "أَكَّدَ إِسماعيل أنَّ القُوى الآتية مِن مَرسى مَطروح"
    assert fold(text) == normalize_alef_maksura_ar(normalize_alef_ar(dediac_ar(text)))


def test_offsets_map_back_over_removed_and_widened_characters() -> None:
    text = "قالَ الـرّئيس ﻻ"
    folded = normalise(text)
    at = folded.text.index("الرييس")
    assert text[slice(*folded.original(at, at + 6))] == "الـرّئيس"
    assert text[slice(*folded.original(len(folded.text) - 2, len(folded.text)))] == "ﻻ"


def test_an_empty_span_maps_to_a_place() -> None:
    folded = normalise("َابج")
    assert folded.original(0, 0) == (1, 1)
    assert folded.original(3, 3) == (4, 4)
