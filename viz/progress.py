"""What long work shows while it runs, and what a build says at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from chidao.extract.errors import in_a_line
from chidao.graph.write.build import BuildSummary
from chidao.viz.catalogue import N_
from chidao.viz.speech import Speech

_STEPS = {"extract": N_("reading"), "resolve": N_("resolving"), "write": N_("writing")}
_ENGLISH = Speech("en")


@contextmanager
def progress_bar(
    quiet: bool = False, say: Speech = _ENGLISH, steps: Mapping[str, str] = _STEPS
) -> Iterator[Callable[[str, int, int], None]]:
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
                print(f"{say(steps.get(step, step))} …", file=sys.stderr)

        yield tell
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks = {step: bar.add_task(say(name), total=None, visible=False) for step, name in steps.items()}

        def show(step: str, done: int, total: int) -> None:
            bar.update(tasks[step], completed=done, total=total or None, visible=True)

        yield show


def summary_lines(summary: BuildSummary, graph_dir: str, say: Speech = _ENGLISH) -> list[str]:
    """Return what was read, found, left unresolved and left out, one fact a line."""
    wide = 11 if say.language == "en" else 15
    lines = [f"{say(head):<{wide}} {told}" for head, told in _facts(summary, say)]
    end = say("nothing changed") if summary.unchanged else say("{quads} quads written", quads=summary.quads)
    return [in_a_line(line) for line in (*lines, f"{graph_dir}: {end}")]


def _facts(summary: BuildSummary, say: Speech) -> Iterator[tuple[str, str]]:
    files = {
        "read": summary.read, "kept": summary.kept, "skipped": len(summary.skipped), "failed": len(summary.failed)
    }  # fmt: skip
    yield N_("files"), say("{read} read, {kept} unchanged, {skipped} skipped, {failed} failed", **files)
    told = N_("{count} ({undated} numbered without a date, {unresolved} unresolved)")
    numbers = {"count": summary.documents, "undated": summary.undated, "unresolved": summary.unresolved}
    yield N_("documents"), say(told, **numbers)
    yield N_("bodies"), str(summary.bodies)
    yield N_("references"), str(summary.references)
    yield N_("relations"), say("{count} stated in the files", count=summary.relations)
    yield N_("actions"), str(summary.actions)
    if summary.corrected or summary.to_review:
        told = N_("{count} by hand, {review} to be looked at (chidao correct review)")
        yield N_("corrections"), say(told, count=summary.corrected, review=summary.to_review)
    for path in summary.removed:
        yield N_("removed"), f"{path}: {say('the file is gone')}"
    for path, encoding in summary.encodings:
        yield N_("encoding"), f"{path}: {say('read as {encoding}', encoding=encoding)}"
    for path, reason in summary.skipped:
        yield N_("skipped"), f"{path}: {say.told(reason)}"
