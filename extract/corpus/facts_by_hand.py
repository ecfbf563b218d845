"""Facts that are none and tasks that are otherwise, as people say: found again by the words of their sentence. And relations that people
add."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from chidao.extract.model import (
    SELF,
    Action,
    Addressee,
    Correction,
    Document,
    Excerpt,
    Facts,
    File,
    Force,
    Heading,
    Outcome,
    Reference,
    Relation,
    Source,
    Task,
)

Fact = Relation | Action | Task | Force
Owned = tuple[Facts, str | None]
"""A file with the key of its own document."""
THIS = "(văn bản này)"
"""How a told fact calls the document of its own file."""
SOURCE = "corrections.jsonl"
"""The name of the source in which relations stand that somebody has added."""
_BEFORE = 40
"""Characters before a sentence that tell it from another one of the same words."""


def facts_of_kind(facts: Facts, kind: str) -> Sequence[Fact]:
    """Return the facts of a correctable kind: "relation", "action", "task" or "force"."""
    of: dict[str, Sequence[Fact]] = {
        "relation": facts.relations, "action": facts.actions, "task": facts.tasks, "force": facts.force,
    }  # fmt: skip
    return of[kind]


def told(facts: Facts, fact: Fact) -> str:
    """Return what a fact says in words that stand in its file, to know it again by: no places, no keys."""
    if isinstance(fact, Relation):
        return f"{_named(facts, fact.subject)} {fact.predicate} {_named(facts, fact.object)}"
    if isinstance(fact, Action):
        return f"{fact.actor or '?'} {fact.action} {_named(facts, fact.document)}"
    if isinstance(fact, Force):
        return " ".join(filter(None, (_named(facts, fact.document), fact.event, fact.date, *fact.scope)))
    return " ".join(fact.text.split())


def _named(facts: Facts, index: int) -> str:
    return THIS if index == SELF else " ".join(facts.references[index].text.split())


def quoted(facts: Facts, fact: Fact) -> str:
    """Return the sentence that says a fact."""
    return facts.sentences[fact.sentence].text if 0 <= fact.sentence < len(facts.sentences) else ""


def before(text: str, start: int) -> str:
    """Return what stands before a place, as much as tells it from other places of the same words."""
    return " ".join(text[max(start - 2 * _BEFORE, 0) : start].split())[-_BEFORE:].strip()


class Places:
    """Where files are that corrections name."""

    def __init__(self, files: Sequence[Facts]) -> None:
        self._by_sum: dict[tuple[str, int | None], int] = {}
        self._by_path: dict[str, list[int]] = defaultdict(list)
        for n, file in enumerate(files):
            self._by_sum.setdefault((file.source.sha256, file.row), n)
            self._by_path[file.source.path].append(n)

    def of(self, c: Correction) -> int | None:
        """Return the file that a correction names: the same content, else the one of that name; a register's row by its content alone."""
        if not c.file:
            return None
        if (found := self._by_sum.get((c.file, c.row))) is not None:
            return found
        named = self._by_path.get(c.source or "", [])
        return named[0] if len(named) == 1 else None

    def near(self, c: Correction) -> Sequence[int]:
        """Return the files in which a fact may stand that a correction is about, those of that name where its content is gone."""
        same = self._by_sum.get((c.file or "", c.row))
        return [same] if same is not None else self._by_path.get(c.source or "", [])


class _Edits:
    """What is to be done to the facts of one file: which are none, and what is said of which tasks, by their numbers."""

    def __init__(self) -> None:
        self.out: dict[str, set[int]] = defaultdict(set)
        self.tasks: dict[int, dict[str, Correction]] = defaultdict(dict)


def corrected_facts(
    files: Sequence[Owned], corrections: Sequence[Correction], places: Places
) -> tuple[list[Facts], dict[str, Outcome]]:
    """Return the files with what people say of their facts, and what became of each of these corrections."""
    outcomes: dict[str, Outcome] = {}
    edits: dict[int, _Edits] = defaultdict(_Edits)
    for c in corrections:
        if c.kind not in ("reject", "task"):
            continue
        found = _find(c, files, places)
        if isinstance(found, str):
            outcomes[c.id] = Outcome(c, "review", found)
            continue
        outcomes[c.id] = Outcome(c, "applied", document=files[found[0][0]][1])
        for n, i in found:
            if c.kind == "reject":
                edits[n].out[c.fact or ""].add(i)
            else:
                said = edits[n].tasks[i]
                if (earlier := said.get(c.field or "")) is not None:
                    outcomes[earlier.id] = replace(outcomes[earlier.id], state="replaced")
                said[c.field or ""] = c
    return [_edited(facts, edits[n], outcomes) if n in edits else facts for n, (facts, _) in enumerate(files)], outcomes


