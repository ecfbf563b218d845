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


def test_a_council_hears_its_own_boards() -> None:
    text = """HỘI ĐỒNG NHÂN DÂN
TỈNH LAI CHÂU
Số: 7/NQ-HĐND
Lai Châu, ngày 05 tháng 12 năm 2025

NGHỊ QUYẾT
Về vốn

Xét ý kiến của Ban Kinh tế - Ngân sách tại Báo cáo thẩm tra số 190/BC-HĐND ngày 02/12/2025; Ban Pháp chế (Báo cáo thẩm tra số 191/BC-HĐND ngày \
4/12/2025); Báo cáo số 192/BC-HĐND ngày 5/12/2025.
"""
    issuers = [f.issuer for f in extract_text(Source("", "", "", text)).references]
    council = "Hội đồng nhân dân tỉnh Lai Châu"
    assert issuers[:2] == [f"Ban Kinh tế - Ngân sách {council}", f"Ban Pháp chế {council}"]
    assert issuers[2] in (None, council)


@pytest.mark.parametrize("day", ["Ngày", "Cũng trong ngày", "Trong ngày", "Cùng ngày", "Sau đó, ngày"])
def test_the_day_of_an_act_is_that_of_its_document(day: str) -> None:
    text = f"{day} 06/02/2025, UBND tỉnh Lào Cai đã ban hành Quyết định số 512/QĐ-UBND phê duyệt kế hoạch."
    (found,) = extract_text(Source("", "", "", text)).references
    assert (found.date, found.issuer) == ("2025-02-06", "Ủy ban nhân dân tỉnh Lào Cai")
