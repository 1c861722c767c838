"""Who says so: one test per way in which Arabic news names a source."""

from __future__ import annotations

import pytest

from tasks.domain.claims.attribution import attribute
from tests.domain.claims.sentences import frame_at, scenes_of


def source(
    text: str,
    trigger: str,
    persons: tuple[str, ...] = (),
    actors: tuple[str, str] = ("RUS", "SYR"),
    title: str = "",
) -> tuple[str | None, str] | None:
    """Country and type of the source of the claim at the trigger."""
    scenes = scenes_of(text, persons, title)
    frame, scene = frame_at(scenes, trigger, actors=actors)
    found = attribute(frame, scene, scenes).attribution
    return (found.country, found.type) if found else None


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("أكدت الخارجية الصينية أن بكين سلمت ليبيا أسلحة.", "سلمت", ("CHN", "government")),
        ("وقال متحدث عسكري إسرائيلي إن الجيش تسلم دفعة جديدة.", "تسلم", ("ISR", "military")),
        (
            "قال وزير الدفاع الهندي، في مقابلة مع قناة، إن بلاده سلمت أرمينيا مدافع.",
            "سلمت",
            ("IND", "government"),
        ),
        ("وكانت باريس أعلنت، مطلع الشهر، أنها سلمت كييف مدافع.", "سلمت", ("FRA", "government")),
        ("السفارة الروسية في الخرطوم قالت إن موسكو سلمت السودان قمحا وسلاحا.", "سلمت", ("RUS", "government")),
        ("وحذر رئيس جهاز الموساد من أن إيران نقلت صواريخ إلى سوريا.", "صواريخ", ("ISR", "intelligence")),
        ("ونفت جماعة الحوثي تلقي أي أسلحة من إيران.", "أسلحة", ("HOUTHI", "armed_group")),
        ("واتهمت كييف طهران بتزويد موسكو بطائرات مسيرة.", "بتزويد", ("UKR", "government")),
        ("وكشف تقرير للأمم المتحدة أن روسيا سلمت سوريا مدافع.", "سلمت", ("UN", "international_org")),
        ("ورأى الباحث في معهد بروكينغز أن موسكو سلمت دمشق مدافع.", "سلمت", ("USA", "analyst")),
    ],
)
def test_a_verb_with_its_subject(text: str, trigger: str, expected: tuple[str | None, str]) -> None:
    assert source(text, trigger) == expected


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("تسلم الجيش السوري مدافع من روسيا، حسبما أعلنت وزارة الدفاع الروسية.", "تسلم", ("RUS", "government")),
        ("بحسب صحيفة نيويورك تايمز، سلمت روسيا سوريا مدافع.", "سلمت", ("USA", "media")),
        ("وبحسب تقرير لصحيفة نيويورك تايمز، سلمت روسيا سوريا مدافع.", "سلمت", ("USA", "media")),
        ("سلمت روسيا سوريا مدافع، وفق ما ذكر مسؤول تركي.", "سلمت", ("TUR", "anonymous")),
        ("وستسلم روسيا، وفق وزارة الدفاع المصرية، سوريا مدافع.", "وستسلم", ("EGY", "government")),
        ("«سلمنا دمشق كل المدافع»، قال المستشار الألماني أولاف شولتس.", "سلمنا", ("DEU", "government")),
    ],
)
def test_a_source_behind_or_beside_the_claim(text: str, trigger: str, expected: tuple[str | None, str]) -> None:
    assert source(text, trigger) == expected


def test_the_person_behind_the_paper_counts() -> None:
    text = "ونقل موقع أكسيوس عن مسؤولين إسرائيليين قولهم إن روسيا سلمت سوريا مدافع."
    assert source(text, "سلمت") == ("ISR", "anonymous")
    text = "وأفادت وكالة رويترز نقلا عن ثلاثة مصادر بأن روسيا سلمت سوريا مدافع."
    assert source(text, "سلمت") == (None, "anonymous")


def test_the_nearest_of_two_sources_counts() -> None:
    text = "وقال وزير الخارجية التركي إن واشنطن أعلنت أنها سلمت بغداد مدافع."
    assert source(text, "سلمت") == ("USA", "government")


def test_an_unnamed_person_of_an_institution_speaks_for_it() -> None:
    assert source("وقال مصدر في وزارة الدفاع التركية إن روسيا سلمت سوريا مدافع.", "سلمت") == ("TUR", "government")
    assert source("وقال مصدر تركي مطلع إن روسيا سلمت سوريا مدافع.", "سلمت") == ("TUR", "anonymous")
    assert source("وقال دبلوماسي غربي في بيروت إن روسيا سلمت سوريا مدافع.", "سلمت") == (None, "anonymous")


def test_who_goes_on_speaking() -> None:
    text = "قال قائد البحرية الهندية إن التمرين ناجح. وأضاف أن روسيا سلمت سوريا مدافع."
    assert source(text, "سلمت") == ("IND", "military")
    text = "رحب وزير الدفاع اليوناني بالقرار، مضيفا أن روسيا سلمت سوريا مدافع."
    assert source(text, "سلمت") == ("GRC", "government")


