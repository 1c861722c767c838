"""Candidates are what the network holds for possible, on every word that could carry it."""

from __future__ import annotations

import numpy as np

from tasks.domain.arabic.document import read_document
from tasks.domain.claims.engine import Reading, read_document_views, read_scenes
from tasks.domain.claims.frames import Candidate, propose
from tasks.domain.claims.linear import Linear
from tasks.domain.claims.model import ROLES, Model
from tasks.domain.claims.net import KINDS, Verdict

MODEL = Model({role: Linear({}) for role in ROLES}, Linear({}), 0.3)


def read(text: str) -> Reading:
    document = read_document(text)
    return read_document_views(document, read_scenes(document, ()))[0]


def verdict(actors: tuple[str | None, ...], *likely: tuple[int, int, int]) -> Verdict:
    logits = np.full((len(actors), len(actors), 2 * len(KINDS)), -9.0, np.float32)
    for cell in likely:
        logits[cell] = 1.0
    return Verdict(actors, logits)


def candidates(text: str, said: Verdict) -> list[Candidate]:
    reading = read(text)
    return list(propose(reading.view, reading.parties, MODEL, said))


def test_only_what_is_possible_is_proposed_whatever_the_words() -> None:
    text = "سلمت روسيا سوريا مدافع."
    arms = KINDS.index("arms_transfer")
    (one,) = candidates(text, verdict((None, "RUS", "SYR"), (1, 2, arms)))
    assert (one.kind, one.supplier, one.recipient) == ("arms_transfer", "RUS", "SYR")
    (nobody,) = candidates(text, verdict((None, "RUS", "SYR"), (0, 2, arms)))
    assert (nobody.supplier, nobody.recipient) == (None, "SYR")
    assert candidates(text, verdict((None, "RUS", "SYR"))) == []
    assert candidates(text, verdict((None, "RUS", "SYR"), (1, 2, KINDS.index("agreement")))) == []


def test_coordinated_actors_act_together() -> None:
    text = "بدأت روسيا والصين مناورات بحرية مشتركة مع إيران."
    together = len(KINDS) + KINDS.index("exercise")
    said = verdict((None, "RUS", "CHN", "IRN"), (1, 2, together), (1, 3, together), (2, 3, together))
    found = {c.participants for c in candidates(text, said)}
    assert ("CHN", "IRN", "RUS") in found
