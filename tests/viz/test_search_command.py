"""`chidao search`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from click.testing import CliRunner

from chidao.cli import main


def run(graph: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["search", *arguments, "--graph", str(graph)])
    assert result.exit_code == 0, result.output
    return result.output


def test_table(sample_graph: Path) -> None:
    lines = run(sample_graph, '"cán bộ, đảng viên trong Huyện"').splitlines()
    assert (
        lines[0] == "1 found"
        and lines[1].startswith("  1. Kế hoạch 45-KH/HU  2022-10-10")
        and lines[1].endswith("[text]")
    )
    assert lines[3].startswith("     > ") and "[cán bộ, đảng viên trong Huyện]" in lines[3]


def test_json_and_csv_say_the_same(sample_graph: Path) -> None:
    told = json.loads(run(sample_graph, "nghi", "quyet", "15", "--format", "json", "--facets"))
    rows = list(csv.DictReader(io.StringIO(run(sample_graph, "nghi quyet 15", "--format", "csv"))))
    assert [hit["iri"] for hit in told["hits"]] == [row["iri"] for row in rows]
    assert told["total"] == sum(told["facets"]["where"].values())
    assert rows[0]["label"] == "Nghị quyết 15-NQ/TW" and rows[0]["why"] == "number"


def test_facets_narrow(sample_graph: Path) -> None:
    told = json.loads(
        run(sample_graph, "chuong trinh", "--type", "Kế hoạch", "--level", "district", "--format", "json")
    )
    assert {(hit["type"], hit["level"]) for hit in told["hits"]} == {("Kế hoạch", "district")}
    assert "type: " in run(sample_graph, "thu do", "--facets")
    assert run(sample_graph, "zzqx") == "0 found\n"
