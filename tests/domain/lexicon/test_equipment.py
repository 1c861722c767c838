"""The shipped equipment lexicon: nouns in every number, designations in every spelling, what only looks like them."""

from __future__ import annotations

import pytest

from tasks.domain.arabic.tokens import tokenise
from tasks.domain.lexicon import Match, equipment


def found(text: str) -> list[Match]:
    return list(equipment().match(tokenise(text)))


@pytest.mark.parametrize(
    ("text", "category", "number"),
    [
        ("طائرة", "aircraft", "sg"),
        ("طائرتين", "aircraft", "du"),
        ("طائرتان", "aircraft", "du"),
        ("الطائرات", "aircraft", "pl"),
        ("بطائراتها", "aircraft", "pl"),
        ("مقاتلات شبحية", "aircraft", "pl"),
        ("طائرة مسيرة", "uav", "sg"),
        ("طائرتين مسيرتين", "uav", "du"),
        ("الطائرات المسيّرة", "uav", "pl"),
        ("طائرات بدون طيار", "uav", "pl"),
        ("مروحيتين", "helicopter", "du"),
        ("منظومة دفاع جوي", "air_defence", "sg"),
        ("منظومتي دفاع جوي", "air_defence", "du"),
        ("منظومات الدفاع الجوي", "air_defence", "pl"),
        ("صواريخ أرض - جو", "air_defence", "pl"),
        ("صاروخا باليستيا", "ballistic_missile", "sg"),
        ("الصواريخ الباليستية", "ballistic_missile", "pl"),
        ("صاروخ مضاد للدروع", "missile", "sg"),
        ("راجمات صواريخ", "rocket_artillery", "pl"),
        ("مدافع هاوتزر", "artillery", "pl"),
        ("قذائف مدفعية", "ammunition", "pl"),
        ("وذخائر", "ammunition", "pl"),
        ("دبابتان", "tank", "du"),
        ("مركبات مدرعة", "armoured_vehicle", "pl"),
        ("ناقلات الجند", "armoured_vehicle", "pl"),
        ("بنادق", "small_arms", "pl"),
        ("فرقاطتين", "ship", "du"),
        ("الغواصات", "submarine", "pl"),
        ("قمرين صناعيين", "satellite", "du"),
        ("رادارات", "radar_sensor", "pl"),
        ("محركات", "engine", "pl"),
        ("رؤوس نووية", "nuclear", "pl"),
        ("أجهزة تشويش", "electronic_warfare", "pl"),
        ("حاويات", "cargo", "pl"),
        ("مستشارون عسكريون", "personnel", "pl"),
        ("المستشارين العسكريين", "personnel", "pl"),
        ("جنديين", "personnel", "du"),
    ],
)
def test_nouns(text: str, category: str, number: str) -> None:
    (match,) = found(text)
    assert (match.category, match.number) == (category, number)
    assert match.start == len(match.proclitic)
    assert match.end == len(text)


@pytest.mark.parametrize(
    ("designation", "category", "spellings"),
    [
        ("F-16", "aircraft", ["إف-16", "اف 16", "إف16", "F-16", "f16", "أف-16", "إف–١٦"]),
        ("Su-35", "aircraft", ["سو-35", "سوخوي 35", "سوخوى-35", "Su-35", "سو ٣٥"]),
        ("MiG-29", "aircraft", ["ميغ-29", "ميج 29", "MiG-29"]),
        ("JF-17", "aircraft", ["جيه إف-17", "جي إف 17"]),
        ("Rafale", "aircraft", ["رافال", "الرافال"]),
        ("MQ-9", "uav", ["إم كيو-9", "MQ-9", "ريبر"]),
        ("Bayraktar TB2", "uav", ["بيرقدار تي بي 2", "بيرقدار تي.بي2", "بيرقدار", "TB2"]),
        ("Shahed-136", "uav", ["شاهد-136", "شاهد 136"]),
        ("S-400", "air_defence", ["إس-400", "اس 400", "إس400", "S-400"]),
        ("HQ-9", "air_defence", ["إتش كيو-9", "اتش كيو 9"]),
        ("Patriot", "air_defence", ["باتريوت"]),
        ("HIMARS", "rocket_artillery", ["هيمارس"]),
        ("Javelin", "missile", ["جافلين", "غافلين"]),
        ("ATACMS", "ballistic_missile", ["أتاكمس", "أتاكامز", "ATACMS"]),
        ("T-90", "tank", ["تي-90", "تي 90", "T-90"]),
        ("Leopard 2", "tank", ["ليوبارد 2", "ليوبارد"]),
        ("AH-64", "helicopter", ["أباتشي", "اباتشى", "AH-64"]),
        ("BTR-80", "armoured_vehicle", ["بي تي آر-80"]),
    ],
)
def test_designations(designation: str, category: str, spellings: list[str]) -> None:
    for spelling in spellings:
        (match,) = found(spelling)
        assert (match.designation, match.category, match.label) == (designation, category, "MISC"), spelling
        assert (match.start, match.end) == (0, len(spelling))


@pytest.mark.parametrize(
    "text",
    [
        "في 22 مايو",
        "المفاوضات بين البلدين",
        "كان الوزير",
        "حصار المدينة",
        "مهاجر سوري",
        "فجر 5 يونيو",
        "سلاح الجو",
        "بارو",
        "جون كيربي",
        "باراك أوباما",
        "وثائق سرية",
        "اللواء سامي",
        "قال المتحدث العسكري",
        "مسيرة سلمية حاشدة",
    ],
)
def test_everyday_words_are_no_equipment(text: str) -> None:
    assert [(match.form, match.designation) for match in found(text)] == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("ملياري دولار", "USD"),
        ("مليون دولار أسترالي", "AUD"),
        ("3 مليارات يورو", "EUR"),
        ("تريليوني وون", "KRW"),
        ("100 مليار ين", "JPY"),
        ("مليون جنيه إسترليني", "GBP"),
        ("ألف ليرة تركية", "TRY"),
        ("مليار روبل", "RUB"),
        ("150 ألف جنيه سوداني", "SDG"),
    ],
)
def test_currencies(text: str, unit: str) -> None:
    (match,) = found(text)
    assert (match.role, match.category, match.unit) == ("currency", "money", unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("ثلاث بطاريات", "battery"), ("كتيبتين", "battalion"), ("50 طنا", "ton"), ("أربع كتائب", "battalion")],
)
def test_units(text: str, unit: str) -> None:
    (match,) = found(text)
    assert (match.role, match.unit) == ("unit", unit)


def test_generic_words_carry_no_category() -> None:
    assert [(match.role, match.category) for match in found("أسلحة ومعدات عسكرية")] == [("generic", None)] * 2


@pytest.mark.parametrize(("text", "designation"), [("الميج 21", "MiG-21"), ("للإف-16", "F-16"), ("الكورنيت", "Kornet")])
def test_designations_take_the_article(text: str, designation: str) -> None:
    (match,) = found(text)
    assert match.designation == designation
