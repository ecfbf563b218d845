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
TEXTS = [content for _, language, content in BLOCKS if language == "text"]


def texts() -> list[object]:
    """Each text of the page, with what the page says of it."""
    return [
        pytest.param(text, said.splitlines(), id=said.split("\n")[0])
        for (_, language, text), (_, _, said) in pairwise(BLOCKS)
        if language == "text"
    ]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the package says of each text without the page's rows."""
    return read(ROOT / ".typing", tmp_path_factory.mktemp("shipped"))


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What a copy of the package says of each text that has the page's rows at the end of its tables."""
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
    return read(package.parent, tmp_path_factory.mktemp("followed"))


EXTRACT = """
import sys, chidao
from chidao.cli import main

assert chidao.__file__.startswith(sys.argv[1])
for file in sys.argv[2:]:
    main(["extract", file, "--format", "jsonl"], standalone_mode=False)
    print()
"""


def read(folder: Path, made: Path) -> dict[str, list[str]]:
    """What `chidao extract` of the package in `folder` says of each text of the page: `statements`."""
    for n, text in enumerate(TEXTS):
        (made / f"{n}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", EXTRACT, str(folder), *(str(made / f"{n}.txt") for n in range(len(TEXTS)))]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env={"PYTHONPATH": str(folder)})
    assert done.returncode == 0, done.stderr
    *printed, _ = done.stdout.split("\n\n")
    return {text: statements(text, lines) for text, lines in zip(TEXTS, printed, strict=True)}


def statements(text: str, lines: str) -> list[str]:
    """What the lines say of a text, each document by its code: who signs it, relations or, without these, acts, what it changes in
    provisions, and tasks."""
    records = defaultdict(list)
    for line in lines.splitlines():
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


@pytest.mark.slow
@pytest.mark.parametrize(("text", "said"), texts())
def test_the_page_s_rows_read_what_it_says(
    followed: dict[str, list[str]], shipped: dict[str, list[str]], text: str, said: list[str]
) -> None:
    assert followed[text] == said
    assert shipped[text] != said, "the page's rows are in the tables"


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
