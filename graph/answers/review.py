"""What a person should look at, by kind: where files contradict each other, what is not settled, blanks, odd codes, poor scans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chidao.extract.model import Facts
from chidao.graph.evidence import Place
from chidao.graph.select import rows
from chidao.graph.write.kept import DamagedFactsError, KeptFacts

if TYPE_CHECKING:
    from chidao.graph.answers.graph import Graph

KINDS = ("conflict", "unresolved", "blank", "suspicion", "scan")
"""In the order of the list."""
_OCR = "read by OCR"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at. `document` is an IRI and `label` what that is called; `what` says what is doubted: a field, the rule of a
    suspicion; `values` what stands there, or may; `place` with `sha256` says where, of a file."""

    kind: str
    label: str
    what: str
    values: tuple[str, ...] = ()
    document: str | None = None
    place: Place | None = None
    sha256: str | None = None


def doubts(graph: Graph) -> dict[str, list[Doubt]]:
    """Return what there is to look at, by kind. What somebody has corrected is settled."""
    settled = {(row["document"], row["field"]) for row in rows(graph.store, "corrections") if row["state"] == "applied"}
    found: dict[str, list[Doubt]] = {kind: [] for kind in KINDS}
    for doubt in (*_conflicts(graph), *_unresolved(graph), *_blanks(graph), *_of_files(graph)):
        if (doubt.document, doubt.what) not in settled:
            found[doubt.kind].append(doubt)
    return found


def _conflicts(graph: Graph) -> Iterator[Doubt]:
    values: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
    for row in rows(graph.store, "conflicts"):
        values[row["document"], row["label"], row["what"]] |= {row["one"]: None, row["other"]: None}
    for (document, label, what), stated in values.items():
        yield Doubt("conflict", label, what, tuple(stated), document)


def _unresolved(graph: Graph) -> Iterator[Doubt]:
    candidates: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows(graph.store, "unresolved"):
        may_be = candidates[row["document"], row["label"], row["why"]]
        if row["candidate"] and len(may_be) < 10:
            may_be.append(row["candidate"])
    for (document, label, why), may_be in candidates.items():
        yield Doubt("unresolved", label, why, tuple(may_be), document)


def _blanks(graph: Graph) -> Iterator[Doubt]:
    offered: dict[tuple[str, str], list[str]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    blank = list(rows(graph.store, "internal/document-blanks"))
    for row in rows(graph.store, "internal/document-offered") if blank else ():
        offered[row["document"], row["what"]].append(row["value"])
    for row in blank:
        if (key := (row["document"], row["lacks"])) not in seen:
            seen.add(key)
            place = Place(source=row["source"], line=1, sentence_span=(0, 1))
            yield Doubt("blank", row["label"], row["lacks"], tuple(offered[key]), row["document"], place, row["sha256"])


def _of_files(graph: Graph) -> Iterator[Doubt]:
    """What the kept facts of the files say of their texts; a text of which nothing can be read any more says nothing."""
    made, kept = graph.built, KeptFacts(graph.generation.parent.parent / "facts")
    seen: set[str] = set()
    for entry in made.entries:
        if entry.sha256 in seen:
            continue
        seen.add(entry.sha256)
        try:
            facts = kept.load(entry.key_of(made.version), entry.shown or entry.path)
        except DamagedFactsError:
            continue
        for one in facts:
            yield from _of_text(one)


def _of_text(facts: Facts) -> Iterator[Doubt]:
    source = facts.source
    for s in facts.suspicions:
        line = next((e.line for e in facts.sentences if e.start <= s.start < e.end), 1)
        place = Place(source=source.path, line=line, row=facts.row, sentence_span=(s.start, max(s.end, s.start + 1)))
        yield Doubt("suspicion", " ".join(s.text.split()), s.rule, (s.why,), None, place, source.sha256)
    for note in source.notes:
        if note.startswith(_OCR) or "not read" in note:
            place = Place(source=source.path, line=1, sentence_span=(0, 1))
            yield Doubt("scan", source.path, note, (), None, place, source.sha256)
