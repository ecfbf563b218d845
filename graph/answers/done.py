"""Tasks of which somebody says that they are done: `done.jsonl` of a workspace.

A task is known there by what no build changes, the document that assigns it, its sentence, and who leads it; so an entry holds as long as
somebody reads that sentence. One that fits no task of a graph any more is kept, and listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from chidao.extract.language.letters import fold
from chidao.graph.answers.tasks import TaskRow
from chidao.graph.journal import Journal, Signed
from chidao.graph.workspace import Workspace

Key = tuple[str, str, tuple[str, ...]]
"""What a task is known by: the IRI of its document, its sentence, its leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Signed):
    """A task is done, `why` is a note on it; or, with `refused`, it was not done by the document that was offered as a proof.

    `document` is the IRI of the document that assigns it and `label` what that is called, `day` when it was done, `due` for which of its
    days where it recurs, `proof` the IRI of the document that proves it, `proof_label` what that is called, `sentence` what was read
    somewhere about it."""

    document: str
    label: str = ""
    text: str
    lead: tuple[str, ...] = ()
    day: str = ""
    due: str = ""
    proof: str = ""
    proof_label: str = ""
    sentence: str = ""
    refused: bool | None = None


@dataclass(frozen=True, slots=True)
class DoneBook:
    """What is said of the tasks of a graph, by what they are known by."""

    entries: Mapping[Key, Sequence[Done]] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()

    def of(self, task: TaskRow) -> Sequence[Done]:
        """Return what is said of a task, in the order in which it was said."""
        return self.entries.get(key(task.document, task.text, task.lead), ()) if task.document in self.documents else ()

    def without_task(self, tasks: Iterable[TaskRow]) -> list[tuple[Done, list[TaskRow]]]:
        """Return the entries that fit none of these tasks, each with the tasks that it may be about: of the same sentence, where the
        document or who leads is another one than it was."""
        every = list(tasks)
        known = {key(task.document, task.text, task.lead) for task in every if task.document in self.documents}
        lost = {name: said for name, said in self.entries.items() if name not in known}
        alike: dict[str, list[TaskRow]] = {text: [] for _, text, _ in lost}
        for task in every if lost else ():
            if (text := fold(task.text)) in alike:
                alike[text].append(task)
        return [
            (entry, [task for task in alike[text] if task.document == document or key("", "", task.lead)[2] == lead])
            for (document, text, lead), said in lost.items()
            for entry in said
            if not entry.refused
        ]


def key(document: str, text: str, lead: Iterable[str]) -> Key:
    """Return what a task is known by; the order of leads, blanks and the case of letters are nothing.

    >>> key("urn:d", "Lập  kế hoạch", ("Sở B", "Sở A")) == key("urn:d", "lập kế hoạch", ("sở a", "Sở B"))
    True
    """
    return document, fold(text), tuple(sorted(map(fold, lead)))


def journal_of(workspace: Workspace) -> Journal[Done]:
    """Return the journal in which a workspace keeps them."""
    return Journal(workspace.done, Done)


def read_done(workspace: Workspace | None) -> DoneBook:
    """Return what a workspace says of tasks; nothing without one. Raises ChidaoError when its journal cannot be read."""
    entries: dict[Key, list[Done]] = {}
    for entry in journal_of(workspace).read() if workspace else ():
        entries.setdefault(key(entry.document, entry.text, entry.lead), []).append(entry)
    return DoneBook(entries, frozenset(document for document, _, _ in entries))


def stamp(workspace: Workspace | None) -> str:
    """Return what changes when the journal does."""
    path: Path | None = workspace.done if workspace else None
    try:
        state = path.stat() if path else None
    except OSError:
        return "0"
    return f"{state.st_size:x}.{state.st_mtime_ns:x}" if state else "0"
