"""What a PDF page rules: strokes and thin rectangles that run across or upright, as the borders of tables are drawn.

Source of the form: ISO 32000-1, 8.5 (paths), 8.10 (form XObjects).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Any

from chidao.extract.formats.ruled import MAX_RULES, Rule

__all__ = ["page_rules"]

_THIN = 3.0
"""A filled rectangle up to this thick, in points, is a line; a thicker one is the ground of a cell."""
_STRAIGHT = 0.7
"""How far the ends of a line may differ, in points."""
_MOST = 20 * MAX_RULES
"""Pieces of lines that are looked at."""
_DEPTH = 4

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]


def page_rules(page: Any) -> list[Rule]:
    """The rules of a page (of pypdfium2), in points; none where it draws more than tables do."""
    import pypdfium2.raw as pdfium

    objects = [pdfium.FPDFPage_GetObject(page.raw, i) for i in range(pdfium.FPDFPage_CountObjects(page.raw))]
    found = list(islice(_rules(objects, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), _DEPTH), _MOST + 1))
    return found if len(found) <= _MOST else []


def _rules(objects: list[Any], outer: _Matrix, depth: int) -> Iterator[Rule]:
    import pypdfium2.raw as pdfium

    for item in objects:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield from _path_rules(item, _times(_matrix(item), outer))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            inner = [pdfium.FPDFFormObj_GetObject(item, i) for i in range(pdfium.FPDFFormObj_CountObjects(item))]
            yield from _rules(inner, _times(_matrix(item), outer), depth - 1)


def _matrix(item: Any) -> _Matrix:
    import pypdfium2.raw as pdfium

    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, m):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    """First `m`, then `n`."""
    a, b, c, d, e, f = m
    g, h, i, k, x, y = n
    return (a * g + b * i, a * h + b * k, c * g + d * i, c * h + d * k, e * g + f * i + x, e * h + f * k + y)


def _path_rules(path: Any, matrix: _Matrix) -> Iterator[Rule]:
    from ctypes import c_int

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


def _outlines(path: Any, matrix: _Matrix) -> Iterator[list[_Point]]:
    """The parts of a path that hold straight lines only, each as the points that it goes through."""
    from ctypes import c_float

    import pypdfium2.raw as pdfium

    a, b, c, d, e, f = matrix
    x, y = c_float(), c_float()
    points: list[_Point] = []
    curved = False
    for i in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        place = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
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
