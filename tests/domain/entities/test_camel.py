import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.domain.arabic.document import read_document
from tasks.domain.entities.camel import CamelModelError, CamelTagger, load_camel
from tasks.domain.entities.camel_files import data_folder, find_ner_model
from tasks.domain.entities.features import FeatureMaker
from tests.domain.entities.tiny_bert import write_tiny_bert

MODEL = Path("data") / "ner" / "arabert"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("camel")
    write_tiny_bert(folder / MODEL)
    yield folder


@pytest.fixture(scope="module")
def tagger(installed: Path) -> CamelTagger:
    return load_camel(installed / MODEL, FeatureMaker({}, {}))


def test_the_data_folder_is_the_variable_or_the_home() -> None:
    assert data_folder({"CAMELTOOLS_DATA": "/data/camel"}, Path("/home/a")) == Path("/data/camel")
    assert data_folder({}, Path("/home/a")) == Path("/home/a/.camel_tools")


def test_nothing_installed_says_how_to_install(tmp_path: Path) -> None:
    status = find_ner_model(tmp_path)
    assert not status.is_usable and "camel_data -i ner-arabert" in status.cure


def test_an_installed_model_is_found_without_a_catalogue(installed: Path) -> None:
    status = find_ner_model(installed)
    assert status.is_usable and status.path == installed / MODEL and not status.problem


def test_the_catalogue_says_where_the_model_lies(tmp_path: Path) -> None:
    write_tiny_bert(tmp_path / "data" / "ner" / "other")
    datasets = {"default": "other", "datasets": {"other": {"path": "ner/other"}}}
    catalogue = {"components": {"NamedEntityRecognition": datasets}}
    (tmp_path / "catalogue.json").write_text(json.dumps(catalogue), encoding="utf-8")
    assert find_ner_model(tmp_path).path == tmp_path / "data" / "ner" / "other"


@pytest.mark.parametrize("content", ["<html>403 Forbidden</html>", "[]", "", "{}"])
def test_a_poisoned_catalogue_is_reported_and_harms_nothing(tmp_path: Path, content: str) -> None:
    write_tiny_bert(tmp_path / MODEL)
    (tmp_path / "catalogue.json").write_text(content, encoding="utf-8")
    status = find_ner_model(tmp_path)
    assert status.is_usable and "catalogue.json" in status.problem and "delete" in status.cure


def test_half_an_installation_is_no_model(tmp_path: Path) -> None:
    write_tiny_bert(tmp_path / MODEL)
    (tmp_path / MODEL / "pytorch_model.bin").unlink()
    status = find_ner_model(tmp_path)
    assert not status.is_usable and "pytorch_model.bin" in status.problem


def test_looking_for_models_imports_no_downloader(tmp_path: Path) -> None:
    """camel_tools.data writes into the home folder and downloads when it is imported: a read-only home must do."""
    code = (
        "import sys; from pathlib import Path; from tasks.domain.entities.tagger import models_status;"
        "print(models_status(Path(sys.argv[1])));"
        "sys.exit(any(n in sys.modules for n in ('camel_tools.data', 'torch', 'transformers')))"
    )
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    environment = {**os.environ, "HOME": str(home), "CAMELTOOLS_DATA": str(tmp_path / "none")}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "none")], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert list(home.iterdir()) == []


def test_every_word_gets_one_label(tagger: CamelTagger) -> None:
    sentences = [["قال", "\u200f", "", "َ", "بوتين", "😀", "."], [], ["ا" * 900], ["كلمة"] * 700]
    found = tagger.tag_words(sentences)
    assert [len(tags) for tags in found] == [len(words) for words in sentences]
    assert all(share is None or 0 < share <= 1 for tags in found for _, share in tags)


def test_padding_changes_no_label(tagger: CamelTagger) -> None:
    short, long = ["وزير", "الدفاع"], ["وصل", "وفد", "عسكري", "إلى", "المدينة", "صباحا", "."]
    together = tagger.tag_words([short, long])
    alone = [tagger.tag_words([short])[0], tagger.tag_words([long])[0]]
    assert [[label for label, _ in tags] for tags in together] == [[label for label, _ in tags] for tags in alone]


def test_marks_do_not_change_what_the_model_reads(tagger: CamelTagger) -> None:
    plain, marked = tagger.tag_words([["محمد"], ["مُحَمَّد"]])
    assert plain == marked


def test_mentions_slice_the_text_and_name_their_backend(tagger: CamelTagger) -> None:
    text = "وصل الوزير إلى موسكو أمس. وقال إن الاتفاق قريب."
    mentions = tagger.tag(read_document(text))
    assert all(text[m.start : m.end] == m.text and m.backend == "camel" and m.score is not None for m in mentions)
    assert len(tagger.version) == 12


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    write_tiny_bert(tmp_path / MODEL)
    (tmp_path / MODEL / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(CamelModelError, match="arabert"):
        load_camel(tmp_path / MODEL, FeatureMaker({}, {}))
