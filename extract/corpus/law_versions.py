"""Laws cited by name meet the numbered law that is meant: "Luật Đất đai" is 45/2013/QH13 or 31/2024/QH15.

A stated year or day decides. A bare name means the one version that its own file names, else the only one of the corpus
that was there when the file was written. Between two it stays open and keeps both as candidates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from chidao.extract.corpus.clusters import Clusters
from chidao.extract.corpus.within_file import Mention
from chidao.extract.language.laws import LONGEST_NAME, Law, in_force, laws, over
from chidao.extract.language.letters import slug
from chidao.extract.model import Reference
from chidao.ontology.authority import types_of

_NUMBER = re.compile(r"-so-[0-9]{1,3}-[0-9]{4}-(?:ubtv)?qh[0-9]{1,2}")


class _Versions(dict[str, int]):
    """The documents that bear one name: their keys, with the year in which each was passed."""

    def passed_in(self, year: int) -> str | None:
        """Return the only one of that year."""
        keys = [key for key, passed in self.items() if passed == year]
        return keys[0] if len(keys) == 1 else None

    def until(self, day: str | None) -> list[str]:
        """Return those of the year of `day` and before."""
        return sorted(key for key, passed in self.items() if day is None or str(passed) <= day[:4])


@cache
def _laws() -> frozenset[str]:
    """The types, as slugs, whose documents are cited by name."""
    return frozenset(map(slug, types_of("statute")))


def cited_name(m: Mention) -> str | None:
    """Return the name, where a mention is of a law, code, ordinance or constitution by name: "luat/dat-dai"; else None."""
    return m.name if m.kind == "named" and m.name and m.name.split("/")[0] in _laws() and not m.own else None


def numbered_name(m: Mention) -> str | None:
    """Return the name under which a numbered law's mention titles it; None without title.

    >>> numbered_name(Mention(0, 0, "vn", "Luật", "31", "QH15", 2024, None, None, None, "về đất đai", None, "numbered"))
    'luat/dat-dai'
    >>> title = "sửa đổi, bổ sung một số điều của Luật Đất đai số 31/2024/QH15 và Luật Nhà ở số 27/2023/QH15"
    >>> numbered_name(Mention(0, 0, "vn", "Luật", "43", "QH15", 2024, None, None, None, title, None, "numbered"))
    'luat/luat-sua-doi-bo-sung-mot-so-dieu-cua-luat-dat-dai-va-luat-nha-o'
    """
    kind = slug(m.type or "")
    if kind not in _laws() or not m.title:
        return None
    title = slug(m.title).removeprefix(f"{kind}-").removeprefix("ve-")
    if title.startswith(
        "sua-doi"
    ):  # what amends others is named with its type and without their numbers: "Luật sửa đổi, bổ sung …"
        title = f"{kind}-{_NUMBER.sub('', title)}"[:LONGEST_NAME]
    return f"{kind}/{title}" if title else None


def may_be_laws(mentions: Sequence[Mention]) -> bool:
    """Return whether any of these numbered mentions is of a law, whatever it is called."""
    types, keys = {m.type for m in mentions}, {m.key for m in mentions}
    return any(slug(kind) in _laws() for kind in types if kind) or not keys.isdisjoint(_entered())


def names_of(numbered: Iterable[tuple[str, Mention]]) -> dict[tuple[str, str], int | None]:
    """Return the names that numbered laws bear, by their titles or the table, each with the law's key: with the year in which it was passed
    where a title tells the name. `numbered` has the keys and mentions of numbered documents."""
    found: dict[tuple[str, str], int | None] = {}
    entered = _entered()
    for key, m in numbered:
        if key in entered:
            found.setdefault((entered[key][0], key))
        if (name := numbered_name(m)) and m.year_passed:
            found[name, key] = m.year_passed
    return found


def place_law(
    name: str, mentions: Sequence[Mention], bearing: Mapping[str, int | None], named: Mapping[int, Mapping[int, str]]
) -> Clusters:
    """Place the mentions of a law by one name, those with a year first.

    `bearing` are the numbered laws that bear it (see `names_of`), `named` those of them that each file is or names by number, by the
    indices of their mentions: "Quốc hội ban hành Luật An ninh mạng" speaks of the law in which it stands.
    """
    clusters = Clusters()
    versions = _Versions({key: year for key, year in bearing.items() if year})
    here = {file: dict(found) for file, found in named.items()}  # the versions that each file names
    bare: list[Mention] = []
    dated: dict[str, int] = {}
    for m in mentions:
        if year := m.year_passed:
            key = versions.passed_in(year) or _of_table(m, name, year) or f"vn/{name}/{year}"
            here.setdefault(m.file, {})[m.index] = key
            dated.setdefault(key, year)
            clusters.put(key, m)
        else:
            bare.append(m)
    for key, year in dated.items():  # a year that no numbered law bears is a version too
        versions.setdefault(key, year)
    for m in bare:
        _place_bare(m, here.get(m.file, {}), versions, clusters)
    return clusters


def called_by(references: Sequence[Reference]) -> dict[int, str]:
    """Return on which day the laws were there that stand by name in what a document is called, by their indices: "Luật sửa đổi, bổ sung
    một số điều của Luật Viên chức ngày 25/11/2019" changes one that is older."""
    found: dict[int, str] = {}
    open_: list[Reference] = []
    for i, f in enumerate(references):
        while open_ and max(open_[-1].extent, open_[-1].end) <= f.start:
            open_.pop()
        if f.kind == "named" and (day := next((outer.date for outer in open_ if outer.date), None)):
            found[i] = day
        open_.append(f)
    return found


