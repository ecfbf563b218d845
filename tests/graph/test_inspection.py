"""Reading all of a graph finds what opening it does not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from chidao.cli import main
from chidao.graph import seal
from chidao.graph.store import Folder, GraphError
from chidao.graph.write.inspection import inspect


@pytest.fixture
def copy(sample_graph: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_graph, tmp_path / "graph"))


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 4
    path.write_bytes(data)


def biggest(folder: Path) -> Path:
    return max(folder.iterdir(), key=lambda path: path.stat().st_size)


def test_a_sound_graph(sample_graph: Path) -> None:
    found = inspect(sample_graph)
    assert found.damage == () and found.facts == 12 and found.quads > 1000 and found.files > 10


def test_a_bit_in_a_table_and_one_in_facts(copy: Path) -> None:
    table, facts = biggest(Folder(copy).current()), biggest(copy / "facts")
    flip(table)
    flip(facts)
    of_store, of_facts = inspect(copy).damage
    assert of_store == f"{table}: a file is not as it was written"
    assert "reads it again" in of_facts and ".txt" in of_facts


def test_a_store_of_other_quads(copy: Path) -> None:
    generation = Folder(copy).current()
    noted = seal.built(generation)
    seal.seal(generation, 5, noted)
    (copy / "current").write_text(f"0001 {seal.mark(generation)}")
    (damage,) = inspect(copy).damage
    assert damage.endswith("and was written with 5")


def test_none(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no graph here"):
        inspect(tmp_path)


@pytest.mark.slow
def test_the_command(copy: Path) -> None:
    done = CliRunner().invoke(main, ["validate", "--deep", "--graph", str(copy)])
    assert done.exit_code == 0 and "facts of 12 files are as they were written\n" in done.stdout
    flip(biggest(Folder(copy).current()))
    done = CliRunner().invoke(main, ["validate", "--deep", "--graph", str(copy)])
    assert done.exit_code == 1 and done.stdout == "" and done.stderr.count("\n") == 2
    assert done.stderr.endswith("build it anew with --fresh\n")
