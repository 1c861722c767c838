"""From mentions to entities that stay the same person, place or organisation across sentences, outlets and spellings.

In this order: the user's aliases; the lexicons; inside the document, a shorter name that fits one longer name only;
last, the name itself under a key that survives transcription. Two different full names are never one entity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tasks.domain.arabic.document import Document, Sentence
from tasks.domain.arabic.tokens import tokenise
from tasks.domain.lexicon import Lexicon, Match, Sense
from tasks.domain.lexicon.aliases import Aliases
from tasks.domain.lexicon.names import is_arabic, latin, name_words, without_generic
from warehouse.records import Entity, Label, Mention

Words = tuple[str, ...]
_PREFIXES: dict[Label, str] = {"PERS": "per", "LOC": "loc", "ORG": "org", "MISC": "misc"}
_KINDS: dict[Label, str] = {"PERS": "person", "LOC": "place", "ORG": "organisation", "MISC": "other"}


def link(
    mentions: Sequence[Mention],
    document: Document,
    lexicon: Lexicon,
    *,
    equipment: Lexicon | None = None,
    aliases: Aliases | None = None,
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Give every mention an entity id; return the mentions as they came, and each entity once, in order of mention."""
    known = _Known(document, lexicon, equipment, aliases or Aliases())
    found = _with_states([known.entity(mention) for mention in mentions])
    fuller = _Persons([m for m, entity in zip(mentions, found, strict=True) if entity is None], found)
    linked = [entity or fuller.entity(mention) for mention, entity in zip(mentions, found, strict=True)]
    entities = {entity.entity_id: entity for entity in reversed(linked)}
    order = dict.fromkeys(entity.entity_id for entity in linked)
    return (
        tuple(replace(mention, entity_id=entity.entity_id) for mention, entity in zip(mentions, linked, strict=True)),
        tuple(entities[entity_id] for entity_id in order),
    )


class _Known:
    """What aliases and lexicons say of a mention. Each sentence is matched once, when the first mention asks for it."""

    def __init__(self, document: Document, lexicon: Lexicon, equipment: Lexicon | None, aliases: Aliases) -> None:
        self.document = document
        self.lexicons = (lexicon, equipment) if equipment else (lexicon,)
        self.aliases = aliases
        self.matches: dict[int, tuple[Match, ...]] = {}

    def entity(self, mention: Mention) -> Entity | None:
        settled = self.aliases.find(mention)
        if settled is not None:
            return settled
        match = next(self._fitting(mention), None)
        return _of_match(match, mention) if match else self._by_label(mention)

    def _by_label(self, mention: Mention) -> Entity | None:
        """Look the words up without their context: that "مالي" is a place here, the tagger has already said."""
        senses = [s for lexicon in self.lexicons for s in lexicon.look_up(mention.text) if s.label == mention.label]
        keys = {sense.key for sense in senses if not sense.is_silent and sense.joins is None}
        return _of_sense(senses[0], mention) if len(keys) == 1 else None

    def _fitting(self, mention: Mention) -> Iterator[Match]:
        """Matches that name the mention: of the same extent first, then those that reach beyond it."""
        near = [m for m in self._matches_at(mention.start) if m.key and _label_fits(m, mention)]
        yield from (m for m in near if (m.start, m.end) == (mention.start, mention.end))
        yield from (m for m in self._alone(mention) if m.key and _label_fits(m, mention))
        yield from (m for m in near if m.start <= mention.start and mention.end <= m.end)
        yield from (m for m in near if mention.start <= m.start and m.end <= mention.end and _fills(m, mention))

    def _alone(self, mention: Mention) -> Iterator[Match]:
        """Matches of the words of the mention without those around it, if they leave no word over."""
        tokens = tokenise(self.document.text, mention.start, mention.end)
        for lexicon in self.lexicons:
            found = lexicon.match(tokens, self.document.published)
            yield from (m for m in found if (m.first, m.last) == (0, len(tokens) - 1))

    def _matches_at(self, offset: int) -> tuple[Match, ...]:
        sentence = self.document.sentence_at(offset)
        if sentence is None:
            return ()
        if sentence.index not in self.matches:
            self.matches[sentence.index] = self._match(sentence)
        return self.matches[sentence.index]

    def _match(self, sentence: Sentence) -> tuple[Match, ...]:
        on = self.document.published
        return tuple(match for lexicon in self.lexicons for match in lexicon.match(sentence.tokens, on))


