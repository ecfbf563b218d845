"""What stands on a PDF page: characters with their places, and what is ruled; all laid flat, so that text runs from left to right.

Rules are strokes and thin rectangles that run across or upright, as the borders of tables are drawn. pypdfium2 is the reader.
Source of the form: ISO 32000-1, 8.3 (coordinates), 8.5 (paths), 8.10 (form XObjects), 9.4 (text).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from ctypes import c_double, c_float, c_int
from itertools import islice, pairwise
from math import pi
from typing import Any

from chidao.extract.formats.page import Glyph
from chidao.extract.formats.ruled import MAX_RULES, Rule

__all__ = ["Matrix", "moved", "page_glyphs", "page_rules", "page_turn"]

_SLANT = 0.03
"""How far, in quarter turns, the baseline of a character may stray that stands upright."""
_SAMPLE = 400
"""Characters whose direction is looked at."""
_ODD = {"\x02": "-", "\ufffe": "-", "\x00": "", "\ufeff": "", "\u200b": ""}
_THIN = 3.0
"""A filled rectangle up to this thick, in points, is a line; a thicker one is the ground of a cell."""
_STRAIGHT = 0.7
"""How far the ends of a line may differ, in points."""
_MOST = 20 * MAX_RULES
"""Pieces of lines that are looked at."""
_DEPTH = 4

Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f of ISO 32000-1, 8.3.3: (x, y) goes to (ax + cy + e, bx + dy + f)."""
Point = tuple[float, float]


_TURNS: tuple[Matrix, ...] = ((1, 0, 0, 1, 0, 0), (0, -1, 1, 0, 0, 0), (-1, 0, 0, -1, 0, 0), (0, 1, -1, 0, 0, 0))
"""What lays a page flat whose text runs as usual, upwards, upside down, or downwards."""


def moved(point: Point, matrix: Matrix) -> Point:
    """Return where a matrix takes a point."""
    (x, y), (a, b, c, d, e, f) = point, matrix
    return (a * x + c * y + e, b * x + d * y + f)


def page_turn(page: Any) -> Matrix:
    """Return what lays a page flat, by the quarter turns to the left in which most of its text runs. Printer drivers write a broad page
    as a high one, turned."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    total = text.count_chars()
    angles = Counter(
        -round(pdfium.FPDFText_GetCharAngle(text.raw, i) / (pi / 2)) % 4  # it counts to the right
        for i in range(0, total, max(1, total // _SAMPLE))
        if pdfium.FPDFText_IsGenerated(text.raw, i) == 0
    )
    text.close()
    return _TURNS[max(angles, key=lambda turn: (angles[turn], -turn), default=0)]


def page_glyphs(page: Any, turn: Matrix) -> list[Glyph]:
    """Return the characters of the text layer of a page that is laid flat by `turn`, in the order in which the file has them."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    raw = text.raw
    box = pdfium.FS_RECTF()
    x, y = c_double(), c_double()
    found: list[Glyph] = []
    for i in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, i)
        if code in (0, 10, 13) or (pdfium.FPDFText_IsGenerated(raw, i) == 1 and not _slanted(raw, i - 1)):
            continue
        char = _ODD.get(chr(code), chr(code))
        if not char or not pdfium.FPDFText_GetCharOrigin(raw, i, x, y):
            continue
        # The loose box reaches from the character's origin as far as the type advances, so that gaps are true also where a slanted
        # letter or its marks hang over ("Căn cứ Luật").
        if not pdfium.FPDFText_GetLooseCharBox(raw, i, box):
            continue
        size = pdfium.FPDFText_GetFontSize(raw, i) * _scale(raw, i)
        ends = moved((box.left, box.bottom), turn)[0], moved((box.right, box.top), turn)[0]
        begin, base = moved((x.value, y.value), turn)
        found.append(Glyph(char, min(begin, *ends), max(ends), base, size))
    text.close()
    return found


def _slanted(raw: Any, i: int) -> bool:
    """Was the character made italic by slanting it? Then its box is slanted too, and only the reader knows the blank behind it."""
    import pypdfium2.raw as pdfium

    turn: float = pdfium.FPDFText_GetCharAngle(raw, i) / (pi / 2) if i >= 0 else 0.0
    return abs(turn - round(turn)) > _SLANT


def _scale(raw: Any, i: int) -> float:
    """How much the page enlarges the type at a character: some programs write everything at size 1."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(raw, i, matrix):
        return 1.0
    return abs(float(matrix.d)) or abs(float(matrix.b)) or 1.0


def page_rules(page: Any, turn: Matrix) -> list[Rule]:
    """Return the rules of a page (of pypdfium2) that is laid flat by `turn`, in points; none where it draws more than tables do."""
    import pypdfium2.raw as pdfium

    objects = [pdfium.FPDFPage_GetObject(page.raw, i) for i in range(pdfium.FPDFPage_CountObjects(page.raw))]
    found = list(islice(_rules(objects, turn, _DEPTH), _MOST + 1))
    return found if len(found) <= _MOST else []


def _rules(objects: list[Any], outer: Matrix, depth: int) -> Iterator[Rule]:
    import pypdfium2.raw as pdfium

    for item in objects:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield from _path_rules(item, _times(_matrix(item), outer))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            inner = [pdfium.FPDFFormObj_GetObject(item, i) for i in range(pdfium.FPDFFormObj_CountObjects(item))]
            yield from _rules(inner, _times(_matrix(item), outer), depth - 1)


def _matrix(item: Any) -> Matrix:
    import pypdfium2.raw as pdfium

    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, m):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _times(m: Matrix, n: Matrix) -> Matrix:
    """First `m`, then `n`."""
    a, b, c, d, e, f = m
    g, h, i, k, x, y = n
    return (a * g + b * i, a * h + b * k, c * g + d * i, c * h + d * k, e * g + f * i + x, e * h + f * k + y)


def _path_rules(path: Any, matrix: Matrix) -> Iterator[Rule]:
    import pypdfium2.raw as pdfium

    fill, stroke = c_int(), c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke):
        return
    for points in _outlines(path, matrix):
        if stroke.value:
            for (x, y), (u, v) in pairwise(points):
                if abs(x - u) <= _STRAIGHT:
                    yield Rule(True, (x + u) / 2, min(y, v), max(y, v))
                elif abs(y - v) <= _STRAIGHT:
                    yield Rule(False, (y + v) / 2, min(x, u), max(x, u))
        elif fill.value and len(points) > 2:
            left, right = min(x for x, _ in points), max(x for x, _ in points)
            low, high = min(y for _, y in points), max(y for _, y in points)
            if high - low <= _THIN:
                yield Rule(False, (low + high) / 2, left, right)
            if right - left <= _THIN:
                yield Rule(True, (left + right) / 2, low, high)


def _outlines(path: Any, matrix: Matrix) -> Iterator[list[Point]]:
    """The parts of a path that hold straight lines only, each as the points that it goes through."""
    import pypdfium2.raw as pdfium

    x, y = c_float(), c_float()
    points: list[Point] = []
    curved = False
    for i in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        place = moved((x.value, y.value), matrix)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        points.append(place)
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points
