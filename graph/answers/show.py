"""Everything that a graph knows of one document or one body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from chidao.extract.errors import ChidaoError
from chidao.extract.language.letters import fold
from chidao.extract.language.provision_paths import path_words
from chidao.graph.answers.lookup import find_bodies, find_documents, one_body, one_document
from chidao.graph.answers.provisions import Provisions, provision_in, provisions
from chidao.graph.answers.status import Status, status
from chidao.graph.evidence import Evidence
from chidao.graph.select import Store, node, part_of_rows, rows

_PLACE = ("sentence", "source", "page", "row", "line")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that an unresolved one may be."""

    iri: str
    label: str
    date: str | None


@dataclass(frozen=True, slots=True)
class OfferedValue:
    """What may stand where the document's `what`, "number" or "date", is blank, and where that is from; no fact."""

    what: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A statement that a document takes part in as `role`, "subject" or "object"; `other` is the document at its other end, `label` and
    `date` are that one's."""

    role: str
    predicate: str
    other: str
    label: str
    date: str | None
    certainty: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did about a document: `actor` is the body's name, None where the file does not name it."""

    actor: str | None
    action: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class JointIssuer:
    """A body that issued a document together with the one printed first."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class DocumentDetails:
    """A document: identity, who issued it `jointly` with `issuer`, the dates and issuers that files state, with `conflicts` ("date",
    "issuer") where these disagree, the `candidates` and `why_unresolved` of one that may be several, relations in both directions,
    acts, every mention, and its `status` on a day."""

    iri: str
    label: str
    type: str | None
    code: str | None
    year: int | None
    date: str | None
    issuer: str | None
    title: str | None
    level: str | None
    scope: str | None
    signer: str | None
    signer_role: str | None
    place: str | None
    why_unresolved: str | None
    candidates: tuple[Candidate, ...]
    stated_dates: tuple[str, ...]
    stated_issuers: tuple[str, ...]
    relations: tuple[Relation, ...]
    actions: tuple[Act, ...]
    mentions: tuple[Evidence, ...]
    status: Status
    month: str | None = None
    offered: tuple[OfferedValue, ...] = ()
    jointly: tuple[JointIssuer, ...] = ()
    totals: Mapping[str, int] = field(default_factory=dict)
    """How many relations, actions and mentions there are, by these names, where only the first were asked for."""

    @property
    def conflicts(self) -> tuple[str, ...]:
        """What the files contradict each other in. Two issuers do not where one's name is part of the other's ("Thành ủy", "Ban Thường
        vụ Thành ủy")."""
        names = self.stated_issuers
        issuers = any(a not in b and b not in a for i, a in enumerate(names) for b in names[i + 1 :])
        found = {"date": len(self.stated_dates) > 1, "issuer": issuers}
        return tuple(what for what, conflict in found.items() if conflict)

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        return {
            "kind": "document", "iri": self.iri, "label": self.label, "type": self.type, "code": self.code,
            "year": None if self.year is None else str(self.year), "date": self.date, "issuer": self.issuer, "title": self.title,
            "level": self.level, "scope": self.scope, "signer": self.signer, "signerRole": self.signer_role, "place": self.place,
            "jointly_with": [body.name for body in self.jointly],
            "why_unresolved": self.why_unresolved,
            "candidates": [asdict(candidate) for candidate in self.candidates],
            "month": self.month,
            "candidate_number": [{"number": o.value, "source": o.source} for o in self.offered if o.what == "number"],
            "candidate_date": [{"date": o.value, "source": o.source} for o in self.offered if o.what == "date"],
            "stated_dates": list(self.stated_dates),
            "stated_issuers": list(self.stated_issuers),
            "conflicts": list(self.conflicts),
            "status": self.status.plain(),
            "relations": [
                {
                    "role": r.role, "predicate": r.predicate, "other": r.other, "label": r.label, "date": r.date,
                    "certainty": r.certainty, **r.evidence.texts("quote", *_PLACE),
                }
                for r in self.relations
            ],
            "actions": [{"actor": a.actor, "action": a.action, **a.evidence.texts(*_PLACE)} for a in self.actions],
            "mentions": [m.texts("source", "page", "row", "line", "footnote", "sentence") for m in self.mentions],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class BodyChange:
    """What came before or after a body: `role` is "predecessor" or "successor"."""

    role: str
    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Issued:
    """A document that a body issued."""

    document: str
    label: str
    title: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class BodyAct:
    """What a body did about a document; `stated` is the name by which the file calls it there."""

    action: str
    document: str
    label: str
    stated: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class BodyDetails:
    """A body: its place in the hierarchy, its `changes`, what it issued and what it did about documents."""

    iri: str
    name: str
    parent: str | None
    parent_name: str | None
    level: str | None
    branch: str | None
    scope: str | None
    changes: tuple[BodyChange, ...]
    documents: tuple[Issued, ...]
    actions: tuple[BodyAct, ...]

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        return {
            "kind": "body", "iri": self.iri, "name": self.name, "parent": self.parent, "parentName": self.parent_name,
            "level": self.level, "branch": self.branch, "scope": self.scope,
            "changes": [asdict(change) for change in self.changes],
            "documents": [asdict(document) for document in self.documents],
            "actions": [
                {
                    "action": a.action, "document": a.document, "label": a.label, "stated": a.stated,
                    **a.evidence.texts(*_PLACE),
                }
                for a in self.actions
            ],
        }  # fmt: skip


def show(
    store: Store, text: str, *, year: int | None = None, scope: str | None = None, on: date | None = None
) -> DocumentDetails | BodyDetails | Provisions:
    """Return the document, body or provision ("khoản 2 Điều 5 Nghị định 30/2020/NĐ-CP") that `text` means, as of a day (today by default);
    a body called exactly so comes first.

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
    if provision := provision_in(text):
        path, document = provision
        found = provisions(store, one_document(store, document, year=year, scope=scope).iri, path, on)
        if not found.entries:
            raise ChidaoError(f"the files say nothing of {path_words(path)} of {found.label}")
        return found
    return show_document(store, one_document(store, text, year=year, scope=scope).iri, on)


def _is_code(text: str) -> bool:
    return "/" in text and any(c.isdigit() for c in text)


def show_document(store: Store, iri: str, on: date | None = None, *, limit: int | None = None) -> DocumentDetails:
    """Return what is known of the document with this IRI, which the graph must hold; its status is that of a day (today by default). Of
    relations, actions and mentions at most `limit` each, the first."""
    term = node(iri)
    lists = {
        "relations": ("internal/document-relations", "document"),
        "actions": ("internal/document-acts", "directive"),
        "mentions": ("what-is-said", "directive"),
    }

    about: dict[str, dict[str, Any]] = {what: {of: term} for what, (_, of) in lists.items()}
    given: dict[str, Iterable[dict[str, Any]]] = dict.fromkeys(lists, ())
    totals = {}
    for what, (name, _) in lists.items():
        if limit is None:
            given[what] = rows(store, name, **about[what])
        elif limit:
            given[what], totals[what] = part_of_rows(store, name, limit, **about[what])
    facts = next(rows(store, "internal/document", document=term))
    stated: dict[str, list[str]] = {"date": [], "issuer": []}
    for row in rows(store, "internal/document-stated", document=term):
        stated[row["what"]].append(row["value"])
    return DocumentDetails(
        iri=iri,
        **{k: facts[k] for k in ("label", "type", "code", "date", "issuer", "title", "level", "scope", "signer", "place", "month")},
        year=int(facts["year"]) if facts["year"] else None,
        signer_role=facts["signerRole"],
        why_unresolved=facts["why"],
        candidates=tuple(
            Candidate(row["candidate"], row["label"], row["date"])
            for row in rows(store, "internal/document-candidates", document=term)
        ),
        offered=tuple(
            OfferedValue(row["what"], row["value"], row["source"])
            for row in rows(store, "internal/document-offered", document=term)
        ),
        stated_dates=tuple(stated["date"]),
        stated_issuers=tuple(stated["issuer"]),
        relations=tuple(
            Relation(
                row["role"], row["predicate"], row["other"], row["label"], row["date"], row["certainty"], Evidence.of(row)
            )
            for row in given["relations"]
        ),
        actions=tuple(Act(row["actor"], row["action"], Evidence.of(row)) for row in given["actions"]),
        mentions=tuple(map(Evidence.of, given["mentions"])),
        jointly=tuple(JointIssuer(row["body"], row["name"]) for row in rows(store, "internal/document-joint", document=term)),
        totals=totals,
        status=status(store, iri, on),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a document: `evidence.quote` has its words, `by` and `by_label` name the document whose file it stands in, where
    that is no register."""

    evidence: Evidence
    by: str | None
    by_label: str | None

    @property
    def source(self) -> str:
        """The file in which it stands."""
        return self.evidence.source


def document_mentions(
    store: Store, iri: str, *, limit: int | None = None, offset: int = 0
) -> tuple[list[Mention], int]:
    """Return the mentions of the document with this IRI, file by file: at most `limit`, behind the first `offset`; and how many all are."""
    name, term = "internal/document-mentions", node(iri)
    if limit is None:
        found = list(rows(store, name, document=term))[offset:]
        total = offset + len(found)
    else:
        found, total = part_of_rows(store, name, limit, offset, document=term)
    return [Mention(Evidence.of(row | {"quote": row["exact"]}), row["by"], row["byLabel"]) for row in found], total


def show_body(store: Store, iri: str) -> BodyDetails:
    """Return what is known of the body with this IRI, which the graph must hold."""
    term = node(iri)
    facts = next(rows(store, "internal/body", body=term))
    return BodyDetails(
        iri=iri,
        **{k: facts[k] for k in ("name", "parent", "level", "branch", "scope")},
        parent_name=facts["parentName"],
        changes=tuple(
            BodyChange(row["role"], row["other"], row["name"])
            for row in rows(store, "internal/body-changes", body=term)
        ),
        documents=tuple(
            Issued(row["document"], row["label"], row["title"], row["date"])
            for row in rows(store, "documents-of-body", body=term)
        ),
        actions=tuple(
            BodyAct(row["action"], row["document"], row["label"], row["stated"], Evidence.of(row))
            for row in rows(store, "internal/body-actions", body=term)
        ),
    )
