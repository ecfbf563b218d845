"""Word documents (.docx) to text, as a reader of the printed page sees it.

python-docx opens the package; its tree is walked here, since the text that matters lies where simpler readers do not look:
numbers that Word writes itself ("Điều 1.", "a)"), footnotes, superscript marks, headings in borderless tables, text boxes,
tracked changes. A paragraph is a line, a table row is a line, footnotes follow the body under their marks.
Source of the format: ECMA-376 (Office Open XML), part 1, 17.3 (paragraphs, runs), 17.9 (numbering), 17.11 (footnotes).
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from chidao.extract.errors import SourceError
from chidao.extract.formats import Converted
from chidao.extract.formats.docx_styles import RunFonts, W, inherited
from chidao.extract.formats.kinds import first_line
from chidao.extract.formats.legacy import restored
from chidao.extract.formats.lines import raised, row_lines

__all__ = ["read_docx"]

_W = W
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PAGE = "\f"
_SKIPPED = frozenset(f"{_W}{n}" for n in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "fldData", "ruby"))
_SIGNS = {f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}lastRenderedPageBreak": _PAGE, f"{_W}noBreakHyphen": "\u2011"}
_BULLET = "-"


def read_docx(data: bytes) -> Converted:
    """Return the text of a .docx file. Raises SourceError (without a path) for one that is damaged."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    try:
        document = Document(io.BytesIO(data))
        return _Reader(document).read()
    except (PackageNotFoundError, LxmlError, KeyError, ValueError, AttributeError, IndexError, OSError) as error:
        raise SourceError(f"damaged Word document: {first_line(error)}") from None


@dataclass(slots=True)
class _Level:
    """One level of a numbered list: `text` "Điều %1.", `form` "decimal", `start` 1."""

    text: str
    form: str
    start: int


@dataclass(slots=True)
class _Numbering:
    """The numbers that Word writes. `levels[num][level]`; `counts[list][level]` is the last number given."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    list_of: dict[str, str] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def next(self, num: str, level: int) -> str:
        """The label of the next paragraph at `level` of list `num`, with a blank behind; empty where there is none."""
        known = self.levels.get(num, {})
        here = known.get(level)
        if here is None:
            return ""
        counts = self.counts[self.list_of[num]]
        if (restart := self.restarts.pop((num, level), None)) is not None:
            counts[level] = restart
        else:
            counts[level] = counts[level] + 1 if level in counts else here.start
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]
        if here.form == "none":
            return ""
        if here.form == "bullet":
            return f"{_BULLET} "
        label = here.text
        for k in range(level, -1, -1):
            value = counts.get(k, known[k].start if k in known else 1)
            label = label.replace(f"%{k + 1}", _figure(value, known[k].form if k in known else "decimal"))
        return f"{label} " if label.strip() else ""


def _figure(value: int, form: str) -> str:
    """A number as a list writes it.

    >>> [_figure(4, form) for form in ("decimal", "decimalZero", "lowerLetter", "upperRoman")]
    ['4', '04', 'd', 'IV']
    """
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        roman, rest = "", value
        for size, sign in (
            (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
            (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
        ):  # fmt: skip
            count, rest = divmod(rest, size)
            roman += sign * count
        return roman if form == "lowerRoman" else roman.upper()
    return f"{value:02d}" if form == "decimalZero" else str(value)


class _Reader:
    """Walks one document. Footnote marks are numbered in the order in which the text carries them."""

    def __init__(self, document: Any) -> None:
        self.body = document.element.body
        self.part = document.part
        self.numbering = _read_numbering(document.part)
        self.style_lists = inherited(document, _list_of)
        self.fonts = RunFonts(document)
        self.notes: list[tuple[str, str]] = []  # kind of note ("footnote", "endnote") and id, in text order

    def read(self) -> Converted:
        lines = list(self._blocks(self.body))
        notes = list(self._note_lines())
        text = "\n".join([*lines, *([""] if notes else []), *notes]) + "\n"
        text, restoring = restored(text)
        if not restoring:
            text = text.replace("\u00ad", "")
        pages, parts, at = [0], [], 0
        for piece in text.split(_PAGE):
            parts.append(piece)
            at += len(piece)
            pages.append(at)
        pages.pop()
        text = "".join(parts)
        return Converted(text, tuple(pages) if len(pages) > 1 else (), (*self.fonts.old.notes, *restoring))

    def _blocks(self, parent: Any) -> Iterator[str]:
        for child in parent:
            tag = child.tag
            if tag == f"{_W}p":
                yield from self._paragraph(child)
            elif tag == f"{_W}tbl":
                yield from self._table(child)
            elif tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"):
                yield from self._blocks(child)
            elif tag == f"{_MC}AlternateContent":
                for choice in child.iterchildren(f"{_MC}Choice"):
                    yield from self._blocks(choice)
                    break

    def _table(self, table: Any) -> Iterator[str]:
        for row in table.iter(f"{_W}tr"):
            if next(row.iterancestors(f"{_W}tbl")) is not table:
                continue  # a table within a cell, read with its cell
            cells = []
            for cell in row.iter(f"{_W}tc"):
                if next(cell.iterancestors(f"{_W}tr")) is not row:
                    continue
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                continued = merge is not None and merge.get(f"{_W}val") != "restart"
                cells.append([] if continued else "\n".join(self._blocks(cell)).split("\n"))
            yield from row_lines(cells)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        boxes: list[Any] = []
        text = "".join(self._runs(paragraph, boxes))
        label = self._label(paragraph) if text.strip() else ""
        lines = (label + text).split("\n")
        yield from (line.rstrip(" \u00a0") for line in lines)
        for box in boxes:
            yield from self._blocks(box)

    def _label(self, paragraph: Any) -> str:
        properties = paragraph.find(f"{_W}pPr")
        num = properties.find(f"{_W}numPr") if properties is not None else None
        level, list_id = 0, None
        if properties is not None and (style := properties.find(f"{_W}pStyle")) is not None:
            list_id, level = self.style_lists.get(style.get(f"{_W}val"), (None, 0))
        if num is not None:
            ilvl, num_id = num.find(f"{_W}ilvl"), num.find(f"{_W}numId")
            level = int(ilvl.get(f"{_W}val")) if ilvl is not None else level
            list_id = num_id.get(f"{_W}val") if num_id is not None else list_id
        return self.numbering.next(list_id, level) if list_id and list_id != "0" else ""

    def _runs(self, node: Any, boxes: list[Any]) -> Iterator[str]:
        for child in node:
            tag = child.tag
            if tag == f"{_W}r":
                yield self._run(child, boxes)
            elif tag == f"{_MC}AlternateContent":
                for choice in child.iterchildren(f"{_MC}Choice"):
                    yield from self._runs(choice, boxes)
                    break
            elif tag == f"{_W}txbxContent":
                boxes.append(child)
            elif tag not in _SKIPPED:
                yield from self._runs(child, boxes)

    def _run(self, run: Any, boxes: list[Any]) -> str:
        text = "".join(self._run_pieces(run, boxes))
        properties = run.find(f"{_W}rPr")
        return text if properties is None or not text.strip() else _as_shown(text, properties)

    def _run_pieces(self, run: Any, boxes: list[Any]) -> Iterator[str]:
        for child in run:
            tag = child.tag
            if tag == f"{_W}t":
                yield self.fonts.read(run, child.text or "")
            elif tag == f"{_W}softHyphen":
                yield self.fonts.read(run, "\u00ad")
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif tag in (f"{_W}br", f"{_W}cr"):
                yield _PAGE if child.get(f"{_W}type") == "page" else "\n"
            elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                yield self._mark(tag.removeprefix(_W).removesuffix("Reference"), child.get(f"{_W}id") or "")
            elif tag not in _SKIPPED and len(child):
                yield from self._runs(child, boxes)

    def _mark(self, kind: str, note: str) -> str:
        if (kind, note) not in self.notes:
            self.notes.append((kind, note))
        return raised(str(self.notes.index((kind, note)) + 1))

    def _note_lines(self) -> Iterator[str]:
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        bodies: dict[tuple[str, str], Any] = {}
        for relation in self.part.rels.values():
            kind = relation.reltype.rsplit("/", 1)[-1].removesuffix("s")
            if kind in ("footnote", "endnote") and not relation.is_external:
                for note in etree.fromstring(relation.target_part.blob, parser).iter(f"{_W}{kind}"):
                    bodies[kind, note.get(f"{_W}id") or ""] = note
        for i, key in enumerate(list(self.notes)):
            if key in bodies:
                said = " ".join(" ".join(self._blocks(bodies[key])).replace(_PAGE, "").split())
                yield f"{raised(str(i + 1))} {said}"


def _as_shown(text: str, properties: Any) -> str:
    """Return a run's text as its format shows it: hidden, raised, in capitals."""
    if _on(properties, "vanish"):
        return ""
    align = properties.find(f"{_W}vertAlign")
    if align is not None and align.get(f"{_W}val") == "superscript" and text.strip().isdecimal():
        return raised(text)
    return text.upper() if _on(properties, "caps") else text


