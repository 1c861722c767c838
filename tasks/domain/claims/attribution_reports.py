"""Where an article says who says something: reporting verbs and prepositional sources, each with what it covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from tasks.domain.arabic.tokens import readings
from tasks.domain.claims.attribution_cues import Report, listed, turn_before
from tasks.domain.claims.attribution_lines import BREAKS, CLOSERS, COMMAS, OPENERS, QUOTES, Line, clause_start
from tasks.domain.claims.attribution_memory import Memory
from tasks.domain.claims.attribution_nouns import noun_report
from tasks.domain.claims.attribution_phrases import is_no_source
from tasks.domain.claims.attribution_speakers import Speaker, read_speaker
from tasks.domain.claims.attribution_subjects import can_name, source_of_verb, subject_of_sentence
from tasks.domain.claims.attribution_words import Phrases, VerbForm, complementisers, load_table

MAX_CONTENT_DISTANCE = 32
NEAR_CONTENT = 9
MAX_ASIDE = 8
LEAD = 3
MAX_SETTING = 6
_ITS = ("انها", "انه", "انهم", "بانها", "بانه")
_ABOUT_IT = ("عنه", "عنها")
_WHAT = ("ما", "لما", "بما", "مما", "فيما")


@lru_cache(maxsize=1)
def _phrases() -> Phrases[bool]:
    """Prepositional sources; the value says whether the source is attached with ل."""
    pairs = [(phrase.removesuffix(" ل"), phrase.endswith(" ل")) for phrase in load_table("reporting")["phrases"]]
    return Phrases(pairs)


def read_reports(line: Line, memory: Memory) -> tuple[Report, ...]:
    """The reports of one sentence in order; the memory learns its sources."""
    found: list[Report] = []
    for index in range(len(line.tokens)):
        report = _phrase_report(line, index, found, memory)
        if report is None and not _is_inside_source(found, index):
            report = (
                _verb_report(line, index, found, memory)
                or noun_report(line, index, memory, found[-1].speaker if found else None)
                or _colon_report(line, index, found, memory)
            )
        if report is None:
            continue
        found.append(report)
        if report.speaker and report.speaker.type and not report.is_weak:
            memory.learn(report.speaker)
            memory.last = report.speaker
    return tuple(replace(report, last=_end_of(line, report)) for report in found)


def _is_inside_source(found: Sequence[Report], index: int) -> bool:
    """Between a verb and its content no other verb reports ("قال مسؤول تحدث شريطة ... إن")."""
    return bool(found) and not found[-1].is_backward and found[-1].cue < index < found[-1].first


def _end_of(line: Line, report: Report) -> int:
    """Cut the cover where the outlet speaks again ("..., وذلك بعد يومين"); an act of a party covers its own clause."""
    if report.act in listed("weak_acts"):
        return _end_of_clause(line, report)
    for at in range(max(report.cue, report.first) + 1, report.last):
        if line.norm(at) in listed("asides") and line.norm(at + 1) in listed("aside_follow"):
            return at - 1
    return report.last


def _end_of_clause(line: Line, report: Report) -> int:
    for at in range(report.end + 1, report.last):
        after = line.norm(at + 1)
        if line.norm(at) not in COMMAS:
            continue
        if after[:1] == "و" or after in listed("turns") or after == "كما" or line.norm(at + 2) == "حين":
            return at
    return report.last


def _phrase_report(line: Line, index: int, found: Sequence[Report], memory: Memory) -> Report | None:
    phrase = None if index in line.names else _phrases().at(line.words, index)
    if phrase is None:
        return None
    length, attached = phrase
    start = index + length
    if start >= len(line.tokens) or line.norm(start) in listed("backward") or is_no_source(line, start):
        return None
    speaker = _attached_speaker(line, start) if attached else read_speaker(line, start)
    if speaker is None:
        return None
    speaker = memory.resolve(speaker)
    first, last = _phrase_scope(line, index, speaker.last)
    act = found[-1].act if found and line.norm(index + 1) == "لسان" else "say"
    return Report(index, speaker.last, act, False, speaker, first, last, first < index, False, "source:phrase")


def _attached_speaker(line: Line, start: int) -> Speaker | None:
    """The source behind "وفقا ل": the preposition is written onto its first word."""
    if not any(r.proclitic.endswith("ل") for r in readings(line.tokens[start])) and line.norm(start) != "ل":
        return None
    return read_speaker(line, start, allows_prefix=True)


def _phrase_scope(line: Line, cue: int, end: int) -> tuple[int, int]:
    total = len(line.tokens) - 1
    if cue <= 1 or clause_start(line, cue) == 0:
        return _opening(line, end), total
    soon = range(end + 1, min(end + 1 + MAX_ASIDE, total))
    goes_on = any(line.norm(at) in COMMAS or line.is_any(at, complementisers()) for at in soon)
    return turn_before(line, cue), total if goes_on else cue


def _opening(line: Line, end: int) -> int:
    """Where a leading phrase's content begins: at أن ("جاء في بيان بثته الوكالة أن"), else right behind it."""
    for at in range(end + 1, min(end + 1 + NEAR_CONTENT, len(line.tokens))):
        if line.norm(at) in COMMAS:
            break
        if line.is_any(at, complementisers()):
            return at
    return end + 1


