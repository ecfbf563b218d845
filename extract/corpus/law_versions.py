"""Laws cited by name meet the numbered law that is meant: "Luật Đất đai" is 45/2013/QH13 or 31/2024/QH15.

A stated year or day decides. A bare name means the one generation that its own file names, else the only one of the corpus
that was there when the file was written. Between two it stays open and keeps both as candidates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chidao.extract.corpus.within_file import Mention
from chidao.extract.language.letters import slug

LAWS = ("hien-phap", "bo-luat", "luat", "phap-lenh")
"""The types (as slugs) whose documents are cited by name. Source: Luật 64/2025/QH15, Điều 4, and what came before it."""


@dataclass(slots=True)
class Placed:
    """Where a mention of a law by name belongs: `key` of its document; `candidates` and `why` when that stays open."""

    mention: Mention
    key: str
    candidates: tuple[str, ...] = ()
    why: str | None = None


@dataclass(slots=True)
class _Generations:
    """The documents that bear one name: their keys, with the year in which each was passed."""

    years: dict[str, int] = field(default_factory=dict)

    def of(self, year: int) -> list[str]:
        return sorted(key for key, passed in self.years.items() if passed == year)

    def until(self, day: str | None) -> list[str]:
        return sorted(key for key, passed in self.years.items() if day is None or str(passed) <= day[:4])


def is_law(m: Mention) -> bool:
    """Whether a named mention is of a law, code, ordinance or constitution."""
    return bool(m.kind == "named" and m.name and m.name.split("/")[0] in LAWS and not m.own)


def law_name(m: Mention) -> str | None:
    """The name under which a numbered law's mention titles it: "luat/dat-dai"; None without title.

    >>> law_name(Mention(0, 0, "vn", "Luật", "31", "QH15", 2024, None, None, None, "về đất đai", None, "numbered"))
    'luat/dat-dai'
    """
    kind = slug(m.type or "")
    if kind not in LAWS or not m.title:
        return None
    title = slug(m.title).removeprefix(f"{kind}-").removeprefix("ve-")
    if title.startswith("sua-doi"):  # what amends others is named with its type: "Luật sửa đổi, bổ sung …"
        title = f"{kind}-{title}"
    return f"{kind}/{title}" if title else None


def place_laws(files: Sequence[Sequence[Mention]], numbered: Iterable[tuple[str, Mention]]) -> list[Placed]:
    """Every mention of a law by name, in the order of `files`, with its document.

    `numbered` holds the key and mention of each numbered document of the corpus, the files' own ones included.
    """
    known: dict[str, _Generations] = defaultdict(_Generations)
    names: dict[str, set[str]] = defaultdict(set)
    for key, m in numbered:
        name = law_name(m)
        year = m.year or (int(m.date[:4]) if m.date else None)
        if name and year:
            known[name].years[key] = year
            names[key].add(name)
    placed: list[Placed] = []
    waiting: list[tuple[Mention, set[str]]] = []
    for mentions in files:
        here: dict[str, set[str]] = defaultdict(set)
        for m in mentions:
            for name in names.get(m.key, ()):
                here[name].add(m.key)
        for m in mentions:
            if not is_law(m) or not m.name:
                continue
            year = m.year or (int(m.date[:4]) if m.date else None)
            if year is None:
                waiting.append((m, here[m.name]))
                continue
            same = known[m.name].of(year)
            key = same[0] if len(same) == 1 else f"vn/{m.name}/{year}"
            here[m.name].add(key)
            placed.append(Placed(m, key))
    for p in placed:  # a year that no numbered law bears is a generation too
        known[p.mention.name or ""].years.setdefault(p.key, int(p.key[-4:]) if p.key[-4:].isdigit() else 0)
    for m, inside in waiting:
        fits = sorted(inside) or known[m.name or ""].until(m.limit)
        if len(fits) == 1:
            placed.append(Placed(m, fits[0]))
        else:
            why = "several laws of this name" if fits else None
            placed.append(Placed(m, f"vn/{m.name}", tuple(fits), why))
    return placed
