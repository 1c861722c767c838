import pytest

from tasks.domain.arabic.tokens import Token, readings, tokenise


def _texts(text: str) -> list[str]:
    return [token.text for token in tokenise(text)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("أرسلت 3,5 ملايين طلقة.", ["أرسلت", "3,5", "ملايين", "طلقة", "."]),
        ("٣٫٥ و1.2", ["٣٫٥", "و", "1.2"]),
        ("مقاتلات إف-16 وسو-35", ["مقاتلات", "إف-16", "وسو-35"]),
        ("«إس-400» و(MQ-9B)", ["«", "إس-400", "»", "و", "(", "MQ-9B", ")"]),
        ("سو-30إم و إف-16سي", ["سو-30إم", "و", "إف-16سي"]),
        ("إس400 لكن ب40 و20 وال15", ["إس400", "لكن", "ب", "40", "و", "20", "وال", "15"]),
        ("5-7 و2019–2020", ["5", "-", "7", "و", "2019", "–", "2020"]),
        ("كوريا-الجنوبية", ["كوريا", "-", "الجنوبية"]),
        ("بـ20 مليوناً", ["بـ", "20", "مليوناً"]),
        ("F/A-18 و2S19 وK9", ["F/A-18", "و", "2S19", "و", "K9"]),
        ("25% (عيار 155ملم)", ["25", "%", "(", "عيار", "155", "ملم", ")"]),
        ("وقّع…", ["وقّع", "…"]),
        ("", []),
        ("  \u200f ", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert _texts(text) == tokens


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "في موسكو، قال"
    tokens = tokenise(text, 3, 9)
    assert [(token.start, token.end) for token in tokens] == [(3, 8), (8, 9)]
    assert not tokens[1].is_word


def _token(word: str) -> Token:
    return tokenise(word)[0]


@pytest.mark.parametrize(
    ("word", "rest", "seen"),
    [
        ("وروسيا", "روسيا", "روسيا"),
        ("بموسكو", "موسكو", "موسكو"),
        ("للجيش", "الجيش", "لجيش"),
        ("وللصين", "الصين", "لصين"),
        ("للبنان", "لبنان", "لبنان"),
        ("ولكييف", "كييف", "كييف"),
        ("لـروسيا", "روسيا", "روسيا"),
        ("وَمِصر", "مصر", "مِصر"),
        ("وسو-35", "سو-35", "سو-35"),
        ("وشي", "شي", "شي"),
    ],
)
def test_a_reading_skips_the_clitics(word: str, rest: str, seen: str) -> None:
    token = _token(word)
    assert [token.text[reading.skip :] for reading in readings(token) if reading.rest == rest] == [seen]


def test_the_whole_word_is_the_first_reading() -> None:
    assert readings(_token("واشنطن"))[0].rest == "واشنطن"
    assert [reading.rest for reading in readings(_token("2019"))] == ["2019"]
