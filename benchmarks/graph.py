"""How fast a graph of a million quads and more is written, and how long each named question takes on it.

A seeded generator makes the facts of thousands of files: central directives, provincial documents that implement them, district
documents that implement these, each with sentences, mentions, relations, actions and tasks. They go through the real way: resolve,
quads, store.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import multiprocessing
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from chidao.extract.iris import BASE
from chidao.extract.model import (
    SELF,
    Action,
    Addressee,
    BodyMention,
    Excerpt,
    Facts,
    Heading,
    Reference,
    Relation,
    Source,
    Task,
)
from chidao.graph import seal
from chidao.graph.answers.ask import ask, questions
from chidao.graph.answers.coverage import Coverage
from chidao.graph.answers.graph import Graph
from chidao.graph.answers.network import to_networkx
from chidao.graph.dataset import open_graph
from chidao.graph.index.kept_index import keep_index
from chidao.graph.store import Folder, read_store
from chidao.graph.tables.asked import Tabled
from chidao.graph.tables.differing import keep_changed
from chidao.graph.tables.kept import forget_tables, keep_tables, tables_of
from chidao.graph.write import meaning
from chidao.graph.write.build import seldom_collected
from chidao.graph.write.generation import Before, write_store
from chidao.graph.write.manifest import Entry, Manifest, read_noted
from chidao.ontology.authority import jurisdictions

ACTIONS = ("issue", "implement", "concretize", "disseminate", "inspect", "review", "direct")
DIRECTIVES = 80
LIMIT = 60.0
"""Seconds that one question may take, all its runs together."""
GIVEN = {"document": "1-NQ/TW", "body": "Bộ Chính trị", "text": "chuyển đổi số", "integer": "2023"}
"""What is typed for a parameter of each kind."""
BODY = "Tỉnh ủy Lào Cai"
DAYS = (date(2026, 6, 1) + timedelta(n) for n in count())
"""Another day each time: what is answered of one is kept."""
PAGE, FEW = 50, 3
"""Rows that are asked for at once, and documents of a cell."""
FIVE = [f"{n}-NQ/TW" for n in range(1, 6)]
ANSWERS: dict[str, Callable[[Graph], int]] = {
    "look up a document": lambda graph: len(graph.document("2-NQ/TW").iri),
    "look up a body": lambda graph: len(graph.body(BODY)),
    "implements": lambda graph: graph.implements("1-NQ/TW", limit=PAGE).total,
    "implements, all of it": lambda graph: len(graph.implements("1-NQ/TW").documents),
    "implements --tree": lambda graph: graph.implements("1-NQ/TW", chain=True, limit=PAGE).total,
    "--tree, all of it": lambda graph: len(graph.implements("1-NQ/TW", chain=True).documents),
    "timeline": lambda graph: graph.timeline("1-NQ/TW", limit=PAGE).total,
    "timeline, all of it": lambda graph: len(graph.timeline("1-NQ/TW").events),
    "coverage of 1": lambda graph: _documents(graph.coverage(["1-NQ/TW"], on=next(DAYS), most=FEW)),
    "coverage of 1, all of it": lambda graph: _documents(graph.coverage(["1-NQ/TW"], on=next(DAYS))),
    "coverage of 5": lambda graph: _documents(graph.coverage(FIVE, on=next(DAYS), most=FEW)),
    "coverage of 5, all of it": lambda graph: _documents(graph.coverage(FIVE, on=next(DAYS))),
    "tasks of a body": lambda graph: len(graph.tasks(body=BODY)),
    "show a directive": lambda graph: graph.show_document("1-NQ/TW", limit=PAGE).totals["mentions"],
    "show, all of it": lambda graph: len(graph.show_document("1-NQ/TW").mentions),
    "show a plan": lambda graph: len(graph.show_document("1-KH/TU", scope="Lào Cai").mentions),
    "show a body": lambda graph: len(graph.show_body(BODY).documents),
    "stats": lambda graph: len(graph.stats()),
}
"""What people ask most, a page or all, each with how much there is."""


def _documents(found: Coverage) -> int:
    return sum(cell.count for row in found.rows for cell in row.cells)


def directive(number: int) -> dict[str, object]:
    """A central resolution as every file writes it."""
    date = f"{2019 + number % 5}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return {
        "kind": "numbered", "type": "Nghị quyết", "number": str(number + 1), "symbol": "NQ/TW", "year": None, "date": date,
        "issuer": "Bộ Chính trị", "issuer_key": "vn/bo-chinh-tri", "scope": "vn", "name": None,
        "title": f"về nhiệm vụ trọng tâm thứ {number + 1} của đất nước trong giai đoạn mới",
    }  # fmt: skip


def generate(files: int) -> Iterator[Facts]:
    """The facts of `files` files."""
    return map(invented, range(files))


def invented(i: int) -> Facts:
    """The facts of one file, the same ones whenever it is asked for."""
    chance = random.Random(i)
    own = _own(i)
    cited = [directive(chance.randrange(DIRECTIVES)) for _ in range(7)]
    if i % 3 == 2:  # a district, which carries out what its province has planned
        near = [j for j in range(i - 18 * len(_places()), i, len(_places())) if j >= 0 and j % 3 != 2]
        cited += [_own(j) for j in chance.sample(near, min(3, len(near)))]
    return _facts(i, own, cited, chance)


@cache
def _places() -> list[tuple[str, str]]:
    return [(j.slug, j.name) for j in jurisdictions() if j.slug != "vn"]


def _own(i: int) -> dict[str, object]:
    """What the heading of a file says."""
    slug, name = _places()[i % len(_places())]
    district = i % 3 == 2
    return {
        "kind": "numbered", "type": "Kế hoạch", "number": str(i // len(_places()) + 1),
        "symbol": "KH-UBND" if district else "KH/TU", "year": None, "date": f"{2023 + i % 3}-{i % 12 + 1:02}-{i % 28 + 1:02}",
        "issuer": f"Ủy ban nhân dân huyện số {i % 20}, {name}" if district else f"Tỉnh ủy {name}",
        "issuer_key": f"{slug}/huyen-so-{i % 20}/uy-ban-nhan-dan" if district else f"{slug}/cap-uy",
        "scope": f"{slug}/huyen-so-{i % 20}" if district else slug, "name": None,
        "title": f"thực hiện nhiệm vụ trọng tâm của {name} số {i}",
    }  # fmt: skip


def _facts(i: int, own: dict[str, object], cited: list[dict[str, object]], chance: random.Random) -> Facts:
    sentences, references, bodies, relations, actions, tasks = [], [], [], [], [], []
    offset = 400
    for j, to in enumerate(cited):
        lead = f"Trong năm {2020 + j % 5}, {own['issuer']} đã triển khai thực hiện "
        text = f"{to['type']} số {to['number']}-{to['symbol']}"
        sentence = (
            f"{lead}{text} ngày {to['date']} của {to['issuer']} {to['title']}, đạt {chance.randint(10, 99)}% kế hoạch."
        )
        start, end = offset + len(lead), offset + len(lead) + len(text)
        sentences.append(Excerpt(offset, offset + len(sentence), sentence, j + 5))
        references.append(Reference(start, end, text, sentence=j, extent=end + 40, rule="code", **to))  # type: ignore[arg-type]
        name, key = str(own["issuer"]), str(own["issuer_key"])
        bodies.append(BodyMention(offset + 16, offset + 16 + len(name), name, name, key, "body-of-place", j))
        if j % 3 == 0 or j > 6:
            relations.append(
                Relation(SELF, "implements", j, start - 10, end, "thực hiện", "explicit", "own", lead[-10:] + text, j)
            )
        action = ACTIONS[chance.randrange(len(ACTIONS))]
        if j % 2:
            actions.append(
                Action(name, key, True, action, j, start - 10, end, "thực hiện", "governed", lead[-10:] + text, j)
            )
        if j in (1, 4):
            day = f"{2024 + i % 3}-{i % 12 + 1:02}-{j * 5:02}"
            led = (Addressee(name, key),)
            tasks.append(Task(offset, offset + len(sentence), sentence, led, (), day, day, j, "ordered"))
        offset += len(sentence) + 1
    path = f"{own['scope']}/{i:05}.txt"
    known = {k: v for k, v in own.items() if k not in ("kind", "name")}
    heading = Heading(place="Hà Nội", signer="Nguyễn Văn Mẫu", signer_role="Chủ tịch", **known)  # type: ignore[arg-type]
    return Facts(
        Source(path, hashlib.sha256(path.encode()).hexdigest(), "utf-8", ""), heading,
        tuple(sentences), tuple(references), tuple(bodies), tuple(relations), tuple(actions),
        tuple(tasks),
    )  # fmt: skip


def timed(work: Callable[[], object], times: int = 20) -> tuple[float, float, float, int | None]:
    """Seconds of processor time of a first run, the median and the 95th of a hundred of some more (fewer where one takes long), and the
    number that the work gave, if any."""
    seconds = []
    found: object = None
    for _ in range(times + 1):
        start = time.process_time()
        found = work()
        seconds.append(time.process_time() - start)
        if sum(seconds) > LIMIT / 4:
            break
    first, *more = seconds if len(seconds) > 1 else seconds * 2
    p95 = sorted(more)[-(-95 * len(more) // 100) - 1]
    return first, statistics.median(more), p95, found if isinstance(found, int) else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000, help="how many files (default 2000)")
    parser.add_argument("--graph", type=Path, help="where the graph stays; one that is there already is only asked")
    options = parser.parse_args()
    if options.graph:
        if options.graph.exists():
            asked(options.graph)
        else:
            with seldom_collected():  # as a build does
                measure(options.files, options.graph)
            asked(options.graph)
        return
    with tempfile.TemporaryDirectory() as folder:
        with seldom_collected():
            measure(options.files, Path(folder))
        asked(Path(folder))


def measure(files: int, path: Path) -> None:
    """Print what writing and asking takes, in seconds of processor time."""
    folder = Folder(path)
    for place in (folder.generations, folder.meaning, folder.tables):
        place.mkdir(parents=True)
    start = time.process_time()
    meant = meaning.new(folder.meaning / "0001")
    for number, facts in enumerate(generate(files)):
        meant.put(str(number), "", number.to_bytes(4, "big"), [facts])
    read = time.process_time() - start
    meant.settle((), _load)
    resolved = time.process_time() - start - read
    start = time.process_time()
    held = _publish(folder, meant, Manifest(BASE, _entries(files)), None)
    seconds = time.process_time() - start
    documents = dict(Graph.open(path).stats())["documents"]
    generation = folder.current()
    tables = tables_of(folder.tables, generation.name).stat().st_size
    size = sum(f.stat().st_size for f in generation.rglob("*") if f.is_file())
    kept = (folder.meaning / generation.name).stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    print(f"{files:,} files, {documents:,} documents, {held:,} quads; Python {sys.version.split()[0]}\n")
    print(f"facts made, and put in     {read:8.2f} s   {files / read:12,.0f} files/s")
    print(
        f"resolve                    {resolved:8.2f} s   {files / resolved:12,.0f} files/s   {kept / 1e6:,.0f} MB of meaning kept"
    )
    print(
        f"facts to quads to store    {seconds:8.2f} s   {held / seconds:12,.0f} quads/s   {size / 1e6:,.0f} MB on disk"
    )
    print(f"tables                     {tables / 1e6:8.0f} MB")
    print(
        f"all on disk                {_room(folder) / 1e6:8.0f} MB   {_room(folder) / 1e3 / documents:12,.0f} kB a document"
    )
    print(f"peak memory so far         {peak:8.0f} MB")
    for what, number in (("less", files - 1), ("more", files), ("changed", files // 2)):
        _change(folder, files, what, number)
    _index(folder)


def _index(folder: Folder) -> None:
    """Keep the index of names, which a server and a search need."""
    start = time.process_time()
    generation = folder.current()
    keep_index(folder.search / generation.name, seal.mark(generation), Tabled.open(generation), ())
    print(f"index of names             {time.process_time() - start:8.2f} s")


def asked(path: Path) -> None:
    """Print what answers take, in milliseconds of processor time: the first of a process, and then the median and the 95th of a
    hundred."""
    print(f"\n{'':26} {'first':>10} {'median':>10} {'p95':>10} {'rows':>8}")
    for what in (
        "open (store)",
        "open (rdflib Dataset)",
        *ANSWERS,
        *(f"ask {name}" for name in questions()),
        "to NetworkX",
    ):
        _line(path, what)


def _entries(files: int) -> tuple[Entry, ...]:
    return tuple(Entry(str(number), "", None) for number in range(files))


def _load(name: str) -> list[Facts]:
    """The facts of a file, made anew so that nobody has to hold them: those of a changed file are another one's."""
    number, _, other = name.partition("+")
    return [invented(int(other or number))]


