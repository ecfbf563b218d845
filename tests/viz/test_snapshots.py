"""Which generation of a graph the site shows."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from rdflib import RDFS
from starlette.testclient import TestClient

from chidao.extract.iris import BASE
from chidao.extract.resolved import SOURCE
from chidao.graph.select import query_text, rows
from chidao.graph.store import Folder, GraphError
from chidao.graph.tables.asked import Tabled
from chidao.graph.write.build import build
from chidao.graph.write.terms import TYPE, term
from chidao.viz.drawing.folder import common_folder
from chidao.viz.web.serving.app import make_app
from chidao.viz.web.snapshots import Snapshot, Snapshots, Sums, open_snapshot

pytestmark = pytest.mark.slow  # a build starts its reader anew, which takes more than a second


@pytest.fixture
def growing(samples: Path, tmp_path: Path) -> tuple[Path, Path]:
    """(the folder of a graph of two documents, a folder of two files of which it was built)."""
    files = tmp_path / "files"
    files.mkdir()
    for name in ("01-nghi-quyet-15-nq-tw.txt", "03-chuong-trinh-16-ctr-tu.txt"):
        (files / name).write_bytes((samples / name).read_bytes())
    build([files], tmp_path / "graph", jobs=1)
    return tmp_path / "graph", files


def test_a_new_build_is_picked_up_while_requests_go_on(
    growing: tuple[Path, Path], samples: Path, serving: Any, wait_until: Any
) -> None:
    import httpx

    graph, files = growing
    wrong: list[object] = []
    stop = threading.Event()
    with serving(graph) as address:

        def hammer() -> None:
            with httpx.Client(base_url=address, timeout=None) as client:
                while not stop.is_set():
                    for path in (
                        "/",
                        "/document/vn/nghi-quyet/15-nq-tw/2022",
                        "/api/search?q=15",
                        "/sparql?query=ASK{}",
                    ):
                        answer = client.get(path)
                        if answer.status_code != 200:
                            wrong.append((path, answer.status_code, answer.text[:200]))

        threads = [threading.Thread(target=hammer) for _ in range(3)]
        for thread in threads:
            thread.start()
        try:
            for name in (
                "05-ke-hoach-huyen-uy-dong-anh.txt",
                "10-bao-cao-huyen-uy-dong-anh.txt",
                "07-quy-dinh-08-qd-tu.txt",
            ):
                (files / name).write_bytes((samples / name).read_bytes())
                build([files], graph, jobs=1)
                number = Folder(graph).current().name
                wait_until(lambda n=number: f"dữ liệu bản {n}" in httpx.get(address + "/", timeout=None).text)
                rows = httpx.get(
                    address + "/sparql",
                    params={"query": "SELECT (COUNT(*) AS ?n) { ?s a chidao:Source }", "format": "csv"},
                    timeout=None,
                )
                assert rows.status_code == 200
            found = httpx.get(address + "/api/search", params={"q": "45-KH/HU"}, timeout=None).json()
            assert found["hits"][0]["label"] == "Kế hoạch 45-KH/HU"
        finally:
            stop.set()
            for thread in threads:
                thread.join()
    assert not wrong


@pytest.mark.parametrize("damage", ["nonsense", "9999", ""])
def test_a_folder_that_is_damaged_later_keeps_the_good_generation(growing: tuple[Path, Path], damage: str) -> None:
    graph, _ = growing
    with TestClient(make_app(graph)) as client:
        assert client.get("/").status_code == 200
        time.sleep(0.3)
        (graph / "current").write_text(damage)
        for _ in range(8):
            assert client.get("/document/vn/nghi-quyet/15-nq-tw/2022").status_code == 200
            time.sleep(0.1)


def test_a_graph_that_vanishes_keeps_the_good_generation(growing: tuple[Path, Path]) -> None:
    graph, _ = growing
    snapshots = Snapshots(graph)
    time.sleep(0.3)
    (graph / "current").unlink()
    assert snapshots.current().generation == "0001"


def test_no_graph_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="chidao build"):
        Snapshots(tmp_path)


def test_a_snapshot_knows_its_base_and_its_folder(growing: tuple[Path, Path], tmp_path: Path) -> None:
    graph, files = growing
    snapshot = open_snapshot(Folder(graph).current())
    assert snapshot.base == BASE
    assert snapshot.folder == f"{files}/"
    build([files], tmp_path / "other", jobs=1, base="https://example.org/kg/")
    assert open_snapshot(Folder(tmp_path / "other").current()).base == "https://example.org/kg/"


def test_what_is_made_once_is_made_once(growing: tuple[Path, Path]) -> None:
    snapshot = open_snapshot(Folder(growing[0]).current())
    made: list[int] = []

    def make(_: object) -> int:
        time.sleep(0.05)
        made.append(1)
        return len(made)

    results: list[int] = []
    threads = [threading.Thread(target=lambda: results.append(snapshot.once("x", make))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (made, results) == ([1], [1] * 6)


def test_documents_of_another_base_have_their_own_paths(growing: tuple[Path, Path], tmp_path: Path) -> None:
    _, files = growing
    build([files], tmp_path / "other", jobs=1, base="http://127.0.0.1:8000/")
    with TestClient(make_app(tmp_path / "other")) as client:
        found = client.get("/api/document", params={"ref": "15-NQ/TW"}).json()
        assert found["iri"] == "http://127.0.0.1:8000" + found["url"], "the IRI is the page's own address"
        assert client.get(found["url"]).status_code == 200


def test_files_are_named_from_the_folder_that_all_are_in(growing: tuple[Path, Path]) -> None:
    graph, _ = growing
    shown = open_snapshot(Folder(graph).current())
    paths = [row["path"] for row in rows(shown.store, "internal/source-paths")]
    assert len(paths) == 2 and shown.folder == common_folder(paths)
    without = Snapshot(Tabled(shown.store.rdf), shown.path, shown.base)  # as the RDF tells it
    assert without.folder == shown.folder and SOURCE in query_text("internal/source-ends")


def test_a_checksum_is_looked_up_for_the_files_that_are_shown(growing: tuple[Path, Path]) -> None:
    shown = open_snapshot(Folder(growing[0]).current())
    sums = {row["path"]: row["sha256"] for row in rows(shown.store, "internal/source-paths")}
    asked: list[str] = []
    found = shown.store.rows

    def counting(name: str, values: Mapping[str, Any]) -> list[dict[str, Any]] | None:
        asked.append(name)
        return found(name, values)

    shown.store.rows = counting  # type: ignore[method-assign]
    (first, sha256), *_ = sums.items()
    assert [shown.sources.get(first), shown.sources[first], first in shown.sources] == [sha256, sha256, True]
    assert shown.sources.get("none.txt") is None and "none.txt" not in shown.sources
    assert asked == ["internal/source-paths"] * 2


def test_of_two_files_of_one_name_neither_is_meant() -> None:
    graph, store = pyoxigraph.NamedNode("a:graph/1"), pyoxigraph.Store()
    for number in ("1", "2"):
        source = pyoxigraph.NamedNode(f"a:source/{number}")
        for predicate, value in (
            (TYPE, term("Source")),
            (pyoxigraph.NamedNode(str(RDFS.label)), pyoxigraph.Literal("a.txt")),
            (term("sha256"), pyoxigraph.Literal(number)),
        ):
            store.add(pyoxigraph.Quad(source, predicate, value, graph))
    assert Sums(Tabled(store)).get("a.txt") is None


@pytest.mark.parametrize(
    ("module", "kept_out"),
    [
        ("chidao.viz.web.serving.app", "networkx chidao.extract.statements.tasks.tasks chidao.viz.drawing.data"),
        ("chidao.viz.web.serving.page_process", "chidao.extract.facts chidao.extract.statements.tasks.tasks"),
    ],
)
def test_a_server_starts_without_what_no_page_needs_at_once(module: str, kept_out: str) -> None:
    code = f"import sys, {module}, chidao.extract.mentions.references; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert module in loaded and not set(kept_out.split()) & set(loaded)
