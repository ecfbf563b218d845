"""The rows of a coverage: the provinces or bodies of a day, and which of them a document belongs to.

What has become part of something else, or ended with one successor, has no row on a later day: its papers count for what took over
from it (the mergers and reorganizations of 2025).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chidao.extract.language.jurisdictions import province
from chidao.extract.language.patterns import UNIT_BELOW
from chidao.graph.answers.collate import vietnamese
from chidao.graph.answers.provinces import official_order
from chidao.ontology.authority import Jurisdiction, bodies, body_templates, districts, jurisdictions

_UNIT = re.compile(rf"\b{UNIT_BELOW} \S.*$")
_REFORM = "2025-07-01"
"""The day on which districts ended, and 34 provinces began."""

Known = Sequence[Mapping[str, Any]]
"""The bodies that the graph knows: {body, name, level, scope …}, as `internal/table-bodies` gives them."""


def _same(scope: str | None, issuers: Sequence[str], key: str | None) -> str | None:
    return None


@dataclass(frozen=True)
class Frame:
    """`rows` as (key, name, IRI where the graph knows the body). `place` gives the row that a document or act belongs to, by its scope
    and its bodies' IRIs, None for none; `former` what the issuer was called in its day, None when it is the row's own. `gone` are the
    rows that did not stand on the day, which are worth showing only where something is known of them."""

    rows: list[tuple[str, str, str | None]]
    place: Callable[[str | None, Sequence[str]], str | None]
    former: Callable[[str | None, Sequence[str], str | None], str | None] = _same
    gone: frozenset[str] = frozenset()


def _provinces(known: Known, home: Jurisdiction | None, day: str) -> Frame:
    """Provinces and cities of the day, today's in official order; papers of one that has become part of another count there, and so
    does asking for it."""
    every = {j.slug: j for j in jurisdictions()}
    if home is not None:
        home = _heir_of_province(home, day)
    today = [j for j in every.values() if j.existed(day) and (home is None or j.slug == home.slug)]
    shown = {j.slug for j in today}

    def place(scope: str | None, issuers: Sequence[str]) -> str | None:
        slug = (scope or "").split("/")[0]
        heir = _heir_of_province(every[slug], day).slug if slug in every else slug
        return heir if heir in shown else None

    def former(scope: str | None, issuers: Sequence[str], key: str | None) -> str | None:
        slug = (scope or "").split("/")[0]
        return every[slug].full_name if slug in every and slug != key else None

    order = official_order()
    today.sort(key=lambda j: (order.get(j.slug, len(order)) if day >= _REFORM else 0, vietnamese(j.name)))
    return Frame([(j.slug, j.full_name, None) for j in today], place, former)


def _heir_of_province(found: Jurisdiction, day: str) -> Jurisdiction:
    """The province that a province is part of on a day: itself as long as it stands."""
    every = {j.slug: j for j in jurisdictions()}
    while not found.existed(day) and found.successor:
        found = every[found.successor]
    return found


def _units(level: str) -> Callable[[Known, Jurisdiction | None, str], Frame]:
    """The districts or communes of a province that the graph knows, and before the reform all districts of the table."""

    def frame(known: Known, home: Jurisdiction | None, day: str) -> Frame:
        assert home is not None
        names: dict[str, str] = {}
        for row in known:
            scope = row["scope"] or ""
            if row["level"] == level and scope.startswith(home.slug + "/") and (match := _UNIT.search(row["name"])):
                name = match.group()
                names[scope] = min(names.get(scope, name), name, key=len)
        if level == "district":
            names |= {
                d.key: f"{d.unit} {d.name}"
                for d in districts()
                if d.province == home.slug and (day < _REFORM or d.key in names)
            }

        def place(scope: str | None, issuers: Sequence[str]) -> str | None:
            return next((key for key in names if scope == key or (scope or "").startswith(key + "/")), None)

        return Frame([(key, names[key], None) for key in sorted(names, key=lambda key: vietnamese(names[key]))], place)

    return frame


@dataclass(frozen=True, slots=True)
class _Entry:
    """A body as the tables have it, by a key such as "vn/bo-tai-chinh" or "lao-cai/so-tai-chinh"; dates are ISO, None for open."""

    name: str
    valid_from: str | None
    valid_to: str | None
    successors: tuple[str, ...]

    def stands(self, day: str) -> bool:
        return (self.valid_from or "") <= day and (self.valid_to is None or day <= self.valid_to)


_BOARDS = frozenset(
    f"{name}-cap-uy"
    for name in (
        "ban-to-chuc", "ban-tuyen-giao", "ban-dan-van", "ban-tuyen-giao-va-dan-van", "ban-noi-chinh", "uy-ban-kiem-tra", "van-phong",
    )
)  # fmt: skip
"""The bodies that advise and assist every provincial Party committee, by template."""


def _departments(known: Known, home: Jurisdiction | None, day: str) -> Frame:
    """The bodies of a province that the graph knows, and every department (sở) and Party board that a province has on that day; those
    of a province that has become part of it count for its own."""
    assert home is not None
    home = _heir_of_province(home, day)
    place = province(home)
    table: dict[str, _Entry] = {}
    usual: list[str] = []
    for template in body_templates():
        if template.level != "province":
            continue
        key = f"{home.slug}/{template.slug}"
        successors = tuple(f"{home.slug}/{slug}" for slug in template.successors)
        table[key] = _Entry(place.fill(template.name), template.valid_from, template.valid_to, successors)
        if (template.slug.startswith("so-") or template.slug in _BOARDS) and not template.units:
            usual.append(key)
    merged = {j.slug for j in jurisdictions() if _heir_of_province(j, day).slug == home.slug}
    own: list[tuple[str, str, str]] = []
    for row in known:
        if row["scope"] in merged:
            key = _key(row["body"])
            here = f"{home.slug}/{key.partition('/')[2]}"
            own.append((row["body"], row["name"], here if here in table else key))
    return _of_bodies(own, table, [key for key in usual if table[key].stands(day)], day)


def _central(known: Known, home: Jurisdiction | None, day: str) -> Frame:
    """The central bodies that the graph knows."""
    table = {b.key: _Entry(b.name, b.valid_from, b.valid_to, b.successors) for b in bodies()}
    own = [(row["body"], row["name"], _key(row["body"])) for row in known if row["scope"] == "vn"]
    return _of_bodies(own, table, [], day)


def _key(iri: str) -> str:
    """ "https://…/body/vn/chinh-phu" is "vn/chinh-phu"."""
    return iri.partition("/body/")[2] or iri


def _of_bodies(
    own: Sequence[tuple[str, str, str]], table: Mapping[str, _Entry], usual: Sequence[str], day: str
) -> Frame:
    """Rows of bodies: `own` are those that the graph knows as (IRI, name, key), `usual` the keys that are rows in any case."""
    heirs = {iri: _heir(key, table, day) for iri, _, key in own}
    known = {key: (iri, name) for iri, name, key in own if _key(iri) == key}
    names = {iri: name for iri, name, _ in own}

    def row(key: str) -> tuple[str, str, str | None]:
        return (known[key][0], known[key][1], known[key][0]) if key in known else (key, table[key].name, None)

    def place(scope: str | None, issuers: Sequence[str]) -> str | None:
        return next((row(heirs[iri])[0] for iri in issuers if iri in heirs), None)

    def former(scope: str | None, issuers: Sequence[str], key: str | None) -> str | None:
        return next((names[iri] for iri in issuers if iri in heirs and iri != key and row(heirs[iri])[0] == key), None)

    keys = list(dict.fromkeys([*heirs.values(), *usual]))
    gone = frozenset(row(key)[0] for key in keys if key in table and not table[key].stands(day))
    return Frame(sorted(map(row, keys), key=lambda found: vietnamese(found[1])), place, former, gone)


def _heir(key: str, table: Mapping[str, _Entry], day: str) -> str:
    """The body that does a body's work on a day: itself, or what took over from it where that is one alone."""
    passed: set[str] = set()
    while (entry := table.get(key)) and (entry.valid_to or "9999") < day and key not in passed:
        if len(entry.successors) != 1 or entry.successors[0] not in table:
            break
        passed.add(key)
        key = entry.successors[0]
    return key


FRAMES: dict[str, Callable[[Known, Jurisdiction | None, str], Frame]] = {
    "province": _provinces, "department": _departments, "district": _units("district"), "commune": _units("commune"),
    "central": _central,
}  # fmt: skip
"""The rows by level: from the bodies that the graph knows, the province that was asked for and the day."""
OF_A_PROVINCE = frozenset({"department", "district", "commune"})
"""The levels whose rows are those of one province, which must be named."""
OF_BODIES = frozenset({"department", "central"})
"""The levels whose rows are bodies, not places."""
LEVELS = tuple(FRAMES)
"""What the rows may be: provinces; the departments, districts or communes of one; central bodies."""
