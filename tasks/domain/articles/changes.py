"""What changed between two versions of an article."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

_EXCERPT = 80


@dataclass(frozen=True, slots=True)
class Change:
    """Paragraphs by what became of them; `similarity` is the share of common words, 0 to 1."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    edited: tuple[tuple[str, str], ...]
    words_added: int
    words_removed: int
    similarity: float
    is_new_title: bool = False

    @property
    def is_empty(self) -> bool:
        """Say whether nothing but white space differs."""
        return not (self.added or self.removed or self.edited or self.is_new_title)


def compare_versions(old: str, new: str, *, old_title: str = "", new_title: str = "") -> Change:
    """Compare two texts of one paragraph a line; a paragraph replaced by a similar one counts as edited."""
    before, after = _paragraphs(old), _paragraphs(new)
    added: list[str] = []
    removed: list[str] = []
    edited: list[tuple[str, str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            pairs, gone, come = _pair(before[i:j], after[k:m])
            edited += pairs
            removed += gone
            added += come
    words = SequenceMatcher(None, old.split(), new.split(), autojunk=False)
    common = sum(block.size for block in words.get_matching_blocks())
    total_old, total_new = len(old.split()), len(new.split())
    return Change(
        added=tuple(added),
        removed=tuple(removed),
        edited=tuple(edited),
        words_added=total_new - common,
        words_removed=total_old - common,
        similarity=2 * common / (total_old + total_new) if total_old + total_new else 1.0,
        is_new_title=" ".join(old_title.split()) != " ".join(new_title.split()),
    )


def summarise(change: Change) -> str:
    """Say in one line what changed, as it is stored beside the new version."""
    if change.is_empty:
        return "no change"
    parts = ["new title"] if change.is_new_title else []
    counts = (("edited", len(change.edited)), ("added", len(change.added)), ("removed", len(change.removed)))
    parts += [f"{count} paragraph{'s' if count > 1 else ''} {name}" for name, count in counts if count]
    if change.words_added or change.words_removed:
        parts.append(f"+{change.words_added} -{change.words_removed} words")
    first = next(iter((*change.added, *(new for _old, new in change.edited), *change.removed)), "")
    return "; ".join(parts) + (f": {_excerpt(first)}" if first else "")


def _paragraphs(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _pair(before: list[str], after: list[str]) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Match each paragraph that went with the most similar one that came, if more than half of it is there."""
    pairs: list[tuple[str, str]] = []
    come = list(after)
    gone: list[str] = []
    for old in before:
        best = max(come, key=lambda new: _likeness(old, new), default=None)
        if best is not None and _likeness(old, best) > 0.5:
            pairs.append((old, best))
            come.remove(best)
        else:
            gone.append(old)
    return pairs, gone, come


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1].rsplit(" ", 1)[0] + "…"
