"""The rows of a coverage: the provinces or bodies of a day, and which of them a document belongs to.

What has become part of something else, or ended with one successor, has no row on a later day: its papers count for what took over
from it (the mergers and reorganizations of 2025).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from chidao.extract.language.jurisdictions import province
from chidao.extract.language.patterns import UNIT_BELOW
from chidao.graph.answers.provinces import official_order
from chidao.graph.answers.regions import region_of
from chidao.graph.index.collate import vietnamese
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
    every = _by_slug()
    today = [j for j in every.values() if j.existed(day) and (home is None or j.slug == home.slug)]
    shown = {j.slug for j in today}

    def place(scope: str | None, issuers: Sequence[str]) -> str | None:
        slug = (scope or "").split("/")[0]
        heir = heir_of_province(every[slug], day).slug if slug in every else slug
        return heir if heir in shown else None

    def former(scope: str | None, issuers: Sequence[str], key: str | None) -> str | None:
        slug = (scope or "").split("/")[0]
        return every[slug].full_name if slug in every and slug != key else None

    order = official_order()
    today.sort(key=lambda j: (order.get(j.slug, len(order)) if day >= _REFORM else 0, vietnamese(j.name)))
    return Frame([(j.slug, j.full_name, None) for j in today], place, former)


@cache
def _by_slug() -> Mapping[str, Jurisdiction]:
    return {j.slug: j for j in jurisdictions()}


def merged_in(home: Jurisdiction, day: str) -> set[str]:
    """Return the provinces that are one with a province on a day, by their keys: itself, and what has become part of it."""
    return {j.slug for j in jurisdictions() if heir_of_province(j, day).slug == home.slug}


def heir_of_province(found: Jurisdiction, day: str) -> Jurisdiction:
    """Return the province that a province is part of on a day: itself as long as it stands."""
    if found.existed(day):
        return found
    every = _by_slug()
    while not found.existed(day) and found.successor:
        found = every[found.successor]
    return found


def _units(level: str) -> Callable[[Known, Jurisdiction | None, str], Frame]:
    """The districts or communes that the graph knows of a province and those that have become part of it, and before the reform all
    districts of the table."""

    def frame(known: Known, home: Jurisdiction | None, day: str) -> Frame:
        assert home is not None
        names: dict[str, str] = {}
        merged = merged_in(home, day)
        for row in known:
            scope = row["scope"] or ""
            if (
                row["level"] == level
                and "/" in scope
                and scope.split("/")[0] in merged
                and (match := _UNIT.search(row["name"]))
            ):
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
_SPECIAL = frozenset(
    f"so-{name}"
    for name in (
        "an-toan-thuc-pham", "dan-toc-va-ton-giao", "du-lich", "giao-thong-cong-chanh", "ngoai-vu", "quy-hoach-kien-truc",
        "van-hoa-va-the-thao",
    )
)  # fmt: skip
"""The departments that only some provinces have (Nghị định 45/2025/NĐ-CP; before it 24/2014/NĐ-CP): rows where the graph knows them."""
_ORGANS = {
    **dict.fromkeys(
        ("dang-bo", "dai-hoi-dang-bo", "ban-chap-hanh-dang-bo", "ban-thuong-vu-cap-uy", "thuong-truc-cap-uy"), "cap-uy"
    ),
    **dict.fromkeys(
        ("thuong-truc-hoi-dong-nhan-dan", "ban-dan-toc-hoi-dong-nhan-dan", "ban-do-thi", "ban-kinh-te-ngan-sach", "ban-phap-che",
         "ban-van-hoa-xa-hoi"), "hoi-dong-nhan-dan",
    ),
    "ban-thuong-truc-uy-ban-mat-tran-to-quoc": "uy-ban-mat-tran-to-quoc",
}  # fmt: skip
"""What is an organ of a committee or council, and acts for it: one row with it, by template."""
_ORDER = (
    "cap-uy", *sorted(_BOARDS), "dang-uy-", "hoi-dong-nhan-dan", "doan-dai-bieu-quoc-hoi", "uy-ban-nhan-dan",
    "van-phong-uy-ban-nhan-dan", "so-", "thanh-tra", "cong-an", "bo-chi-huy-quan-su", "uy-ban-mat-tran-to-quoc",
)  # fmt: skip
"""The order of a province's bodies in its own lists, by what the slugs begin with; others follow by name."""


