"""How certain a claim is: one sentence per sign of certainty."""

from __future__ import annotations

import pytest

from tasks.domain.claims.attribution import attribute
from tasks.domain.claims.status import rule_names, status_of
from tests.domain.claims.sentences import frame_at, scenes_of
from warehouse.records import Kind


def status(text: str, trigger: str, kind: Kind = "arms_transfer") -> tuple[str, str]:
    """Status and the name of the rule of the claim at the trigger."""
    scenes = scenes_of(text)
    frame, scene = frame_at(scenes, trigger, kind)
    found, rule = status_of(frame, scene, attribute(frame, scene, scenes).report)
    assert rule in set(rule_names())
    return found, rule.split(":")[2]


@pytest.mark.parametrize(
    ("text", "trigger", "rule"),
    [
        ("نفت دمشق أنها تسلمت مدافع من روسيا.", "تسلمت", "source"),
        ("رفضت روسيا تزويد سوريا بالمدافع.", "تزويد", "source"),
        ("وقالت موسكو إنها لم تسلم سوريا أي مدافع.", "تسلم", "negation"),
        ("وأكد الوزير أن موسكو لن تسلم سوريا المدافع.", "تسلم", "negation"),
        ("وقال الوزير إن تسليم سوريا مدافع «ليس مطروحا».", "تسليم", "negation"),
        ("ألغت روسيا تسليم سوريا المدافع.", "تسليم", "ended"),
        ("وقال مسؤول إنه لا دليل على أن روسيا سلمت سوريا مدافع.", "سلمت", "words"),
        ("وصف الوزير ما قيل عن تسليم روسيا سوريا مدافع بأنه من نسج الخيال.", "تسليم", "untrue"),
    ],
)
def test_denied(text: str, trigger: str, rule: str) -> None:
    assert status(text, trigger) == ("denied", rule)


def test_a_withdrawal_denies_the_deployment() -> None:
    text = "وغادر آخر جندي فرنسي من القوات التي استضافتها النيجر، بعدما انسحبت من القاعدة."
    assert status(text, "استضافتها", "deployment")[0] == "denied"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("ورجح خبير أن تسلم روسيا سوريا مدافع.", "تسلم"),
        ("ولم يستبعد محللون أن تسلم روسيا سوريا مدافع.", "تسلم"),
        ("وقال محلل إن روسيا قد تسلم سوريا مدافع.", "تسلم"),
        ("وتدرس روسيا تزويد سوريا بالمدافع.", "تزويد"),
        ("وستسلم روسيا سوريا مدافع إذا توفر المال.", "وستسلم"),
        ("وثمة مخاوف من تسليم روسيا سوريا مدافع.", "تسليم"),
        ("هل تسلم روسيا سوريا مدافع؟", "تسلم"),
    ],
)
def test_possible(text: str, trigger: str) -> None:
    assert status(text, trigger)[0] == "possible"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("طلبت سوريا من روسيا شراء مدافع.", "شراء"),
        ("وتسعى سوريا إلى شراء مدافع روسية.", "شراء"),
        ("وتتفاوض سوريا وروسيا على شراء مدافع.", "شراء"),
        ("وعرضت روسيا على سوريا تسليمها مدافع.", "تسليمها"),
        ("وأبدت روسيا استعدادها لبيع سوريا مدافع إذا رغبت في ذلك.", "لبيع"),
    ],
)
def test_sought(text: str, trigger: str) -> None:
    assert status(text, trigger)[0] == "sought"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("وستسلم روسيا سوريا مدافع.", "وستسلم"),
        ("وتعتزم روسيا تسليم سوريا مدافع.", "تسليم"),
        ("وقعت سوريا عقدا لشراء مدافع من روسيا.", "لشراء"),
        ("وافقت روسيا على تزويد سوريا بالمدافع.", "تزويد"),
        ("قررت روسيا، أمس الثلاثاء، تزويد سوريا بالمدافع.", "تزويد"),
        ("تعهدت روسيا بتسليم سوريا مدافع.", "بتسليم"),
        ("ومن المقرر أن تتسلم سوريا المدافع.", "تتسلم"),
    ],
)
def test_planned(text: str, trigger: str) -> None:
    assert status(text, trigger)[0] == "planned"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("سلمت روسيا سوريا مدافع.", "سلمت"),
        ("وكانت سوريا قد تسلمت مدافع من روسيا.", "تسلمت"),
        ("ولا تزال روسيا تسلم سوريا مدافع.", "تسلم"),
        ("سلمت روسيا سوريا ما لا يقل عن عشرة مدافع.", "سلمت"),
        ("سلمت روسيا سوريا مدافع بعد وقف إطلاق النار.", "مدافع"),
        ("أنهت روسيا تسليم سوريا المدافع.", "تسليم"),
        ("واتهمت كييف موسكو بتزويد سوريا بالمدافع.", "بتزويد"),
    ],
)
def test_occurred(text: str, trigger: str) -> None:
    assert status(text, trigger)[0] == "occurred"


def test_a_request_counts_whoever_reports_it() -> None:
    scenes = scenes_of("وبحسب صحيفة نيويورك تايمز، طلبت سوريا من روسيا أن تزودها بالمدافع.")
    frame, scene = frame_at(scenes, "تزودها")
    found = attribute(frame, scene, scenes)
    assert found.attribution is not None and found.attribution.type == "media"
    assert status_of(frame, scene, found.report, found.own_act)[0] == "sought"


def test_talks_are_no_negotiation_of_themselves() -> None:
    assert status("بحث وزيرا الدفاع الروسي والسوري التعاون العسكري.", "بحث", "consultation")[0] == "occurred"


def test_an_agreement_to_do_is_a_plan_but_an_agreement_signed_is_one() -> None:
    assert status("اتفقت روسيا وسوريا على تبادل المعلومات الاستخبارية.", "تبادل", "intelligence")[0] == "planned"
    assert status("وقعت روسيا وسوريا اتفاقية دفاع مشترك.", "اتفاقية", "agreement")[0] == "occurred"
