"""Where a paragraph tells of a place that it begins with: "Tại tỉnh Sơn La, UBND tỉnh đã ban hành …" tells of no other UBND."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import UPPER
from chidao.extract.language.patterns import ITEM, UNIT
from chidao.ontology.authority import jurisdictions

_PLACE = rf"(?:(?i:{UNIT})\s+[{UPPER}][^,;:.()\n]{{1,30}}|{one_of(j.name for j in jurisdictions())})"
_OPENS = re.compile(
    rf"[\n.;:](?>(?<=\n){ITEM}|(?<!\n)[^\S\n]+)(?:(?:[Tt]ại|[Ởở])\s+(?P<named>{_PLACE}),|(?P<labelled>{_PLACE}):)"
    r"(?=\s+(?![ĐđTt](?:oàn|ổ)\s))"
)
"""From the mark on that ends what stands before, for which a search is fast. A team behind it is one that came there: "Tại tỉnh Sơn La,
đoàn công tác của UBND tỉnh …". What is done "đối với tỉnh Lào Cai" is done here."""


@lru_cache(maxsize=4)
def _openings(text: str) -> tuple[list[int], list[tuple[int, int, int]]]:
    """Where the words end with which each place opens what is told, and of each where its name stands and how far it is told of: in its
    paragraph, or in its sentence where that goes on with it."""
    ends: list[int] = []
    spans: list[tuple[int, int, int]] = []
    for opening in _OPENS.finditer(f"\n{text}"):
        start, end = opening.span("named" if opening["named"] else "labelled")
        behind = opening.end() - 1
        stop = text.find("\n", behind)
        stop = len(text) if stop < 0 else stop
        if opening[0][0] in ";:" and 0 < (full := text.find(". ", behind)) < stop:
            stop = full
        ends.append(behind)
        spans.append((start - 1, end - 1, stop))
    return ends, spans


def tells_elsewhere(text: str) -> bool:
    """May the text tell of a place that a paragraph begins with?"""
    return bool(_openings(text)[0])


def told_of(text: str, at: int) -> tuple[int, int] | None:
    """Return where the words stand of what may be the place of which the text tells at `at`."""
    ends, spans = _openings(text)
    i = bisect_right(ends, at) - 1
    return spans[i][:2] if i >= 0 and at < spans[i][2] else None
