"""Laws cited by name meet the numbered law that is meant: "Luật Đất đai" is 45/2013/QH13 or 31/2024/QH15.

A stated year or day decides. A bare name means the one version that its own file names, else the only one of the corpus
that was there when the file was written. Between two it stays open and keeps both as candidates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from chidao.extract.corpus.within_file import Mention
from chidao.extract.language.laws import Law, in_force, laws
from chidao.extract.language.letters import slug
from chidao.ontology.authority import types_of


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a mention of a law by name belongs: `key` of its document; `candidates` and `why` when that stays open."""

    mention: Mention
    key: str
    candidates: tuple[str, ...] = ()
    why: str | None = None


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
    """
    kind = slug(m.type or "")
    if kind not in _laws() or not m.title:
        return None
    title = slug(m.title).removeprefix(f"{kind}-").removeprefix("ve-")
    if title.startswith("sua-doi"):  # what amends others is named with its type: "Luật sửa đổi, bổ sung …"
        title = f"{kind}-{title}"
    return f"{kind}/{title}" if title else None


def place_laws(files: Sequence[Sequence[Mention]], numbered: Iterable[tuple[str, Mention]]) -> list[Placed]:
    """Return every mention of a law by name with its document, those with a year first, else in the order of `files`.

    `numbered` holds the key and mention of each numbered document of the corpus, the files' own ones included.
    """
    versions, names = _numbered_laws(numbered)
    dated: list[Placed] = []
    bare: list[tuple[Mention, set[str]]] = []
    for mentions in files:
        here: dict[str, set[str]] = defaultdict(set)  # the versions of each name that this file names
        for key in {m.key for m in mentions}:
            for known in names.get(key, ()):
                here[known].add(key)
        for m, name in [(m, name) for m in mentions if (name := cited_name(m))]:
            if year := m.year_passed:
                placed = Placed(m, versions[name].passed_in(year) or _of_table(m, name, year) or f"vn/{name}/{year}")
                here[name].add(placed.key)
                dated.append(placed)
            else:
                bare.append((m, here[name]))
    for placed in dated:  # a year that no numbered law bears is a version too
        versions[placed.mention.name or ""].setdefault(placed.key, placed.mention.year_passed or 0)
    return dated + [_place_bare(m, here, versions[m.name or ""]) for m, here in bare]


def _numbered_laws(numbered: Iterable[tuple[str, Mention]]) -> tuple[dict[str, _Versions], dict[str, set[str]]]:
    """Return the numbered laws of the corpus by name, and the names of each by its key: from its title, or from the table."""
    versions: dict[str, _Versions] = defaultdict(_Versions)
    names: dict[str, set[str]] = defaultdict(set)
    entered = {law.key: name for name, versions_of_name in laws().items() for law in versions_of_name}
    for key, m in numbered:
        if key in entered:
            names[key].add(entered[key])
        if (name := numbered_name(m)) and m.year_passed:
            versions[name][key] = m.year_passed
            names[key].add(name)
    return versions, names


def _of_table(m: Mention, name: str, year: int) -> str | None:
    """Return the key of the only law of this name that the table has for the year; laws of one year differ by their day."""
    fits = [law for law in laws().get(name, ()) if law.year == year and (m.date is None or m.date == law.passed)]
    return _numbered(m, fits[0]) if len(fits) == 1 else None


def _numbered(m: Mention, law: Law) -> str:
    """Let a mention by name be one of the numbered law."""
    m.kind, m.number, m.symbol, m.year = "numbered", law.number, law.symbol, law.year
    return law.key


def _place_bare(m: Mention, here: set[str], versions: _Versions) -> Placed:
    """Place a name without a year by the versions that its own file names (`here`), else by all."""
    fits = sorted(here) or versions.until(m.limit)
    in_force_then = in_force(m.name or "", m.limit) if m.limit and not here else ()
    if len(in_force_then) == 1:
        return Placed(m, _numbered(m, in_force_then[0]))
    if in_force_then:
        return Placed(
            m, f"vn/{m.name}", tuple(law.key for law in in_force_then), "the next law of this name was passed"
        )
    if len(fits) == 1:
        return Placed(m, fits[0])
    return Placed(m, f"vn/{m.name}", tuple(fits), "several laws of this name" if fits else None)