def _departments(known: Known, home: Jurisdiction | None, day: str) -> Frame:
    """The bodies of a province that the graph knows, and every department (sở) and Party board that a province has on that day; those
    of a province that has become part of it count for its own, and those of an organ for its committee."""
    assert home is not None
    place = province(home)
    table: dict[str, _Entry] = {}
    usual: list[str] = []
    for template in body_templates():
        if template.level != "province":
            continue
        key = f"{home.slug}/{template.slug}"
        successors = tuple(f"{home.slug}/{slug}" for slug in template.successors)
        table[key] = _Entry(place.fill(template.name), template.valid_from, template.valid_to, successors)
        department = template.slug.startswith("so-") and template.slug not in _SPECIAL
        if (department or template.slug in _BOARDS) and not template.units:
            usual.append(key)
    merged = merged_in(home, day)
    own: list[tuple[str, str, str]] = []
    for row in known:
        if row["scope"] in merged:
            key = _key(row["body"])
            slug = key.partition("/")[2]
            here = f"{home.slug}/{_ORGANS.get(slug, slug)}"
            own.append((row["body"], row["name"], here if here in table else key))
    if any(key == f"{home.slug}/so-van-hoa-va-the-thao" for _, _, key in own):
        usual.remove(f"{home.slug}/so-van-hoa-the-thao-va-du-lich")  # one or the other
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
    """Rows of bodies: `own` are those that the graph knows as (IRI, name, key), `usual` the keys that are rows in any case. One whose key
    is another's is an organ of that, or of the province that this one has become part of."""
    heirs = {iri: _heir(key, table, day) for iri, _, key in own}
    known = {key: (iri, name) for iri, name, key in own if _key(iri) == key}
    names = {iri: name for iri, name, key in own if _key(iri).partition("/")[2] not in _ORGANS}

    def row(key: str) -> tuple[str, str, str | None]:
        return (known[key][0], known[key][1], known[key][0]) if key in known else (key, table[key].name, None)

    def place(scope: str | None, issuers: Sequence[str]) -> str | None:
        return next((row(heirs[iri])[0] for iri in issuers if iri in heirs), None)

    def former(scope: str | None, issuers: Sequence[str], key: str | None) -> str | None:
        return next((names[iri] for iri in issuers if iri in names and iri != key and row(heirs[iri])[0] == key), None)

    keys = list(dict.fromkeys([*heirs.values(), *usual]))
    gone = frozenset(row(key)[0] for key in keys if key in table and not table[key].stands(day))
    rows = sorted(((_rank(key), vietnamese(row(key)[1]), row(key)) for key in keys), key=lambda found: found[:2])
    return Frame([found for _, _, found in rows], place, former, gone)


def group_of(level: str, key: str) -> str:
    """Return the name of the group in which lists have a row: a province's region, or "party", "council", "departments" and "" of a
    province's bodies; "" where there are no groups."""
    if level == "province":
        return region_of(key)
    slug = key.partition("/body/")[2].partition("/")[2] or key.partition("/")[2]
    if level != "department":
        return ""
    if slug == "cap-uy" or slug.endswith("-cap-uy") or slug.startswith("dang-"):
        return "party"
    if "hoi-dong-nhan-dan" in slug or slug in (
        "uy-ban-nhan-dan",
        "van-phong-uy-ban-nhan-dan",
        "doan-dai-bieu-quoc-hoi",
    ):
        return "council"
    return "departments" if slug.startswith(("so-", "thanh-tra")) else "others"


def _rank(key: str) -> int:
    """The place of a body among the others of its province."""
    slug = key.partition("/")[2]
    return next(
        (at for at, begin in enumerate(_ORDER) if slug == begin or (begin[-1] == "-" and slug.startswith(begin))),
        len(_ORDER),
    )


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
