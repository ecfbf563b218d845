"""Web pages to text: blocks and table rows as lines, superscript digits kept apart, scripts and hidden parts left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chidao.extract.errors import SourceError
from chidao.extract.formats import Converted
from chidao.extract.formats.kinds import first_line
from chidao.extract.formats.legacy import restored
from chidao.extract.formats.lines import Columns, raised, row_lines

__all__ = ["read_html"]

_LEFT_OUT = frozenset(
    [
        "script",
        "style",
        "head",
        "noscript",
        "template",
        "svg",
        "nav",
        "button",
        "select",
        "iframe",
        "object",
        "textarea",
    ]
)
_BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre",
        "section", "ul",
    ]
)  # fmt: skip


def read_html(data: bytes) -> Converted:
    """Return the text of an HTML page. Nothing is fetched. Raises SourceError (without a path) when there is none."""
    from lxml import etree, html

    try:
        tree = html.fromstring(data, parser=html.HTMLParser(encoding=_charset(data), no_network=True, huge_tree=False))
    except (etree.LxmlError, ValueError) as error:
        raise SourceError(f"damaged HTML: {first_line(error)}") from None
    text = "\n".join(line for line in _lines(tree) if line.strip())
    if not text:
        raise SourceError("is empty: an HTML page without text")
    text, notes = restored(text)
    return Converted(text + "\n", notes=notes)


def _charset(data: bytes) -> str | None:
    """UTF-8 where the bytes are that, whatever the page says; else what it says (None: the parser looks)."""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _lines(node: Any) -> Iterator[str]:
    """The lines below `node`: text between two block borders is one line."""
    line: list[str] = []
    for piece in _pieces(node):
        if isinstance(piece, str):
            line.append(piece)
        else:
            yield " ".join("".join(line).replace("\ufeff", "").split(" ")).strip()
            line = []
            yield from piece
    yield "".join(line).strip()


def _pieces(node: Any) -> Iterator[str | list[str]]:
    """Text as it comes; a list for every border between lines, with the lines that stand there (of a table)."""
    if node.text:
        yield _blanks(node.text, node)
    items = 0
    for child in node:
        tag = child.tag if isinstance(child.tag, str) else ""
        if not tag or tag in _LEFT_OUT or _hidden(child):
            pass
        elif tag == "br":
            yield []
        elif tag == "table":
            yield list(_table(child))
        elif tag == "sup" and "".join(child.itertext()).strip(" []()").isdecimal():
            yield raised("".join(child.itertext()).strip(" []()"))
        elif tag in _BLOCKS:
            yield []
            if tag == "li":
                yield _item(node, items)
                items += 1
            yield from _pieces(child)
            yield []
        else:
            yield from _pieces(child)
        if child.tail:
            yield _blanks(child.tail, node)


def _item(list_: Any, before: int) -> str:
    """What a page shows before an item of a list that has so many `before` it."""
    if list_.tag != "ol":
        return "- "
    try:
        start = int(list_.get("start", "1"))
    except ValueError:
        start = 1
    return f"{start + before}. "


def _table(table: Any) -> Iterator[str]:
    """Yield the lines of a table. A cell is empty in the rows that it reaches down to, so that columns keep their places."""
    columns = Columns()
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        columns.open_row()
        cells: list[list[str]] = [[]] * columns.pass_taken()
        for cell in row:
            if cell.tag in ("td", "th"):
                cells.append([c for c in _lines(cell) if c])
                columns.put(cell.get("rowspan"), cell.get("colspan"))
                cells += [[]] * columns.pass_taken()
        yield from row_lines(cells)


def _hidden(node: Any) -> bool:
    return node.get("hidden") is not None or "display:none" in (node.get("style") or "").replace(" ", "").lower()


def _blanks(text: str, node: Any) -> str:
    """Runs of ASCII blanks are one blank, as a browser shows them; a no-break space stays."""
    if node.tag == "pre":
        return text
    blank = text.translate({9: " ", 10: " ", 12: " ", 13: " "})
    while "  " in blank:
        blank = blank.replace("  ", " ")
    return blank
