"""How many rows had carried a directive out by which day: a curve of steps, as points of a drawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from chidao.graph.answers.tally import Tally

WIDTH, HEIGHT = 300, 120
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Curve:
    """`path` is the line, `area` what lies below it; `ticks` are (x, ISO month) below the drawing, `done` the last height and `of` the
    highest: that of all whom the directive is for, or the last one where these are not known."""

    path: str
    area: str
    ticks: tuple[tuple[float, str], ...]
    done: int
    of: int
    top: float


def curve(tally: Tally, start: str | None, end: str) -> Curve | None:
    """Return the curve from the directive's day to `end`; None where its day, or that of every document, is not known."""
    days = [first.date for first in tally.firsts if start and first.date >= start]
    if not start or not days:
        return None
    begin, last = date.fromisoformat(start), date.fromisoformat(max(end, days[-1]))
    span, of = max((last - begin).days, 1), tally.of or len(days)

    def across(day: date) -> float:
        return round((day - begin).days / span * WIDTH, 1)

    def up(count: int) -> float:
        return round(HEIGHT - count / of * HEIGHT, 1)

    steps = "".join(f"H{across(date.fromisoformat(day))}V{up(count)}" for count, day in enumerate(days, 1))
    path = f"M0 {HEIGHT}{steps}H{WIDTH}"
    ticks = tuple(
        (round(at * WIDTH / _TICKS, 1), (begin + timedelta(days=span * at // _TICKS)).isoformat()[:7])
        for at in range(_TICKS + 1)
    )
    return Curve(path, f"{path}V{HEIGHT}Z", ticks, len(days), of, up(len(days)))


__all__ = ["HEIGHT", "WIDTH", "Curve", "curve"]