def _on(properties: Any, name: str) -> bool:
    found = properties.find(f"{_W}{name}")
    return found is not None and found.get(f"{_W}val") not in ("0", "false", "off", "none")


def _read_numbering(part: Any) -> _Numbering:
    found = _Numbering()
    tree = next(
        (r.target_part.element for r in part.rels.values() if r.reltype.endswith("/numbering") and not r.is_external),
        None,
    )
    if tree is None:
        return found
    abstract: dict[str, dict[int, _Level]] = {}
    for definition in tree.iter(f"{_W}abstractNum"):
        abstract[definition.get(f"{_W}abstractNumId")] = dict(_levels(definition))
    for num in tree.iter(f"{_W}num"):
        key, base = num.get(f"{_W}numId"), num.find(f"{_W}abstractNumId").get(f"{_W}val")
        levels = dict(abstract.get(base, {}))
        found.list_of[key] = base
        for override in num.iter(f"{_W}lvlOverride"):
            levels.update(_levels(override))
            start = override.find(f"{_W}startOverride")
            if start is not None:
                found.restarts[key, int(override.get(f"{_W}ilvl"))] = int(start.get(f"{_W}val"))
        found.levels[key] = levels
    return found


def _levels(parent: Any) -> Iterator[tuple[int, _Level]]:
    for level in parent.iterchildren(f"{_W}lvl"):

        def value(name: str, default: str, level: Any = level) -> str:
            node = level.find(f"{_W}{name}")
            return default if node is None else node.get(f"{_W}val") or default

        yield (
            int(level.get(f"{_W}ilvl")),
            _Level(value("lvlText", ""), value("numFmt", "decimal"), int(value("start", "1"))),
        )


def _list_of(style: Any) -> tuple[str | None, int] | None:
    """The list, and its level, that a paragraph style numbers its paragraphs in."""
    num = style.find(f"{_W}pPr/{_W}numPr")
    if num is None:
        return None
    level, list_id = num.find(f"{_W}ilvl"), num.find(f"{_W}numId")
    return (
        list_id.get(f"{_W}val") if list_id is not None else None,
        int(level.get(f"{_W}val")) if level is not None else 0,
    )
