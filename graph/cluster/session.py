"""A Spark cluster as a place where pure functions are mapped over what a build has to do.

What runs on an executor is what runs here: each partition has a guarded reader of its own (`chidao.extract.formats.sandbox`), so that a
hostile file harms no more than on one machine. chidao must be installed on every worker, and files and the graph's folder lie where all
machines find them under one path (NFS, a mounted bucket).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from chidao.extract.errors import ChidaoError, NotADocumentError, SourceError
from chidao.extract.formats.sandbox import Call, Readers

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Given = TypeVar("Given")
Made = TypeVar("Made")
_WAVE = 64
"""Calls for each core that are under way at once: what these answer is all that is held in memory."""
_ERRORS = {error.__name__: error for error in (SourceError, NotADocumentError)}


class Cluster:
    """A session on the cluster of a master, such as "spark://host:7077", "yarn", or "local[4]". It ends with its `with`."""

    def __init__(self, master: str) -> None:
        """Raises ChidaoError where Spark is not installed, or the master does not answer."""
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise ChidaoError(
                'Spark is not installed: pip install "chidao[spark]", and a Java runtime (17 or newer)'
            ) from None
        # Executors run the same Python; a worker elsewhere has it under the same path.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        try:
            self.spark: SparkSession = (
                SparkSession.Builder().master(master).appName("chidao").config("spark.ui.enabled", "false")
                .config("spark.ui.showConsoleProgress", "false").getOrCreate()
            )  # fmt: skip
        except Exception as error:  # whatever the gateway to Java raises
            raise ChidaoError(f"no Spark at {master} ({' '.join(str(error).split())[:200]})") from None
        self.width: int = max(2, self.spark.sparkContext.defaultParallelism)
        self.spark.conf.set("spark.sql.shuffle.partitions", str(4 * self.width))

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *error: object) -> None:
        self.spark.stop()

    def each(self, calls: Iterable[Call]) -> Iterator[bytes | SourceError]:
        """Yield for each call its answer or why there is none, in their order, as `Readers.each` does here."""
        for answer in self.map(_answers, calls):
            yield answer if isinstance(answer, bytes) else _error(answer)

    def map(self, done: Callable[[Iterable[Given]], Iterable[Made]], given: Iterable[Given]) -> Iterator[Made]:
        """Yield what a function makes of these, which gets a part of them at a time, in their order."""
        rest = iter(given)
        while wave := list(islice(rest, _WAVE * self.width)):
            yield from (
                self.spark.sparkContext.parallelize(wave, min(len(wave), 2 * self.width)).mapPartitions(done).collect()
            )


def _answers(calls: Iterable[Call]) -> Iterator[bytes | tuple[Any, ...]]:
    """On an executor: the answers to the calls of one partition; errors as data, since not every exception can be sent."""
    with Readers(1) as readers:
        for call in calls:
            try:
                yield readers.ask(Call(*call))
            except SourceError as error:
                yield type(error).__name__, error.message, error.path, error.offset


def _error(said: tuple[Any, ...]) -> SourceError:
    kind, message, path, offset = said
    return _ERRORS.get(kind, SourceError)(message, path=path, offset=offset)
