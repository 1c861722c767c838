from __future__ import annotations

import pytest

from tasks.domain.claims.engine import read_document_views
from tests.domain.claims.sentences import scenes_of


def function(text: str, word: str, actor: str) -> str:
    """The function of an actor towards the verb written `word`."""
    scenes = scenes_of(text)
    view = read_document_views(scenes[0].document, scenes)[0].view
    anchor = next(a for a in view.anchors if view.scene.tokens[a.first].text == word)
    return view.function(anchor, next(p for p in view.parties if p.ids == (actor,)))


@pytest.mark.parametrize(
    ("text", "word", "supplier", "recipient"),
    [
        ("سلمت روسيا سوريا دبابات", "سلمت", "subject", "object"),
        ("روسيا سلمت سوريا دبابات", "سلمت", "subject", "object"),
        ("سلمت روسيا دبابات إلى سوريا", "سلمت", "subject", "to"),
        ("تسلمت سوريا دبابات من روسيا", "تسلمت", "from", "subject"),
        ("قررت روسيا تزويد سوريا بدبابات", "تزويد", "outer", "genitive"),
        ("تزويد روسيا سوريا بدبابات", "تزويد", "subject", "object"),
    ],
)
def test_word_order_gives_the_functions(text: str, word: str, supplier: str, recipient: str) -> None:
    assert function(text, word, "RUS") == supplier
    assert function(text, word, "SYR") == recipient


def test_who_says_it_is_not_the_subject_of_what_is_said() -> None:
    assert function("وسائل إعلام تركية رجحت أن تشتري سوريا دبابات", "تشتري", "SYR") == "subject"
