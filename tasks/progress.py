"""A bar in Prefect's interface for work of more than one batch."""

from __future__ import annotations

from uuid import UUID

from prefect.artifacts import create_progress_artifact, update_progress_artifact

from tasks.report import left_behind


class Progress:
    """Of `total` things; nothing is shown where the first batch is all there is."""

    def __init__(self, flow: str, total: int) -> None:
        self._key = f"{flow}-progress"
        self._total = total
        self._done = 0
        self._artifact: UUID | None = None

    def advance(self, count: int) -> None:
        self._done += count
        share = 100.0 * min(1.0, self._done / max(1, self._total))
        told = f"{self._done} of {self._total}"
        with left_behind(self._key):
            if self._artifact is not None:
                update_progress_artifact(self._artifact, progress=share, description=told)
            elif self._done < self._total:
                created = create_progress_artifact(progress=share, key=self._key, description=told)
                assert isinstance(created, UUID)  # no coroutine, for no event loop runs here
                self._artifact = created
