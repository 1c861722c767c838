"""Who a noun phrase names as a source: its extent, its type by the first decisive word, its country."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tasks.domain.claims.attribution_lines import OPENERS, Line, word_set
from tasks.domain.claims.attribution_phrases import ARTICLE, phrase_end, points_at_embassy
from tasks.domain.claims.attribution_words import anonymous_words
from tasks.domain.lexicon import Match
from warehouse.records import SourceType

# "الأوكرانيون" stand for their state, "الأوكرانية" only tells whose something is.
_PEOPLE = ("ون", "ين")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source as read from one noun phrase. `type` and `country` are None where the phrase does not tell.

    `head` is the folded head noun without its article, `surname` that of the person named; `is_back_reference` marks
    a phrase such as "الوزارة" or a bare surname, which lives on what was said before; `is_definite` one that names
    somebody in particular, who has a country even where the text does not repeat it; `titles` are its source nouns.
    """

    first: int
    last: int
    name: str
    type: SourceType | None
    country: str | None
    head: str
    surname: str | None
    is_back_reference: bool
    is_definite: bool
    titles: tuple[str, ...] = ()

    def filled(self, other: Speaker | None) -> Speaker:
        """Complete from an earlier mention of the same source."""
        if other is None:
            return self
        country = self.country or other.country
        kind = other.type if self.is_back_reference and other.type else self.type or other.type
        return replace(self, country=country, type=kind)


def read_speaker(line: Line, start: int, allows_prefix: bool = False) -> Speaker | None:
    """Read the source whose noun phrase starts at the token, None if nothing there can be one."""
    last = phrase_end(line, start, allows_prefix)
    speaker = speaker_of(line, start, last) if last >= start else None
    if speaker is None:
        return None
    return _described(line, speaker) if speaker.type is None else _broadcaster(line, speaker)


def _broadcaster(line: Line, speaker: Speaker) -> Speaker:
    """Pictures that a station shows are its own: "مشاهد بثتها قناة"."""
    at = speaker.last + 1
    if speaker.type != "imagery" or at + 1 >= len(line.tokens) or line.verbs[at] is None:
        return replace(speaker, country=None) if speaker.type == "imagery" else speaker
    station = speaker_of(line, at + 1, phrase_end(line, at + 1))
    return station if station and station.type == "media" else replace(speaker, country=None)


def _described(line: Line, speaker: Speaker) -> Speaker:
    """Learn what a bare name is from what follows it: "..., الذي قدمته بوصفه مستشارا", "وهو دبلوماسي"."""
    for at in range(speaker.last + 1, min(speaker.last + 14, len(line.tokens) - 1)):
        if line.is_any(at, word_set("described", "words")) and line.nouns[at + 1]:
            end = phrase_end(line, at + 1, allows_prefix=True)
            kind = _decisive_type(line, at + 1, end)
            country = _country_of(line, at + 1, end, kind)
            return replace(speaker, type=kind, country=speaker.country or country, is_back_reference=False)
    return speaker


def speaker_of(line: Line, first: int, last: int) -> Speaker | None:
    """Read the tokens as one source."""
    head = _head(line, first, last)
    is_unnamed = _is_unnamed(line, head, last)
    kind = _type_of_unnamed(line, head, last) if is_unnamed else _decisive_type(line, head, last)
    surname = next((line.persons[i] for i in range(first, last + 1) if i in line.persons), None)
    if kind is None and line.norm(first) in OPENERS and first + 1 in line.named:
        kind = "media"  # a bare quoted name that the outlets list knows
    if kind is None and surname is None:
        return None
    country = _country_of(line, first, last, kind)
    text = line.scene.document.text
    name = text[line.tokens[first].start : line.tokens[last].end]
    stem = line.norm(head).removeprefix(ARTICLE)
    is_definite = not is_unnamed and (surname is not None or _is_definite(line, head, last))
    back = _points_back(line, head, last, kind)
    titles = tuple(line.norm(i).removeprefix(ARTICLE) for i in range(head, last + 1) if line.nouns[i])
    return Speaker(first, last, name, kind, country, stem, surname, back, is_definite, titles)


def unknown_speaker(line: Line, start: int) -> Speaker:
    """A subject of which nothing is known: it keeps its words from being anybody else's."""
    token = line.tokens[start]
    return Speaker(start, start, token.text, None, None, token.norm.removeprefix(ARTICLE), token.norm, False, False)


def _head(line: Line, first: int, last: int) -> int:
    """Skip numbers and partitives ("أحد", "ثلاثة من")."""
    at = first
    while at < last and (line.is_any(at, word_set("before", "words")) or line.tokens[at].is_number):
        at += 1
    return at


def _is_definite(line: Line, head: int, last: int) -> bool:
    noun = line.nouns[head]
    is_marked = noun is not None and noun.definite
    return is_marked or (head < last and line.norm(head + 1).startswith(ARTICLE)) or head in line.actors


