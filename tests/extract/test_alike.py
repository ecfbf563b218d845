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
from chidao.extract.language.laws import law_names
from chidao.extract.language.letters import LOWER, slug
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.tables import rows
from chidao.extract.mentions.body_heads import heads

CASES = Path(__file__).parent / "cases"
CASE_FILE = tomllib.loads((CASES / "alike.toml").read_text("utf-8"))
PAIRS: list[dict[str, Any]] = CASE_FILE["pair"]
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
    record = swapped(record.replace("\\n", " "), pair["made_up"], pair["known"])  # as JSON prints the end of a line
    return re.sub(r"[0-9a-f]{8,}", "#", record.replace(slug(pair["made_up"]), slug(pair["known"])))


def add_rows(tables: Path, pairs: Sequence[dict[str, Any]]) -> None:
    """Give each made-up word the rows of the known one."""
    for path in sorted(tables.glob("*.csv")):
        header, *rows = csv.reader(path.read_text("utf-8").splitlines())
        example = header.index("example") if "example" in header else None
        said = [[cell for n, cell in enumerate(row) if n != example] for row in rows]
        with path.open("a", encoding="utf-8", newline="") as out:
            for pair in pairs:
                if "tables" in pair:
                    wanted = [path.name in pair["tables"] and pair["known"] in cells for cells in said]
                else:
                    known = pair["known"].lower()
                    wanted = [
                        any(known in cell.lower() and other(pair, cell) != cell for cell in cells) for cells in said
                    ]
                alike = compress(rows, wanted)
                csv.writer(out, lineterminator="\n").writerows([[other(pair, cell) for cell in row] for row in alike])


def copied(parent: Path, pairs: Sequence[dict[str, Any]]) -> Path:
    """A copy of the package below a folder, with rows for the made-up words."""
    root, copy = Path(chidao.__file__).resolve().parent, parent / "chidao"
    copy.mkdir()
    shutil.copy(root / "__init__.py", copy)
    for room in ("ontology", "extract"):
        shutil.copytree(root / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    add_rows(copy / "extract" / "tables", pairs)
    return copy


def read_with(copy: Path, texts: list[list[str]]) -> list[list[list[str]]]:
    """What a copy of the package reads in each text."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(copy.parent / "text.txt")], input=json.dumps(texts), capture_output=True, encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(copy.parent), "PYTHONIOENCODING": "utf-8"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: list[list[list[str]]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> list[list[list[str]]]:
    """What the package, with the rows of all made-up words, reads in each text that has the known word of a pair, and in the same text with
    the other."""
    given = [[t for text in TEXTS if other(pair, text) != text for t in (text, other(pair, text))] for pair in PAIRS]
    return read_with(copied(tmp_path_factory.mktemp("alike"), PAIRS), given)


@pytest.mark.slow
@pytest.mark.parametrize("n", range(len(PAIRS)), ids=[pair["known"] for pair in PAIRS])
def test_a_word_with_the_same_row_reads_alike(read: list[list[list[str]]], n: int) -> None:
    pair, found = PAIRS[n], read[n]
    assert len(found) > 10
    assert len(pair["known"]) == len(pair["made_up"])
    for known, made_up in zip(found[::2], found[1::2], strict=True):
        assert [plain(pair, record) for record in made_up] == [plain(pair, record) for record in known]


WORD = {
    "actions.csv": "trigger", "addressees.csv": "head", "force.csv": "trigger", "organs.csv": "organ", "pages.csv": "word",
    "register_columns.csv": "header", "relations.csv": "trigger", "sections.csv": "heading", "task_columns.csv": "header",
    "tasks.csv": "phrase", "words.csv": "word",
}  # fmt: skip
"""The column of each table that says how something is printed."""
_CONSONANTS = "bcdđghklmnpqrstvx"
_VOWELS = "".join(
    c for c in map(chr, range(0x61, 0x1F00)) if re.fullmatch(f"[{LOWER}]", c) and slug(c) in list("aeiouy")
)
MADE_UP = str.maketrans(_CONSONANTS + _VOWELS, _CONSONANTS[5:] + _CONSONANTS[:5] + _VOWELS[31:] + _VOWELS[:31])
"""Each letter becomes another of its kind, so that no two words become one."""


def made_up_pairs(names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """A made-up word for each of several syllables in the tables that holds none of the names."""
    known = {row[column].lower(): row[column] for table, column in WORD.items() for row in rows(table)}
    for word in known.values():
        if len(re.findall(r"[^\W\d_]{2,}", word)) > 1 and not any(name in word.lower() for name in names):
            yield {"known": word, "made_up": word.lower().translate(MADE_UP)}


def names_elsewhere() -> list[str]:
    """What bodies, laws and types of document are called, in several syllables, which no row of these tables says."""
    found = {head.text for head in heads()} | set(law_names()) | set(lexicon().types)
    return [name for name in found if " " in name]


def examples(pair: dict[str, Any], names: Sequence[str]) -> list[str]:
    """The examples of the word's rows, without those in which it stands in a name."""
    known = pair["known"].lower()
    said = [row["example"] for table, column in WORD.items() for row in rows(table) if known in row[column].lower()]
    longer = [name for name in names if known in name]
    return [text for text in said if other(pair, text) != text and not any(name in text.lower() for name in longer)]


@pytest.mark.slow
def test_every_word_of_the_tables_could_be_another(tmp_path: Path) -> None:
    """Each example of a word of several syllables is read alike with a made-up one, unless a part of the word has a row of its own."""
    names = names_elsewhere()
    pairs = list(made_up_pairs(names))
    given = [[t for text in examples(pair, names) for t in (text, other(pair, text))] for pair in pairs]
    found = read_with(copied(tmp_path, pairs), given)
    assert sum(map(bool, found)) > 1000
    unlike = [
        pair["known"]
        for pair, said in zip(pairs, found, strict=True)
        if [[plain(pair, record) for record in one] for one in said[1::2]]
        != [[plain(pair, record) for record in one] for one in said[::2]]
    ]
    assert sorted(unlike) == sorted(CASE_FILE["in_parts"])
