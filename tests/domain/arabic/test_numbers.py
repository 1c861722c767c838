import pytest

from tasks.domain.arabic.numbers import classify_numbers, find_numbers
from tasks.domain.arabic.tokens import tokenise

DUALS = ("طائرتين", "دبابتان")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3 ملايين طلقة", 3e6),
        ("ثلاثة ملايين طلقة", 3e6),
        ("ثلاثة ملايين ونصف المليون", 3.5e6),
        ("مليون ونصف المليون قذيفة", 1.5e6),
        ("مليار ونصف مليار دولار", 1.5e9),
        ("نصف مليون طلقة", 5e5),
        ("ثلاثة أرباع المليون", 7.5e5),
        ("مليونا طلقة", 2e6),
        ("مليوني قذيفة", 2e6),
        ("ألفا جندي", 2000),
        ("ألفي جندي", 2000),
        ("خمسة عشر ألفا من المقاتلين", 15000),
        ("مئتا ألف", 2e5),
        ("أحد عشر جنديا", 11),
        ("اثنتي عشرة مقاتلة", 12),
        ("خمسة وعشرين مدربا", 25),
        ("مائة وخمسون صاروخا", 150),
        ("ثلاثمائة وخمسين ألف طلقة", 350_000),
        ("تسعمئة وتسعة وتسعون", 999),
        ("ثلاث مئة", 300),
        ("ألف وخمسمئة عنصر", 1500),
        ("ثمانية آلاف وأربعمئة", 8400),
        ("مليون ومئتي ألف قذيفة", 1_200_000),
        ("مليار و200 مليون دولار", 1.2e9),
        ("1,500 جندي", 1500),
        ("3.500 جندي", 3500),
        ("3.750 مليار يورو", 3.75e9),
        ("35 000 طلقة", 35000),
        ("٣٫٥ ملايين قذيفة", 3.5e6),
        ("٦٧٠٠ حاوية", 6700),
        ("طائرتين", 2),
        ("ودبابتان", 2),
        ("طائرة واحدة", 1),
        ("الطائرات الست", 6),
        ("وعشرين دبابة", 20),
        ("ألفًا و659 إصابة", 1659),
        ("بخمس طائرات", 5),
        ("لثلاثة ألوية", 3),
        ("ثلاثا من المسيرات", 3),
        ("سبعة ملايير دولار", 7e9),
    ],
)
def test_exact_numbers(text: str, value: float) -> None:
    (number,) = find_numbers(tokenise(text), DUALS)
    assert (number.low, number.high, number.qualifier) == (value, value, None)


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier", "span"),
    [
        ("أكثر من 3 ملايين طلقة", 3e6, None, "more_than", "أكثر من 3 ملايين"),
        ("وبأكثر من مئة", 100, None, "more_than", "أكثر من مئة"),
        ("ما يزيد على 10 آلاف", 10000, None, "more_than", "ما يزيد على 10 آلاف"),
        ("نحو خمسين مدربا", 50, 50, "about", "نحو خمسين"),
        ("بنحو ملياري دولار", 2e9, 2e9, "about", "نحو ملياري"),
        ("ما لا يقل عن 3500 مقاتل", 3500, None, "at_least", "ما لا يقل عن 3500"),
        ("14 طائرة على الأقل", 14, None, "at_least", "14"),
        ("ما يصل إلى 300 صاروخ", None, 300, "up_to", "ما يصل إلى 300"),
        ("حتى 12 زورقا", None, 12, "up_to", "حتى 12"),
        ("لا يتجاوز 40 جنديا", None, 40, "up_to", "لا يتجاوز 40"),
        ("أقل من ألف", None, 1000, "less_than", "أقل من ألف"),
        ("بين 8 و10 طائرات", 8, 10, "range", "بين 8 و10"),
        ("بما بين 800 و1200", 800, 1200, "range", "ما بين 800 و1200"),
        ("ما بين ثمانية وعشرة جنود", 8, 10, "range", "ما بين ثمانية وعشرة"),
        ("بين 3 و5 مليارات دولار", 3e9, 5e9, "range", "بين 3 و5 مليارات"),
        ("بين مليون ومليونين", 1e6, 2e6, "range", "بين مليون ومليونين"),
        ("من 5 إلى 7 سفن", 5, 7, "range", "من 5 إلى 7"),
        ("5-7 دبابات", 5, 7, "range", "5-7"),
        ("7 أو 8 قوارب", 7, 8, "range", "7 أو 8"),
        ("تزيد قيمتها على 400 مليون دولار", 4e8, None, "more_than", "400 مليون"),
        ("لا يقل عدد جنودها عن ثلاثة آلاف", 3000, None, "at_least", "ثلاثة آلاف"),
        ("لا تتجاوز قيمتها مليونا", None, 2e6, "up_to", "مليونا"),
        ("تناهز قيمتها مليار دولار", 1e9, 1e9, "about", "مليار"),
        ("ما لايقل عن 12 طائرة", 12, None, "at_least", "ما لايقل عن 12"),
        ("وبثمانية محركات على الأكثر", None, 8, "up_to", "ثمانية"),
        ("عشرات المدرعات", 10, None, "at_least", "عشرات"),
        ("مئات الجنود", 100, None, "at_least", "مئات"),
        ("آلاف القذائف", 1000, None, "at_least", "آلاف"),
        ("عشرات الآلاف من الطلقات", 10000, None, "at_least", "عشرات الآلاف"),
    ],
)
def test_bounds(text: str, low: float | None, high: float | None, qualifier: str, span: str) -> None:
    (number,) = find_numbers(tokenise(text))
    assert (number.low, number.high, number.qualifier) == (low, high, qualifier)
    assert text[number.start : number.end] == span


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("عام 2019", "year"),
        ("في نوفمبر 2019", "year"),
        ("بين عامي 2019 و2023", "year"),
        ("يوم 5 تشرين الثاني", "date"),
        ("12.03.2024", None),
        ("12/3/2024", "date"),
        ("الساعة 10:30 صباحا", "time"),
        ("25 في المائة", "percent"),
        ("10% من", "percent"),
        ("40 بالمائة", "percent"),
        ("عيار 152 ملم", "calibre"),
        ("مدى 1400 كيلومتر", "measure"),
        ("لمدة 18 شهرا", "duration"),
        ("اللواء 810", "identifier"),
        ("يومي 19 و20 سبتمبر", "date"),
        ("https://example.org/a/12345 www.example.org/77", None),
    ],
)
def test_numbers_that_count_nothing(text: str, kind: str | None) -> None:
    tokens = tokenise(text)
    assert find_numbers(tokens) == ()
    assert {number.kind for number in classify_numbers(tokens)} == ({kind} if kind else set())


def test_a_change_is_no_range() -> None:
    numbers = find_numbers(tokenise("ارتفع العدد من 30 إلى 54 طائرة"))
    assert [(number.low, number.high) for number in numbers] == [(30, 30), (54, 54)]


def test_two_counts_stay_two() -> None:
    numbers = find_numbers(tokenise("سلمت ثلاث طائرات و20 دبابة وستة زوارق"))
    assert [number.low for number in numbers] == [3, 20, 6]


def test_token_indexes_cover_the_qualifier() -> None:
    tokens = tokenise("أرسلت أكثر من 3 ملايين طلقة")
    (number,) = find_numbers(tokens)
    assert [token.text for token in tokens[number.first : number.last + 1]] == ["أكثر", "من", "3", "ملايين"]


@pytest.mark.parametrize(
    "text",
    [
        "كمية من الأسلحة",
        "وكميّة",
        "الدور السادس عشر",
        "لست أدري",
        "وقال الأربعاء",
        "الثالث من مايو",
        "أحد المسؤولين",
        "في وقت واحد منها",
        "الاثنين",
    ],
)
def test_words_that_are_no_numbers(text: str) -> None:
    assert [n for n in find_numbers(tokenise(text)) if n.low != 1] == []