def _verb_report(line: Line, index: int, found: Sequence[Report], memory: Memory) -> Report | None:
    form = line.verbs[index]
    if form is None or index in line.persons or _is_noun(line, index, form):
        return None
    if form.tense == "participle":
        return _participle_report(line, index, form, found, memory)
    if found and line.norm(index).endswith("ا") and _is_cognate(line, index, found[-1]):
        return None
    if _is_impersonal(line, index) or _is_of_interview(line, index, form):
        return None
    if line.norm(index - 1) == "ما" and line.norm(index - 2) not in listed("before_what"):
        return None
    negated = line.is_any(index - 1, listed("negations")) or _is_left_undone(line, index)
    if negated and form.act in ("say", "add", "show", "relay", "judge", "accuse", "offer", "ask"):
        return None
    return _finite_report(line, index, form, found, memory, negated)


def _is_cognate(line: Line, index: int, report: Report) -> bool:
    """ "نفى ... نفيا قطعيا أن": the noun only strengthens the verb."""
    verb, form = line.verbs[report.cue], line.verbs[index]
    return verb is not None and form is not None and verb.lemma == form.lemma


def _is_left_undone(line: Line, index: int) -> bool:
    """ "من دون أن تؤكد الرسالة أو تنفيها"."""
    return any(line.norm(at) == "دون" and line.norm(at + 1) == "ان" for at in range(max(0, index - MAX_ASIDE), index))


def _is_impersonal(line: Line, index: int) -> bool:
    """ "ويذكر أن", "يشار إلى أن", "قيل إن": with no subject between verb and content."""
    after = index + 2 if line.norm(index + 1) == "الي" else index + 1
    return line.norm(index - 1) == "من" or (
        line.is_any(index, listed("impersonal")) and line.is_any(after, complementisers())
    )


def _is_of_interview(line: Line, index: int, form: VerbForm) -> bool:
    """ "رفض ذكر اسمه", "طلب عدم الكشف عن هويته": about the interview, not the matter."""
    if form.act not in ("refuse", "ask"):
        return False
    soon = range(index + 2, min(index + MAX_ASIDE, len(line.tokens)))
    return line.norm(index + 1) in listed("idle_objects") or any(line.norm(at) in listed("idle_topics") for at in soon)


def _is_noun(line: Line, index: int, form: VerbForm) -> bool:
    """A verbal noun, or a past form in a place where only a noun can stand."""
    if form.tense == "masdar":
        return True
    noun = line.nouns[index]
    after_preposition = line.norm(index - 1) in listed("before_noun")
    is_bare_form = line.norm(index) == form.lemma
    after_particle = is_bare_form and line.is_any(index - 1, complementisers()) and line.norm(index - 1)[-1] == "ن"
    is_past_place = (
        (after_preposition or after_particle) and form.tense == "past" and not line.norm(index).startswith("و")
    )
    return is_past_place or (noun is not None and noun.level == "decisive" and noun.proclitic == "")


def _finite_report(
    line: Line, index: int, form: VerbForm, found: Sequence[Report], memory: Memory, negated: bool
) -> Report | None:
    own = _own_speaker(found)
    speaker, rule = source_of_verb(line, index, form, own, memory)
    end = max(index, speaker.last) if speaker and speaker.last > index and rule != "source:same-speaker" else index
    content = _content(line, end, form)
    is_weak = form.act in listed("weak_acts") and not _opens_clause(line, index)
    if form.act in listed("weak_acts") and rule == "source:same-speaker" and own is None and index > 1:
        return None
    if line.norm(index - 1) in listed("backward") and index <= LEAD:
        return Report(index, end, form.act, negated, speaker, end + 1, len(line.tokens) - 1, False, is_weak, rule)
    if _looks_backward(line, index, end, form, content):
        if form.act == "judge" and (line.norm(index - 2) in ("وهو", "وهي") or line.norm(index - 1) in _WHAT):
            return None
        last = len(line.tokens) - 1 if line.norm(end + 1) in COMMAS else index
        first = turn_before(line, index)
        return Report(index, end, form.act, negated, speaker, first, last, True, is_weak, f"{rule}:after")
    is_offer = form.act == "offer" and index <= MAX_SETTING and speaker is not None and speaker.first == index + 1
    if content is None and (form.needs_content or not form.bare) and rule != "source:relayed" and not is_offer:
        return None
    if form.act == "relay" and rule != "source:relayed" and (speaker is None or speaker.type is None):
        return None  # "نقل التكنولوجيا": the verb has its other meaning
    first = index if is_weak else content if content is not None and not form.bare else end + 1
    report = Report(index, end, form.act, negated, speaker, first, len(line.tokens) - 1, False, is_weak, rule, content)
    return replace(report, is_about_it=_is_about_it(line, report))


