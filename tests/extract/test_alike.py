"""A word that gets the row of another is read as that one is, in every text of the cases: no rule spells out what a row says."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import Any

import pytest

import chidao
from chidao.extract.language.composing import spaced
from chidao.extract.language.letters import slug

CASES = Path(__file__).parent / "cases"
PAIRS: list[dict[str, Any]] = tomllib.loads((CASES / "alike.toml").read_text("utf-8"))["pair"]
_SHORTEST = 40
"""Characters of a string among the cases that is a text."""
READ = """
import json, sys
from chidao.extract.facts import extract_text
from chidao.extract import read_source, records, resolve
def said(text):
    with open(sys.argv[1], "w", encoding="utf-8", newline="") as file: file.write(text)
    return [json.dumps(record, ensure_ascii=False) for record in records(resolve([extract_text(read_source(sys.argv[1]))]))]
json.dump([[said(text) for text in texts] for texts in json.load(sys.stdin)], sys.stdout)
"""


def strings(value: object) -> Iterator[str]:
    """The strings in parsed TOML."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


TEXTS = list(
    dict.fromkeys(
        text
        for path in sorted(CASES.rglob("*.toml"))
        for text in strings(tomllib.loads(path.read_text("utf-8")))
        if len(text) >= _SHORTEST
    )
)


def swapped(text: str, known: str, made_up: str, but: Sequence[str] = ()) -> str:
    """The text with the other word, over any white space and in whatever case the known one stands."""

    def printed(found: re.Match[str]) -> str:
        if not found["known"]:
            return found[0]
        parts = re.split(r"(\s+)", found[0])
        for n, word in enumerate(made_up.lower().split()):
            was = parts[2 * n]
            parts[2 * n] = word.upper() if was.isupper() else word.capitalize() if was[0].isupper() else word
        return "".join(parts)

    names = "|".join(spaced(name) for name in but)
    return re.sub(
        rf"(?<!\w)(?:{names + '|' if names else ''}(?P<known>{spaced(known)}))(?!\w)", printed, text, flags=re.I
    )


def other(pair: dict[str, Any], text: str) -> str:
    """The text with the pair's made-up word."""
    return swapped(text, pair["known"], pair["made_up"], pair.get("but", ()))


def plain(pair: dict[str, Any], record: str) -> str:
    """A record with the known word again, also within IRIs; what is known by its file has no name that stays."""
    record = swapped(record, pair["made_up"], pair["known"])
    return re.sub(r"[0-9a-f]{8,}", "#", record.replace(slug(pair["made_up"]), slug(pair["known"])))


def add_rows(tables: Path, pair: dict[str, Any]) -> None:
    """Give the made-up word the rows of the known one."""
    for path in sorted(tables.glob("*.csv")):
        header, *rows = csv.reader(path.read_text("utf-8").splitlines())
        example = header.index("example") if "example" in header else None
        said = [[cell for n, cell in enumerate(row) if n != example] for row in rows]
        if "tables" in pair:
            wanted = [path.name in pair["tables"] and pair["known"] in cells for cells in said]
        else:
            wanted = [any(other(pair, cell) != cell for cell in cells) for cells in said]
        alike = compress(rows, wanted)
        with path.open("a", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows([[other(pair, cell) for cell in row] for row in alike])


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> list[list[list[str]]]:
    """What the package, with the rows of all made-up words, reads in each text that has the known word of a pair, and in the same text with
    the other."""
    root = Path(chidao.__file__).resolve().parent
    copy = tmp_path_factory.mktemp("alike") / "chidao"
    copy.mkdir()
    shutil.copy(root / "__init__.py", copy)
    for room in ("ontology", "extract"):
        shutil.copytree(root / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    for pair in PAIRS:
        add_rows(copy / "extract" / "tables", pair)
    given = [[t for text in TEXTS if other(pair, text) != text for t in (text, other(pair, text))] for pair in PAIRS]
    done = subprocess.run(
        [sys.executable, "-c", READ, str(copy.parent / "text.txt")], input=json.dumps(given), capture_output=True, encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(copy.parent), "PYTHONIOENCODING": "utf-8"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: list[list[list[str]]] = json.loads(done.stdout)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("n", range(len(PAIRS)), ids=[pair["known"] for pair in PAIRS])
def test_a_word_with_the_same_row_reads_alike(read: list[list[list[str]]], n: int) -> None:
    pair, found = PAIRS[n], read[n]
    assert len(found) > 10
    assert len(pair["known"]) == len(pair["made_up"])
    for known, made_up in zip(found[::2], found[1::2], strict=True):
        assert [plain(pair, record) for record in made_up] == [plain(pair, record) for record in known]
