"""Sources and statuses that take more than the words beside the trigger."""

from __future__ import annotations

import pytest

from tasks.domain.claims.attribution import attribute
from tasks.domain.claims.details import complete
from tests.domain.claims.sentences import frame_at, scenes_of


@pytest.mark.parametrize(
    ("text", "trigger", "persons", "expected"),
    [
        ("سلمت روسيا سوريا دبابات، كما قال لرويترز مسؤول في وزارة الدفاع السورية.", "سلمت", (), ("SYR", "government")),
        ("في المقابل، أظهرت صور أقمار صناعية دبابات روسية في سوريا.", "دبابات", (), (None, "imagery")),
        ("قال علي بركة، وزير الدفاع السوري، إن روسيا سلمت سوريا دبابات.", "سلمت", ("علي بركة",), ("SYR", "government")),
        ("أعلن وزير الدفاع السوري أن روسيا سلمت سوريا دبابات، وفق مذكرة تفاهم.", "سلمت", (), ("SYR", "government")),
        ("ونفى مصدر سوري نفيا قاطعا أن تكون روسيا سلمت سوريا دبابات.", "سلمت", (), ("SYR", "anonymous")),
    ],
)  # fmt: skip
def test_source(text: str, trigger: str, persons: tuple[str, ...], expected: tuple[str | None, str]) -> None:
    scenes = scenes_of(text, persons)
    source = attribute(*frame_at(scenes, trigger), scenes).attribution
    assert source is not None
    assert (source.country, source.type) == expected


def test_a_treaty_alone_is_no_source() -> None:
    scenes = scenes_of("سلمت روسيا سوريا دبابات وفق مذكرة التفاهم.")
    assert attribute(*frame_at(scenes, "سلمت"), scenes).attribution is None


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("اختارت سوريا شركة روسية لتوريد دبابات في صفقة كبيرة، لكنها تراجعت عن الصفقة.", "لتوريد", "denied"),
        ("نقلت الصحيفة عن ضابط خشيته من أن ترسل روسيا دبابات إلى سوريا.", "ترسل", "possible"),
        ("روسيا ماضية في توريد الدبابات إلى سوريا إذا طلبت ذلك.", "توريد", "planned"),
        ("ليست روسيا سوى مورد دبابات لسوريا.", "مورد", "occurred"),
        ("نفت موسكو على لسان المتحدث باسمها توريد دبابات إلى سوريا.", "توريد", "denied"),
    ],
)
def test_status(text: str, trigger: str, expected: str) -> None:
    scenes = scenes_of(text)
    frame, scene = frame_at(scenes, trigger)
    assert complete(frame, scene, scenes).status == expected
