import pytest

from tasks.domain.arabic.document import read_document
from tasks.domain.arabic.tokens import tokenise
from tasks.domain.entities.clitics import clitic_length, document_forms
from tasks.domain.entities.features import FeatureMaker

KNOWN = FeatureMaker(
    {word: rank for rank, word in enumerate(["روسيا", "واشنطن", "بوتين", "لبنان", "الصين", "كوريا"])}, {}
)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("وروسيا", "روسيا"),
        ("واشنطن", "واشنطن"),
        ("بوتين", "بوتين"),
        ("لبنان", "لبنان"),
        ("للبنان", "لبنان"),
        ("للصين", "لصين"),
        ("كوريا", "كوريا"),
        ("وبزشكيان", "بزشكيان"),  # no name begins with w and a consonant
        ("وأكار", "أكار"),
        ("ويتكوف", "ويتكوف"),
        ("والإنتربول", "الإنتربول"),
        ("بزشكيان", "بزشكيان"),
    ],
)
def test_the_name_is_found_under_its_clitics(word: str, name: str) -> None:
    token = tokenise(word)[0]
    assert word[clitic_length(token, KNOWN) :] == name


def test_a_name_that_stands_alone_elsewhere_decides() -> None:
    seen = document_forms(read_document("قال ويتكوف ذلك. واتصل بويتكوف."))
    assert clitic_length(tokenise("بويتكوف")[0], KNOWN, seen) == 1
    assert clitic_length(tokenise("بويتكوف")[0], KNOWN) == 0
