"""A proofreader's findings as comments in a copy of the document, each at its place."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chidao.extract.errors import ChidaoError
from chidao.extract.model import Source
from chidao.graph.proofread.draft import Finding
from chidao.viz.documents.docx_places import DocxPlaces
from chidao.viz.documents.findings import SEVERITY_NAMES

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

AUTHOR = "chidao"


def write_text(file: Path, out: Path, text: str) -> None:
    """Write `text` to `out`. Raises ChidaoError when that is the file that was read."""
    _spare(file, out)
    out.write_text(text, encoding="utf-8")


def write_comments(file: Path, source: Source, findings: Sequence[Finding], out: Path | None = None) -> Path:
    """Write a copy of `file` with one comment for each finding; where that went.

    A .docx keeps its form; of anything else the copy holds the text, a paragraph for each line. A finding whose place cannot be
    told surely is commented at its paragraph. Raises ChidaoError when `out` is the file that was read.
    """
    out = out or file.with_name(f"{file.stem}-check.docx")
    _spare(file, out)
    document = _opened(file) if source.format == "docx" else None
    if document is None:
        document = _from_text(source.text)
    _comment(document, source.text, findings)
    written = io.BytesIO()
    document.save(written)
    out.write_bytes(written.getvalue())
    return out


def _spare(file: Path, out: Path) -> None:
    if out.exists() and out.samefile(file):
        raise ChidaoError("this is the file that was read; name another one with -o", path=str(out))


def _opened(file: Path) -> DocxDocument | None:
    """The .docx itself; None for a kind of it that cannot be written back (with macros, a template)."""
    from docx import Document

    try:
        return Document(str(file))
    except (ValueError, KeyError):
        return None


def _from_text(text: str) -> DocxDocument:
    from docx import Document

    document = Document()
    for line in text.split("\n"):
        # What XML cannot hold (a form feed of PDF text, say) is a blank.
        document.add_paragraph("".join(c if c == "\t" or (c >= " " and c not in "\ufffe\uffff") else " " for c in line))
    return document


def _comment(document: DocxDocument, text: str, findings: Sequence[Finding]) -> None:
    from docx.text.run import Run

    places = DocxPlaces(document, text)
    if not places.paragraphs:
        return
    last = 0
    # Found before any run is cut, since cutting moves no text.
    for finding in findings:
        found = places.find(finding.start, finding.end)
        runs = places.cut(*found) if found else None
        if found and runs:
            last = places.paragraph_at(found[0])
        elif (mark := places.mark_of_note(finding.start, finding.end)) is not None:
            runs = mark, mark
        else:
            at = places.near(finding.start, finding.end)
            runs = places.whole(last if at is None else at)
        first, final = (Run(run, document) for run in runs)
        document.add_comment([first, final], text=_words(finding), author=AUTHOR, initials="cd")


def _words(finding: Finding) -> str:
    text = f"{SEVERITY_NAMES[finding.severity]} [{finding.rule}] {finding.message}"
    return f"{text}\nĐề nghị: {finding.suggestion}" if finding.suggestion else text
