"""Who does what about a document: which verb is the act, who acts, and what a list or a footnote takes over."""

from __future__ import annotations

import pytest

from chidao.extract import extract_text
from chidao.extract.model import Action, Source

HOME = "Thành ủy Hà Nội"
UBND = "Ủy ban nhân dân thành phố Hà Nội"
# (actor, action, document, rule): documents are counted in text order from 0.
CASES = [
    # governed
    pytest.param("Thành ủy ban hành Quy định số 08-QĐ/TU.", [(HOME, "issue", 0, "governed")], id="one-verb"),
    pytest.param(
        "Thành ủy quán triệt, ban hành Quy định số 08-QĐ/TU.",
        [(HOME, "disseminate", 0, "governed"), (HOME, "issue", 0, "governed")],
        id="chain-of-verbs",
    ),
    pytest.param(
        "Thành ủy chỉ đạo thực hiện Nghị quyết số 15-NQ/TW.",
        [(HOME, "direct", 0, "governed")],
        id="governed-verb-is-no-second-act",
    ),
    pytest.param(
        "Thành ủy chỉ đạo, triển khai Nghị quyết số 15-NQ/TW.",
        [(HOME, "direct", 0, "governed"), (HOME, "implement", 0, "governed")],
        id="two-acts",
    ),
    pytest.param(
        "Thành ủy giám sát việc thực hiện Nghị quyết số 15-NQ/TW.",
        [(HOME, "inspect", 0, "governed")],
        id="inspect-the-carrying-out",
    ),
    pytest.param(
        "Thành ủy sơ kết 05 năm thực hiện Nghị quyết số 15-NQ/TW.",
        [(HOME, "review", 0, "governed")],
        id="review-the-carrying-out",
    ),
    pytest.param(
        "Thành ủy kiểm tra công tác quán triệt Nghị quyết số 15-NQ/TW.",
        [(HOME, "inspect", 0, "governed")],
        id="verb-turned-noun",
    ),
    pytest.param(
        "Ban Thường vụ Thành ủy, UBND Thành phố ban hành Kế hoạch số 12-KH/TU.",
        [("Ban Thường vụ Thành ủy Hà Nội", "issue", 0, "governed"), (UBND, "issue", 0, "governed")],
        id="two-actors",
    ),
    pytest.param(
        "Chỉ đạo UBND Thành phố ban hành Kế hoạch số 12/KH-UBND.",
        [(None, "direct", 0, "governed"), (UBND, "issue", 0, "governed")],
        id="body-told-to-act",
    ),
    pytest.param(
        "Sở Nội vụ tham mưu nhiều nội dung. Ban hành Kế hoạch số 5/KH-SNV.",
        [("Sở Nội vụ thành phố Hà Nội", "issue", 0, "governed")],
        id="actor-of-the-paragraph",
    ),
    # inherited
    pytest.param(
        "Thành ủy quán triệt Nghị quyết số 15-NQ/TW, Chỉ thị số 24-CT/TW và Luật Thủ đô.",
        [
            (HOME, "disseminate", 0, "governed"),
            (HOME, "disseminate", 1, "inherited"),
            (HOME, "disseminate", 2, "inherited"),
        ],
        id="list-shares-the-verb",
    ),
    pytest.param(
        "Thành ủy quán triệt nghiêm túc các văn bản của Trung ương¹.\n\n¹ Quy định số 58-QĐ/TW; Chỉ thị số 24-CT/TW.",
        [(HOME, "disseminate", 0, "inherited"), (HOME, "disseminate", 1, "inherited")],
        id="footnote",
    ),
    pytest.param(
        "Thành ủy ban hành nhiều văn bản¹.\n\n¹ Gồm Quy định số 08-QĐ/TU,\n\nkế hoạch số 83-KH/TU.",
        [(HOME, "issue", 0, "inherited"), (HOME, "issue", 1, "inherited")],
        id="footnote-cut-by-a-page-break",
    ),
    # amending
    pytest.param(
        "Thành ủy ban hành Quy định số 01-QĐ/TU ngày 05/11/2020 và sửa đổi, ban hành Quy định số 11-QĐ/TU.",
        [(HOME, "amend", 0, "amending"), (HOME, "issue", 1, "governed")],
        id="amended-by-the-next",
    ),
    # nothing
    pytest.param("Ban Chỉ đạo thực hiện Nghị quyết số 15-NQ/TU đã họp.", [], id="name-of-a-body"),
    pytest.param("Công tác kiểm tra được tăng cường. Quy định số 22-QĐ/TW còn mới.", [], id="another-sentence"),
    pytest.param("Thành ủy theo dõi Nghị quyết số 15-NQ/TW.", [], id="follow-is-no-act"),
    pytest.param("Kế hoạch số 20-KH/TU thực hiện Nghị quyết số 15-NQ/TW.", [], id="relation-is-no-act"),
]


def read(text: str) -> tuple[Action, ...]:
    return extract_text(Source("", "", "", text), "Hà Nội").actions


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_actions(text: str, expected: list[tuple[str | None, str, int, str]]) -> None:
    found = read(text)
    assert [(a.actor, a.action, a.document, a.rule) for a in found] == expected
    assert all(a.text == text[a.start : a.end] for a in found)


def test_every_rule_has_a_case() -> None:
    rules = {row[3] for case in CASES for row in case.values[1]}  # type: ignore[union-attr]
    assert rules == {"governed", "inherited", "amending"}


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
