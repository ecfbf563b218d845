"""What one generation knows that another did not."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from chidao.graph.answers.changes import changes
from chidao.graph.store import read_store
from chidao.graph.write.build import build

FIRST = ("01-nghi-quyet-15-nq-tw.txt", "03-chuong-trinh-16-ctr-tu.txt")
SECOND = "05-ke-hoach-huyen-uy-dong-anh.txt"


@pytest.fixture(scope="module")
def stores(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[pyoxigraph.Store, pyoxigraph.Store]:
    """Of two files, and of one more."""
    folder = tmp_path_factory.mktemp("changes")
    build([samples / name for name in FIRST], folder / "before", jobs=1)
    build([samples / name for name in (*FIRST, SECOND)], folder / "after", jobs=1)
    return read_store(folder / "before"), read_store(folder / "after")


def test_nothing_differs_from_itself(stores: tuple[pyoxigraph.Store, pyoxigraph.Store]) -> None:
    same = changes(stores[1], stores[1])
    assert {difference.new + difference.gone for difference in (same.documents, same.relations, same.tasks)} == {()}


def test_what_a_file_adds(stores: tuple[pyoxigraph.Store, pyoxigraph.Store]) -> None:
    found = changes(*stores)
    (read,) = [document for document in found.documents.new if document.read]
    assert (read.label, read.date) == ("Kế hoạch 45-KH/HU", "2022-10-10")
    relations = {(r.label, r.predicate, r.other_label) for r in found.relations.new}
    assert ("Kế hoạch 45-KH/HU", "implements", "Chương trình hành động 16-CTr/TU") in relations
    assert "cites" not in {r.predicate for r in found.relations.new}
    assert {task.label for task in found.tasks.new} == {"Kế hoạch 45-KH/HU"}
    assert (found.relations.gone, found.tasks.gone) == ((), ())


def test_the_other_way_round(stores: tuple[pyoxigraph.Store, pyoxigraph.Store]) -> None:
    there, back = changes(*stores), changes(*reversed(stores))
    for name in ("documents", "relations", "tasks"):
        assert getattr(there, name).new == getattr(back, name).gone


def test_all_is_new_to_an_empty_graph(stores: tuple[pyoxigraph.Store, pyoxigraph.Store]) -> None:
    found = changes(pyoxigraph.Store(), stores[0])
    assert {document.label for document in found.documents.new if document.read} == {
        "Nghị quyết 15-NQ/TW",
        "Chương trình hành động 16-CTr/TU",
    }
