"""The sources of one article so far: what "الوزارة", "المصدر" and a bare surname point back to."""

from __future__ import annotations

from dataclasses import dataclass, field

from tasks.domain.arabic.normalise import fold
from tasks.domain.claims.attribution_speakers import Speaker

_SOURCE = fold("مصدر")


@dataclass(slots=True)
class Memory:
    """Grows while an article is read from its first sentence to its last."""

    heads: dict[str, Speaker] = field(default_factory=dict)
    titles: dict[str, Speaker] = field(default_factory=dict)
    surnames: dict[str, Speaker] = field(default_factory=dict)
    last: Speaker | None = None

    def resolve(self, speaker: Speaker) -> Speaker:
        """Fill in what an earlier mention of the same source told."""
        if speaker.surname and speaker.surname in self.surnames:
            return speaker.filled(self.surnames[speaker.surname])
        if speaker.is_back_reference and not speaker.surname:
            return speaker.filled(self._same_kind(speaker))
        return speaker

    def _same_kind(self, speaker: Speaker) -> Speaker | None:
        """The last source of that head noun, else of that title; "المصدر نفسه" is whoever spoke last."""
        known = self.heads.get(speaker.head) or self.titles.get(speaker.head)
        return known or (self.last if speaker.head == _SOURCE else None)

    def learn(self, speaker: Speaker) -> None:
        """Remember a source; one that says more about itself is not overwritten by one that says less."""
        for key, table in ((speaker.head, self.heads), (speaker.surname, self.surnames)):
            if key and (speaker.country or key not in table):
                table[key] = speaker
        self.titles.update((title, speaker) for title in speaker.titles if speaker.country)
