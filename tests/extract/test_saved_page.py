"""The document inside a saved page ends where the page's foot begins, below any signature."""

from __future__ import annotations

import pytest

from chidao.extract.heading.saved_page import read_page
from chidao.extract.language.tables import words

FOOT = "Văn bản liên quan\nBản quyền thuộc về Văn phòng\n"


@pytest.mark.parametrize(
    "signs", [f"{word}. CHỦ TỊCH" for word in words("for whom one signs")] + [*words("recipients")]
)
@pytest.mark.parametrize("marks", ["", "**", "| "])
def test_the_foot_stands_below_whoever_signs(signs: str, marks: str) -> None:
    # the signature stands above the middle, so only its own line tells that the foot stands below it
    text = f"Điều 1. Giao Sở Y tế rà soát.\n{marks}{signs}\nTrần Văn Mẫu\n{FOOT}" + "\n" * 12
    read = read_page(text).text
    assert len(read) == len(text) and read.rstrip().endswith("Trần Văn Mẫu")


@pytest.mark.parametrize("line", ["Người ký", "TRUNG TÂM", "Kính gửi"])
def test_no_foot_above_the_middle_without_a_signature(line: str) -> None:
    text = f"Điều 1. Giao Sở Y tế rà soát.\n{line}\nTrần Văn Mẫu\n{FOOT}" + "\n" * 12
    assert read_page(text).text == text


def test_the_header_of_a_list_is_no_table_of_a_page() -> None:
    text = "Số: 5/BC-STP\n\nBÁO CÁO\n\n| TT | Số hiệu | Ngày ban hành | Trích yếu |\n|---|---|---|---|\n| 1 | 2/KH-UBND | 05/3/2025 | Du lịch |\n"
    assert read_page(text).text == text


PLAN = "Sở Y tế báo cáo trước ngày 30/6/2026.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Mẫu\n"
NEWS = "Ngày 20/5, UBND tỉnh họp về du lịch.\nCác sở báo cáo việc thực hiện Kế hoạch số 5/KH-UBND.\n"
LINKED = "Quyết định số 10/QĐ-UBND về phí\nCông văn số 11/UBND-TH về họp\n"


@pytest.mark.parametrize(
    "heading", ["Văn bản liên quan", "VĂN BẢN CÙNG CHỦ ĐỀ", "Tin liên quan:", "## Các văn bản khác (12)"]
)
def test_one_heading_of_links_below_a_signature_is_the_pages(heading: str) -> None:
    read = read_page(f"{PLAN}{heading}\n{LINKED}").text
    assert read.rstrip().endswith("Trần Văn Mẫu")


@pytest.mark.parametrize("says", ["Các sở gửi văn bản góp ý về Sở Y tế.", "Kế hoạch ban hành kèm theo Quyết định này."])
@pytest.mark.parametrize("linked", [LINKED, "Quyết định số 10/QĐ-UBND về việc quy định...\n"])
def test_links_below_a_text_that_sends_nothing_along(says: str, linked: str) -> None:
    assert read_page(f"{says}\n{PLAN}Văn bản liên quan\n{linked}").text.rstrip().endswith("Trần Văn Mẫu")


@pytest.mark.parametrize("heading", ["Tin cùng chuyên mục", "Bài viết liên quan:"])
def test_one_heading_of_other_news_is_the_pages(heading: str) -> None:
    assert read_page(f"{NEWS}{heading}\n{LINKED}").text.rstrip() == NEWS.rstrip()


@pytest.mark.parametrize(
    "text",
    [
        f"{PLAN}PHỤ LỤC\nVăn bản liên quan\n{LINKED}",
        f"{PLAN}Văn bản liên quan gửi về Sở Y tế trước ngày 30/6 gồm những bản sau\n{LINKED}",
        f"Văn bản liên quan:\n{LINKED}{PLAN}",
        f"{NEWS}Văn bản liên quan:\n{LINKED}",
        f"{NEWS}Tin liên quan\n{LINKED}{NEWS}",
        f"{PLAN}Văn bản khác\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{LINKED}",
        f"{PLAN}Văn bản liên quan:\n- Quyết định số 10/QĐ-UBND về phí;\n- Công văn số 11/UBND-TH về họp.\n",
        f"{PLAN}Văn bản cùng lĩnh vực đất đai:\n1. Quyết định số 10/QĐ-UBND\n2. Quyết định số 11/QĐ-UBND\n",
        f"{PLAN}DANH SÁCH GỬI KÈM\nVăn bản khác\n{LINKED}",
        f"Đảng ủy gửi các chi bộ tài liệu học tập.\n{PLAN}Văn bản liên quan\n{LINKED}",
        f"Sở thực hiện theo các văn bản gửi kèm.\n{PLAN}Văn bản liên quan\n{LINKED}",
        f"{NEWS}Tin liên quan\n{LINKED}Nội dung Kế hoạch\n1. Sở Y tế kiểm tra bếp ăn trước ngày 15/6/2026\n",
    ],
    ids=[
        "an annex",
        "a sentence",
        "above the signature",
        "nobody signs",
        "a box amid news",
        "another document",
        "closed entries",
        "numbered entries",
        "a list sent along",
        "papers sent",
        "papers along with it",
        "items amid news",
    ],
)
def test_what_names_related_papers_in_a_text_of_its_own(text: str) -> None:
    assert read_page(text).text == text
