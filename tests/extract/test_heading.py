"""The document's own identity, from headings laid out in every usual way."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from chidao.extract import extract_text
from chidao.extract.heading.title import _shouts
from chidao.extract.model import Heading, Source

CASES = tomllib.loads(Path(__file__).parent.joinpath("cases", "heading.toml").read_text("utf-8"))
SAMPLES = Path(__file__).parents[2] / "samples"


def read(text: str, home: str | None = None) -> Heading:
    return extract_text(Source("", "", "", text), home).heading


# file: type, number, symbol, date, place, issuer, beginning of the title, signer's role, number of recipients
SAMPLE_HEADINGS = {
    "01": ("Nghị quyết", "15", "NQ/TW", "2022-05-05", "Hà Nội", "Bộ Chính trị", "về phương hướng", "T/M Bộ Chính trị", 4),
    "02": ("Nghị quyết", "12", "NQ-CP", "2023-02-07", "Hà Nội", "Chính phủ", "Ban hành", "Phó Thủ tướng", 5),
    "03": ("Chương trình hành động", "16", "CTr/TU", "2022-08-26", "Hà Nội", "Thành ủy Hà Nội", "thực hiện", "Phó Bí thư", 5),
    "04": ("Kế hoạch", "118", "KH-UBND", "2023-04-20", "Hà Nội", "Ủy ban nhân dân thành phố Hà Nội", "Triển khai", "Phó Chủ tịch", 5),
    "05": ("Kế hoạch", "45", "KH/HU", "2022-10-10", "Đông Anh", "Ban Thường vụ Huyện ủy Đông Anh", "thực hiện", "Phó Bí thư thường trực", 4),
    "06": ("Kế hoạch", "156", "KH-UBND", "2023-05-29", "Đông Anh", "Ủy ban nhân dân huyện Đông Anh", "Thực hiện", "Chủ tịch", 5),
    "07": ("Quy định", "08", "QĐ/TU", "2022-03-14", "Hà Nội", "Ban Thường vụ Thành ủy Hà Nội", "về công tác", "Phó Bí thư thường trực", 4),
    "08": ("Hướng dẫn", "1562", "HD-SNV", "2022-06-22", "Hà Nội", "Sở Nội vụ thành phố Hà Nội", "Một số nội dung", "Phó Giám đốc", 4),
    "09": ("Nghị quyết", "15", "NQ/TU", "2025-03-18", "Bắc Ninh", "Ban Thường vụ Tỉnh ủy Bắc Ninh", "về phát triển", "Bí thư", 4),
    "10": ("Báo cáo", "212", "BC/HU", "2023-09-15", "Đông Anh", "Ban Thường vụ Huyện ủy Đông Anh", "sơ kết một năm", "Phó Bí thư", 4),
    "11": ("Công văn", "1204", "UBND-KGVX", "2025-04-25", "Bắc Ninh", "Ủy ban nhân dân tỉnh Bắc Ninh", "triển khai", "Phó Chủ tịch", 4),
    "12": ("Quyết định", "412", "QĐ-UBND", "2022-09-30", "Bắc Ninh", "Ủy ban nhân dân tỉnh Bắc Ninh", "Ban hành", "Chủ tịch", 5),
}  # fmt: skip


@pytest.mark.parametrize(
    ("file", "expected"), [(f, SAMPLE_HEADINGS[f.name[:2]]) for f in sorted(SAMPLES.iterdir())], ids=lambda x: ""
)
def test_sample(file: Path, expected: tuple[str | int | None, ...]) -> None:
    heading = read(file.read_text(encoding="utf-8"))
    kind, number, symbol, date, place, issuer, title, role, recipients = expected
    assert (heading.type, heading.number, heading.symbol) == (kind, number, symbol)
    assert (heading.date, heading.place, heading.issuer) == (date, place, issuer)
    assert heading.title and heading.title.startswith(str(title))
    assert heading.signer_role == role
    assert len(heading.recipients) == recipients
    assert not any(r.startswith("-") or r.endswith((",", ";", ".")) for r in heading.recipients)


BODY = "\n\nGiao Sở Nội vụ chủ trì thực hiện.\n"


PARTS = ("type", "number", "symbol", "year", "date", "place", "issuer", "title")


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["id"])
def test_layouts(case: dict[str, Any]) -> None:
    text = case["text"] + BODY
    heading = read(text)
    assert {part: getattr(heading, part) for part in PARTS} == {part: case.get(part) for part in PARTS}
    spans = {part.name: getattr(heading.places, part.name) for part in fields(heading.places)}
    assert {name: text[span[0] : span[1]] for name, span in spans.items() if span} == case["stands"]


@pytest.mark.parametrize("apart", [4, 40, 240], ids=lambda n: f"{n} blanks")
def test_columns_stand_as_far_apart_as_a_page_is_wide(apart: int) -> None:
    gap = " " * apart
    heading = read(
        f"UBND TỈNH LÀO CAI{gap}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố:{gap}12/KH-UBND{gap}Lào Cai, ngày 15/9/2025{gap}\n"
        f"\n{gap}KẾ HOẠCH{gap}\n{gap}Phát triển du lịch\nCăn cứ Quyết định số 5/QĐ-UBND{gap}, ngày 1/2/2025{gap}của UBND tỉnh."
        + BODY
    )
    read_as = heading.type, heading.number, heading.symbol, heading.date, heading.place, heading.issuer, heading.title
    assert read_as == (
        "Kế hoạch", "12", "KH-UBND", "2025-09-15", "Lào Cai", "Ủy ban nhân dân tỉnh Lào Cai", "Phát triển du lịch"
    )  # fmt: skip


@pytest.mark.parametrize("dash", "-–—‐−", ids=lambda dash: hex(ord(dash)))
def test_any_dash_joins_a_number_and_its_symbol(dash: str) -> None:
    heading = read(f"CHÍNH PHỦ\nSố: 61{dash}CP\nHà Nội, ngày 05 tháng 7 năm 1994\n\nNGHỊ ĐỊNH\nVề mua bán nhà ở" + BODY)
    assert (heading.number, heading.symbol) == ("61", "CP")


def test_running_text_has_no_heading() -> None:
    assert read("Thành ủy đã ban hành Quy định số 08-QĐ/TU ngày 14/3/2022.") == Heading()


def test_declared_home_counts_where_the_heading_is_silent() -> None:
    text = "BÁO CÁO\nkết quả công tác quý I" + BODY
    assert read(text).scope is None
    assert read(text, "Lào Cai").scope == "lao-cai"


def test_a_symbol_in_the_column_of_its_number_is_no_issuer() -> None:
    text = (
        "MTTQ VIỆT NAM XÃ NẬM BẾN      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n      BAN THƯỜNG TRỰC\n"
        "Số:       /QĐ-MTTQ-BTT      Nậm Bến, ngày 12 tháng 01 năm 2026\n\nQUYẾT ĐỊNH\nVề việc thành lập Tổ bầu cử"
    )
    heading = read(text + BODY)
    assert (heading.symbol, heading.scope) == ("QĐ-MTTQ-BTT", "unknown/xa-nam-ben")


def test_heading_counts_before_the_declared_home() -> None:
    text = "TỈNH ỦY BẮC NINH\nSố 21-KH/TU\nBắc Ninh, ngày 02 tháng 6 năm 2021\n\nKẾ HOẠCH\nvề chuyển đổi số" + BODY
    assert read(text, "Lào Cai").scope == "bac-ninh"


def test_signature_block() -> None:
    text = (
        "THÀNH ỦY HÀ NỘI\nSố 83-KH/TU\nHà Nội, ngày 27 tháng 5 năm 2022\n\nKẾ HOẠCH\nvề chuyển đổi số" + BODY + "\n"
        "Nơi nhận:                              T/M BAN THƯỜNG VỤ\n"
        "- Các quận, huyện,                        PHÓ BÍ THƯ\n"
        "- Lưu Văn phòng.\n\n\n                                          Nguyễn Thị Mẫu\n"
    )
    heading = read(text)
    assert (heading.signer, heading.signer_role) == ("Nguyễn Thị Mẫu", "Phó Bí thư")
    assert heading.recipients == ("Các quận, huyện", "Lưu Văn phòng")


FILES = tomllib.loads(Path(__file__).parent.joinpath("cases", "heading_files.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", FILES["case"], ids=lambda case: case["id"])
def test_headings_as_files_have_them(case: dict[str, Any]) -> None:
    heading = read(case["text"])
    stated = {part: value for part, value in case.items() if part not in ("id", "text")}
    found = {part: getattr(heading, part) for part in stated}
    assert {part: list(v) if isinstance(v, tuple) else v or "" for part, v in found.items()} == stated


def case_named(name: str) -> str:
    return str(next(case["text"] for case in FILES["case"] if case["id"] == name))


def test_what_a_page_prints_around_a_document_is_not_the_documents() -> None:
    facts = extract_text(Source("", "", "", case_named("page-table")))
    assert [reference.text for reference in facts.references] == ["Luật Điện lực"]
    assert [task.text for task in facts.tasks] == ["Giao Sở Nội vụ chủ trì thực hiện."]


def test_a_page_that_disagrees_with_its_document_is_reported() -> None:
    text = case_named("page-letterhead-wins")
    doubts = [s for s in extract_text(Source("", "", "", text)).suspicions if s.rule == "page-disagrees"]
    assert [(s.text, text[s.start : s.end]) for s in doubts] == [("12/KH-UBND",) * 2, ("07/05/2025",) * 2]
    assert doubts[0].why == "the page says number 12, the document 13"


def test_a_part_of_an_organization_signs_for_itself() -> None:
    head = "LIÊN ĐOÀN LAO ĐỘNG TỈNH LÀO CAI\nCÔNG ĐOÀN KHU KINH TẾ\nSố: 15/KH-CĐKKT\nLào Cai, ngày 05 tháng 3 năm 2026\n\nKẾ HOẠCH\nvề an toàn đường thủy\n"
    signed = "\nNơi nhận:\n- Lưu: VT.\n\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\nTrần Văn Bến\n"
    assert (
        read(f"{head}\n1. Kiểm tra bến thủy.\n{signed}").issuer
        == "Công đoàn Khu Kinh tế Liên đoàn Lao động tỉnh Lào Cai"
    )
    alone = head.replace("CÔNG ĐOÀN KHU KINH TẾ\n", "")
    assert read(f"{alone}\n1. Kiểm tra bến thủy.\n{signed}").issuer == "Ban Thường vụ Liên đoàn Lao động tỉnh Lào Cai"


@pytest.mark.parametrize(
    ("line", "shouts"),
    [
        ("SỐ 135/1998/QĐ-TTg NGÀY 31 THÁNG 7", True), ("QĐ-TTg/1", False), ("SỐ 5/a VỀ 6/b", True), ("SỐ a/", False),
        ("Số 5/QĐ-UBND", False), ('"' * 20_000, False), ("a/b/" * 9_999 + " CỦA BỘ", True),
    ],
)  # fmt: skip
def test_capitals_are_looked_for_outside_symbols(line: str, shouts: bool) -> None:
    assert _shouts(line) is shouts


@pytest.mark.parametrize(
    ("signed", "role"),
    [
        ("KT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\nGIÁM ĐỐC SỞ Y TẾ", "Phó Trưởng ban"),
        ("TRƯỞNG BAN\nPHÓ CHỦ TỊCH UBND TỈNH", "Trưởng ban"),
        ("KT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN", "Phó Trưởng ban"),
        ("CHỦ TỊCH\nPHÓ CHỦ TỊCH", "Phó Chủ tịch"),
        ("GIÁM ĐỐC SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Giám đốc Sở Văn hóa, Thể thao và Du lịch"),
        ("PHÓ CHỦ TỊCH UBND TỈNH", "Phó Chủ tịch UBND tỉnh"),
        ("PHÓ CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", "Phó Chủ tịch Ủy ban nhân dân tỉnh"),
    ],
)
def test_role(signed: str, role: str) -> None:
    """The office in which somebody signs, and whose it is."""
    text = f"BAN CHỈ ĐẠO 35\nSố: 33/KH-BCĐ\nSơn La, ngày 12 tháng 5 năm 2025\n\nKẾ HOẠCH\nKiểm tra phong trào\n{BODY}\n{signed}\nTrần Xuân Mẫu\n"
    heading = read(text)
    assert (heading.signer, heading.signer_role) == ("Trần Xuân Mẫu", role)
