import pytest

from tasks.domain.arabic.document import read_document
from tasks.domain.arabic.tokens import tokenise
from tasks.domain.entities.clitics import clitic_length, clitics_before, document_forms
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


@pytest.mark.parametrize(("text", "at"), [("صواريخ «كاليبر»", 2), ("الفرقاطة «بالارات»", 2)])
def test_a_quoted_name_begins_with_its_word(text: str, at: int) -> None:
    assert clitics_before(tokenise(text), at, KNOWN) == 0


def test_a_listed_name_is_whole_though_its_rest_is_a_commoner_word() -> None:
    features = FeatureMaker({"يصل": 0, "فيصل": 1, "بغداد": 2}, {"wikidata_given": ["فيصل"], "gazetteer": ["بغداد"]})
    assert clitic_length(tokenise("فيصل")[0], features) == 0
    assert clitic_length(tokenise("ببغداد")[0], features) == 1
