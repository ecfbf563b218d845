"""A word that a rule looks for is not found within a compound, and is found beside one."""

from __future__ import annotations

import re

import pytest

from chidao.extract.language.compounds import by_itself, within_compound


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("trình", "Sở Tài chính trình Ủy ban nhân dân tỉnh", True),
        ("trình", "Quy trình vận hành các công trình", False),
        ("trình", "nâng cao trình độ cán bộ", False),
        ("trình", "công trình đã trình phê duyệt", True),
        ("giao", "an toàn giao  thông", False),
        ("giao", "giao Sở Giao thông vận tải", True),
        ("giao", "giao Ban Quản lý dự án", True),
        ("trừ", "trừ Điều 4", True),
        ("trừ", "Loại trừ trách nhiệm", False),
        ("không", "Cảng vụ Hàng không", False),
        ("không", "không gian xanh", False),
        ("không", "không gia hạn", True),
        ("không", "các phòng không để xảy ra", True),
    ],
)
def test_by_itself(word: str, text: str, found: bool) -> None:
    assert bool(re.search(by_itself(word), text)) is found


@pytest.mark.parametrize(
    ("text", "word", "within"),
    [
        ("Phòng Công nghệ thông tin lập danh mục", "thông tin", True),
        ("Phòng Công nghệ thông tin cho các xã", "thông tin", True),
        ("Phòng Quản trị thông tin cho các xã", "thông tin", False),
        ("Cục Hậu cần bố trí kho", "cần", True),
        ("Cục Hải quan cần bố trí kho", "cần", False),
        ("hội đồng tự đánh giá của trường", "tự", True),
        ("hội đồng tự kiểm tra", "tự", False),
        ("Phòng Đào tạo sau đại học", "tạo", True),
        ("trường dân lập", "lập", True),
        ("Ủy ban nhân dân lập danh sách", "lập", False),
        ("trường công lập", "lập", True),
        ("đơn vị thi công lập hồ sơ", "lập", False),
        ("Ban Chỉ huy Tìm kiếm cứu nạn các cấp", "cứu nạn", True),
        ("Đội xung kích cứu nạn người dân", "cứu nạn", False),
        ("chủ đầu tư lập, trình thẩm định", "lập", False),
        ("Phòng đào tạo lái xe", "đào tạo", False),
    ],
)
def test_within_compound(text: str, word: str, within: bool) -> None:
    start = text.index(word)
    assert within_compound(text, start, start + len(word)) is within
