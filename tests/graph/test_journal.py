"""Journals: what was said holds until it is undone, and nothing is ever lost."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.errors import ChidaoError
from chidao.graph.journal import Journal, Signed


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Signed):
    text: str
    place: int | None = None


def test_a_line_says_first_what_was_said(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "new" / "notes.jsonl", Note)
    written = journal.add(Note(text="ngày 3 tháng 2", by="Văn thư", why="đọc nhầm"))
    assert written.id and written.at
    line = journal.path.read_text("utf-8")
    assert line.startswith('{"text": "ngày 3 tháng 2", "why": "đọc nhầm", "by": "Văn thư", "at": "')
    assert journal.read() == [written]


def test_what_is_undone_holds_no_more_and_stays_written(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "notes.jsonl", Note)
    first, second = (journal.add(Note(text=text, by="a")) for text in "12")
    journal.undo(first.id, by="b", why="nhầm")
    assert journal.read() == [second]
    assert [entry.by for entry in journal.history()] == ["a", "a", "b"]
    with pytest.raises(ChidaoError, match="undone before"):
        journal.undo(first.id, by="b")


@pytest.mark.parametrize("line", ["{", "[]", '"x"', '{"text": 1}', '{"other": "x"}', "[" * 100_000, '{"undoes": 1}'])
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_written(tmp_path: Path, line: str) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text('{"text": "a"}\n' + line + "\n", "utf-8")
    journal = Journal(path, Note)
    with pytest.raises(ChidaoError, match="line 2 cannot be read"):
        journal.read()
    with pytest.raises(ChidaoError):
        journal.undo("x", by="a")
    assert path.read_text("utf-8").endswith(line + "\n")


@pytest.mark.slow
@given(st.lists(st.tuples(st.text(max_size=8), st.booleans()), max_size=8))
def test_what_holds_is_what_was_said_without_what_was_undone(tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, bool]]) -> None:  # fmt: skip
    journal = Journal(tmp_path_factory.mktemp("journal") / "notes.jsonl", Note)
    held = []
    for text, keep in said:
        note = journal.add(Note(text=text or "-", by="a"))
        if keep:
            held.append(note)
        else:
            journal.undo(note.id, by="a")
    assert journal.read() == held
    lines = journal.path.read_text("utf-8").split("\n") if said else [""]
    assert len(lines) - 1 == sum(1 if keep else 2 for _, keep in said)
    assert all(json.loads(line) for line in lines[:-1])
