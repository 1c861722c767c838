"""What moves: numbers bound to things."""

from __future__ import annotations

import pytest

from tasks.domain.claims.items import items_of
from tests.domain.claims.sentences import frame_at, scenes_of
from warehouse.records import Item, Kind


def items(text: str, trigger: str, kind: Kind = "arms_transfer") -> tuple[Item, ...]:
    scenes = scenes_of(text)
    frame, scene = frame_at(scenes, trigger, kind)
    return items_of(frame, scene, scenes)


def figures(text: str, trigger: str, kind: Kind = "arms_transfer") -> list[tuple[str, float | None, float | None]]:
    return [(item.category, item.low, item.high) for item in items(text, trigger, kind)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("تسلمت سوريا 30 مقاتلة من طراز سوخوي-35.", [("aircraft", 30, 30)]),
        ("تسلمت سوريا أكثر من ألف صاروخ موجه.", [("missile", 1000, None)]),
        ("تسلمت سوريا بخمس طائرات مسيرة شحنة كاملة.", [("uav", 5, 5)]),
        ("تسلمت سوريا دبابتين ومدفعين.", [("tank", 2, 2), ("artillery", 2, 2)]),
        ("تسلمت سوريا بطاريتين من منظومة إس-400.", [("air_defence", 2, 2)]),
        ("تسلمت سوريا منظومة إس-400.", [("air_defence", None, None)]),
    ],
)
def test_a_number_and_its_thing(text: str, expected: list[tuple[str, float | None, float | None]]) -> None:
    found = figures(text, "تسلمت")
    assert [item for item in expected if item not in found] == []


def test_a_designation_joins_its_noun() -> None:
    (item,) = items("تسلمت سوريا 30 مقاتلة جديدة من طراز رافال.", "تسلمت")
    assert (item.category, item.designation, item.low) == ("aircraft", "Rafale", 30)


def test_a_calibre_is_no_quantity() -> None:
    (item,) = items("تسلمت سوريا نصف مليون قذيفة عيار 155 ملم.", "تسلمت")
    assert (item.category, item.calibre_mm, item.low, item.high) == ("ammunition", 155, 500_000, 500_000)


def test_money_carries_its_currency_and_bounds() -> None:
    found = items("اشترت سوريا دبابات بقيمة نحو 3.5 مليار دولار.", "اشترت")
    money = next(item for item in found if item.category == "money")
    assert (money.low, money.qualifier, money.unit) == (3.5e9, "about", "USD")
    money = items("تلقت سوريا مساعدات تزيد قيمتها على 400 مليون يورو.", "تلقت", "military_aid")[0]
    assert (money.low, money.high, money.qualifier, money.unit) == (4e8, None, "more_than", "EUR")


def test_the_noun_may_be_left_out_the_second_time() -> None:
    text = "ترسل روسيا خمسة آلاف جندي إلى سوريا وخمسة آلاف آخرين إلى ليبيا."
    assert figures(text, "ترسل", "deployment") == [("personnel", 5000, 5000), ("personnel", 5000, 5000)]


def test_a_count_behind_its_noun() -> None:
    text = "غادر الجنود الروس سوريا، وعددهم 1500، أمس."
    assert ("personnel", 1500, 1500) in figures(text, "غادر", "deployment")


def test_kinds_take_only_their_own_categories() -> None:
    text = "اتفقت روسيا وسوريا على نشر 200 جندي مقابل 30 مليون دولار."
    assert figures(text, "نشر", "deployment") == [("personnel", 200, 200)]
    assert figures(text, "اتفقت", "agreement") == []


def test_people_without_a_figure_are_no_item() -> None:
    assert items("أرسلت روسيا جنودا إلى سوريا.", "أرسلت", "deployment") == ()


def test_a_ship_is_one_and_a_transport_is_its_load() -> None:
    assert figures("رست فرقاطة روسية في طرطوس.", "رست", "deployment") == [("ship", 1, 1)]
    text = "هبطت ست طائرات شحن محملة بالسلاح في دمشق."
    assert ("cargo", 6, 6) in figures(text, "هبطت")


def test_what_it_came_on_is_not_what_came() -> None:
    found = figures("تسلمت سوريا خوذات وسترات واقية على متن طائرة روسية.", "تسلمت")
    assert "aircraft" not in [category for category, _, _ in found]


def test_another_clause_has_items_of_its_own() -> None:
    text = "تسلمت سوريا عشرة مدافع، فيما تسلمت مصر عشرين دبابة."
    assert figures(text, "تسلمت") == [("artillery", 10, 10)]


def test_a_dual_and_a_figure_with_to_between_are_one_range() -> None:
    scenes = scenes_of("سلمت روسيا سوريا كتيبتين إلى أربع كتائب من منظومة إس-300.")
    frame, scene = frame_at(scenes, "سلمت")
    (item,) = items_of(frame, scene, scenes)
    assert (item.category, item.low, item.high, item.qualifier) == ("air_defence", 2, 4, "range")


def test_dozens_behind_and_are_counted() -> None:
    scenes = scenes_of("زودت روسيا سوريا بأربع مقاتلات وعشرات الدبابات.")
    frame, scene = frame_at(scenes, "زودت")
    assert [(i.category, i.low) for i in items_of(frame, scene, scenes)] == [("aircraft", 4), ("tank", 10)]