def _points_back(line: Line, head: int, last: int, kind: SourceType | None) -> bool:
    """A bare definite noun ("الوزارة", "المصدر نفسه") or a person without a title."""
    if kind is None or all(at in line.persons for at in range(head, last + 1)):
        return True
    is_known = head in line.actors and line.actors[head].entry_id != ""
    return last - head <= 1 and line.norm(head).startswith(ARTICLE) and not is_known


def _decisive_type(line: Line, head: int, last: int) -> SourceType | None:
    fallback: SourceType | None = None
    for at in range(head, last + 1):
        kind, is_final = _type_at(line, at)
        if kind and is_final:
            return _corrected(line, at, last, kind)
        fallback = fallback or kind
    return fallback


def _type_at(line: Line, at: int) -> tuple[SourceType | None, bool]:
    """The type that one token gives, and whether it settles the matter."""
    named = line.named.get(at)
    if named and named[1].type:
        return named[1].type, True
    noun, match = line.nouns[at], line.actors.get(at)
    if match and match.first < match.last and match.entry_id and match.role in ("alliance", "armed_group", "media"):
        return match.source_type, match.source_type is not None
    if at + 1 in line.persons and line.is_any(at, word_set("ranks", "words")):
        return "military", True
    is_open = match is None or match.entry_id == ""
    if noun and at not in line.persons and (noun.level == "decisive" or is_open):
        return noun.type, noun.level == "decisive"
    if match and match.role == "adjective":
        return ("government" if match.definite and line.norm(at).endswith(_PEOPLE) else None), False
    kind = match.source_type if match else None
    if match and kind == "government" and match.entry_id and match.country is None:
        kind = "international_org"  # the head of an alliance
    return kind, kind is not None


def _corrected(line: Line, at: int, last: int, kind: SourceType) -> SourceType:
    """Experts of the United Nations speak for it."""
    ids = {line.actors[i].entry_id for i in range(at, last + 1) if i in line.actors}
    return "international_org" if kind == "analyst" and "UN" in ids else kind


def _is_unnamed(line: Line, head: int, last: int) -> bool:
    """An indefinite noun of a person that no name and no genitive makes definite."""
    if any(i in line.persons for i in range(head, last + 1)):
        return False
    if line.norm(head).startswith(ARTICLE):
        bare = line.norm(head).removeprefix(ARTICLE)
        return bare in anonymous_words("words") and head > 0 and line.is_any(head - 1, word_set("before", "words"))
    if not line.is_any(head, anonymous_words("words")):
        return False
    after = line.norm(head + 1) if head < last else ""
    return not after.startswith(ARTICLE) and not _is_genitive(line, head + 1, last)


def _is_genitive(line: Line, at: int, last: int) -> bool:
    if at > last:
        return False
    noun = line.nouns[at]
    match = line.actors.get(at)
    is_body = noun is not None and noun.level == "decisive" and noun.type != "military" and noun.proclitic == ""
    return is_body or (match is not None and match.role != "adjective" and match.proclitic == "")


def _type_of_unnamed(line: Line, head: int, last: int) -> SourceType:
    """Anonymous, unless the person speaks for an institution that is named after في or a like bridge."""
    if line.is_any(head, anonymous_words("always")):
        return "anonymous"
    for at in range(head + 1, last + 1):
        begins = at < last and line.norm(at) in word_set("stops", "bridges")
        if begins and line.is_any(at - 1, word_set("anonymous", "near")):
            return "anonymous"  # "مصدر قريب من وزارة الدفاع" is not of the ministry
        institution = at + 1 if begins else at if line.norm(at)[:1] == "ب" else 0
        if institution and line.is_any(institution, anonymous_words("institutions")):
            return _decisive_type(line, institution, last) or "anonymous"
    return "anonymous"


def _country_of(line: Line, first: int, last: int, kind: SourceType | None) -> str | None:
    is_embassy = points_at_embassy(line, first, last)
    for at in range(first, last + 1):
        if kind == "anonymous" and line.is_any(at, word_set("regional", "words")):
            return None
        named = line.named.get(at)
        if named and named[1].country and _names_place(line, at, named[0], kind):
            return named[1].country
        match = None if _is_part_of_name(line, at) else line.actors.get(at)
        is_host = is_embassy and match is not None and match.role in ("state", "capital", "place")
        if match and not is_host and (found := _country_of_match(match, kind)):
            return found
    return None


def _is_part_of_name(line: Line, at: int) -> bool:
    """A word within a person's name that happens to be one of a people ("بروس" is no "روس")."""
    match = line.actors.get(at)
    return at in line.persons and match is not None and match.role in ("adjective", "state", "capital", "place")


def _names_place(line: Line, at: int, length: int, kind: SourceType | None) -> bool:
    """A single everyday word ("اليوم", "المستقبل") names an outlet or a house only in quotes or behind its noun."""
    if length > 1:
        return True
    return at in line.names or (kind in ("media", "analyst", "company") and line.nouns[at] is None)


def _country_of_match(match: Match, kind: SourceType | None) -> str | None:
    if match.role == "media" and kind not in ("media", None):
        return None
    if kind == "armed_group" and match.role == "armed_group":
        return match.entry_id or match.country
    return match.country or match.entry_id or None
