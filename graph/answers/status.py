"""Whether a document still stands, as far as the files tell: what replaced, repealed, amended, corrected it or carried it on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from chidao.graph.select import Store, node, rows

_PARTS = re.compile(
    r"(?:Điều|khoản|điểm|Chương|Mục|Phụ\s+lục|Mẫu|cụm\s+từ|nội\s+dung|một\s+phần|gạch\s+đầu\s+dòng|biểu)\s",
    re.IGNORECASE,
)


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
    """What another document did to this one. `part` says that it names a part of it; `evidence` holds {sentence, quote, source,
    page, row, line}."""

    predicate: str
    part: bool
    iri: str
    label: str
    date: str | None
    certainty: str
    evidence: tuple[dict[str, Any], ...] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Status:
    """`state` is "repealed", "replaced" (as a whole), "partly" (repealed or replaced in part), "amended", "corrected",
    "consolidated", "continued", or "unknown": the files name no change, which is not to say that it is in force."""

    state: str
    changes: tuple[Change, ...]


_STATES = (
    ("repeals", "repealed"), ("replaces", "replaced"), ("amends", "amended"), ("corrects", "corrected"),
    ("consolidates", "consolidated"), ("continues", "continued"),
)  # fmt: skip
"""The strongest first."""


def status(store: Store, document: str) -> Status:
    """The status of the document with this IRI, and every change that the files name, the strongest first, then by date."""
    found: dict[tuple[str, bool, str], dict[str, Any]] = {}
    for row in rows(store, "internal/document-changes", document=node(document)):
        if row["by"] == document:
            continue
        part = row["predicate"] in ("repeals", "replaces") and of_a_part(row["quote"])
        entry = found.setdefault((row["predicate"], part, row["by"]), {**row, "evidence": []})
        if row["certainty"] == "explicit":
            entry["certainty"] = "explicit"
        entry["evidence"].append({k: row[k] for k in ("sentence", "quote", "source", "page", "row", "line")})
    changes = [
        Change(predicate, part, by, e["label"], e["date"], e["certainty"], tuple(e["evidence"]))
        for (predicate, part, by), e in found.items()
    ]
    order = [predicate for predicate, _ in _STATES]
    changes.sort(key=lambda c: (c.part, order.index(c.predicate), c.date or "9999", c.label))
    for predicate, state in _STATES[:2]:
        if any(c.predicate == predicate and not c.part for c in changes):
            return Status(state, tuple(changes))
    if any(c.part for c in changes):
        return Status("partly", tuple(changes))
    state = next((state for predicate, state in _STATES if any(c.predicate == predicate for c in changes)), "unknown")
    return Status(state, tuple(changes))
