"""By what results can be narrowed, and how many each value would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

Facets = Mapping[str, tuple[tuple[str, int], ...]]
"""Of each facet its values with how many results each would leave, the most first; years the latest first."""
Columns = Mapping[str, Sequence[str | None]]
"""Of each facet the value of each result."""
_VALUES = 50
"""Values of a facet that are given."""


def narrowed(columns: Columns, wanted: Mapping[str, str], size: int) -> tuple[list[int], Facets]:
    """Return which of `size` results, by place, have all the values that are wanted, and the facets: each counts what has the wanted
    values of the others.

    >>> narrowed({"level": ["central", "province"], "year": ["2024", "2025"]}, {"year": "2025"}, 2)[0]
    [1]
    """
    missed: list[list[str]] = [[] for _ in range(size)]
    for name, value in wanted.items():
        for lacks, own in zip(missed, columns[name], strict=True):
            if own != value:
                lacks.append(name)
    facets = {name: _counted(name, column, missed, wanted.get(name)) for name, column in columns.items()}
    return [at for at, lacks in enumerate(missed) if not lacks], MappingProxyType(facets)


def _counted(
    name: str, column: Sequence[str | None], missed: Sequence[list[str]], chosen: str | None
) -> tuple[tuple[str, int], ...]:
    counts = Counter(_values(name, column, missed))
    if chosen:
        counts[chosen] += 0
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_VALUES]
    return tuple(sorted(most, reverse=True) if name == "year" else most)


def _values(name: str, column: Sequence[str | None], missed: Sequence[list[str]]) -> Iterator[str]:
    for value, lacks in zip(column, missed, strict=True):
        if value and (not lacks or lacks == [name]):
            yield value
