"""Days as official documents print them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.language.dates import DATE, iso_date


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        pytest.param("05 tháng 5 năm 2022", "2022-05-05", id="in-words"),
        pytest.param("16/6/2022", "2022-06-16", id="slashes"),
        pytest.param("26-5-2025", "2025-05-26", id="dashes"),
        pytest.param("06.7.2022", "2022-07-06", id="stops"),
        pytest.param("05 Tháng 5 Năm 2022", "2022-05-05", id="capitals"),
        pytest.param("16 / 6 / 2022", "2022-06-16", id="blanks-around-slashes"),
        pytest.param("05\u00a0tháng\u00a05\u00a0năm\u00a02022", "2022-05-05", id="no-break-blanks"),
        pytest.param("08/10/20181", "2018-10-08", id="footnote-digit-behind"),
        pytest.param("30/4/1975.", "1975-04-30", id="sentence-end"),
        pytest.param("31/02/2022", None, id="no-such-day"),
        pytest.param("12 tháng 13 năm 2022", None, id="no-such-month"),
        pytest.param("29/2/2023", None, id="no-leap-year"),
        pytest.param("29/2/2024", "2024-02-29", id="leap-year"),
    ],
)
def test_day(printed: str, iso: str | None) -> None:
    match = DATE.match(printed)
    assert match
    assert iso_date(match) == iso


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("16/6-2022", id="mixed-separators"),
        pytest.param("6/2022", id="month-and-year"),
        pytest.param("16/6/22", id="two-digit-year"),
        pytest.param("45/6/2022", id="day-over-39"),
        pytest.param("16/6/3022", id="year-over-2099"),
        pytest.param("16/6/202212", id="longer-number"),
        pytest.param("tháng 6 năm 2022", id="no-day"),
    ],
)
def test_no_day(printed: str) -> None:
    assert DATE.match(printed) is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from("/-."))
def test_round_trip(day: date, sep: str) -> None:
    forms = [
        f"{day.day}{sep}{day.month}{sep}{day.year}",
        f"{day.day:02}{sep}{day.month:02}{sep}{day.year}",
        f"{day.day:02} tháng {day.month} năm {day.year}",
    ]
    for form in forms:
        match = DATE.fullmatch(form)
        assert match and iso_date(match) == day.isoformat(), form
