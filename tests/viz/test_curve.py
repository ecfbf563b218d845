"""The curve of how many had carried a directive out by which day."""

from __future__ import annotations

from chidao.graph.answers.tally import First, Tally
from chidao.viz.web.rendering.curve import curve


def tally(*days: str) -> Tally:
    firsts = tuple(First(day, day, "Kế hoạch", day, None) for day in days)
    return Tally(4, len(days), 0, 0, 4 - len(days), 0, 0, len(days), 0, None, firsts)


def test_a_step_for_each_row() -> None:
    found = curve(tally("2025-01-11", "2025-01-21"), "2025-01-01", "2025-02-10")
    assert found
    assert found.path == "M0 120H75.0V90.0H150.0V60.0H300"
    assert found.area == f"{found.path}V120Z"
    assert (found.done, found.of, found.top) == (2, 4, 60.0)
    assert found.ticks[0] == (0.0, "2025-01")
    assert found.ticks[-1] == (300.0, "2025-02")


def test_it_goes_on_to_the_last_document_when_that_is_later() -> None:
    found = curve(tally("2025-03-01"), "2025-01-01", "2025-02-01")
    assert found
    assert found.ticks[-1][1] == "2025-03"


def test_what_is_older_than_the_directive_is_left_out_and_without_days_there_is_no_curve() -> None:
    assert curve(tally("2024-12-01"), "2025-01-01", "2025-02-01") is None
    assert curve(tally("2025-02-01"), None, "2025-02-01") is None
    assert curve(tally(), "2025-01-01", "2025-02-01") is None
