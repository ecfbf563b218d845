"""The records that `chidao extract` prints: one flat JSON object for each fact, `kind` first, in text order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from chidao.extract.iris import BASE, body_iri, document_iri, provision_iri
from chidao.extract.language.provision_paths import split_attached
from chidao.extract.model import DOUBTED, SELF, Facts, Reference
from chidao.extract.resolved import Corpus, File


def records(corpus: Corpus, base: str = BASE, *, name_files: bool = False) -> Iterator[dict[str, Any]]:
    """Yield every record of the corpus, file by file. `name_files` adds `file` (for records of several files)."""
    for file in corpus.files:
        for record in _file_records(corpus, file, base):
            if file.facts.row is not None:
                record["row"] = file.facts.row
            if name_files:
                record["file"] = file.facts.source.path
            yield record


def _below_type(r: Reference) -> str | None:
    """The title as a heading prints it, below the type: "Luật Đất đai" is a Luật with the title "Đất đai"."""
    from chidao.ontology.authority import types_of

    return r.title.removeprefix(f"{r.type} ") if r.title and r.type in types_of("statute") else r.title


def _in_blanks(corpus: Corpus, file: File) -> dict[str, Any]:
    """What is known and offered of a document whose number or day is blank; nothing of others."""
    document = corpus.documents[file.own] if file.own else None
    if document is None or not (document.offered or (document.month and not document.date)):
        return {}
    found: dict[str, Any] = {"month": document.month}
    if doubted := [part for part, rule in DOUBTED.items() if any(s.rule == rule for s in file.facts.suspicions)]:
        found["to_confirm"] = doubted
    for what in ("number", "date"):
        offered = [{what: o.value, "source": o.source} for o in document.offered if o.what == what]
        if offered:
            found[f"candidate_{what}"] = offered
    return found


def _file_records(corpus: Corpus, file: File, base: str) -> Iterator[dict[str, Any]]:
    facts = file.facts
    heading = facts.heading
    yield {
        "kind": "document",
        "document": document_iri(file.own, base) if file.own else None,
        "type": heading.type,
        "number": heading.number,
        "symbol": heading.symbol,
        "year": heading.year,
        "date": heading.date,
        "place": heading.place,
        "issuer": heading.issuer,
        **({"jointly_with": [body.name for body in heading.jointly]} if heading.jointly else {}),
        "title": heading.title,
        "signer": heading.signer,
        "signer_role": heading.signer_role,
        "recipients": list(heading.recipients) or None,
        **({"addressed": list(heading.addressed)} if heading.addressed else {}),
    } | _in_blanks(corpus, file)

    def iri(index: int) -> str | None:
        key = file.own if index == SELF else file.documents[index]
        return document_iri(key, base) if key else None

    rows: list[tuple[int, int, dict[str, Any]]] = []
    for i, r in enumerate(facts.references):
        document = corpus.documents[file.documents[i]]
        rows.append((
            r.start, 0,
            {
                "kind": "reference", "start": r.start, "end": r.end, "text": r.text, "type": r.type or document.type, "number": r.number,
                "symbol": r.symbol, "year": r.year, "date": r.date or document.date, "issuer": document.issuer or r.issuer,
                "title": _below_type(r), "document": iri(i), "rule": r.rule,
            },
        ))  # fmt: skip
    for b in facts.bodies:
        rows.append((
            b.start, 1,
            {"kind": "body", "start": b.start, "end": b.end, "text": b.text, "name": b.name, "body": body_iri(b.key, base), "rule": b.rule},
        ))  # fmt: skip
    for s in facts.relations:
        rows.append((
            s.start, 2,
            {
                "kind": "relation", "subject": iri(s.subject), "predicate": s.predicate, "object": iri(s.object), "start": s.start,
                "end": s.end, "text": s.text, "trigger": s.trigger, "rule": s.rule,
            },
        ))  # fmt: skip
    for a in facts.actions:
        rows.append((
            a.start, 3,
            {
                "kind": "action", "actor": a.actor, "action": a.action, "document": iri(a.document), "start": a.start, "end": a.end,
                "text": a.text, "trigger": a.trigger, "rule": a.rule,
            },
        ))  # fmt: skip
    for t in facts.tasks:
        rows.append((
            t.start, 4,
            {
                "kind": "task", "start": t.start, "end": t.end, "text": t.text, "lead": [p.name for p in t.lead],
                "support": [p.name for p in t.support], "deadline": t.deadline, "deadline_text": t.deadline_text, "rule": t.rule,
            },
        ))  # fmt: skip
    rows += _law(facts, iri)
    for x in facts.suspicions:
        rows.append((
            x.start, 11,
            {"kind": "suspicion", "start": x.start, "end": x.end, "text": x.text, "why": x.why, "rule": x.rule},
        ))  # fmt: skip
    rows.sort(key=lambda row: (row[0], row[1]))
    for _, _, record in rows:
        yield record


def _placed(path: str) -> dict[str, str]:
    """The path of a provision, and what comes along with its document that holds it."""
    attached, within = split_attached(path)
    return {"path": within, "attached": attached} if attached else {"path": within}


def _within(paths: Sequence[str]) -> list[str]:
    return [split_attached(path)[1] for path in paths]


def _law(facts: Facts, iri: Callable[[int], str | None]) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield the records of what the file says of the law, each with where it begins and the rank of its kind; `iri` is of a document."""
    for p in facts.provisions:
        yield p.start, 5, {
            "kind": "provision", "start": p.start, "end": p.end, "text": p.text, **_placed(p.path), "document": iri(p.document),
            "provision": provision_iri(iri(p.document), p.path), "rule": p.rule,
        }  # fmt: skip
    for c in facts.amendments:
        yield c.start, 6, {
            "kind": "amendment", "start": c.start, "end": c.end, "text": c.text, "document": iri(c.document), "operation": c.operation,
            **_placed(c.path), "old": c.old, "new": c.new, **({"date": c.date} if c.date else {}), "rule": c.rule,
        }  # fmt: skip
    for e in facts.force:
        yield e.start, 7, {
            "kind": "force", "start": e.start, "end": e.end, "text": e.text, "document": iri(e.document), "event": e.event,
            "date": e.date, "scope": _within(e.scope), "except": _within(e.apart), "until": e.until, "rule": e.rule,
        }  # fmt: skip
    for d in facts.delegations:
        yield d.start, 8, {
            "kind": "delegation", "start": d.start, "end": d.end, "text": d.text, "document": iri(d.document), **_placed(d.path),
            "delegate": d.delegate, "rule": d.rule,
        }  # fmt: skip
    for w in facts.fulfilments:
        yield w.start, 9, {
            "kind": "fulfils", "start": w.start, "end": w.end, "text": w.text, "document": iri(w.document), **_placed(w.path),
            "rule": w.rule,
        }  # fmt: skip
    for n in facts.reported:
        yield n.start, 10, {
            "kind": "reported_amendment", "start": n.start, "end": n.end, "text": n.text, "base": iri(n.base), "path": n.path,
            "operation": n.operation, "old": n.old, "new": n.new, "by": iri(n.by), "by_path": n.by_path, "date": n.date, "rule": n.rule,
        }  # fmt: skip
