from __future__ import annotations

from tasks.domain.claims.anchors import Anchor, clauses, find_anchors
from tasks.domain.claims.triggers import triggers
from tests.domain.claims.sentences import scenes_of


def anchors(text: str) -> tuple[Anchor, ...]:
    scene = scenes_of(text)[0]
    return find_anchors(scene, triggers().find(scene.tokens))


def test_a_verb_takes_its_kind_from_what_is_moved() -> None:
    assert anchors("أرسلت روسيا دبابات إلى سوريا")[0].kinds[0] == "arms_transfer"
    assert anchors("أرسلت روسيا ألف جندي إلى سوريا")[0].kinds[0] == "deployment"
    assert "military_aid" in anchors("قدمت روسيا مساعدات عسكرية إلى سوريا")[0].kinds


def test_a_verb_with_nothing_to_move_is_no_anchor() -> None:
    assert anchors("أرسلت روسيا رسالة إلى سوريا") == ()


def test_what_two_sides_hold_is_an_anchor_of_its_own() -> None:
    assert [a.name for a in anchors("أجرت مصر والسعودية مناورات")] == ["drill"]


def test_an_aside_does_not_break_the_clause() -> None:
    tokens = scenes_of("قررت روسيا، يوم الاثنين، إرسال دبابات، لكن سوريا رفضت")[0].tokens
    numbers = clauses(tokens)
    by_word = {token.text: number for token, number in zip(tokens, numbers, strict=True)}
    assert by_word["قررت"] == by_word["الاثنين"] == by_word["إرسال"]
    assert by_word["سوريا"] > by_word["دبابات"]
