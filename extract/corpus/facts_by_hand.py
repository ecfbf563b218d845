"""Facts that are none and tasks that are otherwise, as people say: found again by the words of their sentence. And relations that people
add."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chidao.extract.corpus.joined import Joined
from chidao.extract.model import (
    SELF,
    Action,
    Addressee,
    Excerpt,
    Facts,
    Force,
    Heading,
    Reference,
    Relation,
    Source,
    Task,
)
from chidao.extract.resolved import SOURCE, Correction, Document, File, Outcome

Fact = Relation | Action | Task | Force
THIS = "(văn bản này)"
"""How a told fact calls the document of its own file."""
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

    def __init__(self, joined: Joined) -> None:
        self._joined = joined

    def of(self, c: Correction) -> int | None:
        """Return the file that a correction names: the same content, else the one of that name; a register's row by its content alone."""
        if not c.file:
            return None
        if (found := self._joined.file_of(c.file, c.row)) is not None:
            return found
        named = self._joined.files_called(c.source or "")
        return named[0] if len(named) == 1 else None

    def near(self, c: Correction) -> Sequence[int]:
        """Return the files in which a fact may stand that a correction is about: those of that name where its content is gone, and where
        there are none of that name those whose document it is."""
        same = self._joined.file_of(c.file or "", c.row)
        if same is not None:
            return [same]
        return self._joined.files_called(c.source or "") or self._joined.files_owning(c.document or "")

    def own(self, file: int) -> str | None:
        """Return the key of a file's own document."""
        return self._joined.key_of((file, SELF))


class Edits:
    """What is to be done to the facts of one file: which are none, and what is said of which tasks, by their numbers."""

    def __init__(self) -> None:
        self.out: dict[str, set[int]] = defaultdict(set)
        self.tasks: dict[int, dict[str, Correction]] = defaultdict(dict)

    def mark(self) -> str:
        """Return what tells them from others."""
        out = sorted((kind, sorted(numbers)) for kind, numbers in self.out.items())
        tasks = sorted(
            (i, sorted((name, c.new, c.bodies) for name, c in said.items())) for i, said in self.tasks.items()
        )
        return hashlib.sha256(repr((out, tasks)).encode()).hexdigest()

    def applied(self, facts: Facts) -> Facts:
        """Return the facts with what people say of them."""
        kept: dict[str, Any] = {
            kind: tuple(fact for i, fact in enumerate(facts_of_kind(facts, kind)) if i not in self.out[kind])
            for kind in ("relation", "action", "force")
        }
        tasks: list[Task] = []
        for i, task in enumerate(facts.tasks):
            if i not in self.out["task"]:
                for c in self.tasks[i].values() if i in self.tasks else ():
                    task = replace(task, **_said_of_task(c))
                tasks.append(task)
        return replace(
            facts, relations=kept["relation"], actions=kept["action"], force=kept["force"], tasks=tuple(tasks)
        )  # fmt: skip


def find_edits(
    corrections: Sequence[Correction], places: Places, load: Callable[[int], Facts]
) -> tuple[dict[int, Edits], dict[str, Outcome]]:
    """Return what is to be done to the facts of which files, and what became of each of these corrections. `load` gives a file's facts."""
    outcomes: dict[str, Outcome] = {}
    edits: dict[int, Edits] = defaultdict(Edits)
    for c in corrections:
        if c.kind not in ("reject", "task"):
            continue
        found = _find(c, places, load)
        if isinstance(found, str):
            outcomes[c.id] = Outcome(c, "review", found)
            continue
        outcomes[c.id] = Outcome(c, "applied", document=places.own(found[0][0]))
        for n, i in found:
            if c.kind == "reject":
                edits[n].out[c.fact or ""].add(i)
            else:
                said = edits[n].tasks[i]
                if (earlier := said.get(c.field or "")) is not None:
                    outcomes[earlier.id] = replace(outcomes[earlier.id], state="replaced")
                said[c.field or ""] = c
    for n, edit in edits.items():
        source, row = load(n).source.sha256, load(n).row
        place = source if row is None else f"{source}/row/{row}"
        for i, said in edit.tasks.items():
            if i not in edit.out["task"]:
                number = i - sum(other < i for other in edit.out["task"])
                for c in said.values():
                    outcomes[c.id] = replace(outcomes[c.id], part=(place, "task", number))
    return dict(edits), outcomes


def _find(c: Correction, places: Places, load: Callable[[int], Facts]) -> list[tuple[int, int]] | str:
    """The facts that a correction is about, each as the number of its file and its own; why there is none else."""
    near = {n: load(n) for n in places.near(c)}
    found = [
        (n, i, fact)
        for n, facts in near.items()
        for i, fact in enumerate(facts_of_kind(facts, c.fact or "task"))
        if quoted(facts, fact) == c.quote and told(facts, fact) == c.told
    ]
    close = [(n, i, fact) for n, i, fact in found if _before(near[n], fact) == c.prefix]
    if found:
        return [(n, i) for n, i, _ in close or found]
    if not near:
        return "file-gone"
    there = any(sentence.text == c.quote for facts in near.values() for sentence in facts.sentences)
    return "fact-gone" if there else "sentence-gone"


def _before(facts: Facts, fact: Fact) -> str:
    return before(facts.source.text, facts.sentences[fact.sentence].start) if facts.source.text else ""


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
