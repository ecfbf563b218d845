"""What tables say otherwise than those before, found beside them: of one document with many tasks as of many with one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from chidao.graph.tables.differing import keep_changed
from chidao.graph.tables.kept import keep_tables
from chidao.graph.tables.schema import schema


def write(path: Path, tasks: Iterable[tuple[str, str | None]]) -> Path:
    """Tables of one document with these tasks, each with its words and its day."""
    with closing(sqlite3.connect(path)) as tables:
        for script in schema():
            tables.executescript(script)
        tables.execute("INSERT INTO document(id, iri, label) VALUES(1, 'https://x/1', 'Kế hoạch 1/KH-UBND')")
        tables.execute("INSERT INTO source(id, iri, path) VALUES(1, 'https://x/s', 'a.txt')")
        tables.execute("INSERT INTO sentence(id, source, line) VALUES(1, 1, 1)")
        rows = ((n, f"https://x/{path.stem}/{n}", text, due) for n, (text, due) in enumerate(tasks))
        tables.executemany("INSERT INTO task(id, iri, document, text, due, sentence) VALUES(?, ?, 1, ?, ?, 1)", rows)
        tables.commit()
    keep_tables(path, "mark")
    return path


def changed(path: Path) -> list[tuple[bool, str, str | None]]:
    with closing(sqlite3.connect(path)) as tables:
        told = tables.execute("SELECT new, told FROM changed WHERE kind = 'task' ORDER BY place").fetchall()
    return [(bool(new), (line := json.loads(text))["text"], line["date"]) for new, text in told]


def test_the_last_of_the_same_words_stands_for_all(tmp_path: Path) -> None:
    former = write(
        tmp_path / "1.sqlite", [("Họp giao ban", None), ("Rà soát bến thủy", "2026-03-01"), ("Báo cáo", None)]
    )
    now = [
        ("họp  giao ban", "2026-05-01"), ("Tuyên truyền", "2026-06-01"), ("Tuyên truyền", "2026-09-01"),
        ("tuyên  truyền", "2026-07-01"), ("Kiểm tra", None), ("kiểm tra", "2026-07-01"), ("Báo cáo", "2026-01-01"),
    ]  # fmt: skip
    path = write(tmp_path / "2.sqlite", now)
    keep_changed(path, former, "mark")
    assert changed(path) == [
        (True, "Tuyên truyền", "2026-09-01"), (True, "Kiểm tra", None), (False, "Rà soát bến thủy", "2026-03-01"),
    ]  # fmt: skip


def test_many_tasks_of_one_document_cost_what_they_are(
    tmp_path: Path, calls: Callable[[Callable[[], object]], int]
) -> None:
    def cost(many: int) -> int:
        former = write(tmp_path / f"{many}-1.sqlite", ((f"Rà soát bến thủy số {n}", None) for n in range(many)))
        path = write(tmp_path / f"{many}-2.sqlite", ((f"Rà soát bến đò số {n}", None) for n in range(many)))
        made = calls(lambda: keep_changed(path, former, "mark"))
        assert len(changed(path)) == 2 * many
        return made

    assert cost(200) < 5 * cost(50)
