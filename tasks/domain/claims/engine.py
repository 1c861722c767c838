"""The claims engine: an article and its entities in, its military-cooperation claims out.

Stages, each a module of this package: triggers → actors → anchors → frames → attribution, status, items, times →
dedupe. Pure and deterministic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib import resources

from tasks.domain.arabic.document import Document, Sentence
from tasks.domain.arabic.tokens import Token, tokenise
from tasks.domain.claims.actors import Party, find_parties
from tasks.domain.claims.anchors import Anchor, bare_anchor, find_anchors
from tasks.domain.claims.calibration import calibrated
from tasks.domain.claims.context import Frame, Lexicons, Scene
from tasks.domain.claims.dedupe import without_repeats
from tasks.domain.claims.details import complete_all
from tasks.domain.claims.features import View, read_view
from tasks.domain.claims.frames import LEAST, Candidate, propose, said_again, score, select
from tasks.domain.claims.model import Model, packaged_model
from tasks.domain.claims.net import Net, Verdict, packaged_bytes
from tasks.domain.claims.net_input import mark
from tasks.domain.claims.ranking import rerank
from tasks.domain.claims.triggers import DATA, triggers
from warehouse.records import Claim, Mention

RULES_VERSION = "4"  # to be raised with every change of the code that changes what is found
REMEMBERED = 4
GATE = 0.65


@cache
def engine_version() -> str:
    """Names the rules, and the content of the model and the word lists that they go by."""
    files = sorted(resources.files(DATA).iterdir(), key=lambda file: file.name)
    content = [file.read_bytes() for file in files if file.name.endswith((".toml", ".json"))]
    return f"claims-{RULES_VERSION}.{sha256(b''.join([*content, packaged_bytes()])).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as the frame stage sees it: `parties` includes the remembered ones, which are not in the sentence."""

    view: View
    parties: tuple[Party, ...]


def extract_claims(
    document: Document, mentions: Sequence[Mention], lexicons: Lexicons | None = None
) -> tuple[Claim, ...]:
    """Return the claims of the article in the order of the text; `mentions` are its entities, whoever tagged them.

    Without `lexicons` the packaged ones are used.
    """
    return extract_with(packaged_model(), document, mentions, lexicons)


def extract_with(
    model: Model, document: Document, mentions: Sequence[Mention], lexicons: Lexicons | None = None
) -> tuple[Claim, ...]:
    """The same with a model of one's own."""
    scenes = read_scenes(document, mentions, lexicons)
    readings = read_document_views(document, scenes)
    return with_confidence(claims_of(readings, scenes, ranked(readings, model), model.threshold), model)


def with_confidence(claims: Iterable[Claim], model: Model) -> tuple[Claim, ...]:
    """The claims with the share of right ones among their like instead of the model's own score."""
    return tuple(replace(c, confidence=calibrated(model.calibration, c.confidence or 0.0)) for c in claims)


def ranked(readings: Sequence[Reading], model: Model) -> list[list[Candidate]]:
    """The candidates of every sentence with their final probabilities, the likeliest first."""
    return reranked(candidates_of(readings, model, verdicts_of(readings, model.reader)), model)


def reranked(scored: list[list[Candidate]], model: Model) -> list[list[Candidate]]:
    """The candidates with final instead of first probabilities."""
    return rerank(scored, model.ranking) if model.ranking else scored


def verdicts_of(readings: Sequence[Reading], net: Net) -> list[Verdict | None]:
    """What the network says of each sentence; it does not read those in which nobody could do anything."""
    worth = [bool(reading.parties and reading.view.anchors) for reading in readings]
    verdicts = iter(
        net.read([mark(r.view, r.parties) for r, is_worth in zip(readings, worth, strict=True) if is_worth])
    )
    return [next(verdicts) if is_worth else None for is_worth in worth]


def candidates_of(
    readings: Sequence[Reading], model: Model, verdicts: Sequence[Verdict | None], least: float = LEAST
) -> list[list[Candidate]]:
    """The candidates of every sentence with their first probabilities, the likeliest first."""
    return [
        score(r.view, list(propose(r.view, r.parties, model, verdict, least)), model, verdict) if verdict else []
        for r, verdict in zip(readings, verdicts, strict=True)
    ]


