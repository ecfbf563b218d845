"""Paths of provisions: their words ("dieu-5/khoan-1" is "khoản 1 Điều 5"), what lies within what, and the members of ranges."""

from __future__ import annotations

import re
from functools import cache

from chidao.extract.language.letters import slug as slug_of
from chidao.extract.language.tables import rows

_POINTS = "abcdđeghiklmnopqrstuvxy"
"""The letters that points bear, in order: those without marks, and đ (Nghị định 34/2016/NĐ-CP, Điều 62)."""
_NUMBERED = ("phan", "phu-luc", "chuong", "muc", "tieu-muc")
"""Units that are numbered in Roman figures or capitals."""
_ROMAN = re.compile(r"([ivxl]+)([a-zđ]?)")
_MOST = 200
"""Members of a range that are told one by one."""


@cache
def _words() -> dict[str, str]:
    """The words of units by their slugs, in the case in which an office writes them."""
    large = {"phan", "phu-luc", "mau", "chuong", "muc", "tieu-muc", "dieu"}
    return {
        row["slug"]: row["unit"][0].upper() + row["unit"][1:] if row["slug"] in large else row["unit"] for row in rows("divisions.csv")
    }  # fmt: skip


@cache
def attached_rules() -> dict[str, str]:
    """Return the names of regulations and lists that come along with a decision, by the steps that they are in paths: "quy-che" of "Quy
    chế", "danh-muc" of "Danh mục"."""
    from chidao.extract.language.patterns import (
        ATTACHED_RULES,  # with a hundred patterns, which who prints records does not need
    )

    return {slug_of(name): name for name in (*ATTACHED_RULES, "Danh mục")}


_ATTACHED = re.compile(r"(?P<step>[a-z]+(?:-[a-z]+)*)(?:-[2-9])?/")


def split_attached(path: str) -> tuple[str, str]:
    """Return what comes along with the document and holds the provision, and the provision's path in it.

    >>> split_attached("quy-che/dieu-5/khoan-1"), split_attached("dieu-5"), split_attached("quy-che/dieu-5..quy-che/dieu-9")
    (('quy-che', 'dieu-5/khoan-1'), ('', 'dieu-5'), ('quy-che', 'dieu-5..dieu-9'))
    """
    first = _ATTACHED.match(path)
    if first is None or first["step"] not in attached_rules():
        return "", path
    outer = first.group()
    return outer[:-1], "..".join(part.removeprefix(outer) for part in path.split(".."))


@cache
def _slugs() -> tuple[str, ...]:
    return tuple(sorted((*_words(), *attached_rules()), key=len, reverse=True))


def split_step(step: str) -> tuple[str, str]:
    """Return the unit's slug and the number of one step of a path.

    >>> split_step("tieu-muc-2"), split_step("phu-luc"), split_step("diem-3.2")
    (('tieu-muc', '2'), ('phu-luc', ''), ('diem', '3.2'))
    """
    for slug in _slugs():
        if step == slug or step.startswith(slug + "-"):
            return slug, step[len(slug) + 1 :]
    return "", step


def path_words(path: str) -> str:
    """Return a path in an office's words, the smallest division first.

    >>> path_words("dieu-5/khoan-1/diem-b"), path_words("chuong-iii/muc-2"), path_words("phu-luc-ii/mau-02")
    ('điểm b khoản 1 Điều 5', 'Mục 2 Chương III', 'Mẫu 02 Phụ lục II')
    >>> path_words("chuong-viia"), path_words("phan-b"), path_words("dieu-5a")
    ('Chương VIIa', 'Phần B', 'Điều 5a')
    >>> path_words("dieu-5..dieu-9"), path_words("dieu-2/khoan-1/diem-a..dieu-2/khoan-1/diem-d")
    ('Điều 5 đến Điều 9', 'điểm a đến điểm d khoản 1 Điều 2')
    >>> path_words("quy-che/dieu-5/khoan-1"), path_words("quy-che-2/dieu-5")
    ('khoản 1 Điều 5 Quy chế', 'Điều 5 Quy chế 2')
    """
    first, dots, last = path.partition("..")
    if not dots:
        return " ".join(_step_words(step) for step in reversed(path.split("/")))
    (*above, begin), (*other, end) = first.split("/"), last.split("/")
    if above != other:
        return f"{path_words(first)} đến {path_words(last)}"
    return " ".join([_step_words(begin), "đến", _step_words(end), *(_step_words(step) for step in reversed(above))])


def _step_words(step: str) -> str:
    slug, number = split_step(step)
    if slug in _NUMBERED and (roman := _ROMAN.fullmatch(number)):
        number = roman[1].upper() + roman[2]
    elif slug in _NUMBERED and len(number) == 1:
        number = number.upper()
    return f"{_words().get(slug) or attached_rules().get(slug, slug)} {number}".strip()


def within(path: str, outer: str) -> bool:
    """Is a provision the other one, or a part of it? All are parts of the document, whose path is "".

    >>> within("dieu-5/khoan-1", "dieu-5"), within("dieu-50", "dieu-5"), within("dieu-5", "")
    (True, False, True)
    """
    return not outer or path == outer or path.startswith(outer + "/")


def members(path: str) -> list[str]:
    """Return the provisions of a path: of a range each one where its numbers tell which they are, else its two ends.

    >>> members("dieu-5..dieu-7"), members("dieu-2/diem-c..dieu-2/diem-e")
    (['dieu-5', 'dieu-6', 'dieu-7'], ['dieu-2/diem-c', 'dieu-2/diem-d', 'dieu-2/diem-đ', 'dieu-2/diem-e'])
    >>> members("dieu-5a..dieu-7"), members("dieu-5")
    (['dieu-5a', 'dieu-7'], ['dieu-5'])
    """
    first, dots, last = path.partition("..")
    if not dots:
        return [path]
    above, _, begin = first.rpartition("/")
    over, _, end = last.rpartition("/")
    (slug, low), (other, high) = split_step(begin), split_step(end)
    if above != over or slug != other:
        return [first, last]
    lead = f"{above}/{slug}-" if above else f"{slug}-"
    if low.isdecimal() and high.isdecimal() and 0 <= int(high) - int(low) < _MOST:
        return [f"{lead}{number}" for number in range(int(low), int(high) + 1)]
    if len(low) == len(high) == 1 and low in _POINTS and high in _POINTS and low <= high:
        return [f"{lead}{letter}" for letter in _POINTS[_POINTS.index(low) : _POINTS.index(high) + 1]]
    return [first, last]