def _is_about_it(line: Line, report: Report) -> bool:
    """Without a verb of its own before it in the clause: a relative clause on the noun that stands there."""
    is_pronoun = report.content is not None and line.norm(report.content) in _ITS
    is_relative = report.cue > LEAD and line.norm(report.cue)[:1] not in ("و", "ف")
    return is_pronoun and is_relative and not report.is_weak and not report.negated


def _opens_clause(line: Line, index: int) -> bool:
    """A new main clause in mid-sentence: "..., وطلبت ليتوانيا"."""
    return index > 3 and line.norm(index)[:1] == "و" and line.norm(index - 1) in COMMAS


def _looks_backward(line: Line, index: int, end: int, form: VerbForm, content: int | None) -> bool:
    """The verb follows what it reports: "حسبما قالت", "«...»، قال"."""
    before = line.norm(index - 1)
    opens = content is not None and line.norm(content) not in OPENERS
    if before in listed("backward") and index > 2:
        return not (before == "كما" and opens)
    if line.norm(index + 1) in _ABOUT_IT and not opens:
        return True
    is_behind = (before in COMMAS or before in CLOSERS or before == "هكذا") and not form.needs_content
    if before in COMMAS and _is_setting(line, index - 1):
        return False
    is_near = content is not None and content <= end + NEAR_CONTENT
    return index > 1 and is_behind and line.norm(index)[:1] != "و" and not opens and not is_near


def _is_setting(line: Line, comma: int) -> bool:
    """ "في المقابل، أظهرت صور", "وفي موازنة 2018، طلب البنتاغون": only a place, a time or a link comes before."""
    opener = line.norm(0).removeprefix("و").removeprefix("ف")
    return comma <= MAX_SETTING and (line.norm(0) in listed("openers") or opener in listed("openers"))


def _content(line: Line, end: int, form: VerbForm) -> int | None:
    """Where the reported content opens after the source: أن, a quotation, a colon, or عن."""
    reach = NEAR_CONTENT if form.needs_content else MAX_CONTENT_DISTANCE
    for at in range(end + 1, min(end + reach, len(line.tokens))):
        verb = line.verbs[at]
        is_quote = line.norm(at) in QUOTES or line.norm(at) == ":"
        if line.opens_content(at) if form.act != "relay" else line.is_any(at, complementisers()):
            return at
        if is_quote and form.act != "relay" and at not in line.names:
            return at
        if line.norm(at) in BREAKS:
            return None
        if form.act != "relay" and _is_about(line, at, form.about):
            return at
        if verb and _speaks_next(line, at, verb):
            return None
    return None


def _speaks_next(line: Line, at: int, verb: VerbForm) -> bool:
    """Behind a comma another verb takes the word, unless it only tells of the interview ("طلب عدم ذكر اسمه")."""
    is_next = verb.tense in ("past", "participle") and line.norm(at - 1) in COMMAS
    return is_next and not _is_of_interview(line, at, verb)


def _own_speaker(found: Sequence[Report]) -> Speaker | None:
    """Whoever has been speaking in the sentence; a party whose act was reported has not."""
    return next((r.speaker for r in reversed(found) if r.speaker and r.speaker.type and not r.is_weak), None)


def _is_about(line: Line, at: int, preposition: str) -> bool:
    """The preposition that a verb takes for its matter: "كشف عن", or written onto the word, "أفاد بوصول"."""
    if preposition != "ب":
        return line.norm(at) == preposition
    return (
        line.norm(at).startswith("ب")
        and any(r.proclitic == "ب" for r in readings(line.tokens[at]))
        and at not in line.names
    )


def _colon_report(line: Line, index: int, found: Sequence[Report], memory: Memory) -> Report | None:
    """ "لافروف: ...": a headline's way of quoting."""
    if line.norm(index) != ":" or found or not 0 < index <= MAX_ASIDE or any(line.verbs[:index]):
        return None
    speaker = read_speaker(line, 0) if can_name(line, 0) else None
    if speaker is None or speaker.last != index - 1 or not (speaker.surname or speaker.country):
        return None
    return Report(
        0, index, "say", False, memory.resolve(speaker), index, len(line.tokens) - 1, False, False, "source:colon"
    )


def _participle_report(
    line: Line, index: int, form: VerbForm, found: Sequence[Report], memory: Memory
) -> Report | None:
    """ "..., مضيفا أن": the subject of the sentence goes on speaking."""
    before = line.norm(index - 1)
    if before not in COMMAS and before not in CLOSERS and not line.norm(index).startswith("و"):
        return None
    own = _own_speaker(found)
    speaker = own or subject_of_sentence(line, index, 0, memory)
    content = _content(line, index, form)
    if content is None and not form.bare:
        return None
    first = content or index
    return Report(
        index, index, form.act, False, speaker, first, len(line.tokens) - 1, False, False, "source:participle"
    )
