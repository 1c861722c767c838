"""What a document says of a name in one place holds in the others: surnames after full names, the same name again."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tasks.domain.arabic.document import Document, Sentence
from tasks.domain.arabic.normalise import fold
from tasks.domain.arabic.tokens import Token, readings, tokenise
from warehouse.records import Label, Mention

Phrase = tuple[str, ...]

BACKEND = "propagation"
# Words this common are words first ("رئيسي" is also "main"): they are taken for names only where the model does.
COMMON_RANK = 1500
# The second half of a compound name is no surname ("صلاح الدين", "عبد الله").
_COMPOUND_ENDS = frozenset(map(fold, ("الله", "الدين", "الرحمن", "الإسلام")))
_MIN_LETTERS = 3


@dataclass(frozen=True, slots=True)
class _Known:
    """What the document told: the label of each phrase, and the phrases by their first word."""

    labels: Mapping[Phrase, Label]
    by_first: Mapping[str, Sequence[Phrase]]


def propagate(document: Document, mentions: Sequence[Mention], rank: Mapping[str, int]) -> tuple[Mention, ...]:
    """Add the mentions that follow from others, and let lone surnames take the label of their full name.

    `rank` orders words by frequency; a common word is not taken for a name by this rule alone.
    """
    spelled = [(_phrase(mention), mention) for mention in mentions]
    surnames = frozenset(_surnames(phrase for phrase, mention in spelled if mention.label == "PERS"))
    settled = [_relabelled(phrase, mention, surnames) for phrase, mention in spelled]
    known = _gather(settled, surnames, rank)
    taken = sorted((mention.start, mention.end) for mention in settled)
    added = [mention for sentence in document.sentences for mention in _found(document, sentence, known, taken)]
    return tuple(sorted((*settled, *added), key=lambda mention: mention.start))


def _phrase(mention: Mention) -> Phrase:
    return tuple(token.norm for token in tokenise(mention.text))


def _surnames(phrases: Iterator[Phrase]) -> Iterator[Phrase]:
    for phrase in phrases:
        if len(phrase) > 1 and len(phrase[-1]) >= _MIN_LETTERS:
            yield phrase[-2:] if phrase[-1] in _COMPOUND_ENDS else phrase[-1:]


def _relabelled(phrase: Phrase, mention: Mention, surnames: frozenset[Phrase]) -> Mention:
    """Correct a model's label of a lone surname; what a lexicon knows stays."""
    if phrase in surnames and mention.label != "PERS" and mention.backend != "gazetteer":
        return replace(mention, label="PERS")
    return mention


def _gather(mentions: Sequence[Mention], surnames: frozenset[Phrase], rank: Mapping[str, int]) -> _Known:
    votes: dict[Phrase, Counter[Label]] = {phrase: Counter({"PERS": 1}) for phrase in surnames}
    for mention in mentions:
        votes.setdefault(_phrase(mention), Counter())[mention.label] += 1
    labels = {phrase: votes[phrase].most_common(1)[0][0] for phrase in votes if _is_name(phrase, rank)}
    by_first: dict[str, list[Phrase]] = {}
    for phrase in sorted(labels, key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append(phrase)
    return _Known(labels, by_first)


def _is_name(phrase: Phrase, rank: Mapping[str, int]) -> bool:
    if not phrase or len(phrase) > 1:
        return bool(phrase)
    word = phrase[0]
    return len(word) >= _MIN_LETTERS and not word[0].isdigit() and rank.get(word, COMMON_RANK) >= COMMON_RANK


def _found(
    document: Document, sentence: Sentence, known: _Known, taken: Sequence[tuple[int, int]]
) -> Iterator[Mention]:
    tokens = sentence.tokens
    busy = [any(start < token.end and token.start < end for start, end in _near(taken, token)) for token in tokens]
    at = 0
    while at < len(tokens):
        match = None if busy[at] else _match(tokens, at, known, busy)
        if match is None:
            at += 1
            continue
        phrase, skip = match
        last = tokens[at + len(phrase) - 1]
        start = tokens[at].start + skip
        yield Mention(start, last.end, document.text[start : last.end], known.labels[phrase], backend=BACKEND)
        at += len(phrase)


def _near(taken: Sequence[tuple[int, int]], token: Token) -> Iterator[tuple[int, int]]:
    """Look at the last span that begins before the token ends: spans are in order and apart."""
    before = bisect_left(taken, (token.end, 0))
    if before:
        yield taken[before - 1]


def _match(tokens: Sequence[Token], at: int, known: _Known, busy: Sequence[bool]) -> tuple[Phrase, int] | None:
    for reading in readings(tokens[at]):
        for phrase in known.by_first.get(reading.rest, ()):
            end = at + len(phrase)
            rest = tuple(token.norm for token in tokens[at + 1 : end])
            if rest == phrase[1:] and end <= len(tokens) and not any(busy[at:end]):
                return phrase, reading.skip
    return None
