"""Tables that stand as HTML in a text, as converters of PDF to Markdown write them: a line for each row, bars between its cells.

What is left out is a row of `GONE`, a sign that no office types: every character keeps its place until the source is composed.
"""

from __future__ import annotations

import re
from html import unescape

from chidao.extract.formats.lines import Columns

__all__ = ["GONE", "barred", "without_tags"]

GONE = "\0"
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z]+[1-6]?)\b(?P<said>[^<>]*)>", re.IGNORECASE)
_SPAN = re.compile(r"\b(rowspan|colspan)\s*=\s*[\"']?([0-9]+)")
_BLANKS = re.compile(r"\s{2,}|\n")
_ENTITY = re.compile(r"&#?[0-9a-z]{1,8};", re.IGNORECASE)
_ENDS_CELL = re.compile(r"\s*</?t(?:[drh]|able)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:\s*</?t(?:[dhr]|able)\b[^<>]*>)+\s*", re.IGNORECASE)
"""What stands between two cells that say something."""
_LINES = frozenset(["div", "h", "li", "p", "tr"])
"""What ends a line within a cell; a row does of a table within it."""


def barred(text: str) -> str:
    """Return the text with a line for each row of its tables, as long as before.

    >>> table = "<table><tr><td rowspan=2>A</td><td>B<br/>C</td></tr> <tr><td>D &amp; E</td></tr></table>"
    >>> barred(table).replace(GONE, "")
    'A | B<br>C\\n | D & E\\n'
    """
    out: list[str] = []
    rows = _Rows()
    at = 0
    for tag in _TAG.finditer(text):
        begin, end = tag.span()
        if not rows.depth and (tag["end"] or tag["name"].lower() != "table"):
            continue
        out.append(rows.said(text[at:begin]))
        out.append(rows.mark(tag).ljust(end - begin, GONE)[: end - begin])
        at = end
    return "".join(out) + text[at:]


def without_tags(text: str) -> str:
    """Return a part of such a table as people read it; any other text as it is.

    >>> without_tags("Rà soát<br>hồ sơ</td><td></td> <td>Sở Nội vụ &amp; Sở Y tế")
    'Rà soát hồ sơ | Sở Nội vụ & Sở Y tế'
    """
    cells = _BETWEEN.sub(" | ", text) if "<" in text else text
    return text if cells == text else unescape(_TAG.sub(" ", cells))


class _Rows:
    """Where in its tables a text has come to."""

    def __init__(self) -> None:
        self.depth = 0
        self._columns = Columns()
        self._in_row = self._in_cell = False

    def said(self, text: str) -> str:
        """Return what stands between two tags: of a cell, on one line; what stands outside of cells as it is."""
        if not self.depth:
            return text
        if not self._in_cell:
            return GONE * len(text) if text.isspace() else text
        if "&" in text:
            text = _ENTITY.sub(lambda one: unescape(one.group())[:1].ljust(len(one.group()), GONE), text)
        return _BLANKS.sub(lambda run: " ".ljust(len(run.group()), GONE), text).replace("|", "/")

    def mark(self, tag: re.Match[str]) -> str:
        """Return what stands for a tag."""
        name, closes = tag["name"].lower(), bool(tag["end"])
        nested = self.depth > 1
        if name == "table":
            # A table within another stands in a cell, and none of its cells is told apart; else the one before it has no end.
            self.depth = self.depth - 1 if closes else self.depth + 1 if self._in_cell else 1
            if not closes and self.depth == 1:
                self._columns = Columns()
            return "" if self._in_cell and self.depth else self._end_row()
        if name in ("td", "th") and not nested:
            return self._border(tag, closes=closes)
        if name == "tr" and not nested:
            return self._end_row()
        if not self._in_cell or _ENDS_CELL.match(tag.string, tag.end()):
            return ""
        if name == "br" or (closes and name.rstrip("123456") in _LINES):
            return "<br>"
        return " " if name.rstrip("123456") in {*_LINES, "td", "th"} else ""

    def _border(self, tag: re.Match[str], *, closes: bool) -> str:
        if closes:
            self._in_cell = False
            return ""
        first = not self._in_row
        if first:
            self._columns.open_row()
        empty = self._columns.pass_taken()
        spans = dict(_SPAN.findall(tag["said"].lower()))
        self._columns.put(spans.get("rowspan"), spans.get("colspan"))
        self._in_row = self._in_cell = True
        bars = empty if first else empty + 1
        wide = " |" * bars + " " if bars else ""
        return wide if len(wide) <= len(tag.group()) else "|" * bars

    def _end_row(self) -> str:
        if not self._in_row:
            return ""
        self._in_row = self._in_cell = False
        return "|" * min(self._columns.pass_taken(), 3) + "\n"
