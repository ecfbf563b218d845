"""Words of a letterhead whose tone marks OCR misread, as they are meant: "ÚY BAN NHÂN DÂN", "TĨNH QUẢNG NGÃI".

Large bold capitals lose or change their marks in a scan, seldom their letters. Only what every office's letterhead has is put right, the
names of bodies and units and of the provinces, and only where its letters without marks name just one of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from chidao.extract.heading.lines import Line, line_at
from chidao.extract.language.letters import slug
from chidao.ontology.authority import bodies, body_templates, jurisdictions, units

_SHORT = 4
"""Letters; shorter words ("sở", "xã") are too many others without their marks."""

_OFFICE = "VĂN PHÒNG"
"""Named first in its line: behind another name "VÂN PHONG" is a place."""


def as_meant(cell: Line) -> Line:
    """Return a cell of the letterhead, in capitals, with the marks that its words surely have; each letter stays in its place.

    >>> as_meant(line_at("TĨNH QUÃNG NGÃI", 0))
    'TỈNH QUẢNG NGÃI'
    >>> as_meant(line_at("ÚY BAN NHÂN DÂN HUYỆN QUAN HÓA", 0))
    'ỦY BAN NHÂN DÂN HUYỆN QUAN HÓA'
    """
    words = cell.split(" ")
    meant: list[str] = []
    known = _bodies()
    slugs = [slug(word) for word in words]
    while words:
        n = next((n for n in range(min(len(words), 6), 0, -1) if _joined(slugs[:n]) in known), 0)
        if not n or (meant and known[_joined(slugs[:n])] == _OFFICE) or (meant and meant[-1] in _units()):
            break  # behind a unit's word stands its name: "HUYỆN QUAN SƠN" is no "QUẬN SƠN", "HUYỆN ỦY QUẢN BẠ" no "QUẬN BẠ"
        meant.append(known[_joined(slugs[:n])])
        words, slugs = words[n:], slugs[n:]
    if words and meant and (name := _provinces().get(_joined(slugs))):
        meant, words = [*meant, name], []
    said = " ".join([*meant, *words])
    return line_at(said, cell.start) if len(said) == len(cell) else cell


def _joined(slugs: Iterable[str]) -> str:
    return "-".join(filter(None, slugs))


@cache
def _bodies() -> dict[str, str]:
    """Names of central and local bodies, of units and of their Party committees in capitals, by their letters without marks."""
    names = [template.name.partition(" {")[0] for template in body_templates() if not template.name.startswith("{")]
    names += [body.name for body in bodies()]
    return _unambiguous([*names, *(name for unit in units() for name in (unit.name, unit.party))])


@cache
def _units() -> frozenset[str]:
    """The words for units and for their Party committees, in capitals."""
    return frozenset(name.upper() for unit in units() for name in (unit.name, unit.party))


@cache
def _provinces() -> dict[str, str]:
    """Provinces by their own names, else by the others, of which some are only other spellings ("Quảng Ngải")."""
    labels = _unambiguous([label for j in jurisdictions() for label in j.labels])
    return labels | _unambiguous([j.name for j in jurisdictions()])


def _unambiguous(names: list[str]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for name in names:
        if len(name) >= _SHORT:
            found.setdefault(slug(name), set()).add(name.upper())
    return {plain: next(iter(spelt)) for plain, spelt in found.items() if len(spelt) == 1}
