"""Lexicon and model brought together: what a list knows for certain masks the model, which wins where it sees more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tasks.domain.arabic.tokens import Token, readings
from tasks.domain.entities.heads import is_body, is_office, without_head
from tasks.domain.lexicon import Match
from warehouse.records import Mention

Known = tuple[Match, Mention]
_PLACES = frozenset(("state", "capital"))


def merge(tokens: Sequence[Token], known: Sequence[Known], found: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions of one sentence in order without overlap.

    `known` are lexicon matches with their mentions, `found` the model's mentions.
    """
    found = [_apart_from_places(tokens, known, mention) for mention in found]
    settled = [_settled(match, _bare(tokens, match, mention), _touching(mention, found)) for match, mention in known]
    certain = _apart(mention for mention in settled if mention is not None)
    rest = (mention for mention in found if not _touching(mention, certain))
    return tuple(sorted((*certain, *_apart(rest)), key=lambda mention: mention.start))


def _apart_from_places(tokens: Sequence[Token], known: Sequence[Known], mention: Mention) -> Mention:
    """Take a state or capital off a person: in front behind its office, at the end behind a full name.

    So of "رئيس بوتسوانا موكويتسي ماسيسي" and "فلاديمير بوتين مينسك". Elsewhere such words are names ("جورجيا ميلوني").
    """
    if mention.label != "PERS":
        return mention
    for match, place in known:
        if match.role not in _PLACES or not _contains(mention, place) or _same(mention, place):
            continue
        if place.start == mention.start and match.last + 1 < len(tokens) and _is_behind_office(tokens, match.first):
            start = tokens[match.last + 1].start
            return replace(mention, start=start, text=mention.text[start - mention.start :])
        if place.end == mention.end and match.first and _is_full(mention, place, match):
            end = tokens[match.first - 1].end
            return replace(mention, end=end, text=mention.text[: end - mention.start])
    return mention


def _is_full(mention: Mention, place: Mention, match: Match) -> bool:
    """Say whether a whole name stands before the place, or any name and a preposition."""
    before = mention.text[: place.start - mention.start].split()
    return bool(before) if match.proclitic else len(before) > 1


def _is_behind_office(tokens: Sequence[Token], first: int) -> bool:
    return first > 0 and any(is_office(reading.rest) for reading in readings(tokens[first - 1]))


def unite(models: Sequence[Sequence[Mention]]) -> tuple[Mention, ...]:
    """Join the mentions of several models; where they overlap the earlier model counts."""
    kept: list[Mention] = []
    for mentions in models:
        kept += [mention for mention in mentions if not _touching(mention, kept)]
    return tuple(sorted(kept, key=lambda mention: mention.start))


def _bare(tokens: Sequence[Token], match: Match, mention: Mention) -> Mention:
    """Take the generic head off a name that the lexicon knows with it."""
    first, last = without_head(tokens, match.first, match.last)
    if (first, last) == (match.first, match.last):
        return mention
    start = mention.start if first == match.first else tokens[first].start
    end = mention.end if last == match.last else tokens[last].end
    return replace(mention, start=start, end=end, text=mention.text[start - mention.start : end - mention.start])


def _settled(match: Match, mention: Mention, overlapping: Sequence[Mention]) -> Mention | None:
    """Decide one lexicon match against what the model saw there: keep it, narrow it, or leave it to the model."""
    if not overlapping:
        return mention if _stands_alone(match) else None
    if any(_contains(other, mention) and not _same(other, mention) for other in overlapping):
        return None
    same = next((other for other in overlapping if _same(other, mention)), None)
    if same is not None:
        return replace(mention, label=mention.label if _stands_alone(match) else same.label, score=same.score)
    inner = next((other for other in overlapping if other.label == mention.label and other.end == mention.end), None)
    if inner is not None and _contains(mention, inner):
        return replace(mention, start=inner.start, text=inner.text, score=inner.score)
    return mention


def _stands_alone(match: Match) -> bool:
    """Say whether the words name somebody without the model's word for it: a body of a state only with its state."""
    return not is_body(match.role) or (match.last > match.first and bool(match.entry_id))


def _contains(outer: Mention, inner: Mention) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _same(left: Mention, right: Mention) -> bool:
    return left.start == right.start and left.end == right.end


def _touching(mention: Mention, others: Iterable[Mention]) -> list[Mention]:
    return [other for other in others if other.start < mention.end and mention.start < other.end]


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Keep of mentions that overlap the longer."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda item: (item.start - item.end, item.start)):
        if not _touching(mention, kept):
            kept.append(mention)
    return kept
