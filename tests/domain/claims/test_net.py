"""The network: what it reads of a sentence, and that numpy computes what torch has learned."""

from __future__ import annotations

import random

import numpy as np
import torch

from tasks.domain.arabic.document import read_document
from tasks.domain.claims.engine import Reading, read_document_views, read_scenes
from tasks.domain.claims.net import UNKNOWN, Verdict, load_net
from tasks.domain.claims.net_input import Marked, mark
from training.claims.net import LOWEST, Example, Scorer, Vocabulary, batch_of, dump

TEXT = "أعلنت موسكو أنها سلّمت إيران ثلاث مقاتلات. ونفت طهران ذلك، وقالت إن تركيا «لم تحصل على شيء» من بلاده."


class Keep(random.Random):
    """Drops nothing."""

    def random(self) -> float:
        return 1.0


def _readings() -> tuple[Reading, ...]:
    document = read_document(TEXT)
    return read_document_views(document, read_scenes(document, ()))


def _sentences() -> list[Marked]:
    return [mark(reading.view, reading.parties) for reading in _readings()]


def _example(sentence: Marked) -> Example:
    actors = tuple(dict.fromkeys(actor for actor, _ in sentence.parties))
    none = np.zeros((len(actors), len(actors), 20), np.int8)
    return Example(sentence, actors, none, none, 0)


def _vocabulary(sentences: list[Marked]) -> Vocabulary:
    words = dict.fromkeys(word for sentence in sentences for word in sentence.words[::2] if word)
    names = dict.fromkeys(name for sentence in sentences for place in sentence.names for name in place)
    draw = np.random.default_rng(3)
    vectors = draw.integers(-127, 127, (len(words), 12)).astype(np.int8)
    scale = np.full(len(words), 0.01, np.float16)
    listed = {word: at for at, word in enumerate(words)}
    return Vocabulary(listed, vectors, scale, {name: at for at, name in enumerate(names)})


def test_actors_go_by_role_and_never_by_name() -> None:
    first, second = _sentences()
    assert first.parties[0] == (None, 0)
    assert {actor for actor, _ in first.parties} == {None, "RUS", "IRN"}
    assert {"RUS", "IRN", "TUR"} <= {actor for actor, _ in second.parties}
    place = next(place for actor, place in first.parties if actor == "RUS")
    assert first.words[place] == ""
    assert "act:capital" in first.names[place]


def test_a_remembered_actor_stands_before_the_tokens() -> None:
    second = _sentences()[1]
    remembered = [at for at, names in enumerate(second.names) if "ctx" in names]
    assert remembered
    assert max(remembered) < next(at for at, word in enumerate(second.words) if word)


def test_numpy_says_what_torch_says() -> None:
    torch.manual_seed(5)
    sentences = _sentences()
    vocabulary = _vocabulary(sentences)
    model = Scorer(len(vocabulary.properties), 24)
    examples = [_example(sentence) for sentence in sentences]
    with torch.no_grad():
        for value in model.parameters():
            value.copy_(value.half().float() * 2)
        expected = model.eval()(batch_of(examples, vocabulary, Keep())).numpy()
    found = load_net(dump(model, vocabulary)).read(sentences)
    for verdict, example, rows in zip(found, examples, expected, strict=True):
        size = len(example.actors)
        known = rows[:size, :size] > LOWEST
        assert known.any()
        np.testing.assert_allclose(verdict.logits[known], rows[:size, :size][known], atol=2e-3)


def test_reading_alone_and_together_is_the_same() -> None:
    sentences = _sentences()
    vocabulary = _vocabulary(sentences)
    net = load_net(dump(Scorer(len(vocabulary.properties), 24), vocabulary))
    together = net.read(sentences)
    for sentence, verdict in zip(sentences, together, strict=True):
        np.testing.assert_allclose(net.read([sentence])[0].logits, verdict.logits, atol=1e-4)


def test_a_verdict_knows_roles_and_sets() -> None:
    logits = np.zeros((3, 3, 20), np.float32)
    logits[1, 2, 0], logits[2, 1, 0], logits[1, 2, 13], logits[0, 1, 12] = 1.0, 2.0, 3.0, 4.0
    verdict = Verdict((None, "RUS", "IRN"), logits)
    assert verdict.directed("RUS", "IRN", "arms_transfer") == 1.0
    assert verdict.directed("IRN", "RUS", "arms_transfer") == 2.0
    assert verdict.together(["IRN", "RUS"], "exercise") == 3.0
    assert verdict.together(["RUS"], "agreement") == 4.0
    assert verdict.directed("RUS", "TUR", "arms_transfer") == UNKNOWN
