"""Who does what about a document: which verb is the act, who acts, and what a list or a footnote takes over."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from chidao.extract import extract_text
from chidao.extract.model import Action, Source

CASES = tomllib.loads((Path(__file__).parent / "cases" / "actions.toml").read_text("utf-8"))["case"]


def read(text: str) -> tuple[Action, ...]:
    return extract_text(Source("", "", "", text), "Hà Nội").actions


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_actions(case: dict[str, Any]) -> None:
    found = read(case["text"])
    assert [[a.actor or "", a.action, a.document, a.rule] for a in found] == case["acts"]
    assert all(a.text == case["text"][a.start : a.end] for a in found)


def test_every_rule_has_a_case() -> None:
    assert {rule for case in CASES for *_, rule in case["acts"]} == {"governed", "inherited", "amending"}


def test_actor_is_stated_or_taken_over() -> None:
    (stated,) = read("Thành ủy ban hành Quy định số 08-QĐ/TU.")
    (taken,) = read("Sở Nội vụ tham mưu nhiều nội dung. Ban hành Kế hoạch số 5/KH-SNV.")
    (unknown,) = read("Ban hành Kế hoạch số 5/KH-SNV.")
    assert [a.actor_stated for a in (stated, taken, unknown)] == [True, False, False]
    assert unknown.actor is None


def test_evidence_of_a_footnote_is_the_footnote() -> None:
    text = "Thành ủy quán triệt các văn bản của Trung ương¹.\n\n¹ Quy định số 58-QĐ/TW."
    facts = extract_text(Source("", "", "", text), "Hà Nội")
    (action,) = facts.actions
    assert facts.sentences[action.sentence].footnote == "1"


def test_who_issues_is_the_issuer() -> None:
    facts = extract_text(Source("", "", "", "Bộ Chính trị ban hành Nghị quyết số 15-NQ/TW."))
    assert facts.references[0].issuer == "Bộ Chính trị"
    facts = extract_text(Source("", "", "", "Thành ủy ban hành Nghị quyết số 15-NQ/TW."), "Hà Nội")
    assert facts.references[0].issuer is None, "a city committee issues nothing with the symbol of the centre"


def test_who_issues_a_list_is_the_issuer_of_all_and_not_of_what_they_carry_out() -> None:
    text = (
        "UBND xã Nậm Bến ban hành Kế hoạch số 74/KH-UBND ngày 05/9/2025 thực hiện Nghị quyết số 08-NQ/ĐU, "
        "Quyết định số 211/QĐ-UBND ngày 09/9/2025 kiện toàn Ban Chỉ đạo."
    )
    found = extract_text(Source("", "", "", text)).references
    assert [f.issuer for f in found] == ["Ủy ban nhân dân xã Nậm Bến", None, "Ủy ban nhân dân xã Nậm Bến"]
    text = "UBND xã Nậm Bến ban hành Kế hoạch số 74/KH-UBND thực hiện Kế hoạch số 10/KH-UBND, Kế hoạch số 12/KH-UBND."
    found = extract_text(Source("", "", "", text)).references
    assert [f.issuer for f in found] == ["Ủy ban nhân dân xã Nậm Bến", None, None]


def test_the_youth_union_calls_itself_by_one_word() -> None:
    said = "Đoàn đã tổ chức quán triệt Nghị quyết số 15-NQ/TW."
    union = "ĐOÀN TNCS HỒ CHÍ MINH\nBAN CHẤP HÀNH TỈNH LÀO CAI"
    trade_union = "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM\nLIÊN ĐOÀN LAO ĐỘNG TỈNH LÀO CAI"
    number = "Số: 12-BC/ABC\nLào Cai, ngày 10 tháng 3 năm 2026\nBÁO CÁO\nKết quả công tác quý I\n\n"

    def actor(head: str, said: str) -> str | None:
        return read(f"{head}\n{number}{said}\n")[0].actor

    assert actor(union, said) == actor(union, f"Trong quý, {said}") == "Ban Chấp hành Tỉnh đoàn Lào Cai"
    assert actor(union, f"Tổ công tác{said.removeprefix('Đoàn')}") is None
    assert actor(trade_union, said) is None
