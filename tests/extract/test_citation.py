"""Date, issuer and title behind a code, in whatever order the writer chose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract import extract_text
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.citation import CitationDetails, Following, clean_title, read_citation
from chidao.extract.model import Reference, Source

CASES = [
    # text, date, issuer, title
    pytest.param(
        "Kết luận số 21-KL/TW ngày 25/10/2021 của Ban Chấp hành Trung ương (khóa XIII) về “Đẩy mạnh xây dựng Đảng”; các",
        "2021-10-25",
        "Ban Chấp hành Trung ương",
        "Đẩy mạnh xây dựng Đảng",
        id="date-issuer-title",
    ),
    pytest.param(
        "Quyết định số 08-QĐ/TU của Thành ủy Hà Nội ngày 01/3/2023 về phân cấp quản lý cán bộ.",
        "2023-03-01",
        "Thành ủy Hà Nội",
        "về phân cấp quản lý cán bộ",
        id="issuer-date-title",
    ),
    pytest.param(
        "Nghị quyết số 57-NQ/TW về đột phá phát triển khoa học của Bộ Chính trị.",
        None,
        None,
        "về đột phá phát triển khoa học của Bộ Chính trị",
        id="what-follows-an-open-title-belongs-to-it",
    ),
    pytest.param(
        "Nghị quyết số 57-NQ/TW về “Đột phá phát triển khoa học” ngày 22/12/2024 của Bộ Chính trị.",
        "2024-12-22",
        "Bộ Chính trị",
        "Đột phá phát triển khoa học",
        id="title-date-issuer",
    ),
    pytest.param("Chương trình 16-CTr/TU (ngày 26/8/2022) có hiệu lực", "2022-08-26", None, None, id="date-in-brackets"),
    pytest.param("Quyết định số 99/QĐ-UBND được ban hành ngày 02/3/2022 về nhân sự", "2022-03-02", None, "về nhân sự", id="issued-on"),
    pytest.param("Quyết định số 99/QĐ-UBND, ký ngày 02/3/2022", "2022-03-02", None, None, id="signed-on"),
    pytest.param("Quyết định số 08/QĐ-UBND ngày 31/02/2023 về việc ban hành quy chế.", None, None, "về việc ban hành quy chế", id="day-that-does-not-exist"),
    pytest.param("Thông tư số 01/2021/TT-BNV do Bộ Nội vụ ban hành", None, "Bộ Nội vụ", None, id="issued-by"),
    pytest.param("Nghị quyết số 15-NQ/TW¹² ngày 05/5/2022 của Bộ Chính trị", "2022-05-05", "Bộ Chính trị", None, id="behind-a-footnote-mark"),
    pytest.param("Nghị quyết số 15-NQ/TW*, ngày 05 tháng 5 năm 2022, của Bộ Chính trị,", "2022-05-05", "Bộ Chính trị", None, id="commas-and-emphasis"),
    pytest.param("Công văn số 9387/UBND-KT v/v báo cáo tiến độ; các sở", None, None, "v/v báo cáo tiến độ", id="letter"),
    pytest.param("Thông báo số 12-TB/TU với nội dung: “Giao Ban Tổ chức tham mưu”.", None, None, "Giao Ban Tổ chức tham mưu", id="with-content"),
    pytest.param("Kế hoạch số 83-KH/TU nâng cao chất lượng sinh hoạt chi bộ, được Thành ủy ban hành.", None, None, "nâng cao chất lượng sinh hoạt chi bộ", id="verbal-title"),
    pytest.param("Nghị quyết số 15-NQ/TU.", None, None, None, id="nothing"),
    pytest.param("Nghị quyết số 15-NQ/TU đã được quán triệt", None, None, None, id="predicate"),
    pytest.param("Kế hoạch số 83-KH/TU về chuyển đổi số và đã hoàn thành", None, None, "về chuyển đổi số", id="and-a-predicate-ends-it"),
    pytest.param("Kế hoạch số 83-KH/TU về thanh tra và kiểm tra năm 2024.", None, None, "về thanh tra và kiểm tra năm 2024", id="and-inside-it"),
    pytest.param("Kế hoạch số 83-KH/TU về bảo đảm an ninh, trật tự; Sở Nội vụ chủ trì", None, None, "về bảo đảm an ninh, trật tự", id="semicolon-ends-it"),
    pytest.param("Nghị quyết số 15-NQ/TU về “Xây dựng văn hóa “Người Hà Nội” thanh lịch” của Thành ủy Hà Nội.", None, "Thành ủy Hà Nội", "Xây dựng văn hóa “Người Hà Nội” thanh lịch", id="quotation-in-a-quotation"),
    pytest.param('Nghị quyết số 15-NQ/TU về “Xây dựng văn hóa người Hà Nội", các cấp ủy', None, None, "Xây dựng văn hóa người Hà Nội", id="closed-by-a-straight-mark"),
    pytest.param("Nghị quyết số 15-NQ/TU về “Xây dựng văn hóa\n\nCác cấp ủy báo cáo.", None, None, None, id="quotation-that-never-closes"),
]  # fmt: skip


def read(text: str) -> Reference:
    return extract_text(Source("", "", "", text)).references[0]


@pytest.mark.parametrize(("text", "date", "issuer", "title"), CASES)
def test_details(text: str, date: str | None, issuer: str | None, title: str | None) -> None:
    reference = read(text)
    assert (reference.date, reference.issuer, reference.title) == (date, issuer, title)
    assert reference.end <= reference.extent


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(
            "Kế hoạch số 58-KH/TU về việc thực hiện Kết luận số 21-KL/TW trên địa bàn Thành phố.",
            "về việc thực hiện Kết luận số 21-KL/TW trên địa bàn Thành phố",
            id="goes-on-behind-it",
        ),
        pytest.param(
            "Kế hoạch số 58-KH/TU về việc thực hiện Nghị quyết số 18, 19-NQ/TW.",
            "về việc thực hiện Nghị quyết số 18, 19-NQ/TW",
            id="list-of-numbers",
        ),
        pytest.param(
            "Kế hoạch số 58-KH/TU về quản lý cán bộ và Quy định số 08-QĐ/TU.", "về quản lý cán bộ", id="next-document"
        ),
        pytest.param("Chương trình số 16-CTr/TU thực hiện Nghị quyết số 15-NQ/TW.", None, id="relation-is-no-title"),
    ],
)
def test_title_that_names_another_document(text: str, title: str | None) -> None:
    assert read(text).title == title


def test_extent_covers_all_that_belongs_to_the_mention() -> None:
    text = "Theo Kết luận số 21-KL/TW ngày 25/10/2021 của Bộ Chính trị về “Xây dựng Đảng”, các cấp ủy báo cáo."
    reference = read(text)
    assert text[reference.start : reference.extent] == text[text.index("Kết luận") : text.index(", các")]


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("về  **chuyển đổi số**¹²,", "về chuyển đổi số"),
        ("về _tín dụng_ và file_name;", "về tín dụng và file_name"),
        ("", ""),
    ],
)
def test_clean_title(printed: str, clean: str) -> None:
    assert clean_title(printed) == clean


@given(st.text('ngày0123456789/ củavề“”"«»;,.()\n¹TWthực hiện', max_size=120))
def test_any_text_behind_a_code_is_read(text: str) -> None:
    details = read_citation(text, 0, BodyFinder(None), Following())
    assert isinstance(details, CitationDetails)
    assert 0 <= details.extent <= len(text)


def test_following() -> None:
    following = Following()
    for start, extent in [(30, 35), (20, 25), (10, 15)]:
        following.add(start, extent)
    assert [following.first(at, 31) for at in (0, 10, 11, 31)] == [(10, 15), (10, 15), (20, 25), None]
    assert following.first(11, 20) is None
