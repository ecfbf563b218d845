"""By when something is to be done: the words, and what they are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.statements.deadlines import last_day, read_deadline


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("hoàn thành trước ngày 30/6/2026", "2026-06-30"),
        ("gửi báo cáo chậm nhất ngày 15 tháng 7 năm 2026", "2026-07-15"),
        ("đến hết ngày 31.12.2027", "2027-12-31"),
        ("trình trong tháng 5/2026", "2026-05"),
        ("xong trong quý II năm 2026", "2026-Q2"),
        ("Quý 4/2026 trình phê duyệt", "2026-Q4"),
        ("thực hiện trong năm 2026", "2026"),
        ("đến hết năm 2027", "2027"),
        ("Hàng năm, chủ động rà soát", "yearly"),
        ("báo cáo hằng quý", "quarterly"),
        ("trước ngày 15 hằng tháng gửi số liệu", "monthly"),
        ("định kỳ hằng năm (trước ngày 10/12) báo cáo", "yearly"),
        ("hằng năm; riêng năm đầu xong trước ngày 01/3/2027", "2027-03-01"),
        ("gửi trước ngày 10/12", "2026-12-10"),
        # what is no deadline
        ("Chỉ thị số 11-CT/TU ngày 04/01/2026 của Ban Thường vụ", None),
        ("giai đoạn 2026-2030, tầm nhìn đến năm 2045", None),
        ("các mỏ được cấp phép trước ngày 01/7/2027", None),
        ("kiểm tra thường xuyên và đột xuất", None),
        ("trước ngày 31/02/2027", None),
        ("trong tháng 13/2026", None),
        ("", None),
    ],
)
def test_in_a_sentence(text: str, value: str | None) -> None:
    found = read_deadline(text, 2026)
    assert (found and found.value) == value
    if found:
        assert found.text and "  " not in found.text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Thường xuyên", "ongoing"), ("Quý II/2026", "2026-Q2"), ("Tháng 6/2026", "2026-06"), ("30/6/2026", "2026-06-30"),
        ("2026", "2026"), ("Năm 2026", "2026"), ("Đến năm 2030", "2030"), ("Hàng năm", "yearly"), ("2026-2030", None), ("—", None),
    ],
)  # fmt: skip
def test_in_its_own_field(text: str, value: str | None) -> None:
    found = read_deadline(text, 2026, cell=True)
    assert (found and found.value) == value


def test_what_ended_before_the_document_is_no_deadline() -> None:
    assert read_deadline("trước ngày 30/6/2020", after="2026-03-01") is None
    assert read_deadline("trước ngày 30/6/2026", after="2026-03-01") is not None


@pytest.mark.parametrize(
    ("value", "day"),
    [("2026-06-30", "2026-06-30"), ("2028-02", "2028-02-29"), ("2026-Q4", "2026-12-31"), ("2026", "2026-12-31"), ("monthly", None),
     ("ongoing", None)],
)  # fmt: skip
def test_last_day(value: str, day: str | None) -> None:
    assert last_day(value) == day


@given(st.text(max_size=80), st.booleans())
def test_any_text(text: str, cell: bool) -> None:
    found = read_deadline(text, 2026, cell=cell)
    assert found is None or found.value


@given(st.dates(min_value=__import__("datetime").date(2000, 1, 1), max_value=__import__("datetime").date(2099, 12, 31)))
def test_every_day_reads_as_itself(day: object) -> None:
    iso = str(day)
    year, month, number = iso.split("-")
    for text in (f"trước ngày {number}/{month}/{year}", f"trước ngày {int(number)} tháng {int(month)} năm {year}"):
        found = read_deadline(text)
        assert found is not None and found.value == iso == last_day(found.value)
