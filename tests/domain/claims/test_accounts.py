"""The same claim on other words of a sentence is told twice only where another source gives it another status."""

from __future__ import annotations

from tasks.domain.claims.details import complete_all
from tests.domain.claims.sentences import frame_at, scenes_of
from warehouse.records import Claim


def claims(text: str, trigger: str, other: str) -> list[Claim]:
    scenes = scenes_of(text)
    frame, scene = frame_at(scenes, trigger)
    again, _ = frame_at(scenes, other)
    return complete_all([frame], scene, scenes, [again])


def test_two_sources_two_statuses() -> None:
    text = "قالت موسكو إنها سلمت سوريا مدافع، بينما أعلنت دمشق أنها ستتسلم دبابات روسية العام المقبل."
    found = claims(text, "سلمت", "ستتسلم")
    told = [(c.status, c.attribution and c.attribution.country) for c in found]
    assert told == [("occurred", "RUS"), ("planned", "SYR")]


def test_one_source_or_one_status_is_one_claim() -> None:
    same = "قالت موسكو إنها سلمت سوريا مدافع، وإنها ستسلم دبابات العام المقبل."
    assert [c.status for c in claims(same, "سلمت", "ستسلم")] == ["occurred"]
    twice = "قالت موسكو إنها سلمت سوريا مدافع، وقالت دمشق إنها تسلمت مدافع من روسيا."
    assert [c.status for c in claims(twice, "سلمت", "تسلمت")] == ["occurred"]