def _find(c: Correction, files: Sequence[Owned], places: Places) -> list[tuple[int, int]] | str:
    """The facts that a correction is about, each as the number of its file and its own; why there is none else."""
    near = places.near(c) or [n for n, (_, own) in enumerate(files) if own and own == c.document]
    found = [
        (n, i, fact)
        for n in near
        for i, fact in enumerate(facts_of_kind(files[n][0], c.fact or "task"))
        if quoted(files[n][0], fact) == c.quote and told(files[n][0], fact) == c.told
    ]
    close = [(n, i, fact) for n, i, fact in found if _before(files[n][0], fact) == c.prefix]
    if found:
        return [(n, i) for n, i, _ in close or found]
    if not near:
        return "file-gone"
    there = any(sentence.text == c.quote for n in near for sentence in files[n][0].sentences)
    return "fact-gone" if there else "sentence-gone"


def _before(facts: Facts, fact: Fact) -> str:
    return before(facts.source.text, facts.sentences[fact.sentence].start) if facts.source.text else ""


def _edited(facts: Facts, edits: _Edits, outcomes: dict[str, Outcome]) -> Facts:
    kept: dict[str, Any] = {
        kind: tuple(fact for i, fact in enumerate(facts_of_kind(facts, kind)) if i not in edits.out[kind])
        for kind in ("relation", "action", "force")
    }
    tasks: list[Task] = []
    place = facts.source.sha256 if facts.row is None else f"{facts.source.sha256}/row/{facts.row}"
    for i, task in enumerate(facts.tasks):
        if i in edits.out["task"]:
            continue
        for c in edits.tasks[i].values() if i in edits.tasks else ():
            task = replace(task, **_said_of_task(c))
            outcomes[c.id] = replace(outcomes[c.id], part=(place, "task", len(tasks)))
        tasks.append(task)
    return replace(
        facts, relations=kept["relation"], actions=kept["action"], force=kept["force"], tasks=tuple(tasks)
    )  # fmt: skip


def _said_of_task(c: Correction) -> dict[str, Any]:
    if c.field == "deadline":
        return {"deadline": c.new, "deadline_text": None}
    names = parties(c.new)
    keys = (*c.bodies, *[""] * len(names))
    return {c.field or "": tuple(Addressee(name, key or None) for name, key in zip(names, keys, strict=False))}


def parties(said: str | None) -> list[str]:
    """Return the names in a list of them.

    >>> parties("Sở Tài chính;  Sở Y tế")
    ['Sở Tài chính', 'Sở Y tế']
    """
    return [name for part in (said or "").split(";") if (name := " ".join(part.split()))]


@dataclass(frozen=True, slots=True)
class Added:
    """A relation that somebody has added between two documents."""

    correction: Correction
    subject: Document
    object: Document


def added_relations(added: Sequence[Added]) -> File | None:
    """Return the added relations as the facts of a source of its own, whose sentences are their notes; None where there are none."""
    if not added:
        return None
    sentences: list[Excerpt] = []
    references: list[Reference] = []
    relations: list[Relation] = []
    at = 0
    for i, one in enumerate(added):
        note, end = one.correction.why, at + len(one.correction.why)
        sentences.append(Excerpt(at, end, note, i + 1))
        for document in (one.subject, one.object):
            references.append(Reference(at, end, document.label, "hand", sentence=i, rule="by-hand"))
        predicate = one.correction.field or ""
        relations.append(Relation(2 * i, predicate, 2 * i + 1, at, end, note, "explicit", "by-hand", note, i))
        at = end + 1
    sha = hashlib.sha256("\n".join(f"{one.correction.id} {one.correction.why}" for one in added).encode()).hexdigest()
    facts = Facts(
        Source(SOURCE, sha, "utf-8", ""), Heading(), tuple(sentences), tuple(references), relations=tuple(relations)
    )
    return File(facts, None, tuple(key for one in added for key in (one.subject.key, one.object.key)))
