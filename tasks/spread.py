"""Batches analysed side by side: in processes of this machine, or on a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner

from tasks.annotate import analyse_articles
from tasks.configure import ConfigurationError
from tasks.settings import AnalysisSettings, Settings
from warehouse.records import Analysis, Article

Batches = Sequence[Sequence[Article]]
Analyse = Callable[[Batches], Iterator[list[Analysis]]]


@contextmanager
def spread(settings: Settings) -> Iterator[Analyse]:
    """What analyses batches as `[analysis]` says; its results come in the order of the batches.

    Raises ConfigurationError where a cluster is named and the package that speaks with it is missing.
    """
    runner = _runner(settings.analysis)
    if runner is None:
        yield lambda batches: (analyse_articles(batch, settings) for batch in batches)
        return
    with runner:
        yield lambda batches: _submitted(runner, batches, settings)


def _submitted(runner: TaskRunner[Any], batches: Batches, settings: Settings) -> Iterator[list[Analysis]]:
    futures = [
        runner.submit(analyse_articles, parameters={"articles": batch, "settings": settings}) for batch in batches
    ]
    for future in futures:
        yield future.result()


def _runner(analysis: AnalysisSettings) -> TaskRunner[Any] | None:
    if analysis.cluster:
        try:
            from prefect_dask.task_runners import DaskTaskRunner
        except ImportError:
            needed = "analysis.cluster: needs prefect-dask; install marsad[scale], or leave it empty"
            raise ConfigurationError([needed]) from None
        runner: TaskRunner[Any] = DaskTaskRunner(address=analysis.cluster)
        return runner
    if analysis.batches_at_once > 1:
        return ProcessPoolTaskRunner(max_workers=analysis.batches_at_once)
    return None
