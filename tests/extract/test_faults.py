"""Faults once met in real files, each as a kind: the cases of `cases/faults`, what a careful clerk reads in several texts of that kind.

A `line` is a kind, by its number. Its cases say what they look at: `own` (the document's record), `cites` (all references),
`says` (relations), `does` (actions), `tasks`, `same` and `apart` (places as in identity.toml). What a row leaves out is not looked at.
`checks` are the
rules that proofreading a draft of these words applies, none where it is left out. `elsewhere` names cases and tests of the kind that stand in other files. `not_yet` says why a case cannot be read rightly so far.
"""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from chidao.extract import extract_text, records, resolve
from chidao.extract.model import SELF, Source
from chidao.extract.resolved import Corpus, File
from chidao.graph.proofread.check import check

HERE = Path(__file__).parent
FRAMES = tomllib.loads((HERE / "cases" / "task_frames.toml").read_text("utf-8"))
LINES = [line for file in sorted((HERE / "cases" / "faults").glob("*.toml")) for line in tomllib.loads(file.read_text("utf-8"))["line"]]  # fmt: skip


def cases() -> list[Any]:
    found = []
    for line in LINES:
        for n, case in enumerate(line.get("case", ())):
            marks = [pytest.mark.xfail(reason=case["not_yet"], strict=True)] if "not_yet" in case else []
            found.append(pytest.param(case, id=f"{line['number']}-{case.get('name', n)}", marks=marks))
    return found


def read(case: dict[str, Any]) -> Corpus:
    texts = case.get("files") or [FRAMES[case["frame"]] + case["text"] if "frame" in case else case["text"]]
    return resolve(
        extract_text(Source(f"{n}.txt", f"{n:08}", "", text), case.get("home")) for n, text in enumerate(texts)
    )


def named(file: File, which: int) -> str:
    """A document as its number and symbol print it, else its title or name."""
    if which == SELF:
        return "self"
    r = file.facts.references[which]
    if r.number is None or r.symbol is None:
        return r.number or r.title or r.text
    return "/".join(str(part) for part in (r.number, r.year, r.symbol) if part) if "/" not in r.symbol else f"{r.number}-{r.symbol}"  # fmt: skip


def key_at(found: Corpus, place: str) -> str | None:
    file, _, which = place.partition(".")
    read = found.files[int(file)]
    return read.own if which == "own" else read.documents[int(which)]


def looked_at(record: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """What the record has of the parts that the case speaks of; nothing is ""."""
    return {part: record.get(part) or ([] if wanted[part] == [] else "") for part in wanted}


@pytest.mark.parametrize("case", cases())
def test_reading(case: dict[str, Any]) -> None:
    found = read(case)
    file = found.files[0]
    kinds: dict[str, list[dict[str, Any]]] = {}
    for record in records(resolve([file.facts])):
        kinds.setdefault(record["kind"], []).append(record)
    if "own" in case:
        assert looked_at(kinds["document"][0], case["own"]) == case["own"]
    if "cites" in case:
        rows = kinds.get("reference", [])
        wanted = case["cites"] + [{"text": "nothing more"}] * (len(rows) - len(case["cites"]))
        assert [looked_at(row, want) for row, want in zip(rows, wanted, strict=False)] == wanted
    if "says" in case:
        told = {f"{named(file, r.subject)} {r.predicate} {named(file, r.object)}" for r in file.facts.relations}
        assert sorted(told) == sorted(case["says"])
    if "does" in case:
        assert [f"{a.actor} {a.action} {named(file, a.document)}" for a in file.facts.actions] == case["does"]
    if "tasks" in case:
        wanted = [{"support": [], "deadline": ""} | task for task in case["tasks"]]
        tasks = kinds.get("task", [])
        read_tasks = [looked_at(t, w) for t, w in zip(tasks, wanted, strict=False)]
        for task, want in zip(read_tasks, wanted, strict=False):
            if "text" in want:
                task["text"] = task["text"][: len(want["text"])]
        assert read_tasks + [{"text": t["text"]} for t in tasks[len(wanted) :]] == wanted
    assert len({key_at(found, place) for place in case.get("same", ())}) <= 1
    for a, b in combinations(case.get("apart", ()), 2):
        assert key_at(found, a) != key_at(found, b)


@pytest.mark.parametrize("case", [case for case in cases() if "not_yet" not in case.values[0]])
def test_proofreading(case: dict[str, Any]) -> None:
    """A draft of these words is called wrong only where it is; what a first citation leaves out is another matter."""
    corpus = read(case)
    found = {f.rule for file in corpus.files for f in check(corpus, file) if f.severity != "hint"}
    assert sorted(found - {"first-citation-undated"}) == case.get("checks", [])


SAYS = {"own", "cites", "says", "does", "tasks", "same", "apart"}


def test_every_line_has_its_cases() -> None:
    assert [line["number"] for line in LINES] == list(range(1, 53))
    for line in LINES:
        assert len(line.get("case", ())) + len(line.get("elsewhere", ())) >= 4, line["number"]
        assert all(SAYS & case.keys() for case in line.get("case", ()))


@pytest.mark.parametrize("place", sorted({place for line in LINES for place in line.get("elsewhere", ())}))
def test_what_stands_elsewhere_is_there(place: str) -> None:
    file, _, name = place.partition(": ")
    assert name and name in (HERE / file).read_text("utf-8")
