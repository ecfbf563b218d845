"""docs/adding-a-rule.md, followed literally: its rows in a copy of the tables, and its texts read with them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from chidao.extract.language.tables import rows

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding-a-rule.md").read_text("utf-8")
BLOCKS = re.findall(r"(?:`([^`\s]+\.(?:csv|ttl))`[^`]*?)?^```(\w*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
"""(file named before it, language, content) of the page's blocks."""


def texts() -> list[object]:
    """Each text of the page, with what the page says of it."""
    return [
        pytest.param(text, said.splitlines(), id=said.split("\n")[0])
        for (_, language, text), (_, _, said) in pairwise(BLOCKS)
        if language == "text"
    ]


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with the page's rows at the end of its tables."""
    package = tmp_path_factory.mktemp("copy") / "chidao"
    package.mkdir()
    for path in ROOT.iterdir():
        if path.name in ("extract", "ontology"):
            shutil.copytree(path, package / path.name, ignore=shutil.ignore_patterns("__pycache__"))
        elif path.suffix == ".py" or path.joinpath("__init__.py").exists():
            (package / path.name).symlink_to(path)
    for file, language, added in BLOCKS:
        if language in ("csv", "turtle"):
            with (package / file).open("a", encoding="utf-8") as table:
                table.write(f"\n{added}" if language == "turtle" else added)
    return package.parent


def statements(folder: Path, text: str, tmp_path: Path) -> list[str]:
    """What `chidao extract` of the package in `folder` says of a text, each document by its code: who signs it, relations or, without
    these, acts, what it changes in provisions, and tasks."""
    file = tmp_path / "text.txt"
    file.write_text(text, "utf-8")
    script = (
        "import chidao, sys; assert chidao.__file__.startswith(sys.argv.pop(1)); from chidao.cli import main; main()"
    )
    command = [sys.executable, "-c", script, str(folder), "extract", str(file), "--format", "jsonl"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env={"PYTHONPATH": str(folder)})
    assert done.returncode == 0, done.stderr
    records = defaultdict(list)
    for line in done.stdout.splitlines():
        record = json.loads(line)
        records[record["kind"]].append(record)
    codes = {r["document"]: r["text"].split()[-1] for r in records["reference"]}
    own = re.findall(r"^Số:?\s(\S+)", text, re.MULTILINE)
    relations = [(r["subject"], r["predicate"], r["object"]) for r in records["relation"]]
    acts = [(a["actor"], a["action"], a["document"]) for a in records["action"]]
    named = codes | {subject: codes.get(subject, *own) for subject, _, _ in relations}
    return [
        *(f"{d['signer']} signs {own[0]} as {d['signer_role']}" for d in records["document"] if d["signer"]),
        *(f"{named.get(a, a)} {b} {named[c]}" for a, b, c in relations or acts),
        *(f"{a['operation']} {a['path']} of {codes[a['document']]}" for a in records["amendment"]),
        *(
            "; ".join(f"{part}: {', '.join(t[part])}" for part in ("lead", "support") if t[part])
            for t in records["task"]
        ),
    ]


@pytest.mark.parametrize(("text", "said"), texts())
def test_the_page_s_rows_read_what_it_says(followed: Path, tmp_path: Path, text: str, said: list[str]) -> None:
    assert statements(followed, text, tmp_path) == said
    assert statements(ROOT / ".typing", text, tmp_path) != said, "the page's rows are in the tables"


def test_the_page_has_rows_for_each_table() -> None:
    files = [file for file, language, _ in BLOCKS if language in ("csv", "turtle")]
    assert files == [
        "extract/tables/relations.csv",
        "extract/tables/actions.csv",
        "ontology/bodies.ttl",
        "ontology/doctypes.ttl",
        "ontology/jurisdictions.ttl",
        "extract/tables/words.csv",
    ]


def test_the_page_names_every_table_and_kind_of_word() -> None:
    tables = {path.name for path in (ROOT / "extract" / "tables").iterdir()}
    kinds = {row["kind"] for row in rows("words.csv")} - {"office"}  # an office has a row of its own on the page
    assert {name for name in tables | kinds if f"`{name}`" not in PAGE and f"/{name}`" not in PAGE} == set()
