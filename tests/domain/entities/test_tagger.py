import itertools
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.domain.arabic.document import read_document
from tasks.domain.entities.tagger import BackendError, default_tagger, models_status, tagger_for
from tests.domain.entities.tiny_bert import write_tiny_bert

GOLD = Path(__file__).parents[2] / "gold"
ARTICLE = """استقبل وزير الدفاع التركي خلوصي أكار في أنقرة نظيره القطري خالد العطية، وبحثا صفقة مقاتلات إف-16.
وقال أكار إن شركة «بايكار» ستسلم الدوحة ست طائرات مسيرة، ونفت وزارة الدفاع الروسية ذلك.
ونقلت وكالة رويترز عن العطية ترحيبه بالصفقة، وأضاف لأكار أن الجيش القطري سيتدرب في قونية."""


def test_an_article_is_tagged_by_the_conventions() -> None:
    mentions = default_tagger().tag(read_document(ARTICLE))
    told = [(mention.text, mention.label) for mention in mentions]
    for expected in [
        ("خلوصي أكار", "PERS"),
        ("أنقرة", "LOC"),
        ("إف-16", "MISC"),
        ("الدوحة", "LOC"),
        ("وزارة الدفاع الروسية", "ORG"),
        ("رويترز", "ORG"),
    ]:
        assert expected in told
    assert told.count(("أكار", "PERS")) == 2, "a surname follows its full name, also behind a clitic"


def test_mentions_slice_the_text_in_order_and_apart() -> None:
    for path in GOLD.glob("dev-*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines()[:8]:
            text = json.loads(line)["text"]
            mentions = default_tagger().tag(read_document(text))
            assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
            assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))


words = st.sampled_from(
    ["قال", "سيرغي", "لافروف", "و", "في", "موسكو", "«", "»", ".", "\n", "إف-16", "ـ", "َ", "لل", "5", "NATO", "😀"]
)


@settings(deadline=None, max_examples=50)
@given(
    st.one_of(
        st.text(max_size=80), st.lists(words, max_size=40).map(" ".join), st.lists(words, max_size=20).map("".join)
    )
)
def test_no_text_raises(text: str) -> None:
    mentions = default_tagger().tag(read_document(text))
    assert all(text[mention.start : mention.end] == mention.text and mention.text for mention in mentions)


def test_the_same_text_is_tagged_the_same() -> None:
    document = read_document(ARTICLE)
    assert default_tagger().tag(document) == default_tagger().tag(document)


def test_auto_without_a_model_is_the_embedded_tagger(tmp_path: Path) -> None:
    assert tagger_for("auto", tmp_path).name == "embedded"
    assert tagger_for("auto", tmp_path).version == default_tagger().version


@pytest.mark.parametrize("backend", ["camel", "both"])
def test_a_backend_that_is_not_there_says_what_to_do(tmp_path: Path, backend: str) -> None:
    with pytest.raises(BackendError, match="camel_data -i ner-arabert"):
        tagger_for(backend, tmp_path)  # type: ignore[arg-type]


def test_an_installed_model_is_taken_by_itself(tmp_path: Path) -> None:
    write_tiny_bert(tmp_path / "data" / "ner" / "arabert")
    assert tagger_for("auto", tmp_path).name == "camel"
    both = tagger_for("both", tmp_path)
    assert both.name == "camel+embedded" and both.version.count("+") == 2
    text = "قال سيرغي لافروف في موسكو"
    assert {mention.backend for mention in both.tag(read_document(text))} <= {
        "camel",
        "embedded",
        "gazetteer",
        "propagation",
    }


def test_status_names_every_backend(tmp_path: Path) -> None:
    embedded, camel = models_status(tmp_path)
    assert embedded.backend == "embedded" and embedded.is_usable and embedded.path is not None
    assert camel.backend == "camel" and not camel.is_usable and camel.cure


def test_weights_are_small_and_carry_their_licence() -> None:
    folder = models_status(Path())[0].path
    assert folder is not None
    assert folder.stat().st_size <= 8_000_000
    assert "CC-BY-SA-4.0" in (folder.parent / "LICENSE").read_text(encoding="utf-8")
    assert "ANERcorp" in (folder.parent / "README.md").read_text(encoding="utf-8")


def test_the_default_tagger_needs_no_torch() -> None:
    import subprocess

    code = (
        "import sys; from tasks.domain.entities.tagger import default_tagger; default_tagger();"
        "sys.exit('torch' in sys.modules or 'camel_tools.data' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
