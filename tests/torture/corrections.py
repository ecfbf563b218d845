"""Histories: files change, people correct and take back, the graph is built again and again. No correction is lost, each is applied, replaced
or for review; built step by step is as built at once; what was taken back leaves no trace."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from chidao.extract.errors import ChidaoError
from chidao.extract.resolved import Correction
from chidao.graph.answers.ask import ask
from chidao.graph.answers.correcting import Correcting
from chidao.graph.answers.graph import Graph
from chidao.graph.corrections import RELATIONS, journal, read_corrections
from chidao.graph.workspace import Workspace, workspace_of
from chidao.graph.write.build import build
from chidao.tests.torture.children import MEMORY, apart
from chidao.tests.torture.graphs import _Here, held

_REBUILDS = 10
_FILES = 40
_PLACES = (("Lào Cai", "tỉnh Lào Cai"), ("Sơn La", "tỉnh Sơn La"))
TEXT = """TỈNH ỦY {place}
*
Số {number}-KH/TU
{place}, ngày {day:02} tháng 8 năm {year}

KẾ HOẠCH
về công tác {title}

Thực hiện Nghị quyết số {above}-NQ/TW ngày 05/5/2020 của Bộ Chính trị, Tỉnh ủy ban hành Kế hoạch này. {more}
Theo Kế hoạch số {other}-KH/TU ngày 08/8/2021 của Tỉnh ủy {place}.

1. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính tham mưu đề án số {number} trước ngày 30/9/2026.
2. Sở Y tế chủ trì tổng hợp kết quả việc {title}, hoàn thành trong năm {due}.
"""


def attack(seed: int, times: int) -> str:
    """Make so many corrections over ten builds, in a process of its own; the figures of what became of them."""
    return apart(__file__, seed, times)


def _attack(seed: int, times: int) -> str:
    chance = random.Random(seed)
    import_module("chidao.graph.write.build").Readers = _Here  # type: ignore[attr-defined]
    states: Counter[str] = Counter()
    undone = 0
    with TemporaryDirectory(prefix="chidao-corrections-", dir=MEMORY) as name:
        folder = Path(name)
        docs, graph = folder / "docs", folder / "graph"
        docs.mkdir()
        for i in range(_FILES):
            _write(docs, i, chance)
        office = workspace_of(graph)
        office.prepare()
        build([docs], graph, jobs=1)
        for rebuild in range(_REBUILDS):
            made = [_correction(graph, chance) for _ in range(times // _REBUILDS)]
            for one in filter(None, made):
                journal(office).add(replace(one, by="Lan", why=one.why or "xem bản ký"))
            _change(docs, chance)
            undone += _undo(office, chance)
            build([docs], graph, jobs=1)
            states = _must_be_there(graph, office)
            if rebuild % 3 == 0:
                _must_be_as_at_once(docs, graph, office, folder / f"fresh-{rebuild}")
        for one in read_corrections(office):
            journal(office).undo(one.id, by="Lan")
        build([docs], graph, jobs=1)
        build([docs], folder / "plain", jobs=1)
        assert held(graph) == held(folder / "plain"), "what was taken back left a trace"
    told = ", ".join(f"{n} {state}" for state, n in sorted(states.items()))
    return f"{_REBUILDS} rebuilds: {told}, {undone} taken back, none lost"


def _write(docs: Path, i: int, chance: random.Random) -> None:
    place, _ = _PLACES[i % 2]
    text = TEXT.format(
        place=place, number=100 + i, day=chance.randint(1, 28), year=chance.choice((2021, 2022, 2023)), title=f"quản lý việc số {i}",
        above=chance.choice((15, 57, 68)), other=100 + chance.randrange(_FILES), due=chance.choice((2024, 2025)),
        more="Việc này làm ngay." if chance.random() < 0.3 else "",
    )  # fmt: skip
    (docs / f"{i}.txt").write_text(text, encoding="utf-8")


def _change(docs: Path, chance: random.Random) -> None:
    """Write some files anew, move one, take one away, bring one back."""
    for i in chance.sample(range(_FILES), 4):
        _write(docs, i, chance)
    there = sorted(docs.iterdir())
    chance.choice(there).unlink()
    moved = chance.choice([path for path in there if path.exists()])
    moved.rename(docs / f"moved-{moved.name}" if not moved.name.startswith("moved") else docs / moved.name[6:])


def _undo(office: Workspace, chance: random.Random) -> int:
    kept = read_corrections(office)
    gone = chance.sample(kept, len(kept) // 20)
    for one in gone:
        journal(office).undo(one.id, by="Minh")
    return len(gone)


def _correction(graph: Path, chance: random.Random) -> Correction | None:
    """One correction of what the graph says now; None where the choice is none."""
    opened = Graph.open(graph)
    correcting = Correcting(opened)
    table = [match.iri for match in opened.search("", limit=10**9).hits if match.kind == "document"]
    iri, other = chance.sample(table, 2)
    kind = chance.choice(
        (
            "date",
            "date",
            "number",
            "title",
            "issuer",
            "relation",
            "task",
            "task",
            "no task",
            "same",
            "apart",
            "name",
            "add",
        )
    )
    try:
        made = _made(kind, opened, correcting, iri, other, chance)
    except ChidaoError:
        return None
    return made[0] if made else None


def _made(
    kind: str, opened: Graph, correcting: Correcting, iri: str, other: str, chance: random.Random
) -> list[Correction]:
    if kind == "date":
        return correcting.field(iri, "date", f"{chance.choice((2021, 2022, 2023))}-0{chance.randint(1, 9)}-15")
    if kind == "number":
        return correcting.field(iri, "number", f"{chance.randint(300, 400)}-KH/TU")
    if kind in ("title", "issuer"):
        return correcting.field(iri, kind, "Về việc mới" if kind == "title" else f"Ban Thường vụ {_PLACES[0][0]}")
    if kind == "relation":
        related = [r for r in opened.show_document(iri).relations if r.evidence.source != "corrections.jsonl"]
        r = chance.choice(related) if related else None
        return correcting.no_relation(iri, r.role, r.predicate, r.other, r.evidence) if r else []
    if kind in ("task", "no task"):
        task = chance.choice(opened.tasks())
        if kind == "no task":
            return correcting.no_task(task.document, task.text, task.place)
        field, new = chance.choice((("lead", "Sở Y tế; Các xã"), ("support", ""), ("deadline", "2026-12")))
        return correcting.task(task.document, task.text, task.place, field, new)
    if kind == "same":
        return correcting.same(iri, other)
    if kind == "apart":
        return correcting.apart(iri, chance.choice(opened.built.entries).sha256)
    if kind == "name":
        return correcting.name(opened.body("Sở Nội vụ tỉnh Lào Cai"), f"Sở Nội vụ {chance.randint(1, 9)}")
    return correcting.relation(iri, chance.choice(RELATIONS), other, "theo báo cáo miệng")


def _must_be_there(graph: Path, office: Workspace) -> Counter[str]:
    """Every correction that holds is in the graph once, with its state, and no other is."""
    said = {c.id: c for c in read_corrections(office)}
    rows = {row["correction"].rpartition("/")[2]: row for row in ask(Graph.open(graph).store, "corrections", {}).rows}
    assert rows.keys() == said.keys(), f"lost {said.keys() - rows.keys()}, left {rows.keys() - said.keys()}"
    for name, row in rows.items():
        assert row["state"] in ("applied", "replaced", "review"), row
        assert (row["state"] == "review") == bool(row["because"]), row
        assert row["by"] == said[name].by and row["reason"] == said[name].why
    return Counter(row["state"] for row in rows.values())


def _must_be_as_at_once(docs: Path, graph: Path, office: Workspace, other: Path) -> None:
    build([docs], other, jobs=1, workspace=office)
    assert held(graph) == held(other), "built step by step it is not as built at once"


if __name__ == "__main__":
    import sys

    print(_attack(int(sys.argv[1]), int(sys.argv[2])))
