"""Which generation of a graph the site shows."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from chidao.extract.records import BASE
from chidao.graph.store import Folder, GraphError
from chidao.graph.write.build import build
from chidao.viz.web.serving.app import make_app
from chidao.viz.web.snapshots import Snapshots, open_snapshot

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
