"""Where a frame is judged when its trigger stands elsewhere."""

from __future__ import annotations

from dataclasses import replace

from tasks.domain.claims.attribution import attribute, find_reports
from tasks.domain.claims.focus import focused
from tests.domain.claims.sentences import frame_at, scenes_of

TWO_CLAUSES = "لم تعلن المسيرات رسميا، لكن وسائل إعلام تركية قالت إن الرياض ستحصل على طائرات تركية."


def test_a_thing_in_a_clause_without_its_actors_yields_to_the_one_beside_them() -> None:
    scenes = scenes_of(TWO_CLAUSES)
    frame, scene = frame_at(scenes, "المسيرات", actors=("TUR", "SAU"))
    riyadh = next(i for i, token in enumerate(scene.tokens) if token.text == "الرياض")
    theme = replace(frame, rule_id="arms_transfer:equipment:theme", parties=((riyadh, riyadh),))
    moved = focused(theme, scene, find_reports(scenes)[0])
    assert scene.tokens[moved.trigger[0]].text == "طائرات"
    assert focused(moved, scene, find_reports(scenes)[0]) == moved
    source = attribute(theme, scene, scenes).attribution
    assert source is not None
    assert (source.country, source.type) == ("TUR", "media")


def test_a_verb_stays_where_it_is() -> None:
    scenes = scenes_of(TWO_CLAUSES)
    frame, scene = frame_at(scenes, "المسيرات", actors=("TUR", "SAU"))
    assert focused(frame, scene, find_reports(scenes)[0]) == frame


def test_a_trigger_in_the_name_of_the_source_moves_to_what_he_says() -> None:
    scenes = scenes_of("أعلن المستشار العسكري أن روسيا سترسل دبابات إلى سوريا.")
    frame, scene = frame_at(scenes, "المستشار", kind="deployment")
    moved = focused(frame, scene, find_reports(scenes)[0])
    assert scene.tokens[moved.trigger[0]].text == "دبابات"
