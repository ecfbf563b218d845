"""Whether a document still stands, as far as the files tell: what replaced, repealed, amended, corrected it or carried it on."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from chidao.extract.language.patterns import DIVISION
from chidao.graph.evidence import Evidence
from chidao.graph.select import Store, node, rows

_PARTS = re.compile(rf"(?:{DIVISION}|mẫu|cụm\s+từ|nội\s+dung|một\s+phần|gạch\s+đầu\s+dòng|biểu)\s", re.IGNORECASE)


_LABEL = re.compile(r"^\s*(?:(?:Điều|Khoản|Mục)\s+)?(?:[0-9]{1,3}|[a-zđ])\s*[.:)]\s+", re.IGNORECASE)
"""The clause that does it, not what it is done to: "Điều 3. Bãi bỏ Quyết định số …"."""


def of_a_part(quote: str | None) -> bool:
    """Does a passage that replaces or repeals name a part of what it ends, so that the rest stands?

    >>> of_a_part("bãi bỏ Điều 5 Nghị định số 1/2020/NĐ-CP"), of_a_part("thay thế Nghị định số 1/2020/NĐ-CP")
    (True, False)
    >>> of_a_part("Điều 3. Bãi bỏ Nghị định số 1/2020/NĐ-CP")
    False
    """
    return _PARTS.search(_LABEL.sub("", quote or "")) is not None


@dataclass(frozen=True, slots=True)
class Change:
    """What another document did to this one. `part` says that it names a part of it."""

    predicate: str
    part: bool
    iri: str
    label: str
    date: str | None
    certainty: str
    evidence: tuple[Evidence, ...] = field(compare=False)

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        known = ("predicate", "part", "iri", "label", "date", "certainty")
        columns = ("sentence", "quote", "source", "page", "row", "line")
        return {name: getattr(self, name) for name in known} | {"evidence": [e.texts(*columns) for e in self.evidence]}


@dataclass(frozen=True, slots=True)
class Status:
    """`state` is "repealed", "replaced" (as a whole), "partly" (repealed or replaced in part), "amended", "corrected",
    "consolidated", "continued", or "unknown": the files name no change, which is not to say that it is in force."""

    state: str
    changes: tuple[Change, ...]

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        return {"state": self.state, "changes": [change.plain() for change in self.changes]}


_STATES = (
    ("repeals", "repealed"), ("replaces", "replaced"), ("amends", "amended"), ("corrects", "corrected"),
    ("consolidates", "consolidated"), ("continues", "continued"),
)  # fmt: skip
"""The strongest first."""


def status(store: Store, document: str) -> Status:
    """The status of the document with this IRI, and every change that the files name, the strongest first, then by date."""
    said: dict[tuple[str, bool, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows(store, "internal/document-changes", document=node(document)):
        if row["by"] != document:
            part = row["predicate"] in ("repeals", "replaces") and of_a_part(row["quote"])
            said[row["predicate"], part, row["by"]].append(row)
    changes = [_change(*key, found) for key, found in said.items()]
    order = [predicate for predicate, _ in _STATES]
    changes.sort(key=lambda c: (c.part, order.index(c.predicate), c.date or "9999", c.label))
    return Status(_state(changes), tuple(changes))


def _change(predicate: str, part: bool, by: str, said: list[dict[str, Any]]) -> Change:
    certainty = "explicit" if any(row["certainty"] == "explicit" for row in said) else said[0]["certainty"]
    return Change(
        predicate, part, by, said[0]["label"], said[0]["date"], certainty, tuple(Evidence.of(row) for row in said)
    )


def _state(changes: list[Change]) -> str:
    """An end of the whole outweighs that of a part, and this any other change."""
    whole = {change.predicate for change in changes if not change.part}
    ended = next((state for predicate, state in _STATES[:2] if predicate in whole), None)
    if ended is None and any(change.part for change in changes):
        return "partly"
    return ended or next((state for predicate, state in _STATES if predicate in whole), "unknown")
