"""When the cooperation happens, not when it was said."""

from __future__ import annotations

from tasks.domain.claims.attribution import attribute
from tasks.domain.claims.times import is_ahead, is_of_decision, when_of
from tests.domain.claims.sentences import frame_at, scenes_of
from warehouse.records import When


def when(text: str, trigger: str) -> tuple[When | None, bool]:
    scenes = scenes_of(text)
    frame, scene = frame_at(scenes, trigger)
    found = when_of(frame, scene, attribute(frame, scene, scenes).report)
    return found, is_ahead(found, scene)


def test_the_time_of_the_event() -> None:
    found, ahead = when("سلمت روسيا سوريا مدافع في مارس 2023.", "سلمت")
    assert found is not None and (found.start, found.end) == ("2023-03", "2023-03")
    assert not ahead


def test_the_time_of_the_statement_is_left_out() -> None:
    found, _ = when("قال الوزير الروسي أمس الثلاثاء إن بلاده سلمت سوريا مدافع.", "سلمت")
    assert found is None


def test_a_time_to_come() -> None:
    found, ahead = when("تتسلم سوريا المدافع في نوفمبر المقبل.", "تتسلم")
    assert found is not None and found.start == "2024-11"
    assert ahead


def test_the_nearer_of_two_times() -> None:
    text = "سلمت روسيا سوريا مدافع في 2015، ثم دبابات في 2017."
    assert when(text, "سلمت")[0] == When("2015", "2015", "في 2015")


def test_no_time() -> None:
    assert when("سلمت روسيا سوريا مدافع.", "سلمت") == (None, False)


def test_a_time_too_far_away_is_of_something_else() -> None:
    text = (
        "في مارس 2023، وبعد خلاف طويل على الموازنة والضرائب والرواتب، وعلى أسماء الوزراء، وعلى موعد الانتخابات، "
        "سلمت روسيا سوريا مدافع."
    )
    assert when(text, "سلمت")[0] is None


def test_the_day_of_signing_is_not_that_of_delivery() -> None:
    signed, (scene,) = When("2024-05-14", "2024-05-14", "أمس"), scenes_of("وقعت سوريا أمس عقدا لشراء مدافع روسية.")
    assert is_of_decision(signed, "planned", scene)
    assert not is_of_decision(signed, "occurred", scene)
    assert not is_of_decision(When("2019", "2019", "عام 2019"), "planned", scene)