def as_numbered(m: Mention) -> None:
    """Let a mention by name that means a law of the table be one of that, with its number."""
    if m.key in _entered():
        law = _entered()[m.key][1]
        m.kind, m.number, m.symbol, m.year = "numbered", law.number, law.symbol, law.year


@cache
def _entered() -> dict[str, tuple[str, Law]]:
    """The laws of the table by their keys, with their names."""
    return {law.key: (name, law) for name, versions in laws().items() for law in versions}


def _of_table(m: Mention, name: str, year: int) -> str | None:
    """Return the key of the only law of this name that the table has for the year; laws of one year differ by their day."""
    fits = [law for law in laws().get(name, ()) if law.year == year and (m.date is None or m.date == law.passed)]
    return fits[0].key if len(fits) == 1 else None


def _newest(m: Mention, here: Mapping[int, str]) -> list[str]:
    """Return the last passed of the versions that a file names, for a law in what a document is called that is younger than all of them,
    where it was named last before, too: "Luật Lưu trữ số 33/2024/QH15; Nghị định … ngày 03/6/2025 quy định chi tiết Luật Lưu trữ". A decree
    may be made for a law before that comes into force; in running text a law may be the former one."""
    known = [_entered()[key][1] for key in set(here.values()) if key in _entered()]
    if m.called is None or len(known) < len(set(here.values())) or any(law.passed > m.called for law in known):
        return []
    last = max((index for index in here if index < m.index), default=None)
    newest = max(known, key=lambda law: law.passed, default=None)
    return [newest.key] if newest and last is not None and here[last] == newest.key else []


def _in_force_then(m: Mention) -> Sequence[Law]:
    """Return the versions that the file's day lets the name mean, of those that were there when what it stands in was called so."""
    found = in_force(m.name or "", m.limit) if m.limit else ()
    if m.called is None:
        return found
    return [law for law in found if law.passed <= m.called] or in_force(m.name or "", m.called)


def _is_younger(key: str, versions: Mapping[str, int], day: str) -> bool:
    if key in _entered():
        return _entered()[key][1].passed > day
    return str(versions.get(key, "")) > day[:4]


def _place_bare(m: Mention, here: Mapping[int, str], versions: _Versions, clusters: Clusters) -> None:
    """Place a name without a year by the versions that its own file names (`here`), else by all; none is younger than what names it."""
    day = min(filter(None, (m.limit, m.called)), default=None)
    here = {index: key for index, key in here.items() if day is None or not _is_younger(key, versions, day)}
    fits = _newest(m, here) or sorted(set(here.values())) or versions.until(day)
    in_force_then = _in_force_then(m) if not here else ()
    if len(in_force_then) == 1:
        clusters.put(in_force_then[0].key, m)
    elif in_force_then:
        candidates = (law.key for law in in_force_then)
        clusters.put(f"vn/{m.name}", m).leave_open(candidates, "the next law of this name was passed")
    elif len(fits) == 1:
        clusters.put(fits[0], m)
    elif not fits and m.limit and (ended := over(m.name or "", m.limit)):
        candidates = (law.key for law in ended)
        clusters.put(f"vn/{m.name}", m).leave_open(candidates, "a law of another name stands in its place")
    else:
        clusters.put(f"vn/{m.name}", m).leave_open(fits, "several laws of this name" if fits else None)
