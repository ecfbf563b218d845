"""Consolidated texts: what their notes report is what the amending documents order, in whatever way the marks are printed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from chidao.extract import extract_text
from chidao.extract.model import SELF, Facts, Reference, ReportedChange, Source
from chidao.extract.resolved import printed_code

CASES = tomllib.loads(Path(__file__).parent.joinpath("cases", "consolidated.toml").read_text("utf-8"))
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MARKS = {
    "raised": lambda mark: mark[1].translate(RAISED),
    "in brackets": lambda mark: f"[{mark[1]}]",
    "plain": lambda mark: mark[1],
}
HEAD = CASES["consolidation"].partition("a) Tờ trình;")[0]


def facts(text: str) -> Facts:
    return extract_text(Source("a", "", "", text))


def code(f: Reference) -> str:
    return printed_code(f.number, f.year, f.symbol)


def marked(text: str, style: str) -> str:
    return re.sub(r"\{([0-9]+)\}", MARKS[style], text)


def ordered(text: str) -> set[tuple[str | None, ...]]:
    """What an amending decree orders: (base, path, operation, old, new, by, day of effect)."""
    read = facts(text)
    heading = read.heading
    day = next(f.date for f in read.force if f.document == SELF and f.event == "in_force")
    by = printed_code(heading.number, heading.year, heading.symbol)
    return {(code(read.references[a.document]), a.path, a.operation, a.old, a.new, by, day) for a in read.amendments}


@pytest.mark.parametrize("style", MARKS)
def test_notes_report_what_the_amending_decrees_order(style: str) -> None:
    read = facts(marked(CASES["consolidation"], style))
    by = read.references
    reported = {(code(by[c.base]), c.path, c.operation, c.old, c.new, code(by[c.by]), c.date) for c in read.reported}
    assert reported == ordered(CASES["first"]) | ordered(CASES["second"])
    assert len(reported) == 9


@pytest.mark.parametrize("style", MARKS)
def test_a_note_says_which_provision_ordered_the_change(style: str) -> None:
    read = facts(marked(CASES["consolidation"], style))
    twice = [c for c in read.reported if c.path == "dieu-3/khoan-2/diem-b"]
    assert [(code(read.references[c.by]), c.by_path) for c in twice] == [
        ("12/2023/NĐ-CP", "dieu-1/khoan-3"),
        ("30/2024/NĐ-CP", "dieu-1/khoan-2"),
    ]
    assert [read.sentences[c.sentence].footnote for c in twice] == ["5", "5"]


def test_the_consolidation_amends_nothing_and_takes_effect_as_its_base() -> None:
    read = facts(marked(CASES["consolidation"], "raised"))
    assert read.amendments == ()
    assert [(f.document, f.event, f.date) for f in read.force] == [(SELF, "in_force", "2022-05-01")]


def test_a_note_that_a_page_cuts_is_told_from_the_document_that_goes_on() -> None:
    text = marked(CASES["consolidation"], "raised").replace(
        "Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 5 năm 2022.\n",
        "¹⁰ Điều 3 của Nghị định số 12/2023/NĐ-CP, có hiệu lực kể từ ngày 15 tháng 5 năm 2023, quy định như sau:\n"
        "“Điều 3. Hiệu lực thi hành\n1. Nghị định này có hiệu lực thi hành kể từ ngày 15 tháng 5 năm 2023.\n2. Khác.\n\n"
        "1. Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 5 năm 2022.\n2.¹¹ (được bãi bỏ)\n3. Lưu.\n\n"
        "3. Các bộ thực hiện.”\n"
        "¹¹ Khoản này được bãi bỏ theo quy định tại khoản 5 Điều 1 của Nghị định số 12/2023/NĐ-CP.\n",
    )
    read = facts(text)
    assert [(f.event, f.date) for f in read.force] == [("in_force", "2022-05-01")]
    assert [(c.path, c.by_path, c.date) for c in read.reported if c.path.startswith("dieu-5")] == [
        ("dieu-5/khoan-2", "dieu-1/khoan-5", "2023-05-15")
    ]


@pytest.mark.parametrize("case", CASES["note"], ids=lambda case: case["text"][:40])
def test_note(case: dict[str, str]) -> None:
    note = f"{case['text']} khoản 1 Điều 1 của Nghị định số 12/2023/NĐ-CP, có hiệu lực kể từ ngày 15 tháng 5 năm 2023."
    text = re.sub(r"\{[0-9]+\}", "", HEAD) + f"a) Tờ trình¹;\n\n¹ {note}\n"

    def told(c: ReportedChange) -> str:
        words = f" “{c.old}” → “{c.new}”" if c.old is not None else ""
        return f"{c.operation} {c.path}{words}"

    assert ", ".join(told(c) for c in facts(text).reported) == case["is"]
