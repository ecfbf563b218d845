"""What long work shows while it runs, and what a build says at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from chidao.extract.errors import in_a_line
from chidao.graph.write.build import BuildSummary

_STEPS = {"extract": "reading", "resolve": "resolving", "write": "writing"}


@contextmanager
def progress_bar(quiet: bool = False, steps: Mapping[str, str] = _STEPS) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function for `build(progress=…)`: a bar on standard error when that is a terminal, else one line a step. `steps` says what
    each step of the work is called."""
    if quiet:
        yield lambda step, done, total: None
        return
    if not sys.stderr.isatty():
        told: set[str] = set()

        def tell(step: str, done: int, total: int) -> None:
            if step not in told:
                told.add(step)
                print(f"{steps.get(step, step)} …", file=sys.stderr)

        yield tell
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks = {step: bar.add_task(name, total=None, visible=False) for step, name in steps.items()}

        def show(step: str, done: int, total: int) -> None:
            bar.update(tasks[step], completed=done, total=total or None, visible=True)

        yield show


def summary_lines(summary: BuildSummary, graph_dir: str) -> list[str]:
    """Return what was read, found, left unresolved and left out, one fact a line."""
    lines = [
        f"files       {summary.read} read, {summary.kept} unchanged, {len(summary.skipped)} skipped, {len(summary.failed)} failed",
        f"documents   {summary.documents} ({summary.undated} numbered without a date, {summary.unresolved} unresolved)",
        f"bodies      {summary.bodies}",
        f"references  {summary.references}",
        f"relations   {summary.relations} stated in the files",
        f"actions     {summary.actions}",
    ]
    if summary.corrected or summary.to_review:
        lines.append(
            f"corrections {summary.corrected} by hand, {summary.to_review} to be looked at (chidao correct review)"
        )
    lines += [f"removed     {path}: the file is gone" for path in summary.removed]
    lines += [f"encoding    {path}: read as {encoding}" for path, encoding in summary.encodings]
    lines += [f"skipped     {path}: {reason}" for path, reason in summary.skipped]
    lines.append(
        f"{graph_dir}: nothing changed" if summary.unchanged else f"{graph_dir}: {summary.quads} quads written"
    )
    return [in_a_line(line) for line in lines]
