"""`chidao correct`: what an office types, what is kept of it, and one line for what cannot be."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chidao.cli import main
from chidao.graph.workspace import workspace_of


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def graph(sample_graph: Path, tmp_path: Path) -> Path:
    shutil.copytree(sample_graph, tmp_path / "graph")
    return tmp_path / "graph"


SAID = {
    "date": ("date", "16-CTr/TU", "2022-08-30"),
    "number": ("number", "16-CTr/TU", "26-CTr/TU"),
    "issuer": ("issuer", "16-CTr/TU", "Ban Thường vụ Thành ủy Hà Nội"),
    "not known": ("title", "16-CTr/TU", ""),
    "lead": ("lead", "45-KH/HU", "Ban Tuyên giáo Huyện ủy tham mưu", "Sở Y tế"),
    "deadline": ("deadline", "45-KH/HU", "Ban Tuyên giáo Huyện ủy tham mưu", "2022-11"),
    "no task": ("reject", "task", "45-KH/HU", "Ban Tuyên giáo Huyện ủy tham mưu"),
    "no relation": ("reject", "relation", "16-CTr/TU", "implements", "15-NQ/TW"),
    "no action": ("reject", "action", "15-NQ/TW", "disseminate"),
    "same": ("same", "58-KH/TU", "16-CTr/TU"),
    "apart": ("apart", "15-NQ/TW", "10-bao-cao-huyen-uy-dong-anh.txt"),
    "name": ("name", "Sở Nội vụ thành phố Hà Nội", "Sở Nội vụ Hà Nội"),
    "the name of another body": ("name", "Sở Nội vụ thành phố Hà Nội", "Thành ủy Hà Nội"),
    "a body that is another one": ("same-body", "Sở Nội vụ thành phố Hà Nội", "Thành ủy Hà Nội"),
    "relation": ("relation", "08-QĐ/TU", "implements", "15-NQ/TW"),
}


@pytest.mark.parametrize("said", SAID.values(), ids=SAID.keys())
def test_what_is_said_is_kept_and_undone(said: tuple[str, ...], graph: Path) -> None:
    result = run("correct", *said, "--why", "xem bản ký", "--by", "Văn thư", "--graph", graph)
    assert result.exit_code == 0, result.output
    assert f"chidao build --graph {graph}" in result.output
    kept = [json.loads(line) for line in workspace_of(graph).corrections.read_text("utf-8").splitlines()]
    assert kept and all((one["by"], one["why"]) == ("Văn thư", "xem bản ký") for one in kept)
    listed = json.loads(run("correct", "list", "--format", "json", "--graph", graph).output)
    assert {row["id"] for row in listed} == {one["id"] for one in kept} and {row["state"] for row in listed} == {
        "pending"
    }
    for one in kept:
        assert run("correct", "undo", one["id"], "--graph", graph).exit_code == 0
    assert json.loads(run("correct", "list", "--format", "json", "--graph", graph).output) == []


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (("date", "16-CTr/TU", "30/8/2022"), "2022-08-30"),
        (("deadline", "45-KH/HU", "Ban Tuyên giáo Huyện ủy tham mưu", "05/11/2022"), "2022-11-05"),
    ],
)
def test_a_day_may_be_written_as_offices_write_it(said: tuple[str, ...], day: str, graph: Path) -> None:
    assert run("correct", *said, "--graph", graph).exit_code == 0
    (kept,) = workspace_of(graph).corrections.read_text("utf-8").splitlines()
    assert json.loads(kept)["new"] == day


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("date", "16-CTr/TU", "2022-02-31"), "no day"),
        (("date", "16-CTr/TU", "31/02/2022"), "no day"),
        (("date", "999-CTr/TU", "2022-02-28"), "no document here"),
        (("number", "16-CTr/TU", "mười sáu"), "no number"),
        (("issuer", "16-CTr/TU", "Ai đó"), "no body is called"),
        (("relation", "08-QĐ/TU", "implements", "15-NQ/TW"), "a note"),
        (("relation", "08-QĐ/TU", "owns", "15-NQ/TW", "--why", "x"), "no such relation"),
        (("lead", "45-KH/HU", "không có câu này", "Sở Y tế"), "no task"),
        (("deadline", "45-KH/HU", "Ban Tuyên giáo Huyện ủy tham mưu", "sớm"), "no deadline"),
        (("reject", "relation", "16-CTr/TU", "amends", "15-NQ/TW"), "no such thing"),
        (("apart", "15-NQ/TW", "khong-co.txt"), "no file"),
        (("same", "16-CTr/TU", "16-CTr/TU"), "which two"),
        (("undo", "x"), "nothing here"),
    ],
)
def test_what_cannot_be_is_one_line(said: tuple[str, ...], told: str, sample_graph: Path, tmp_path: Path) -> None:
    result = run("correct", *said, "--graph", sample_graph, "--workspace", tmp_path / "office")
    assert result.exit_code == 1 and told in result.output
    assert len([line for line in result.output.splitlines() if line.startswith("chidao:")]) == 1
    assert not (tmp_path / "office" / "corrections.jsonl").exists()


@pytest.mark.slow
def test_a_build_without_paths_takes_over_what_was_corrected(graph: Path) -> None:
    assert run("correct", "date", "16-CTr/TU", "2022-08-30", "--graph", graph).exit_code == 0
    built = run("build", "--graph", graph, "--quiet")
    assert built.exit_code == 0 and "0 read" in built.output and "1 by hand" in built.output
    assert "applied" in run("correct", "list", "--graph", graph).output
    assert json.loads(run("correct", "review", "--format", "json", "--graph", graph).output) == []
