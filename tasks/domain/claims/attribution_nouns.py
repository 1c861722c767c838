"""Nouns that report ("إعلان واشنطن عزمها", "سارعت إلى نفي وجود"), and sources that are only introduced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from tasks.domain.arabic.tokens import readings
from tasks.domain.claims.attribution_cues import Report, turn_before
from tasks.domain.claims.attribution_lines import Line
from tasks.domain.claims.attribution_memory import Memory
from tasks.domain.claims.attribution_phrases import ARTICLE
from tasks.domain.claims.attribution_speakers import Speaker, read_speaker
from tasks.domain.claims.attribution_subjects import subject_of_sentence
from tasks.domain.claims.attribution_words import complementisers, load_table
from tasks.domain.claims.inflect import noun_forms

MAX_SUBJECT = 10
_GOVERNORS = ("الي", "علي", "في")


@lru_cache(maxsize=1)
def _reporting_nouns() -> Mapping[str, str]:
    nouns: Mapping[str, list[str]] = load_table("reporting")["reporting_nouns"]
    return {form: act for act, listed in nouns.items() for noun in listed for form in noun_forms(noun)}


def noun_report(line: Line, index: int, memory: Memory, own: Speaker | None) -> Report | None:
    """A noun of saying with its source in the genitive: "إعلان واشنطن عزمها"; "على نفيه" points back."""
    act = next((a for word in line.words[index] if (a := _reporting_nouns().get(word))), None)
    if act is None or index + 1 >= len(line.tokens):
        return None
    if any(word.startswith(ARTICLE) and word in _reporting_nouns() for word in line.words[index]):
        return _definite_noun_report(line, index, act, memory, own)
    if act == "accuse" and any(r.proclitic.endswith("ب") for r in readings(line.tokens[index])):
        speaker = subject_of_sentence(line, index, max(0, index - MAX_SUBJECT), memory)
        return Report(index, index, act, False, speaker, index + 1, len(line.tokens) - 1, False, False, "source:noun")
    speaker = read_speaker(line, index + 1)
    total = len(line.tokens) - 1
    if speaker and speaker.type and speaker.is_definite and (speaker.country or speaker.surname or act == "deny"):
        return Report(
            index,
            speaker.last,
            act,
            False,
            memory.resolve(speaker),
            speaker.last + 1,
            total,
            False,
            False,
            "source:noun",
        )
    return _denial_noun(line, index, memory) if act == "deny" else None


def _definite_noun_report(line: Line, index: int, act: str, memory: Memory, own: Speaker | None) -> Report | None:
    """ "اكتفى مسؤول بالتأكيد أن", "سارعت إلى القول إن": the subject of the verb says it; "مكتفيا بالقول" `own`."""
    if not line.is_any(index + 1, complementisers()):
        return None
    is_participle = line.norm(index - 1).startswith("م") and line.norm(index - 1).endswith("ا")
    speaker = own if own and is_participle else subject_of_sentence(line, index, max(0, index - 10), memory)
    return Report(index, index, act, False, speaker, index + 1, len(line.tokens) - 1, False, False, "source:noun")


def _denial_noun(line: Line, index: int, memory: Memory) -> Report | None:
    """ "سارعت وارسو إلى نفي وجود" and "دأبت رواندا على نفيه": the subject of the verb before denies."""
    if line.norm(index - 1) not in _GOVERNORS:
        return None
    speaker = subject_of_sentence(line, index, max(0, index - 8), memory)
    if speaker is None:
        return None
    is_backward = line.norm(index).endswith(("ه", "ها"))
    first, last = (turn_before(line, index), index) if is_backward else (index, len(line.tokens) - 1)
    return Report(index, index, "deny", False, speaker, first, last, is_backward, False, "source:denial-noun")


def introduced(line: Line) -> Iterator[Speaker]:
    """Titled persons and institutions of a sentence whether or not they speak: later sentences point back to them."""
    at = 0
    while at < len(line.tokens):
        noun = line.nouns[at]
        if noun and line.verbs[at] is None:
            speaker = read_speaker(line, at, allows_prefix=True)
            if speaker and (speaker.last > at or speaker.surname):
                yield speaker
                at = speaker.last
        at += 1
