"""Where the noun phrase of a source ends."""

from __future__ import annotations

from functools import lru_cache

from tasks.domain.arabic.tokens import readings
from tasks.domain.claims.attribution_lines import BREAKS, CLOSERS, COMMAS, OPENERS, Line, word_set
from tasks.domain.claims.attribution_words import anonymous_words
from tasks.domain.claims.inflect import noun_forms

ARTICLE = "ال"
MAX_PHRASE = 18
MAX_NAME_IN_QUOTES = 7
_PREFIXED = ("ب", "ل", "ك")
# A state is named in full by these: what a preposition adds belongs to the sentence.
_WHOLE = frozenset(("state", "capital", "leader", "seat"))


def is_no_source(line: Line, start: int) -> bool:
    """ "وفق مذكرة التفاهم", "استنادا إلى فكرة": according to a plan or a treaty, not to somebody."""
    return line.is_any(start, word_set("no_source", "words")) or (
        line.is_any(start, word_set("no_source", "before")) and line.is_any(start + 1, word_set("no_source", "behind"))
    )


def phrase_end(line: Line, start: int, allows_prefix: bool = False) -> int:
    """The last token of the source's noun phrase that starts at `start` (`start` - 1: none starts there)."""
    at = start + 1 if allows_prefix and start < len(line.tokens) and line.tokens[start].is_word else start
    while at < len(line.tokens) and at - start < MAX_PHRASE:
        step = _step(line, start, at)
        if step == 0:
            break
        at += step
    return min(at, len(line.tokens)) - 1


def _step(line: Line, start: int, at: int) -> int:
    """How many tokens the phrase goes on with at this one; 0 ends it."""
    norm = line.norm(at)
    if norm in OPENERS:
        return _quoted_name(line, start, at)
    if norm in COMMAS:
        return _apposition(line, start, at)
    if at == start:
        return 0 if _cannot_start(line, at) else 1
    if norm in BREAKS or norm in CLOSERS or line.opens_content(at) or _is_complete(line, start, at):
        return 0
    if at not in line.names and at not in line.persons and norm in word_set("stops", "bridges"):
        return _bridge(line, at)
    is_stop = at not in line.names and at not in line.persons and line.is_any(at, word_set("stops", "words"))
    if is_stop or _is_time(line, at) or (addresses_media(line, at) and not _holds_text(line, start, at)):
        return 0
    return 0 if _is_verb(line, at) or (line.tokens[at].is_number and at not in line.names) else 1


def _is_time(line: Line, at: int) -> bool:
    """ "أول من أمس" is no rank."""
    return line.norm(at) == "اول" and line.norm(at + 1) == "من"


def _holds_text(line: Line, start: int, at: int) -> bool:
    """ "تقرير لصحيفة": the paper is the author, not whom somebody spoke to."""
    return any(line.is_any(i, word_set("vessels", "words")) for i in range(start, at))


def _cannot_start(line: Line, at: int) -> bool:
    norm = line.norm(at)
    if at in line.persons:
        return False
    if (
        (norm in word_set("stops", "words") and at not in line.actors)
        or norm in word_set("stops", "bridges")
        or not line.tokens[at].is_word
    ):
        return True
    return line.opens_content(at) or addresses_media(line, at) or _is_prefixed(line, at)


def _is_prefixed(line: Line, at: int) -> bool:
    """A word under a preposition ("لمواصلة", "بالفعل") is no subject."""
    if at in line.persons:
        return False
    noun, match = line.nouns[at], line.actors.get(at)
    proclitic = match.proclitic if match else noun.proclitic if noun else None
    if proclitic is not None:
        return proclitic.endswith(_PREFIXED)
    return line.norm(at).startswith(("بال", "لل", "كال")) or line.norm(at)[:2] in ("با", "لت", "لم", "بم", "بت")


def _is_complete(line: Line, start: int, at: int) -> bool:
    """The name of a person or a state ends the phrase, unless a title or an adjective follows."""
    before = at - 1
    if line.norm(before) in word_set("stops", "closers"):
        return True
    if at in line.persons or at in line.names:
        return False
    noun = line.nouns[at]
    if before in line.persons:
        return noun is None or noun.proclitic != ""
    match = line.actors.get(before)
    if match is None or match.entry_id == "":
        return False
    is_bridge = line.norm(at) in word_set("stops", "bridges") and match.role not in _WHOLE
    follows = line.actors.get(at)
    is_adjective = follows is not None and (follows.role == "adjective" or follows.entry_id == "")
    is_title = noun is not None and (follows is None or is_adjective)
    return not (line.norm(at).startswith(ARTICLE) or is_title or is_adjective or is_bridge)


def _is_verb(line: Line, at: int) -> bool:
    verb = line.verbs[at]
    return verb is not None and verb.tense in ("past", "present") and line.nouns[at] is None and at not in line.persons


def _quoted_name(line: Line, start: int, at: int) -> int:
    """Take in the quoted name of an outlet or firm ("صحيفة «حرييت»"), not quoted speech."""
    close = next(
        (i for i in range(at + 1, min(at + 1 + MAX_NAME_IN_QUOTES, len(line.tokens))) if line.norm(i) in CLOSERS), 0
    )
    if not close or not (at == start or at in line.names):
        return 0
    return close - at + 1


def _apposition(line: Line, start: int, at: int) -> int:
    """Go over a comma to a title or a name: "سلمان أختر، الباحث في جامعة", "وزير الدفاع، فلان"."""
    if at == start or at + 1 >= len(line.tokens):
        return 0
    after = line.nouns[at + 1]
    is_title = after is not None and after.definite and line.norm(at + 1).startswith(ARTICLE)
    if at - 1 in line.persons and after is not None and after.proclitic == "":
        return 1  # "فلان، وزير الدفاع السوري"
    names_title = at + 1 in line.persons and not any(i in line.persons for i in range(start, at))
    return 1 if is_title or names_title else 0


def _bridge(line: Line, at: int) -> int:
    after = at + 1
    if after >= len(line.tokens) or line.is_any(after, word_set("stops", "occasions")):
        return 0
    if line.norm(at) in ("باسم", "لدي"):
        return 1
    if line.norm(at) == "عن":
        return 1 if line.is_any(at - 1, word_set("vessels", "words")) else 0
    if line.is_any(at - 1, anonymous_words("words")) or line.is_any(at - 2, anonymous_words("words")):
        return 1
    known = line.nouns[after] is not None or after in line.actors or after in line.named
    return 1 if known or line.norm(after) in OPENERS or line.norm(after).startswith(ARTICLE) else 0


def addresses_media(line: Line, at: int) -> bool:
    """Whom the source spoke to: "لوكالة تاس", "للصحفيين", "لرويترز"."""
    if not any(r.proclitic.endswith("ل") for r in readings(line.tokens[at])):
        return line.norm(at) == "ل" and line.norm(at + 1) in OPENERS
    noun, match, named = line.nouns[at], line.actors.get(at), line.named.get(at)
    is_media = noun is not None and noun.type == "media" and noun.proclitic.endswith("ل")
    is_outlet = match is not None and match.role == "media" and match.proclitic.endswith("ل")
    return is_media or is_outlet or (named is not None and named[1].type is None)


@lru_cache(maxsize=1)
def _embassies() -> frozenset[str]:
    return frozenset(form for noun in word_set("embassy", "words") for form in noun_forms(noun))


def points_at_embassy(line: Line, first: int, last: int) -> bool:
    """The place named in an embassy's phrase is its host, not its state."""
    return any(line.is_any(at, _embassies()) for at in range(first, min(first + 2, last + 1)))
