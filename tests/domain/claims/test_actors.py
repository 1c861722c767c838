from __future__ import annotations

from tasks.domain.claims.actors import Party, find_parties
from tasks.domain.claims.triggers import triggers
from tests.domain.claims.sentences import scenes_of


def parties(text: str, memory: tuple[str, ...] = (), home: str | None = None) -> tuple[Party, ...]:
    scene = scenes_of(text)[0]
    return find_parties(scene, triggers().find(scene.tokens), memory, home)


def only(text: str, actor: str) -> Party:
    return next(p for p in parties(text) if p.ids == (actor,))


def test_a_preposition_governs_the_whole_noun_phrase() -> None:
    assert only("سلمت روسيا دبابات إلى الجيش السوري", "SYR").prep == "الي"
    assert only("سلمت روسيا دبابات للجيش السوري", "SYR").prep == "ل"
    assert only("سلمت روسيا دبابات إلى الجيش السوري", "RUS").prep == ""


def test_the_head_of_the_noun_phrase_is_kept() -> None:
    assert only("وصلت مقاتلات إلى دولة السودان", "SDN").head == "organ"
    assert only("وصلت مقاتلات إلى أراضي السودان", "SDN").head == "ground"


def test_a_body_that_the_lexicon_knows_needs_no_head() -> None:
    assert only("وصلت مقاتلات إلى سلاح البحرية السوداني", "SDN").role == "army"


def test_coordinated_actors_share_a_group_and_a_preposition() -> None:
    iran, china, russia = parties("مناورات بين إيران والصين وروسيا")
    assert iran.group == china.group == russia.group
    assert {p.prep for p in (iran, china, russia)} == {"بين"}


def test_actors_of_different_clauses_are_not_coordinated() -> None:
    first, second = parties("باعت فرنسا طائرات إلى مصر، وطلبت قطر المزيد")[::2]
    assert first.group != second.group


def test_the_two_countries_are_the_last_two_named() -> None:
    assert parties("وقعت تركيا وقطر اتفاقا بين البلدين")[-1].ids == ("QAT", "TUR")
    assert parties("وقع الجانبان اتفاقا", memory=("EGY", "SAU"))[-1].ids == ("EGY", "SAU")


def test_his_country_is_that_of_whoever_opens_the_sentence() -> None:
    assert parties("قال الرئيس الروسي إن بلاده سترسل سلاحا إلى سوريا")[1].ids == ("RUS",)


def test_a_bare_army_is_that_of_the_country_the_article_is_about() -> None:
    assert ("LBN",) in {p.ids for p in parties("تسلم الجيش مدرعات", home="LBN")}
    assert parties("تسلم الجيش مدرعات") == ()


def test_an_apposition_is_one_mention() -> None:
    assert len(parties("الرئيس الأميركي دونالد ترامب")) == 1