def test_a_surname_and_a_bare_noun_point_back() -> None:
    text = "زار مستشار الأمن القومي الهندي راجيف مهرا موسكو. وقال مهرا إن روسيا سلمت سوريا مدافع."
    assert source(text, "سلمت", persons=("راجيف مهرا", "مهرا")) == ("IND", "government")
    text = "أوردت صحيفة حرييت التركية الخبر. وذكرت الصحيفة أن روسيا سلمت سوريا مدافع."
    assert source(text, "سلمت") == ("TUR", "media")


def test_the_title_introduces_a_source() -> None:
    text = "ويقول التقرير إن روسيا سلمت سوريا مدافع."
    assert source(text, "سلمت", title="تقرير أممي يرصد الشحنات") == ("UN", "international_org")


def test_the_setting_of_a_sentence_gives_the_country() -> None:
    text = "وفي موسكو، قال نائب رئيس الوزراء إن الجيش تسلم مدافع من إيران."
    assert source(text, "تسلم", actors=("IRN", "RUS")) == ("RUS", "government")


def test_a_party_asks_for_itself_but_yields_to_a_reporter() -> None:
    assert source("وطلبت ليتوانيا من ألمانيا نشر لواء على أراضيها.", "نشر") == ("LTU", "government")
    text = "وقالت أربعة مصادر إن المغرب طلب شراء مسيرات من تركيا."
    assert source(text, "شراء") == (None, "anonymous")


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("سلمت روسيا سوريا مدافع العام الماضي.", "سلمت"),
        ("ويذكر أن روسيا سلمت سوريا مدافع العام الماضي.", "سلمت"),
        ("يشار إلى أن روسيا سلمت سوريا مدافع العام الماضي.", "سلمت"),
        ("أعلن الوزير الروسي القرار. وسلمت روسيا سوريا مدافع لاحقا.", "وسلمت"),
        ("وصلت السفينة إلى طرطوس ردا على طلب سوريا، وعلى متنها مدافع روسية.", "وصلت"),
        ("ورفضت الوزارة الروسية التعليق، وسلمت موسكو سوريا مدافع.", "وسلمت"),
    ],
)
def test_the_outlet_itself_speaks(text: str, trigger: str) -> None:
    assert source(text, trigger) is None


def test_what_the_outlet_adds_is_its_own() -> None:
    text = "وأعلنت روسيا أنها سلمت سوريا مدافع، وذلك بعد يومين من تزويد إيران دمشق بالوقود."
    assert source(text, "سلمت") == ("RUS", "government")
    assert source(text, "تزويد") is None


def test_a_name_that_nobody_tagged_speaks_by_its_title() -> None:
    text = "وقال راجيف مهرا رئيس أركان الجيش الهندي إن روسيا سلمت سوريا مدافع."
    assert source(text, "سلمت") == ("IND", "military")
    text = "أعلن وزير الدفاع الهندي القرار. وقال كوبال إن روسيا سلمت سوريا مدافع."
    assert source(text, "سلمت") is None


def test_a_name_or_a_title_may_stand_behind_a_comma() -> None:
    text = "وقال وزير الدفاع الهندي، راجيف مهرا، إن روسيا سلمت سوريا مدافع."
    assert source(text, "سلمت", persons=("راجيف مهرا",)) == ("IND", "government")
    text = "وقال راجيف مهرا، الباحث في معهد بروكينغز، إن روسيا سلمت سوريا مدافع."
    assert source(text, "سلمت", persons=("راجيف مهرا",)) == ("USA", "analyst")


def test_what_is_said_of_the_interview_is_no_report() -> None:
    text = "وقال مسؤول تركي، طلب عدم ذكر اسمه، إن روسيا سلمت سوريا مدافع."
    assert source(text, "سلمت") == ("TUR", "anonymous")
    text = "وقال مسؤول تركي تحدث شريطة عدم الكشف عن هويته إن روسيا سلمت سوريا مدافع."
    assert source(text, "سلمت") == ("TUR", "anonymous")


def test_an_embassy_speaks_for_its_own_state() -> None:
    assert source("وأعلنت سفارة الهند في القاهرة أن روسيا سلمت سوريا مدافع.", "سلمت") == ("IND", "government")


def test_a_headline_quotes_with_a_colon() -> None:
    assert source("الجيش الهندي: روسيا سلمت سوريا مدافع", "سلمت") == ("IND", "military")


def test_a_party_may_deny_by_a_noun() -> None:
    text = "وسارعت وارسو إلى نفي تسليم كييف أي مدافع."
    assert source(text, "تسليم", actors=("POL", "UKR")) == ("POL", "government")


def test_the_reason_names_rule_and_source() -> None:
    scenes = scenes_of("أكدت الخارجية الصينية أن بكين سلمت ليبيا أسلحة.")
    frame, scene = frame_at(scenes, "سلمت")
    found = attribute(frame, scene, scenes)
    assert found.rule_id == "source:verb-subject"
    assert "الخارجية الصينية" in found.reason
