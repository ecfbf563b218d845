"""Commands whose answer is a list give a part of it, all in the same way: pages one behind the other are the whole, and what is told of a part
does not stand in what programs read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from chidao.cli import main
from chidao.graph.answers import implements as answers
from chidao.graph.answers.reach import said_between

LISTS = {
    "implements": ["15-NQ/TW"],
    "implements, as a tree": ["15-NQ/TW", "--tree"],
    "ask": ["who-acted", "--param", "directive=15-NQ/TW"],
    "tasks": ["--on", "2024-01-01"],
    "search": ["nghị quyết", "--limit", "1000"],
}


def run(graph: Path, name: str, *arguments: str) -> tuple[str, str]:
    command = [name.partition(",")[0], *LISTS[name], *arguments, "--graph", str(graph)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


def rows(graph: Path, name: str, *arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(graph, name, *arguments, "--format", "csv")[0])))


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_one_behind_the_other_are_the_whole(sample_graph: Path, name: str, size: int) -> None:
    whole = rows(sample_graph, name)
    assert len(whole) > 1
    pages = [
        rows(sample_graph, name, "--limit", str(size), "--offset", str(at)) for at in range(0, len(whole) + size, size)
    ]
    assert (
        [row for page in pages for row in page] == whole and len(pages[0]) == min(size, len(whole)) and pages[-1] == []
    )
    assert rows(sample_graph, name, "--offset", "1") == whole[1:]


@pytest.mark.parametrize("name", [name for name in LISTS if name != "search"])  # which tells how many there are
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_part_is_told_beside_it(sample_graph: Path, name: str, form: str) -> None:
    count = len(rows(sample_graph, name))
    for asked, told in (
        ((), ""),
        (("--limit", str(count)), ""),
        (("--limit", "1"), f"1 to 1 of {count}\n"),
        (("--limit", "1", "--offset", "1"), f"2 to 2 of {count}\n"),
        (("--offset", str(count + 5)), f"{count + 5} to {count + 5} of {count}\n"),
    ):
        said, beside = run(sample_graph, name, *asked, "--format", form)
        assert beside == told
        if form == "json":
            assert isinstance(json.loads(said), list)
        assert "name no" not in said  # there are some


def test_what_has_changed_is_told_in_parts(tmp_path: Path, samples: Path) -> None:
    from chidao.graph.write.build import build

    files = sorted(samples.glob("0*.txt"))[:3]
    build(files[:1], tmp_path / "graph", jobs=1)
    build(files, tmp_path / "graph", jobs=1)
    run_ = CliRunner().invoke
    whole = run_(main, ["changes", "--graph", str(tmp_path / "graph")]).stdout.splitlines()
    assert len(whole) > 3
    part = run_(main, ["changes", "--graph", str(tmp_path / "graph"), "--limit", "2", "--offset", "1"])
    assert part.stdout.splitlines() == whole[1:3] and part.stderr == f"2 to 3 of {len(whole)}\n"
    none = run_(main, ["changes", "--graph", str(tmp_path / "graph"), "--offset", str(len(whole))])
    assert none.stdout == "" and "Nothing" not in none.stderr


def test_a_page_reads_the_sentences_of_its_own_documents(sample_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    former = said_between

    def counted(store: object, pairs: list[tuple[str, str]]) -> object:
        asked.append(len(pairs))
        return former(store, pairs)  # type: ignore[arg-type]

    monkeypatch.setattr(answers, "said_between", counted)
    for limit in ("1", "2"):
        run(sample_graph, "implements", "--limit", limit)
    assert asked == [1, 2]
    for wrong in (["--limit", "0"], ["--limit", "-1"], ["--offset", "-1"]):
        result = CliRunner().invoke(main, ["implements", "15-NQ/TW", *wrong, "--graph", str(sample_graph)])
        assert result.exit_code == 2
