"""Tasks as plans and directives give them: headings with items, sentences, labelled lines, tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chidao.extract.facts import extract_text
from chidao.extract.model import Source, Task

HEADING = "ỦY BAN NHÂN DÂN TỈNH LÀO CAI\nSố: 12/KH-UBND\nLào Cai, ngày 05 tháng 3 năm 2026\n\n{kind}\nvề bến thủy\n\nThực hiện quy hoạch, Ủy ban nhân dân tỉnh ban hành văn bản.\n\n"


def tasks(body: str, kind: str = "KẾ HOẠCH") -> tuple[Task, ...]:
    text = HEADING.format(kind=kind) + body
    found = extract_text(Source("a", "", "", text)).tasks
    assert all(text[t.start : t.end] == t.text for t in found)
    return found


def short(found: tuple[Task, ...]) -> list[tuple[list[str], list[str], str | None, str]]:
    return [([p.name for p in t.lead], [p.name for p in t.support], t.deadline, t.rule) for t in found]


NV, CT, TC = "Sở Nội vụ tỉnh Lào Cai", "Sở Công Thương tỉnh Lào Cai", "Sở Tài chính tỉnh Lào Cai"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # a body's heading with items
        (
            "1. Sở Nội vụ\n- Rà soát toàn bộ bến thủy trên địa bàn tỉnh, xong trong quý II/2026.\n- Hằng năm, tổng hợp số liệu bến thủy của toàn tỉnh.\n"
            "2. Sở Công Thương:\nTăng cường kiểm tra việc kinh doanh hàng hóa tại bến thủy.\n",
            [
                ([NV], [], "2026-Q2", "body-heading"),
                ([NV], [], "yearly", "body-heading"),
                ([CT], [], None, "body-heading"),
            ],
        ),
        # a numbered item beside the heading ends its list
        (
            "1. Sở Nội vụ\n- Rà soát toàn bộ bến thủy trên địa bàn tỉnh hiện có.\n2. Kinh phí thực hiện\n- Kinh phí lấy từ nguồn ngân sách tỉnh được giao hằng năm.\n",
            [([NV], [], None, "body-heading")],
        ),
        # who helps
        (
            "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính và các đơn vị liên quan lập danh mục bến trước ngày 30/6/2026.\n",
            [([NV], [TC, "các đơn vị liên quan"], "2026-06-30", "called")],
        ),
        ("Sở Công Thương chủ trì rà soát các bến hàng hóa và báo cáo kết quả.\n", [([CT], [], None, "subject")]),
        (
            "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành và UBND các xã, phường nghiêm túc thực hiện Kế hoạch này.\n",
            [(["các sở, ban, ngành", "UBND các xã, phường"], [], None, "called")],
        ),
        # below a heading, what is asked of others is the body's work; what is given to another is that one's
        (
            "1. Sở Nội vụ\n- Yêu cầu các chủ bến lắp đặt phao cứu sinh tại tất cả các bến.\n- Giao Sở Tài chính bố trí kinh phí mua phao cứu sinh cho các bến.\n",
            [([NV], [], None, "body-heading"), ([TC], [], None, "called")],
        ),
        # a whole assignment is no heading, however short; a body and its work on one line
        (
            "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính lập danh mục bến thủy.\n",
            [([NV], [TC], None, "called")],
        ),
        ("- Sở Nội vụ: Kiểm tra các bến thủy hoạt động không phép trên sông Hồng.\n", [([NV], [], None, "subject")]),
        # "…:" and items
        (
            "Giao Sở Nội vụ chịu trách nhiệm:\n- Lập danh mục các bến thủy phải di dời ra khỏi khu dân cư.\n",
            [([NV], [], None, "body-heading")],
        ),
        # labelled lines behind an item
        (
            "1. Lập danh mục các bến thủy phải di dời ra khỏi khu dân cư.\n- Cơ quan chủ trì: Sở Nội vụ.\n- Cơ quan phối hợp: Sở Tài chính.\n"
            "- Thời gian hoàn thành: Quý III/2026.\n",
            [([NV], [TC], "2026-Q3", "labelled")],
        ),
        (
            "Lập danh mục bến thủy cần di dời trong tháng 5/2026 (Sở Nội vụ chủ trì).\n",
            [([NV], [], "2026-05", "in-brackets")],
        ),
        # a letterhead, people whom a rule binds, a granting
        ("BAN TUYÊN GIÁO\nSở Nội vụ\nVăn bản của đại hội các cấp ghi tên cơ quan ban hành là đại hội.\n", []),
        ("Tổ chức, cá nhân thực hiện khảo nghiệm chịu trách nhiệm trước pháp luật về kết quả.\n", []),
        ("Hồ sơ đề nghị cấp, cấp lại giấy phép bến thủy được tiếp nhận tại bộ phận một cửa.\n", []),
        # a deed, an issue of one's own, a recipient
        ("Sở Nội vụ đã rà soát toàn bộ các bến thủy trên địa bàn tỉnh.\n", []),
        ("Nơi nhận:\n- Sở Nội vụ;\n- Các sở, ban, ngành của tỉnh.\n", []),
        ("", []),
    ],
)
def test_ways_to_assign(body: str, expected: list[object]) -> None:
    assert short(tasks(body)) == expected


@pytest.mark.parametrize("kind", ["BÁO CÁO", "TỜ TRÌNH"])
def test_what_assigns_nothing(kind: str) -> None:
    assert tasks("1. Sở Nội vụ\n- Rà soát toàn bộ bến thủy trên địa bàn tỉnh hiện có.\n", kind) == ()


ROWS = [
    ("Lập danh mục bến thủy phải di dời", "Sở Nội vụ", "Sở Tài chính; UBND các xã, phường", "Quý II/2026"),
    ("Kiểm tra phương tiện chở khách", "Công an tỉnh", "Các sở, ngành liên quan", "Thường xuyên"),
]
EXPECTED = [
    ([NV], [TC, "UBND các xã, phường"], "2026-Q2", "table"),
    (["Công an tỉnh Lào Cai"], ["Các sở, ngành liên quan"], "ongoing", "table"),
]


def test_a_table_in_lines() -> None:
    head = "TT | Nội dung nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành\n"
    body = head + "".join(f"{i} | " + " | ".join(row) + "\n" for i, row in enumerate(ROWS, 1))
    assert short(tasks("PHỤ LỤC\n" + body)) == EXPECTED


def test_a_markdown_table() -> None:
    head = "| TT | Nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn |\n|---|---|---|---|---|\n"
    body = head + "".join(f"| {i} | " + " | ".join(row) + " |\n" for i, row in enumerate(ROWS, 1))
    assert short(tasks("PHỤ LỤC\n" + body)) == EXPECTED


HEADERS = {
    "blank above": "| TT | Nhiệm vụ | Tổ chức thực hiện | | Thời gian |\n|---|---|---|---|---|\n| | | Chủ trì | Phối hợp | |\n",
    "blank above, who does it": "| TT | Nhiệm vụ | Cơ quan thực hiện | | Thời gian |\n| | | Chủ trì | Phối hợp | |\n",
    "printed again": "| TT | Nội dung | Phân công | Phân công | Hoàn thành |\n| TT | Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Hoàn thành |\n"
    "| (1) | (2) | (3) | (4) | (5) |\n",
    "in capitals": "| STT | NHIỆM VỤ, GIẢI PHÁP | ĐƠN VỊ | | THỜI GIAN |\n| | | CHỦ TRÌ | PHỐI HỢP | |\n",
}


@pytest.mark.parametrize("head", HEADERS.values(), ids=HEADERS)
def test_a_header_of_two_rows(head: str) -> None:
    body = head + "".join(f"| {i} | " + " | ".join(row) + " |\n" for i, row in enumerate(ROWS, 1))
    assert short(tasks("PHỤ LỤC\n" + body)) == EXPECTED


def test_the_first_row_below_a_header_is_none() -> None:
    head = "| TT | Nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn |\n"
    row = "| | Chủ trì họp giao ban về bến thủy | Sở Nội vụ | | Quý II/2026 |\n"
    assert short(tasks("PHỤ LỤC\n" + head + row)) == [([NV], [], "2026-Q2", "table")]


def test_a_table_with_a_cell_on_each_line() -> None:
    head = "TT\nTên nhiệm vụ\nCơ quan chủ trì\nĐơn vị phối hợp\nThời gian thực hiện\n(1)\n(2)\n(3)\n(4)\n(5)\n"
    body = head + "".join(f"{i}\n" + "\n".join(row) + "\n\n" for i, row in enumerate(ROWS, 1))
    assert short(tasks("Phụ lục\n\n" + body)) == EXPECTED


def test_offsets_of_a_text_that_is_not_composed() -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", HEADING.format(kind="KẾ HOẠCH") + "Sở Nội vụ chủ trì rà soát các bến thủy.\n")
    (task,) = extract_text(Source("a", "", "", text)).tasks
    assert text[task.start : task.end] == task.text
    assert [p.key for p in task.lead] == ["lao-cai/so-noi-vu"]


PIECES = [
    "1. ",
    "Sở Nội vụ",
    ":",
    "\n",
    "- ",
    "Rà soát bến thủy trên địa bàn tỉnh. ",
    "TT | Nhiệm vụ | Chủ trì\n",
    "1 | Rà soát các bến thủy | Sở Nội vụ\n",
    "Giao ",
    "Cơ quan chủ trì: ",
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_mixture(body: str) -> None:
    for task in tasks(body):
        assert task.lead and task.start < task.end
