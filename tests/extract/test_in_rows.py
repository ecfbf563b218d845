"""What the other cells of its row say of a document."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from chidao.extract import extract_text
from chidao.extract.model import Facts, Source

CASES = tomllib.loads(Path(__file__).parent.joinpath("cases", "in_rows.toml").read_text("utf-8"))["case"]


HEAD = "Số: 5/BC-BM\n\nBÁO CÁO\nKết quả rà soát văn bản năm 2025\n\nCác văn bản được rà soát như sau:\n"


def read(table: str) -> Facts:
    return extract_text(Source("", "", "", HEAD + table))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_rows(case: dict[str, Any]) -> None:
    facts = read(case["text"])
    said = [(f"{r.number}/{r.symbol}", r.date, r.issuer_key, r.title) for r in facts.references]
    assert [" ".join(part or "-" for part in parts) for parts in said] == case["says"]


def test_what_a_matter_names_is_told_of_its_document() -> None:
    text = (
        "| TT | Số, ký hiệu | Ngày ban hành | Trích yếu |\n|---|---|---|---|\n"
        "| 1 | Quyết định số 27/2024/QĐ-UBND | 28/6/2024 | Sửa đổi, bổ sung Quyết định số 19/2020/QĐ-UBND |\n"
    )
    relations = read(text).relations
    assert [(r.subject, r.predicate, r.object) for r in relations] == [(0, "amends", 1)]
