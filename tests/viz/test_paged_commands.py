"""Commands whose answer is a list give a part of it, all in the same way: pages one behind the other are the whole, and what is told of a part
does not stand in what programs read."""

from __future__ import annotations

import csv
import io
import json
import re
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
        (("--offset", str(count)), f"none: --offset {count} leaves out all {count}\n"),
        (("--limit", "2", "--offset", str(count + 5)), f"none: --offset {count + 5} leaves out all {count}\n"),
    ):
        said, beside = run(sample_graph, name, *asked, "--format", form)
        assert beside == told
        if form == "json":
            assert isinstance(json.loads(said), list)
        assert "name no" not in said  # there are some


def heads(graph: Path, *arguments: str) -> dict[str, str]:
    """What stands above the tasks of each state: in brackets, how many they are."""
    lines = run(graph, "tasks", *arguments)[0].splitlines()
    return {found[1]: found[2] for line in lines if (found := re.fullmatch(r"(\w.*) \((.+)\)", line))}


def test_a_page_of_tasks_counts_all_of_a_state(sample_graph: Path) -> None:
    whole = heads(sample_graph)
    counts = [int(number) for number in whole.values()]
    assert len(counts) > 1 and sum(counts) == len(rows(sample_graph, "tasks")) and max(counts) > 2
    for offset in range(sum(counts)):
        part = heads(sample_graph, "--limit", "2", "--offset", str(offset))
        shown = {state: told.partition(" of ") for state, told in part.items()}
        assert all((count or here) == whole[state] for state, (here, _, count) in shown.items())
        assert sum(int(here) for here, _, _ in shown.values()) == min(2, sum(counts) - offset)


@pytest.mark.parametrize(
    "asked", [("--format", "docx"), ("--format", "xlsx"), ("--format", "ical"), ("-o", "so.docx"), ("-o", "so.ics")]
)
@pytest.mark.parametrize("part", [("--limit", "3"), ("--offset", "1"), ("--limit", "1000", "--offset", "0")])
def test_a_report_or_calendar_is_of_all(
    sample_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, str], part: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ["tasks", "--graph", str(sample_graph), *asked]
    result = CliRunner().invoke(main, [*arguments, *part])
    assert result.exit_code == 2 and not list(tmp_path.iterdir())
    assert result.stderr.splitlines()[-1].endswith("tasks that are chosen: leave out --limit and --offset")
    spoken = CliRunner().invoke(main, ["--lang", "vi", *arguments, *part])
    assert spoken.exit_code == 2 and "mọi nhiệm vụ được chọn: bỏ --limit và --offset" in spoken.stderr
    assert CliRunner().invoke(main, [*arguments, "--offset", "0"]).exit_code == 0 and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("size", [1, 2])
def test_a_tree_refers_to_what_stands_on_its_own_page(sample_graph: Path, size: int) -> None:
    again = "  (what is below it: see above)"
    for at in range(len(rows(sample_graph, "implements, as a tree"))):
        lines = run(sample_graph, "implements, as a tree", "--limit", str(size), "--offset", str(at))[0].splitlines()
        for number, line in enumerate(lines):
            if line.endswith(again):
                told = line.removesuffix(again).split("─ ")[1].split("  ")[0]
                assert any(f"─ {told}  " in above for above in lines[:number])


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
    assert none.stdout == "" and none.stderr == f"none: --offset {len(whole)} leaves out all {len(whole)}\n"


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
