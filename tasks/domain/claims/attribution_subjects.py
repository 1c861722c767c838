"""The subject of a reporting verb: after it, before it, behind it through another, or whoever spoke last."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from tasks.domain.arabic.normalise import fold
from tasks.domain.claims.attribution_lines import COMMAS, OPENERS, Line, clause_start, word_set
from tasks.domain.claims.attribution_memory import Memory
from tasks.domain.claims.attribution_phrases import ARTICLE, addresses_media, phrase_end
from tasks.domain.claims.attribution_speakers import Speaker, read_speaker, speaker_of, unknown_speaker
from tasks.domain.claims.attribution_words import VerbForm, anonymous_words, complementisers, load_table

MAX_SUBJECT = 20
MAX_INSERTION = 12
MAX_NAME = 6
_RELATIVES = frozenset(fold(word) for word in ("الذي", "التي", "الذين", "اللذان", "اللذين"))


@lru_cache(maxsize=64)
def _words(key: str) -> frozenset[str]:
    return frozenset(fold(word) for word in load_table("reporting")[key])


def source_of_verb(
    line: Line, index: int, form: VerbForm, own: Speaker | None, memory: Memory
) -> tuple[Speaker | None, str]:
    """The source of the verb at `index` and the rule that found it; `own` spoke before in the same sentence."""
    if form.act == "relay" and (relayed := _relayed(line, index, form.via)):
        return memory.resolve(relayed), "source:relayed"
    if (adjacent := _adjacent_subject(line, index)) is not None:
        return memory.resolve(adjacent), "source:subject-verb"
    if not _is_plural(line, index, form) and (after := _source_after(line, index, form)) is not None:
        return memory.resolve(after), "source:verb-subject"
    if (before := _source_before(line, index)) is not None:
        return memory.resolve(before), "source:subject-verb"
    if (stranger := _stranger_before(line, index)) is not None:
        return stranger, "source:subject-verb"
    if own is None and index > 4:
        return subject_of_sentence(line, index, 0, memory), "source:same-speaker"
    return own or memory.last, "source:same-speaker"


def _is_plural(line: Line, index: int, form: VerbForm) -> bool:
    """A verb in the plural has its subject before it ("كما يقولون")."""
    return line.norm(index).endswith("ون" if form.tense == "present" else "وا")


def _adjacent_subject(line: Line, index: int) -> Speaker | None:
    """A person or state that fills its clause right up to the verb ("أن فلانا أبلغ") is the subject, come what may."""
    if line.norm(index)[:1] == "و" or not (index - 1 in line.persons or index - 1 in line.actors):
        return None
    speaker = _subject_until(line, index)
    is_subject = speaker is not None and not _is_oblique(line, speaker.first)
    return speaker if speaker and is_subject and speaker.first == _clause_before(line, index) else None


def _relayed(line: Line, index: int, via: str) -> Speaker | None:
    """The person behind the paper: "نقلت صحيفة عن مسؤول", "علمت الجريدة من مصدر"."""
    for at in range(index + 1, min(index + 20, len(line.tokens) - 1)):
        if line.opens_content(at) and line.norm(at) not in OPENERS:
            return None
        if line.norm(at) == via and at not in line.names:
            return read_speaker(line, at + 1)
    return None


def _source_after(line: Line, index: int, form: VerbForm) -> Speaker | None:
    at = index + 1
    while at < len(line.tokens) and _is_adverb(line, at):
        at += 1
    at = _over_insertion(line, at)
    while at < len(line.tokens) and addresses_media(line, at):
        at = _end_of_address(line, at) + 1
    if at >= len(line.tokens) or line.norm(at) in COMMAS:
        return None
    if form.bare and not _can_be_subject(line, index, at):
        is_named = form.act != "deny" and _opens(line, index) and line.norm(at).startswith(ARTICLE)
        return unknown_speaker(line, at) if is_named else None
    if phrase_end(line, at) < at:
        return None
    return (read_speaker(line, at) if can_name(line, at) else None) or _titled_stranger(line, at)


def _end_of_address(line: Line, at: int) -> int:
    """The last token of "لصحيفة «...»": a title behind it begins the subject ("قال لرويترز مسؤول")."""
    end = phrase_end(line, at, allows_prefix=True)
    titles = (i for i in range(at + 1, end + 1) if i not in line.names and i not in line.named and _is_title(line, i))
    return next(titles, end + 1) - 1


def _is_title(line: Line, at: int) -> bool:
    noun = line.nouns[at]
    is_source = noun is not None and noun.proclitic == "" and noun.type != "media"
    return (is_source and not line.norm(at).startswith(ARTICLE)) or line.is_any(at, anonymous_words("words"))


def _is_adverb(line: Line, at: int) -> bool:
    """Words of time and reference between verb and subject: "أعلن أمس الثلاثاء 22 مارس المتحدث"."""
    if line.norm(at) in _words("skipped"):
        return True
    is_date = line.tokens[at].is_number and line.norm(at - 1) in _words("skipped")
    return is_date or (line.tokens[at - 1].is_number and line.is_any(at, word_set("stops", "occasions")))


def _titled_stranger(line: Line, at: int) -> Speaker:
    """A name that nobody tagged, with a title behind it: "قال فلان الفلاني رئيس الأركان"."""
    for title in range(at + 1, min(at + MAX_NAME, len(line.tokens))):
        noun = line.nouns[title]
        if (
            not line.tokens[title].is_word
            or line.opens_content(title)
            or line.norm(title) in word_set("stops", "bridges")
        ):
            break
        if noun is not None and noun.proclitic == "" and (speaker := read_speaker(line, title)):
            return replace(speaker, surname=line.norm(title - 1), is_back_reference=False)
    return unknown_speaker(line, at)


def _over_insertion(line: Line, at: int) -> int:
    """Go over a short "، من جهته،" or "، اليوم الثلاثاء،" between the verb and its subject."""
    if line.norm(at) not in COMMAS:
        return at
    close = next((i for i in range(at + 1, min(at + 9, len(line.tokens))) if line.norm(i) in COMMAS), None)
    return close + 1 if close else at


def _source_before(line: Line, index: int) -> Speaker | None:
    """The subject that stands before its verb, or the noun that a relative clause hangs on."""
    at = index
    while at > 0 and line.norm(at - 1) in _words("auxiliaries"):
        at -= 1
    if at > 0 and line.norm(at - 1) in _RELATIVES:
        at -= 1
        at -= 1 if line.norm(at - 1) in COMMAS else 0
    elif line.norm(at - 1) in COMMAS and line.norm(at)[:1] != "و":
        at = _before_insertion(line, at)
    return _subject_until(line, at)


def _stranger_before(line: Line, index: int) -> Speaker | None:
    """An unknown definite noun right before the verb ("وكان المسماري أعلن") is its subject and nobody else."""
    at = index
    while at > 0 and line.norm(at - 1) in _words("auxiliaries"):
        at -= 1
    noun = at - 1
    is_definite = noun >= 0 and line.norm(noun).startswith(ARTICLE) and line.norm(noun) not in _words("skipped")
    return unknown_speaker(line, noun) if is_definite and noun == _clause_lead(line, noun) else None


def _clause_lead(line: Line, at: int) -> int:
    """The first word of the clause that is no auxiliary."""
    start = _clause_before(line, at)
    while start < at and line.norm(start) in _words("auxiliaries"):
        start += 1
    return start


def _before_insertion(line: Line, at: int) -> int:
    """Go left over an insertion between two commas: "البنتاغون، من جهته، نفى"."""
    opened = next((i for i in range(at - 2, max(at - MAX_INSERTION, 0), -1) if line.norm(i) in COMMAS), None)
    return opened if opened is not None else at - 1


def _subject_until(line: Line, end: int) -> Speaker | None:
    """The noun phrase that ends before `end`, from the first word of the clause that can name a source."""
    begin = _clause_before(line, end)
    starts = [
        at for at in range(max(begin, end - MAX_SUBJECT), end) if can_name(line, at) and not _is_oblique(line, at)
    ]
    reaching = (at for at in starts if phrase_end(line, at) >= end - 1)
    start = next(reaching, starts[0] if starts else None)
    return None if start is None else speaker_of(line, start, end - 1)


def _clause_before(line: Line, end: int) -> int:
    at = end
    begin = clause_start(line, end, marks=sorted(_words("turns")))
    while at > begin and not (line.is_any(at - 1, complementisers()) and at - 1 not in line.names):
        verb = line.verbs[at - 1]
        if verb and verb.tense in ("past", "present") and line.nouns[at - 1] is None and at - 1 not in line.persons:
            break
        at -= 1
    return at


def _can_be_subject(line: Line, verb: int, at: int) -> bool:
    """Behind a verb that takes an object, an unknown noun is its object ("نفى تلقي") unless أن follows it soon."""
    if can_name(line, at):
        return True
    soon = range(at + 1, min(at + 8, len(line.tokens)))
    return _opens(line, verb) and any(line.is_any(i, complementisers()) for i in soon)


def _opens(line: Line, verb: int) -> bool:
    """Whether the verb opens a clause, so that its subject is still to come."""
    return verb == 0 or line.norm(verb)[:1] == "و" or line.norm(verb - 1) in COMMAS


def can_name(line: Line, at: int) -> bool:
    """Whether the token can begin a source."""
    if line.nouns[at] is not None or at in line.persons or at in line.actors or at in line.named:
        return True
    if line.norm(at) in OPENERS:
        return at in line.names and at + 1 < len(line.tokens) and can_name(line, at + 1)
    if line.is_any(at, anonymous_words("words")):
        return True
    return line.is_any(at, word_set("before", "words")) and at + 1 < len(line.tokens) and can_name(line, at + 1)


def _is_oblique(line: Line, at: int) -> bool:
    """The phrase stands under a preposition: no subject."""
    before = line.norm(at - 1)
    if before.removeprefix("و") in ("في", "من", "الي", "علي", "عن", "مع", "بعد", "قبل") and at - 1 not in line.persons:
        return True
    if before == "ان":
        return False
    noun, match = line.nouns[at], line.actors.get(at)
    proclitic = match.proclitic if match else noun.proclitic if noun else ""
    return proclitic.endswith(("ب", "ل", "ك"))


def subject_of_sentence(line: Line, before: int, start: int, memory: Memory) -> Speaker | None:
    """The first person or institution between `start` and `before` that no preposition governs."""
    for at in range(start, before) if start == 0 else range(before - 1, start - 1, -1):
        noun = line.nouns[at]
        is_source = at in line.persons or at in line.actors or (noun is not None and noun.level == "decisive")
        if is_source and not _is_oblique(line, at) and not line.norm(at).startswith(f"ب{ARTICLE}"):
            speaker = read_speaker(line, at)
            return memory.resolve(speaker) if speaker else None
    return memory.last