def _label_fits(match: Match, mention: Mention) -> bool:
    """A lexicon's label and a tagger's may differ between place and organisation, not between these and a person."""
    if match.role == "adjective" or match.label is None:
        return False
    return match.label == mention.label or {match.label, mention.label} == {"LOC", "ORG"}


def _fills(match: Match, mention: Mention) -> bool:
    """Say whether the mention adds nothing to the match but a generic word: "شركة" + "لوكهيد مارتن"."""
    return without_generic(name_words(mention.text)) == without_generic(name_words(match.form)) or (
        mention.label == "PERS"
        and name_words(mention.text)[: len(name_words(match.name_ar))] == name_words(match.name_ar)
    )


def _of_match(match: Match, mention: Mention) -> Entity:
    kind = match.category if match.designation and match.category else match.role
    bare = not match.entry_id and match.country is None and ":" not in match.key and not match.key.isupper()
    entity_id = f"org:{match.key}" if bare else match.key
    return Entity(entity_id, match.label or mention.label, kind, match.name_ar, match.name_en, match.country)


def _of_sense(sense: Sense, mention: Mention) -> Entity:
    kind = sense.category if sense.designation and sense.category else sense.role
    return Entity(sense.key, sense.label or mention.label, kind, sense.name_ar, sense.name_en, sense.country)


def _with_states(found: Sequence[Entity | None]) -> list[Entity | None]:
    """Let a bare "وزارة الدفاع" be the one ministry of defence that the document names with its state."""
    named: dict[str, set[Entity]] = {}
    for entity in found:
        if entity is not None and entity.country is not None and ":" in entity.entity_id:
            named.setdefault(f"org:{entity.entity_id.partition(':')[2]}", set()).add(entity)
    return [_only(named.get(entity.entity_id)) or entity if entity is not None else None for entity in found]


def _only(entities: set[Entity] | None) -> Entity | None:
    return next(iter(entities)) if entities and len({entity.entity_id for entity in entities}) == 1 else None


class _Persons:
    """Names that no list knows, in one document: a shorter name stands for the one longer name it fits."""

    def __init__(self, unknown: Sequence[Mention], found: Sequence[Entity | None]) -> None:
        persons = [entity for entity in found if entity is not None and entity.label == "PERS"]
        self.known = {name_words(entity.name_ar): entity for entity in persons}
        self.full: dict[Words, Entity] = dict(self.known)
        for mention in sorted(unknown, key=lambda each: (-len(name_words(each.text)), each.start)):
            words = name_words(mention.text)
            if mention.label == "PERS" and len(words) > 1 and self._fuller(words) is None:
                self.full.setdefault(words, _of_name(mention, words))

    def entity(self, mention: Mention) -> Entity:
        words = name_words(mention.text)
        if mention.label != "PERS":
            return _of_name(mention, without_generic(words))
        return self.full.get(words) or self._fuller(words) or _of_name(mention, words)

    def _fuller(self, words: Words) -> Entity | None:
        fits = {entity.entity_id: entity for full, entity in self.full.items() if stands_for(words, full)}
        return next(iter(fits.values())) if len(fits) == 1 else None


def stands_for(short: Words, full: Words) -> bool:
    """Say whether a short name can stand for a longer one.

    The surname or its end does ("السوداني"), a family name in front does where the name is not Arabic ("شي"), and so
    does the whole name with a middle name left out. A given name alone does not.
    """
    if not short or len(short) >= len(full):
        return False
    if full[-len(short) :] == short:
        return True
    if full[: len(short)] == short:
        return len(short) > 1 or not is_arabic(full)
    return len(short) > 1 and (short[0], short[-1]) == (full[0], full[-1]) and _in_order(short, full)


def _in_order(short: Words, full: Words) -> bool:
    rest = iter(full)
    return all(word in rest for word in short)


def _of_name(mention: Mention, words: Words) -> Entity:
    entity_id = f"{_PREFIXES[mention.label]}:{latin(words) or latin((mention.text,))}"
    return Entity(entity_id, mention.label, _KINDS[mention.label], mention.text, None, None)
