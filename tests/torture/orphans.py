"""Builds that are ended at any moment by KILL, TERM, HUP or INT: none of their readers lives on, and nothing of theirs stays in the temporary
folder. A reader at work, its LibreOffice included, ends with the build and not with its file."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chidao.tests.torture.files import whole_files

_SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
_PATIENCE = 60.0
"""Seconds for what should take none; a loaded machine is slow."""


def attack(seed: int, times: int) -> str:
    """End so many builds. Raises AssertionError when a process or a file of one stays, or Ctrl-C is answered by more than a line."""
    chance = random.Random(seed)
    sent: Counter[str] = Counter()
    waits: list[float] = []
    met = 0
    with tempfile.TemporaryDirectory(prefix="orphans-") as name:
        folder = Path(name)
        _fill(folder / "documents")
        for number in range(times):
            how = chance.choice(_SIGNALS)
            with _build(folder, number) as (process, temporary):
                delay = chance.uniform(0.2, 4)
                end = time.monotonic() + delay
                while time.monotonic() < end and process.poll() is None:
                    time.sleep(0.01)
                met += bool(running(temporary))
                began = time.monotonic()
                process.send_signal(how)
                _, said = process.communicate()
                while (
                    left := running(temporary) or [*map(str, temporary.iterdir())]
                ) and time.monotonic() - began < _PATIENCE:
                    time.sleep(0.005)
                waits.append(time.monotonic() - began)
                assert not left, f"seed {seed}, build {number}, {how.name} after {delay:.2f} s: {left} is left"
                assert "Traceback" not in said, f"seed {seed}, build {number}, {how.name} after {delay:.2f} s: {said}"
            sent[how.name] += 1
    figures = ", ".join(f"{count} {name}" for name, count in sorted(sent.items()))
    return f"{times} builds ended ({figures}), {met} with readers at work: none lived on; all was gone after {sum(waits) / len(waits):.2f} s, at most {max(waits):.2f} s"


def running(temporary: Path) -> list[str]:
    """Return the commands of processes that have a folder in them, where the system shows processes as files (Linux)."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes()
        except OSError:
            continue  # it is gone
        if os.fsencode(temporary) in command:
            found.append(command.replace(b"\0", b" ").decode("utf-8", "replace"))
    return found


def _fill(folder: Path) -> None:
    """Documents of each format, some of which take a while."""
    folder.mkdir()
    whole = whole_files()
    for number in range(60):
        ending = ("txt", "docx", "pdf", "html", "xlsx", "rtf")[number % 6]
        data = whole[ending] if ending != "txt" else whole["txt"] * 20
        (folder / f"{number:03}.{ending}").write_bytes(data + b"\n" * number)


@contextmanager
def _build(folder: Path, number: int) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    temporary = folder / f"temporary-{number}"
    temporary.mkdir()
    command = [
        sys.executable,
        "-m",
        "chidao.cli",
        "build",
        str(folder / "documents"),
        "--graph",
        str(folder / f"graph-{number}"),
        "--quiet",
    ]
    options = {"env": {**os.environ, "TMPDIR": str(temporary)}, "stderr": subprocess.PIPE, "stdout": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, encoding="utf-8", start_new_session=True, **options) as process:  # type: ignore[call-overload]
        try:
            yield process, temporary
        finally:
            process.kill()
