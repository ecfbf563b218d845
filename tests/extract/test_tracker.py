"""Task trackers: sheets whose rows are tasks, as offices keep them in Excel."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from chidao.extract import SourceError, extract_path, resolve
from chidao.extract.model import Facts

HEADER = ["TT", "Tên nhiệm vụ", "Nguồn chỉ đạo", "Đơn vị chủ trì", "Thời hạn", "Kết quả"]
ROWS: list[list[Any]] = [
    [1, "Rà soát các bến thủy trên địa bàn", "Thông báo số 12/TB-UBND", "Sở Xây dựng", "30/6/2026", "Đang làm"],
    [2, "Xây dựng kế hoạch tuyên truyền", "", "Viễn thông Lào Cai", date(2026, 12, 31), ""],
    [3, "Báo cáo kết quả hằng quý cho tỉnh", "", "Sở Nội vụ", "12/2026", ""],
]
READ = [
    (["Sở Xây dựng tỉnh Lào Cai"], "2026-06-30"),
    (["Viễn thông Lào Cai"], "2026-12-31"),
    (["Sở Nội vụ tỉnh Lào Cai"], "2026-12"),
]


def workbook(path: Path, rows: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def tasks(facts: tuple[Facts, ...]) -> list[tuple[list[str], str | None]]:
    (one,) = facts
    assert all(one.source.text[t.start : t.end] == t.text for t in one.tasks)
    return [([a.name for a in t.lead], t.deadline) for t in one.tasks]


def test_a_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path / "theo-doi.xlsx", [HEADER, *ROWS])
    assert tasks(extract_path(path, home="Lào Cai")) == READ


def test_a_title_above_and_groups_between(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["BẢNG THEO DÕI NHIỆM VỤ"], HEADER, ["I", "GIAO THÔNG", "", "", "", ""], *ROWS]
    assert tasks(extract_path(workbook(tmp_path / "theo-doi.xlsx", rows), home="Lào Cai")) == READ


@pytest.mark.parametrize("below", ["(Kèm theo Báo cáo số 2/BC-VP ngày 05/5/2026 của Văn phòng UBND tỉnh)", "(ban hành kèm theo Công văn số 3/UBND-TH)"])  # fmt: skip
def test_what_a_table_came_with_is_not_its_title(tmp_path: Path, below: str) -> None:
    rows: list[list[Any]] = [["BẢNG THEO DÕI NHIỆM VỤ"], [below], [], HEADER, *ROWS]
    (one,) = extract_path(workbook(tmp_path / "theo-doi.xlsx", rows), home="Lào Cai")
    assert one.heading.title == "BẢNG THEO DÕI NHIỆM VỤ"


def test_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "theo-doi.csv"
    lines = [HEADER, *([*row[:4], str(row[4]), row[5]] for row in ROWS)]
    path.write_text("".join(",".join(map(str, line)) + "\n" for line in lines), "utf-8")
    assert tasks(extract_path(path, home="Lào Cai")) == READ


def test_other_columns_for_who_leads(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["STT", "Nội dung công việc", "Cơ quan chủ công", "Hoàn thành"],
        [1, "Kiểm tra an toàn các bến khách", "Công an tỉnh", "Quý II/2026"],
    ]
    assert tasks(extract_path(workbook(tmp_path / "a.xlsx", rows), home="Lào Cai")) == [
        (["Công an tỉnh Lào Cai"], "2026-Q2")
    ]


def test_rows_that_name_the_document_they_come_from_are_tasks(tmp_path: Path) -> None:
    """A number and a day stand in columns of their own, as in a register: but the work, who does it and by when do too."""
    rows: list[list[Any]] = [
        [
            "STT",
            "Số, ký hiệu",
            "Ngày văn bản",
            "Trích yếu",
            "Nội dung nhiệm vụ",
            "Đơn vị thực hiện",
            "Thời hạn",
            "Trạng thái",
        ],
        [
            1,
            "15/TB-UBND",
            date(2026, 3, 2),
            "Kết luận tại cuộc họp",
            "Rà soát các bến thủy",
            "Sở Xây dựng",
            date(2026, 6, 30),
            "Chậm",
        ],
    ]
    read = tasks(extract_path(workbook(tmp_path / "a.xlsx", rows), home="Lào Cai"))
    assert read == [(["Sở Xây dựng tỉnh Lào Cai"], "2026-06-30")]


def test_a_register_with_a_column_for_who_handles_it_is_one(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["STT", "Số ký hiệu", "Ngày ban hành", "Trích yếu nội dung", "Đơn vị chủ trì", "Nơi nhận"],
        [1, "15/TB-UBND", date(2026, 3, 2), "Kết luận về các bến thủy", "Sở Xây dựng", "Các sở"],
    ]
    (one,) = extract_path(workbook(tmp_path / "a.xlsx", rows), home="Lào Cai")
    assert (one.heading.number, one.tasks) == ("15", ())


def test_all_sheets_are_one_tracker_with_merged_headers_and_lists_in_cells(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    march = book.active
    assert march is not None
    for row in (
        ["BẢNG THEO DÕI NHIỆM VỤ"],
        ["TT", "Nội dung nhiệm vụ", "Phân công", None, "Hạn hoàn thành", "Kết quả thực hiện"],
        [None, None, "Chủ trì", "Phối hợp", None, "Hoàn thành", "Chưa hoàn thành"],
        [1, "Rà soát các bến thủy", "Phòng Vận tải\nPhòng Hạ tầng", "Văn phòng", date(2026, 3, 31), "x"],
        [2, "Báo cáo số liệu bến thủy", "Văn phòng", None, "25 hằng tháng", None, "x"],
    ):
        march.append(row)
    march.merge_cells("C2:D2")
    april = book.create_sheet("Tháng 4")
    april.append(["TT", "Nội dung nhiệm vụ", "Chủ trì", "Hạn hoàn thành"])
    april.append([1, "Lập danh mục bến phải đóng cửa", "Phòng Hạ tầng", date(2026, 4, 30)])
    book.save(tmp_path / "a.xlsx")
    (one,) = extract_path(tmp_path / "a.xlsx", home="Lào Cai")
    assert [([a.name for a in t.lead], [a.name for a in t.support], t.deadline) for t in one.tasks] == [
        (["Phòng Vận tải", "Phòng Hạ tầng"], ["Văn phòng"], "2026-03-31"),
        (["Văn phòng"], [], "monthly-25"),
        (["Phòng Hạ tầng"], [], "2026-04-30"),
    ]


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["TT", "Họ và tên", "Chức vụ"], [1, "Nguyễn Văn Mẫu", "Chuyên viên"]]
    with pytest.raises(SourceError, match="no column of numbers"):
        extract_path(workbook(tmp_path / "a.xlsx", rows))


OTHERS = {
    "all": "STT,Nội dung nhiệm vụ,Văn bản giao,Cơ quan chủ trì,Cơ quan phối hợp,Hạn hoàn thành,Tiến độ\n"
    "1,Rà soát các bến thủy trên địa bàn,Thông báo số 45/TB-UBND,Sở Xây dựng,Sở Tài chính,30/6/2026,Đang làm\n",
    "persons": "TT;Công việc;Căn cứ;Người thực hiện;Thời gian hoàn thành;Ghi chú\n"
    "1;Rà soát các bến thủy trên địa bàn;Quyết định số 45/QĐ-UBND;Sở Xây dựng;30/6/2026;\n",
    "titled": "BẢNG THEO DÕI NHIỆM VỤ NĂM 2026,,,,,\nSố TT,Nhiệm vụ được giao,Số văn bản giao việc,Đơn vị thực hiện,Thời hạn,Trạng thái\n"
    "1,Rà soát các bến thủy trên địa bàn,45/TB-VPUB,Sở Xây dựng,2026-06-30,Quá hạn\n",
    "groups": "TT,Tên nhiệm vụ,Nguồn chỉ đạo,Đơn vị chủ trì,Thời hạn,Kết quả\nI,Lĩnh vực giao thông,,,,\n"
    "1,Rà soát các bến thủy trên địa bàn,Công điện 45/CĐ-UBND,Sở Xây dựng,30/6/2026,\n",
}


@pytest.mark.parametrize("table", OTHERS.values(), ids=OTHERS)
def test_a_tracker_is_known_by_its_file_and_no_row_is_its_number(tmp_path: Path, table: str) -> None:
    path = tmp_path / "theo-doi.csv"
    path.write_text(table, "utf-8")
    facts = extract_path(path, home="Lào Cai")
    assert tasks(facts) == [(["Sở Xây dựng tỉnh Lào Cai"], "2026-06-30")]
    (one,) = facts
    assert (one.heading.type, one.heading.number, one.heading.symbol, one.actions) == (None, None, None, ())
    corpus = resolve(facts)
    key = corpus.files[0].own
    assert key, "what it assigns must have somebody who assigns it"
    assert corpus.documents[key].label == (one.heading.title or "theo-doi.csv")
    assert next(r.text for r in one.references).partition("45")[1] == "45"


@pytest.mark.parametrize(
    ("header", "row", "stated"),
    [
        (
            ["TT", "Số/ký hiệu", "Ngày ban hành", "Trích yếu", "Cơ quan ban hành"],
            [1, "57-NQ/TW", date(2024, 12, 22), "Về đột phá phát triển khoa học", "Bộ Chính trị"],
            [("57", "2024-12-22", "Bộ Chính trị", "Về đột phá phát triển khoa học")],
        ),
        (
            ["Văn bản chỉ đạo", "Số văn bản", "Ngày văn bản", "Trích yếu văn bản", "Nơi ban hành"],
            ["", "12/CT-TTg", "21/4/2026", "Chỉ thị về mùa khô", "Thủ tướng Chính phủ"],
            [("12", "2026-04-21", "Thủ tướng Chính phủ", "về mùa khô")],
        ),
        (  # what the number's own cell says goes first
            ["TT", "Số/ký hiệu", "Ngày ban hành", "Trích yếu", "Cơ quan ban hành"],
            [1, "45/TB-UBND ngày 12/02/2026", "13/02/2026", "", "không rõ"],
            [("45", "2026-02-12", None, None)],
        ),
        (  # whose day is it?
            ["TT", "Số/ký hiệu", "Ngày ban hành", "Trích yếu", "Cơ quan ban hành"],
            [1, "45/TB-UBND, 46/TB-UBND", "13/02/2026", "Kết luận", ""],
            [("45", None, None, None), ("46", None, None, None)],
        ),
    ],
)
def test_what_a_row_says_of_its_document(
    header: list[Any], row: list[Any], stated: list[tuple[str, str | None, str | None, str | None]], tmp_path: Path
) -> None:
    rows = [
        [*header, "Nhiệm vụ được giao", "Đơn vị chủ trì", "Thời hạn"],
        [*row, "Rà soát các bến thủy", "Sở Xây dựng", "30/6/2026"],
    ]
    (facts,) = extract_path(workbook(tmp_path / "theo-doi.xlsx", rows), home="Lào Cai")
    assert [(r.number, r.date, r.issuer, r.title) for r in facts.references] == stated
    assert tasks((facts,)) == READ[:1]
