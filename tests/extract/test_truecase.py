"""Capitals that a lower-case title leaves out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.language.letters import lower
from chidao.extract.registers.truecase import has_capitals, restore_capitals


@pytest.mark.parametrize(
    ("printed", "restored"),
    [
        pytest.param("kế hoạch của tỉnh ủy", "kế hoạch của Tỉnh ủy", id="behind-of"),
        pytest.param("của tỉnh uỷ lào cai", "của Tỉnh uỷ Lào Cai", id="old-tone-mark-and-place"),
        pytest.param("của ủy ban nhân dân tỉnh bình dương", "của Ủy ban nhân dân tỉnh Bình Dương", id="province"),
        pytest.param("của ubnd tỉnh, hđnd tỉnh", "của UBND tỉnh, HĐND tỉnh", id="abbreviations"),
        pytest.param("tại thành phố hồ chí minh.", "tại thành phố Hồ Chí Minh.", id="name-of-three-words"),
        pytest.param("huyện sa pa và huyện lạ", "huyện Sa Pa và huyện lạ", id="districts-that-the-table-knows"),
        pytest.param("do bộ chính trị ban hành", "do Bộ chính trị ban hành", id="central-body"),
        pytest.param("cán bộ y tế xã", "cán bộ y tế xã", id="the-same-words-within-others"),
        pytest.param("báo cáo thuế, ca cao", "báo cáo thuế, ca cao", id="short-names-are-words"),
        pytest.param("số 5/ubnd-kt, 8/kh-ubnd", "số 5/ubnd-kt, 8/kh-ubnd", id="codes-stay"),
        pytest.param("", "", id="empty"),
    ],
)
def test_restore(printed: str, restored: str) -> None:
    assert restore_capitals(printed) == restored


@given(st.text(max_size=120))
def test_lengths_and_letters_stay(text: str) -> None:
    text = lower(text)
    restored = restore_capitals(text)
    assert len(restored) == len(text)
    assert lower(restored) == text or any(len(c.upper()) != 1 for c in text)


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("Về chuyển đổi số", False),
        ("về kinh tế Thủ đô", True),
        ("", False),
        ("  Kế hoạch 12", False),
        ("KẾ HOẠCH", True),
    ],
)
def test_has_capitals(text: str, has: bool) -> None:
    assert has_capitals(text) is has
