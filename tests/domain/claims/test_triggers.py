from __future__ import annotations

import pytest

from tasks.domain.arabic.tokens import tokenise
from tasks.domain.claims.triggers import Trigger, bare_forms, compile_triggers, split_clitics, triggers


def found(text: str) -> tuple[Trigger, ...]:
    return triggers().find(tokenise(text))


def names(text: str) -> set[str]:
    return {tag.name for trigger in found(text) for tag in trigger.tags}


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("وسلمت", "give"),
        ("لتزويدها", "give"),
        ("ستتسلم", "get"),
        ("فطلبت", "ask"),
        ("بانسحابها", "withdraw"),
        ("وللتدريبات", "drill"),
    ],
)
def test_clitics_and_inflection_do_not_hide_a_trigger(word: str, name: str) -> None:
    assert name in names(word)


def test_a_phrase_takes_article_and_pronoun_and_hides_the_themes_inside() -> None:
    trigger = next(t for t in found("جمدت مساعداتها العسكرية") if t.first == 1)
    assert (trigger.first, trigger.last) == (1, 2)
    assert [tag.name for tag in trigger.tags] == ["aid"]


def test_a_pronoun_at_the_end_is_noted() -> None:
    assert next(t for t in found("زودتها بالسلاح") if t.named("verb")).has_pronoun


def test_punctuation_is_no_trigger() -> None:
    assert found("، . «») ") == ()


def test_lexicon_is_data() -> None:
    own = compile_triggers(
        {"verb": [{"class": "give", "past": ["ناول"], "present": ["يناول"]}]},
        {"theme": [{"theme": "weapons", "kinds": ["arms_transfer"], "nouns": ["رمح"], "phrases": ["رمح طويل"]}]},
    )
    assert [t.tags[0].name for t in own.find(tokenise("ناولت الرمح الطويل"))] == ["give", "weapons"]


def test_clitic_readings_start_with_the_whole_word() -> None:
    assert split_clitics("وللجيش") == (("", "وللجيش"), ("و", "للجيش"), ("ل", "الجيش"))
    assert "صفقة" in bare_forms("صفقتها")
