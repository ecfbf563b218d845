"""Everything that a graph knows of one document or one body, as plain data."""

from __future__ import annotations

from typing import Any

from chidao.extract.errors import ChidaoError
from chidao.extract.language.letters import fold
from chidao.graph.answers.lookup import find_bodies, find_documents, one_body, one_document
from chidao.graph.select import Store, node, rows


def show(store: Store, text: str, *, year: int | None = None, scope: str | None = None) -> dict[str, Any]:
    """The document or body that `text` means; a body called exactly so comes first.

    Raises ChidaoError when nothing or several things are called so.
    """
    named = [row for row in find_bodies(store, text) if fold(row[1]) == fold(text)]
    if not named and not _is_code(text) and find_bodies(store, text):
        try:
            exact = [m for m in find_documents(store, text) if fold(text) in (fold(m.label), fold(m.title or ""))]
        except ChidaoError:
            exact = []
        if not exact:
            named = [one_body(store, text)]
    if len(named) == 1:
        return show_body(store, named[0][0])
    return show_document(store, one_document(store, text, year=year, scope=scope).iri)


def _is_code(text: str) -> bool:
    return "/" in text and any(c.isdigit() for c in text)


def show_document(store: Store, iri: str) -> dict[str, Any]:
    """Identity, stated dates and issuers with `conflicts`, `candidates` and `why` it stays unresolved, relations in both
    directions with their sentences, actions, and every mention."""
    term = node(iri)
    facts = next(rows(store, "internal/document", document=term))
    stated: dict[str, list[str]] = {"date": [], "issuer": []}
    for row in rows(store, "internal/document-stated", document=term):
        stated[row["what"]].append(row["value"])
    relations = [
        {
            k: row[k]
            for k in (
                "role",
                "predicate",
                "other",
                "label",
                "date",
                "certainty",
                "quote",
                "sentence",
                "source",
                "page",
                "row",
                "line",
            )
        }
        for row in rows(store, "internal/document-relations", document=term)
    ]
    return {
        "kind": "document",
        "iri": iri,
        **{k: v for k, v in facts.items() if k not in ("document", "why")},
        "why_unresolved": facts["why"],
        "candidates": [
            {"iri": row["candidate"], "label": row["label"], "date": row["date"]}
            for row in rows(store, "internal/document-candidates", document=term)
        ],
        "stated_dates": stated["date"],
        "stated_issuers": stated["issuer"],
        "conflicts": [what for what in ("date", "issuer") if _conflict(what, stated[what])],
        "relations": relations,
        "actions": list(rows(store, "who-acted", directive=term)),
        "mentions": list(rows(store, "what-is-said", directive=term)),
    }


def _conflict(what: str, values: list[str]) -> bool:
    """Two values conflict unless one issuer's name is part of the other's ("Thành ủy", "Ban Thường vụ Thành ủy")."""
    if what == "date":
        return len(values) > 1
    return any(a not in b and b not in a for i, a in enumerate(values) for b in values[i + 1 :])


def show_body(store: Store, iri: str) -> dict[str, Any]:
    """Name, place in the hierarchy, `changes` (predecessors and successors), documents issued, and what it did about documents."""
    term = node(iri)
    facts = next(rows(store, "internal/body", body=term))
    return {
        "kind": "body",
        "iri": iri,
        **{k: v for k, v in facts.items() if k != "body"},
        "changes": [
            {"role": row["role"], "iri": row["other"], "name": row["name"]}
            for row in rows(store, "internal/body-changes", body=term)
        ],
        "documents": list(rows(store, "documents-of-body", body=term)),
        "actions": [
            {k: v for k, v in row.items() if k != "body"} for row in rows(store, "internal/body-actions", body=term)
        ],
    }
