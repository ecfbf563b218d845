"""JSON that holds whole documents beside their fields."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from chidao.cli import main
from chidao.extract import SourceError, extract_path

TEXT = (
    "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\nSố: 12/KH-UBND\nLào Cai, ngày 05 tháng 3 năm 2026\n\nKẾ HOẠCH\nVề bến thủy\n\n"
    "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\n"
    "1. Giao Sở Nội vụ chủ trì rà soát các bến thủy trên địa bàn tỉnh, hoàn thành trước ngày 30/6/2026.\n"
)
FIELDS = {"title": "Kế hoạch về bến thủy", "document_number": "12/KH-UBND", "date": "2026-03-05"}
BARE = TEXT[TEXT.index("Thực hiện") :]


def write(folder: Path, value: Any, *, lines: bool = False) -> Path:
    path = folder / ("a.jsonl" if lines else "a.json")
    text = "\n".join(json.dumps(v, ensure_ascii=False) for v in value) if lines else json.dumps(value, indent=1)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("field", ["text", "content", "full_text", "toan_van", "Toàn văn"])
def test_one_object_is_its_document(tmp_path: Path, field: str) -> None:
    (facts,) = extract_path(write(tmp_path, {**FIELDS, field: TEXT, "files": [{"name": "a.pdf"}]}))
    h = facts.heading
    assert facts.source.text == TEXT and facts.source.format == "json" and facts.row is None and not facts.source.notes
    assert (h.type, h.number, h.symbol, h.date, h.title) == ("Kế hoạch", "12", "KH-UBND", "2026-03-05", "Về bến thủy")
    assert [(t.lead[0].name, t.deadline) for t in facts.tasks] == [("Sở Nội vụ tỉnh Lào Cai", "2026-06-30")]
    (reference,) = facts.references
    assert TEXT[reference.start : reference.end] == reference.text == "Nghị quyết số 57-NQ/TW"


def test_paragraphs_in_a_list_are_the_text(tmp_path: Path) -> None:
    paragraphs = [
        "Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 26/2016/TT-BNNPTNT ngày 30 tháng 6 năm 2016.",
        "Điều 2. Thông tư này có hiệu lực từ ngày 10 tháng 02 năm 2019.",
    ]
    fields = {
        "doc_name": "Thông tư về kiểm dịch thủy sản",
        "document_number": "36/2018/TT-BNNPTNT",
        "issued": "25/12/2018",
    }
    (facts,) = extract_path(write(tmp_path, {**fields, "content": paragraphs}))
    h = facts.heading
    assert facts.source.text == "\n".join(paragraphs)
    assert (h.number, h.date, h.title) == ("36", "2018-12-25", "Thông tư về kiểm dịch thủy sản")
    assert [r.predicate for r in facts.relations] == ["amends"]
    assert not facts.provisions


SPOKEN = "Quyết định số 70-QĐ/TW ngày 18/7/2022 của Bộ Chính trị, Sở Nội vụ đề nghị các xã, phường báo cáo trước ngày 20/3/2026."


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"Kính gửi: UBND các xã, phường\nThực hiện {SPOKEN}", True),
        (f"Thực hiện {SPOKEN}", True),
        (f"Để triển khai {SPOKEN}", True),
        (f"Căn cứ {SPOKEN}", True),
        # a summary, a remark, a report of somebody else's act without a document
        ("Thực hiện Quyết định số 70-QĐ/TW ngày 18/7/2022 của Bộ Chính trị về biên chế", False),
        ("Kính gửi UBND các xã, phường để biết và phối hợp", False),
        ("Đã gửi UBND các xã, phường; chờ báo cáo về việc rà soát biên chế.", False),
        ("Thực hiện rà soát biên chế, Sở Nội vụ đề nghị các xã, phường báo cáo.", False),
    ],
)
def test_a_short_text_speaks_in_a_sentence_and_a_summary_does_not(tmp_path: Path, text: str, read: bool) -> None:
    fields = {
        "title": "Công văn về biên chế",
        "document_number": "8/SNV-TCCC",
        "date": "2026-03-04",
        "issuer": "Sở Nội vụ tỉnh Lào Cai",
    }
    (facts,) = extract_path(write(tmp_path, {**fields, "text": text}))
    assert (facts.source.text == text, [t.deadline for t in facts.tasks]) == (read, ["2026-03-20"] if read else [])
    assert (facts.heading.number, facts.heading.date) == ("8", "2026-03-04")


def test_fields_say_what_the_heading_does_not(tmp_path: Path) -> None:
    (facts,) = extract_path(write(tmp_path, {**FIELDS, "issuing_body": "UBND tỉnh Lào Cai", "text": BARE}))
    h = facts.heading
    assert (h.type, h.number, h.symbol, h.date, h.issuer) == (
        "Kế hoạch", "12", "KH-UBND", "2026-03-05", "Ủy ban nhân dân tỉnh Lào Cai",
    )  # fmt: skip
    assert facts.relations and not facts.source.notes


def test_a_disagreement_is_a_note(tmp_path: Path) -> None:
    fields = {"title": "Kế hoạch về bến thủy", "document_number": "13/KH-UBND", "date": "2026-03-06"}
    (facts,) = extract_path(write(tmp_path, {**fields, "text": TEXT}))
    assert (facts.heading.number, facts.heading.date) == ("12", "2026-03-05")
    assert facts.source.notes == (
        "the text's heading and the field differ in number: “12/KH-UBND”, “13/KH-UBND”; the heading's is taken",
        "the text's heading and the field differ in date: “2026-03-05”, “2026-03-06”; the heading's is taken",
    )


@pytest.mark.parametrize("lines", [False, True])
def test_each_of_many_is_a_document(tmp_path: Path, lines: bool) -> None:
    many = [
        {**FIELDS, "text": TEXT},
        {**FIELDS, "document_number": "13/KH-UBND", "text": BARE},
        {**FIELDS, "document_number": "14/KH-UBND"},
    ]
    found = extract_path(write(tmp_path, many, lines=lines), home="Lào Cai")
    assert [(f.row, f.heading.number, len(f.references), len(f.tasks)) for f in found] == [
        (0, "12", 1, 1), (1, "13", 1, 1), (2, "14", 0, 0),
    ]  # fmt: skip


def test_a_short_remark_is_no_text(tmp_path: Path) -> None:
    (facts,) = extract_path(write(tmp_path, [{**FIELDS, "text": "Đã ký"}]))
    assert facts.source.text == FIELDS["title"]


def test_text_is_printed(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["text", str(write(tmp_path, {**FIELDS, "text": TEXT}))])
    assert done.exit_code == 0 and done.stdout == TEXT


def test_an_object_that_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no column of numbers"):
        extract_path(write(tmp_path, {"name": "x", "version": 3}))


SHORT = "THỦ TƯỚNG CHÍNH PHỦ\nSố: 21/CT-TTg\nHà Nội, ngày 05 tháng 7 năm 2026\n\nCHỈ THỊ\nVề bến thủy\n\nYêu cầu:\n1. Bộ Y tế chủ trì rà soát các bến thủy trước ngày 30/7/2026.\n"


@pytest.mark.parametrize(
    "value",
    [
        {"id": 7, "metadata": {"Số hiệu": "21/CT-TTg", "Ngày ban hành": "05/7/2026"}, "content": SHORT},
        {"document": {"title": "Về bến thủy", "number": "21/CT-TTg"}, "text": SHORT},
        {"so_ky_hieu": "21/CT-TTg", "trich_yeu": "Về bến thủy", "noi_dung": SHORT},
        {"Trích yếu": "Về bến thủy", "Nội dung văn bản": SHORT, "attributes": {"pages": 2}},
    ],
)
def test_fields_within_an_object_and_other_names_of_the_text(tmp_path: Path, value: dict[str, Any]) -> None:
    (facts,) = extract_path(write(tmp_path, value))
    h = facts.heading
    assert (h.type, h.number, h.symbol, h.date, h.title) == ("Chỉ thị", "21", "CT-TTg", "2026-07-05", "Về bến thủy")
    assert facts.source.text == SHORT and facts.row is None and not facts.source.notes
    assert [t.lead[0].name for t in facts.tasks] == ["Bộ Y tế"]


def test_content_of_several_lines_that_enact_is_the_text(tmp_path: Path) -> None:
    content = "Căn cứ Luật Điện lực;\nĐiều 1. Sửa đổi, bổ sung một số điều của Thông tư số 32/2018/TT-BCT."
    fields = {"so_hieu": "14/2023/TT-BCT", "loai_van_ban": "Thông tư", "ngay_ban_hanh": "29/05/2023"}
    for told, title in (({}, None), ({"title": "Quy định về giá điện"}, "Quy định về giá điện")):
        (facts,) = extract_path(write(tmp_path, {**fields, **told, "noi_dung": content}))
        assert facts.source.text == content and facts.heading.title == title
        assert [(r.predicate, r.rule) for r in facts.relations] == [
            ("based_on", "preamble-basis"),
            ("amends", "enacting"),
        ]


def test_content_that_remarks_is_no_text(tmp_path: Path) -> None:
    fields = {
        "so_hieu": "14/2023/TT-BCT",
        "title": "Quy định về giá than",
        "noi_dung": "Còn hiệu lực\nSửa đổi năm 2024",
    }
    (facts,) = extract_path(write(tmp_path, [fields]))
    assert facts.heading.title == "Quy định về giá than" and facts.row == 0
