"""What a build shows: nothing, a line a step, or a bar."""

from __future__ import annotations

import io
import sys

import pytest

from chidao.graph.write.build import BuildSummary
from chidao.viz.progress import progress_bar, summary_lines

STEPS = [
    ("extract", 1, 3),
    ("extract", 2, 3),
    ("extract", 3, 3),
    ("resolve", 0, 1),
    ("write", 100_000, 0),
    ("write", 150_000, 150_000),
]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("quiet", "expected"), [(True, ""), (False, "reading …\nresolving …\nwriting …\n")], ids=["quiet", "piped"]
)
def test_without_a_terminal(quiet: bool, expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar(quiet) as tell:
        for step in STEPS:
            tell(*step)
    captured = capsys.readouterr()
    assert captured.err == expected and captured.out == ""


def test_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress_bar() as tell:
        for step in STEPS:
            tell(*step)
    shown = terminal.getvalue()
    assert "reading" in shown and "writing" in shown and "3/3" in shown


def test_a_bar_is_put_away_when_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    with pytest.raises(KeyboardInterrupt), progress_bar() as tell:
        tell(*STEPS[0])
        raise KeyboardInterrupt
    with progress_bar() as tell:  # a second one may start
        tell(*STEPS[0])


@pytest.mark.parametrize(
    ("summary", "line"),
    [
        (BuildSummary(read=2, kept=3), "files       2 read, 3 unchanged, 0 skipped, 0 failed"),
        (BuildSummary(documents=9, undated=2, unresolved=1), "documents   9 (2 numbered without a date, 1 unresolved)"),
        (BuildSummary(skipped=[("a.png", "PNG image")]), "skipped     a.png: PNG image"),
        (BuildSummary(encodings=[("b.txt", "utf-16")]), "encoding    b.txt: read as utf-16"),
        (BuildSummary(unchanged=True), "here: nothing changed"),
        (BuildSummary(quads=12), "here: 12 quads written"),
    ],
)
def test_summary(summary: BuildSummary, line: str) -> None:
    lines = summary_lines(summary, "here")
    assert line in lines and all("\n" not in said for said in lines)
    assert lines[-1].startswith("here: ")
