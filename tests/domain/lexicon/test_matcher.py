"""What always holds of matches, whatever the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.domain.arabic.tokens import tokenise
from tasks.domain.lexicon import actors, equipment

PIECES = """
قال وزير الدفاع الروسية السعودي والقوات المسلحة الجيش المصري للجيش وبالولايات المتحدة موسكو حزب الله « » " ، - . 30
إف-16 إف 16 سو-30إم كيه 2 بيرقدار تي.بي2 طائرتين مسيرتين منظومة دفاع جوي دولار أميركي وكالة رويترز شركة لوكهيد مارتن
في مالي عمان سلطنة النجم الساطع 2023 ٣٫٥ مليون ين لل و ب كوريا الجنوبية الشمالية MQ-9 F-35 ـــ ًٌ
"""
WORDS = st.sampled_from([*PIECES.split(), "\u200f"])
TEXTS = st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=60)


@settings(max_examples=200)
@given(TEXTS)
def test_matches_are_ordered_apart_and_inside_their_tokens(text: str) -> None:
    tokens = tokenise(text)
    for lexicon in (actors(), equipment()):
        free = 0
        for match in lexicon.match(tokens):
            assert free <= match.first <= match.last < len(tokens)
            assert tokens[match.first].start <= match.start < match.end <= tokens[match.last].end
            free = match.last + 1


@given(TEXTS)
def test_matching_repeats_itself(text: str) -> None:
    tokens = tokenise(text)
    assert actors().match(tokens) == actors().match(tokens)


def test_names_of_joined_heads_have_their_article_again() -> None:
    (match,) = actors().match(tokenise("للجيش السوري"))
    assert (match.name_ar, match.proclitic, match.entry_id) == ("الجيش السوري", "ل", "SYR")


def test_a_form_ends_inside_a_token_only_before_a_variant_letter() -> None:
    (match,) = equipment().match(tokenise("سو-30إم"))
    assert (match.designation, match.end) == ("Su-30", 7)