def claims_of(
    readings: Sequence[Reading], scenes: Sequence[Scene], scored: Sequence[list[Candidate]], threshold: float
) -> tuple[Claim, ...]:
    """From scored candidates, one list per sentence, to the claims of the article.

    An article in which nothing is likely is taken to have no claim at all: stray hits are how false alarms look.
    """
    claims: list[Claim] = []
    if max((c.score for candidates in scored for c in candidates), default=0.0) < GATE:
        return ()
    for reading, candidates in zip(readings, scored, strict=True):
        chosen = select(candidates, threshold)
        frames, again = (tuple(find_frames(reading, some)) for some in (chosen, said_again(chosen)))
        claims += complete_all(frames, reading.view.scene, scenes, again)
    return without_repeats(claims)


def read_scenes(document: Document, mentions: Sequence[Mention], lexicons: Lexicons | None = None) -> tuple[Scene, ...]:
    known = lexicons or Lexicons()
    return tuple(_scene(document, sentence, mentions, known) for sentence in document.sentences)


def _scene(document: Document, sentence: Sentence, mentions: Sequence[Mention], lexicons: Lexicons) -> Scene:
    tokens = sentence.tokens
    inside = tuple(m for m in mentions if m.start < sentence.end and m.end > sentence.start)
    actors, equipment = lexicons.actors.match(tokens), lexicons.equipment.match(tokens)
    return Scene(document, sentence, tokens, actors, equipment, inside, lexicons)


def read_document_views(document: Document, scenes: Sequence[Scene]) -> tuple[Reading, ...]:
    """Find triggers, parties and anchors of every sentence, with what is remembered from the ones before."""
    title = _title_ids(document.title, scenes[0].lexicons) if scenes else ()
    counts = Counter(m.entry_id for s in scenes for m in s.actors if m.entry_id and m.role != "media")
    memory: list[str] = []
    previous: frozenset[str] = frozenset()
    out = []
    for scene in scenes:
        reading = _read(scene, memory, title, previous, counts)
        named = [i for p in reversed(reading.view.parties) if p.kind == "named" for i in p.ids]
        if named:
            memory = list(dict.fromkeys([*named, *memory]))[:8]
            previous = frozenset(named)
        out.append(reading)
    return tuple(out)


def _read(
    scene: Scene, memory: Sequence[str], title: Sequence[str], previous: frozenset[str], counts: Counter[str]
) -> Reading:
    found = triggers().find(scene.tokens)
    recalled = list(dict.fromkeys([*memory[:3], *title, *memory[3:]]))
    parties = find_parties(scene, found, recalled, next((actor for actor, _ in counts.most_common(1)), None))
    anchors = find_anchors(scene, found) or _bare_anchors(parties)
    view = read_view(scene, found, parties, anchors, frozenset(title), previous, counts)
    here = {i for p in parties for i in p.ids}
    absent = [i for i in recalled if i not in here][:REMEMBERED]
    context = (Party((i,), "context", -1, -1, -1, kind="context", group=-1 - n) for n, i in enumerate(absent))
    return Reading(view, (*parties, *context))


def _bare_anchors(parties: Sequence[Party]) -> tuple[Anchor, ...]:
    return tuple(bare_anchor(party.first) for party in parties[:1])


def _title_ids(title: str, lexicons: Lexicons) -> tuple[str, ...]:
    tokens: tuple[Token, ...] = tokenise(title)
    matches = lexicons.actors.match(tokens)
    return tuple(dict.fromkeys(m.entry_id for m in matches if m.entry_id and m.role != "media"))


def find_frames(reading: Reading, chosen: Iterable[Candidate]) -> Iterator[Frame]:
    """The chosen candidates of a sentence as frames, in the order of the text."""
    view = reading.view
    sentence = view.scene.sentence
    for c in sorted(chosen, key=lambda c: (c.anchor.first, c.kind)):
        clause = view.clauses[c.anchor.first]
        inside = [i for i, number in enumerate(view.clauses) if number == clause]
        parties = tuple((p.phrase, p.last) for p in (c.left, c.right) if p and p.first >= 0)
        yield Frame(
            c.kind, c.supplier, c.recipient, c.participants, inside[0], inside[-1], (c.anchor.first, c.anchor.last),
            f"{c.kind}:{c.anchor.name}:{c.anchor.form}", (sentence.start, sentence.end), score=c.score, parties=parties,
        )  # fmt: skip
