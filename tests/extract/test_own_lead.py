"""Rows whose title begins with the document's own number; and keys of a table that are no numbers of documents."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path
from typing import Any

import pytest

from chidao.extract.formats.kinds import Kind
from chidao.extract.model import SELF, Facts, Source
from chidao.extract.registers.rows import read_register

CASES = tomllib.loads((Path(__file__).parent / "cases" / "register_titles.toml").read_text("utf-8"))


def read(rows: list[dict[str, str]], home: str = "An Giang") -> tuple[Facts, ...]:
    table = io.StringIO()
    writer = csv.DictWriter(table, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return read_register(Source("so.csv", "0" * 64, "utf-8", table.getvalue()), Kind.CSV, home)


@pytest.mark.parametrize("case", CASES["own"], ids=lambda case: case["title"])
def test_own_number(case: dict[str, Any]) -> None:
    (facts,) = read([{"code": case["code"], "title": case["title"]}])
    h = facts.heading
    found = {"number": h.number, "symbol": h.symbol, "year": h.year, "date": h.date, "issuer": h.issuer, "type": h.type}
    assert found == {key: case.get(key) for key in found}
    assert h.title == case["left"]
    assert all(r.number != case["number"] for r in facts.references), "its own number is no reference"
    assert not facts.suspicions
    assert facts.source.text == case["title"], "offsets count in the cell as it stands"


def test_what_the_title_does_is_read_behind_its_number() -> None:
    (facts,) = read([{"code": "x", "title": "Kế hoạch 25/KH-UBND ngày 03/4/2024 thực hiện Nghị quyết số 57-NQ/TW"}])
    (reference,) = facts.references
    assert facts.source.text[reference.start : reference.end] == "Nghị quyết số 57-NQ/TW"
    assert [(r.subject, r.predicate, r.object) for r in facts.relations] == [(SELF, "implements", 0)]


@pytest.mark.parametrize("title", CASES["other"])
def test_number_of_another(title: str) -> None:
    (facts,) = read([{"code": "CH.VT.01", "title": title}])
    assert (facts.heading.number, facts.heading.symbol, facts.heading.date) == (None, None, None)


def test_columns_are_right_where_they_say_another_number() -> None:
    title = "Quyết định số 71/2021/QĐ-UBND ngày 31/12/2021 hết hiệu lực"
    same, another = read(
        [{"Số ký hiệu": number, "Ngày ban hành": "", "Trích yếu": title} for number in ("71/2021/QĐ-UBND", "5/QĐ-UBND")]
    )
    assert (same.heading.date, same.heading.title, len(same.references)) == ("2021-12-31", "hết hiệu lực", 0)
    assert (another.heading.date, another.heading.number, len(another.references)) == (None, "5", 1)


@pytest.mark.parametrize(
    ("codes", "numbers"),
    [
        (["15-NQ/TU", "12/KH-UBND", ""], ["15", "12", None]),
        (["CH.VT.01", "CH.VT.02", "CH.VT.03"], [None] * 3),
        (["20315", "20316", "20317"], [None] * 3),
        (["VB-2023-01", "VB-2023-02", "x"], [None] * 3),
    ],
)
def test_keys_are_no_numbers(codes: list[str], numbers: list[str | None]) -> None:
    found = read([{"code": code, "title": "Giao đất", "date": "05/7/2022"} for code in codes])
    assert [facts.heading.number for facts in found] == numbers
