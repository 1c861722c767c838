"""Whether the words around a form allow one of its meanings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tasks.domain.arabic.tokens import Token, readings
from tasks.domain.lexicon.records import Rule
from tasks.domain.lexicon.spelling import atoms


def holds(rule: Rule, tokens: Sequence[Token], first: int, last: int, proclitic: str) -> bool:
    """Try a rule on the form that fills tokens `first` to `last`."""
    before, after = _neighbour(tokens, first, -1), _neighbour(tokens, last, 1)
    if rule.not_before & before or rule.not_after & after:
        return False
    if rule.not_sentence and _any_of(rule.not_sentence, tokens):
        return False
    return not rule.has_evidence or _has_evidence(rule, tokens, (first, last), proclitic, before, after)


def _has_evidence(
    rule: Rule,
    tokens: Sequence[Token],
    span: tuple[int, int],
    proclitic: str,
    before: frozenset[str],
    after: frozenset[str],
) -> bool:
    return bool(
        rule.before & before
        or rule.after & after
        or (proclitic and rule.proclitic & {*proclitic})
        or any(mark in tokens[i].text for mark in rule.surface for i in range(span[0], span[1] + 1))
        or (rule.sentence and _any_of(rule.sentence, tokens))
    )


def _neighbour(tokens: Sequence[Token], at: int, step: int) -> frozenset[str]:
    """Every reading of the next token in one direction, quotation marks passed over."""
    at += step
    while 0 <= at < len(tokens) and tokens[at].text in '«»"“”':
        at += step
    return _words(tokens[at]) if 0 <= at < len(tokens) else frozenset()


def _words(token: Token) -> frozenset[str]:
    return _spelled(token.text, token.norm, token.is_word)


@lru_cache(maxsize=65536)
def _spelled(text: str, norm: str, is_word: bool) -> frozenset[str]:
    """Every reading of a word; "#" stands for any number."""
    token = Token(0, len(text), text, norm, is_word)
    words = (" ".join(atoms(reading.rest)) for reading in readings(token))
    return frozenset((*words, "#") if token.is_number else words)


def _any_of(words: frozenset[str], tokens: Sequence[Token]) -> bool:
    return any(not words.isdisjoint(_words(token)) for token in tokens if token.is_word)
