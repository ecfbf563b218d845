"""Lists of documents that have ended: the cases of `cases/ended_lists.toml`, and the same as a workbook and as CSV."""

from __future__ import annotations

import csv
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from chidao.extract import extract_path, extract_text
from chidao.extract.model import SELF, Facts, Source
from chidao.extract.resolved import printed_code
from chidao.extract.statements.law.ended_lists import COLUMNS, column_of
from chidao.extract.statements.said import said_in

CASES = tomllib.loads(Path(__file__).parent.joinpath("cases", "ended_lists.toml").read_text("utf-8"))["case"]
DECISION = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
Số: 45/QĐ-UBND
Lào Cai, ngày 20 tháng 5 năm 2026

QUYẾT ĐỊNH
Công bố danh mục văn bản hết hiệu lực, ngưng hiệu lực năm 2025

Điều 1. Công bố kèm theo Quyết định này Danh mục văn bản quy phạm pháp luật hết hiệu lực, ngưng hiệu lực năm 2025.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
"""
ROWS: list[list[Any]] = [
    ["STT", "Tên loại văn bản", "Số, ký hiệu; ngày, tháng, năm ban hành văn bản", "Tên gọi của văn bản", "Lý do hết hiệu lực", "Ngày hết hiệu lực"],
    ["I", "QUYẾT ĐỊNH", "", "", "", ""],
    [1, "Quyết định", "12/2020/QĐ-UBND\nngày 03/4/2020", "Về chợ", "Được thay thế bằng Quyết định số 40/2025/QĐ-UBND", date(2025, 7, 15)],
]  # fmt: skip
TOLD = ["expires 12/2020/QĐ-UBND 2025-07-15"], ["40/2025/QĐ-UBND replaces 12/2020/QĐ-UBND"]


def told(facts: Facts) -> tuple[list[str], list[str]]:
    """What is told of force and of relations, but for what the decision says of itself."""

    def code(i: int) -> str:
        f = facts.references[i]
        return printed_code(f.number, f.year, f.symbol) or f.text

    force = [
        " ".join([f.event, code(f.document), f.date or "", *(f"scope {s}" for s in f.scope)])
        for f in facts.force
        if f.document != SELF
    ]
    return force, [f"{code(r.subject)} {r.predicate} {code(r.object)}" for r in facts.relations if r.subject != SELF]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_lists(case: dict[str, Any]) -> None:
    text = DECISION + case["table"]
    facts = extract_text(Source("a", "", "", text))
    assert told(facts) == (case["force"], case["relations"])
    assert [(f.event, f.date) for f in facts.force if f.document == SELF] == [("in_force", "2026-05-20")]
    spans: list[Any] = [*facts.force, *facts.relations]
    assert all(fact.text == text[fact.start : fact.end] for fact in spans)
    for f in facts.force:
        if f.document != SELF:
            assert facts.sentences[f.sentence].text == " ".join(f.text.split())


def test_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in [["DANH MỤC VĂN BẢN HẾT HIỆU LỰC TOÀN BỘ NĂM 2025"], *ROWS]:
        book.active.append(row)
    book.save(tmp_path / "danh-muc.xlsx")
    (facts,) = extract_path(tmp_path / "danh-muc.xlsx", home="Lào Cai")
    assert told(facts) == TOLD


def test_a_table_of_commas(tmp_path: Path) -> None:
    with (tmp_path / "danh-muc.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(ROWS)
    (facts,) = extract_path(tmp_path / "danh-muc.csv", home="Lào Cai")
    assert told(facts) == TOLD


@pytest.mark.parametrize("gap", [" ", "  ", "\t", "\n"])
@pytest.mark.parametrize(
    "rule", [rule for rule in COLUMNS if rule.name in ("day", "begin", "reason")], ids=lambda rule: rule.name
)
def test_the_words_of_headers_are_looked_for_before_tables_are(rule: Any, gap: str) -> None:
    header = gap.join(rule.example.split())
    assert rule.pattern.match(header) and said_in(f"| {header} |".lower())["why and since when"]


@pytest.mark.parametrize("rule", COLUMNS, ids=lambda rule: rule.name)
def test_a_header_names_its_column(rule: Any) -> None:
    assert column_of(rule.example) == rule.name
