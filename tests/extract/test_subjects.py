"""Who stands before a reference as the subject of a verb of issue, in a report of another office."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from chidao.extract import extract_text, resolve
from chidao.extract.model import Source

CASES = tomllib.loads(Path(__file__).parent.joinpath("cases", "subjects.toml").read_text("utf-8"))["case"]
REPORT = "ỦY BAN NHÂN DÂN\nTỈNH NAM ĐỊNH\nSố: 12/BC-UBND\nNam Định, ngày 10 tháng 6 năm 2024\n\nBÁO CÁO\nKết quả công tác\n\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_subjects(case: dict[str, Any]) -> None:
    corpus = resolve([extract_text(Source("", "", "", f"{REPORT}{case['text']}\n"))])
    cited = [corpus.documents[key] for key in corpus.files[0].documents if key]
    assert [document.issuer or "" for document in cited] == case["issuers"]
    if "scopes" in case:
        assert [document.scope for document in cited] == case["scopes"]


def test_documents_of_two_bodies_without_a_key_are_two() -> None:
    text = (
        "Kế hoạch số 5-KH/ĐU ngày 2/3/2025 của Đảng ủy Tập đoàn Hóa chất; Kế hoạch số 5-KH/ĐU ngày 2/3/2025 của Đảng ủy Công ty Cao su; "
        "Kế hoạch số 5-KH/ĐU ngày 2/3/2025 của Ban Thường vụ Đảng ủy Tập đoàn Hóa chất."
    )
    first, second, third = resolve([extract_text(Source("", "", "", text))]).files[0].documents
    assert first == third != second