def _publish(folder: Folder, meant: meaning.Kept, made: Manifest, before: Before | None) -> int:
    generation = folder.next_generation()
    tables = tables_of(folder.tables, generation.name)
    written = write_store(meant, _load, made, generation, before, lambda step, done, total: None, tables)
    made = replace(written.made, meaning=meaning.close(meant, folder.meaning / generation.name))
    folder.publish(generation, written.held, made.plain(), (before.path, before.sealed) if before else None)
    if before and before.tables:
        keep_changed(tables, before.tables, seal.mark(before.path), written.touched, written.copied)
    keep_tables(tables, seal.mark(generation), written.copied)
    return written.held


def _change(folder: Folder, files: int, what: str, number: int) -> None:
    """What it takes to publish the graph with one file less, more or changed."""
    current, room = folder.current(), _room(folder)
    start = time.process_time()
    tables = tables_of(folder.tables, current.name)
    before = Before(current, seal.check(current), read_noted(current), tables)
    place = folder.meaning / folder.next_generation().name
    meant = meaning.open_kept(folder.meaning / current.name, before.made.meaning, place)
    assert meant is not None
    if what == "less":
        meant.drop(str(number))
    else:
        name = str(number) if what == "more" else f"{number}+{files + 7}"
        meant.drop(str(number))
        meant.put(name, "", number.to_bytes(4, "big"), _load(name))
    meant.settle((), _load)
    resolved = time.process_time() - start
    _publish(folder, meant, Manifest(BASE, _entries(files)), before)
    _sweep(folder)
    seconds = time.process_time() - start - resolved
    more = _room(folder) - room
    print(f"one file {what:8}  resolve  {resolved:8.2f} s")
    print(
        f"                   to store {seconds:8.2f} s   {more / 1e6:12,.1f} MB more on disk, {100 * more / room:.1f} %"
    )


