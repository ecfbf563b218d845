"""A proofreader's findings as comments in a copy of the document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chidao.extract.errors import ChidaoError
from chidao.extract.model import Source
from chidao.graph.findings import Finding


def write_text(file: Path, out: Path, text: str) -> None:
    """Write `text` to `out`, which may not be the file that was read."""
    _spare(file, out)
    out.write_text(text, encoding="utf-8")


def _spare(file: Path, out: Path) -> None:
    if out.exists() and out.samefile(file):
        raise ChidaoError("this is the file that was read; name another one with -o", path=str(out))


def write_comments(file: Path, source: Source, findings: Sequence[Finding], out: Path | None) -> Path:
    raise ChidaoError("comments are not written yet", path=str(file))