def _sweep(folder: Folder) -> None:
    """Drop what the generations that are there do not need, as a build does."""
    current = folder.current().name
    forget_tables(folder.tables, [place.name for place in folder.generations.iterdir()], current)
    meaning.forget(folder.meaning, [current])


def _room(folder: Folder) -> int:
    """The bytes on disk, those under several names once."""
    return sum({f.stat().st_ino: f.stat().st_size for f in folder.path.rglob("*") if f.is_file()}.values())


def _line(path: Path, what: str) -> None:
    """One line of the table, measured in a process of its own that is killed at the limit."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(path, what, there))
    worker.start()
    there.close()
    try:
        measured = here.recv() if here.poll(LIMIT) else None
    finally:
        worker.kill()
        worker.join()
    if measured is None:
        print(f"{what:26} {f'over {LIMIT:.0f} s':>10}", flush=True)
        return
    *seconds, found = measured
    print(
        f"{what:26}" + "".join(f" {s * 1e3:10.1f}" for s in seconds) + f" {'' if found is None else found:>8}",
        flush=True,
    )


def _work(path: Path, what: str, answer: Connection) -> None:
    gc.freeze()  # as a process that answers pages
    kind, _, name = what.partition(" ")
    if what == "open (store)":
        answer.send(timed(lambda: read_store(path)))
    elif kind == "open":
        answer.send(timed(lambda: open_graph(path)))
    elif what in ANSWERS:
        graph = Graph.open(path)
        answer.send(timed(lambda: ANSWERS[what](graph)))
    elif kind == "ask":
        store = Tabled.open(Folder(path).current())
        given = {p.name: GIVEN[p.kind] for p in questions()[name].params if p.required}
        answer.send(timed(lambda: len(ask(store, name, **given).rows)))  # type: ignore[arg-type]
    else:
        answer.send(timed(lambda: to_networkx(path).number_of_edges()))


if __name__ == "__main__":
    main()
