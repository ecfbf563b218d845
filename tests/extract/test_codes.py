"""Numbers and symbols in every numbering regime and in every odd way they get typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.language.codes import CODE, LONE_NUMBER, Code, read_code
from chidao.extract.language.lexicon import lexicon


def read(text: str, *, typed: bool = True) -> Code | None:
    match = CODE.match(text)
    return read_code(text, match, typed=typed) if match else None


@pytest.mark.parametrize(
    ("printed", "number", "year", "symbol"),
    [
        # The Party's form: number, dash, type, slash, issuer.
        pytest.param("15-NQ/TW", "15", None, "NQ/TW", id="party"),
        pytest.param("05-HD/BTCTU", "05", None, "HD/BTCTU", id="party-committee-commission"),
        pytest.param("16-CTr/TU", "16", None, "CTr/TU", id="party-mixed-case"),
        pytest.param("11-QĐi/TW", "11", None, "QĐi/TW", id="party-regulation-of-old"),
        pytest.param("17a-CT/TW", "17a", None, "CT/TW", id="letter-behind-the-number"),
        # The State's: number, slash, maybe the year, type, dash, issuer.
        pytest.param("32/2021/NĐ-CP", "32", 2021, "NĐ-CP", id="state-with-year"),
        pytest.param("189/KH-UBND", "189", None, "KH-UBND", id="state-without-year"),
        pytest.param("97/2019/QH14", "97", 2019, "QH14", id="assembly"),
        pytest.param("549/NQ-UBTVQH15", "549", None, "NQ-UBTVQH15", id="standing-committee-keeps-its-term"),
        pytest.param("1211/2016/UBTVQH13", "1211", 2016, "UBTVQH13", id="standing-committee-with-year"),
        pytest.param("66.16/2026/NQ-CP", "66.16", 2026, "NQ-CP", id="number-with-a-part"),
        pytest.param("9387/UBND-KT", "9387", None, "UBND-KT", id="letter-of-a-committee"),
        pytest.param("120/NQ-HĐND", "120", None, "NQ-HĐND", id="council"),
        pytest.param("05/2021/TT-BNV", "05", 2021, "TT-BNV", id="circular"),
        # Old forms.
        pytest.param("61-CP", "61", None, "CP", id="old-government"),
        pytest.param("299/TTg", "299", None, "TTg", id="old-prime-minister"),
        pytest.param("10-LCT/HĐNN7", "10", None, "LCT/HĐNN7", id="law-of-the-council-of-state"),
        # As typed in a hurry.
        pytest.param("31-\nCTr/TW", "31", None, "CTr/TW", id="line-break-behind-the-dash"),
        pytest.param("34 -NQ/TU", "34", None, "NQ/TU", id="blank-before-the-dash"),
        pytest.param("15 - NQ/TW", "15", None, "NQ/TW", id="blanks-around-the-dash"),
        pytest.param("15\u00a0-\u00a0NQ/TW", "15", None, "NQ/TW", id="no-break-blanks"),
        pytest.param("866/QĐ – TTg", "866", None, "QĐ-TTg", id="spaced-en-dash"),
        pytest.param("11/2025/NĐ\u2011CP", "11", 2025, "NĐ-CP", id="no-break-hyphen"),
        pytest.param("11/2025/NĐ\u2212CP", "11", 2025, "NĐ-CP", id="minus-sign"),
        pytest.param("31/CĐ-ĐĐ", "31", None, "CĐ-ĐĐ", id="state-letters-that-the-party-has-too"),
        pytest.param("07-CV/ĐĐ", "07", None, "CV/ĐĐ", id="party-letters-that-the-state-has-too"),
        pytest.param("338/QĐ/TTg", "338", None, "QĐ-TTg", id="slash-for-a-dash"),
        pytest.param("15-NQ-TW", "15", None, "NQ/TW", id="dash-for-a-slash"),
        pytest.param("08/nq-tw", "08", None, "NQ/TW", id="party-issuer-in-the-state-form"),
        pytest.param("72/byt-vp", "72", None, "BYT-VP", id="unknown-unit-in-lower-case"),
        pytest.param("15-nq/tw", "15", None, "NQ/TW", id="lower-case"),
        pytest.param("24/2026//NQ-CP", "24", 2026, "NQ-CP", id="double-slash"),
        pytest.param("24/2026/NQCP", "24", 2026, "NQ-CP", id="lost-dash"),
        pytest.param("120/QĐTTHĐND", "120", None, "QĐ-TTHĐND", id="lost-dash-without-year"),
        pytest.param("15\\-NQ/TW", "15", None, "NQ/TW", id="escaped-dash-of-markdown"),
        pytest.param("32/2021/nđ-cp", "32", 2021, "NĐ-CP", id="state-in-lower-case"),
    ],
)
def test_code(printed: str, number: str, year: int | None, symbol: str) -> None:
    code = read(printed)
    assert code
    assert (code.number, code.year, code.symbol) == (number, year, symbol)
    assert (code.start, code.end) == (0, len(printed))


@pytest.mark.parametrize(
    ("printed", "belongs", "symbol"),
    [
        pytest.param("15-NQ/TW1 của Bộ Chính trị", "15-NQ/TW", "NQ/TW", id="footnote-digit"),
        pytest.param("72/nq-tw1 ngày", "72/nq-tw", "NQ/TW", id="footnote-digit-in-lower-case"),
        pytest.param("72/byt-vpb1 ngày", "72/byt-vpb1", "BYT-VPB1", id="a-unit-may-have-a-number"),
        pytest.param("456/KH-CAT-PV01 ngày", "456/KH-CAT-PV01", "KH-CAT-PV01", id="unit-of-the-police"),
        pytest.param("474/UBND-VP7.", "474/UBND-VP7", "UBND-VP7", id="unit-of-an-office"),
        pytest.param("2210/CATP-PC06 ngày", "2210/CATP-PC06", "CATP-PC06", id="unit-with-the-letters-of-a-type"),
        pytest.param("12/QĐ-UBND2 ngày", "12/QĐ-UBND", "QĐ-UBND", id="footnote-digit-behind-the-issuer"),
        pytest.param("15-NQ/TW12.", "15-NQ/TW", "NQ/TW", id="two-footnote-digits"),
        pytest.param("15-NQ/TW¹² của", "15-NQ/TW", "NQ/TW", id="raised-footnote-mark"),
        pytest.param("549/NQ-UBTVQH15 ngày", "549/NQ-UBTVQH15", "NQ-UBTVQH15", id="term-is-no-footnote"),
        pytest.param("38/2016/NQ-HĐND9 ngày", "38/2016/NQ-HĐND9", "NQ-HĐND9", id="term-of-the-council-of-that-year"),
        pytest.param("38/2016/nq-hđnd9", "38/2016/nq-hđnd9", "NQ-HĐND9", id="term-in-lower-case"),
        pytest.param("38/2016/NQ-HĐND3 ngày", "38/2016/NQ-HĐND", "NQ-HĐND", id="no-council-of-that-year"),
        pytest.param("38/NQ-HĐND9 ngày", "38/NQ-HĐND", "NQ-HĐND", id="without-a-year-a-footnote"),
        pytest.param("15-NQ/TW - Văn bản mới", "15-NQ/TW", "NQ/TW", id="what-a-spaced-dash-adds"),
        pytest.param("189/KH-UBND – Về nông thôn", "189/KH-UBND", "KH-UBND", id="what-a-spaced-en-dash-adds"),
    ],
)
def test_where_a_code_ends(printed: str, belongs: str, symbol: str) -> None:
    code = read(printed)
    assert code
    assert printed[: code.end] == belongs
    assert code.symbol == symbol


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("20-30/người", id="range-for-each-person"),
        pytest.param("1 - Ban Chỉ đạo", id="item"),
        pytest.param("120/ha", id="yield"),
        pytest.param("5/tháng", id="rate"),
        pytest.param("30-NQ", id="type-without-issuer"),
    ],
)
def test_no_code_where_nothing_says_number(printed: str) -> None:
    assert read(printed, typed=False) is None


def test_unknown_symbol_is_believed_behind_the_word_number() -> None:
    assert read("12/XYZ-ABC", typed=False) is None
    code = read("12/XYZ-ABC", typed=True)
    assert code and code.symbol == "XYZ-ABC"


def test_party_form() -> None:
    party, state = read("15-NQ/TW"), read("189/KH-UBND")
    assert party and state
    assert (party.party, state.party) == (True, False)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("68 của Chính phủ", "68", id="plain"),
        pytest.param("18, 19-NQ/TW", "18", id="first-of-a-list"),
        pytest.param("05%", None, id="share"),
        pytest.param("5/7", None, id="date"),
        pytest.param("1.500", "1.500", id="thousands"),
        pytest.param("5ha", None, id="unit"),
    ],
)
def test_number(text: str, number: str | None) -> None:
    match = LONE_NUMBER.match(text)
    assert (match["number"] if match else None) == number


WORDS = lexicon()
types = st.sampled_from(sorted({WORDS.tokens[t] for t in WORDS.type_tokens if t.isalpha()}))
party = st.sampled_from(["TW", "TU", "BTCTU", "UBKTTU", "BTGTW", "HU"])
state = st.sampled_from(["CP", "TTg", "UBND", "HĐND", "BNV", "BTC", "UBTVQH15", "SNV"])
numbers = st.integers(1, 99999)


@given(numbers, types, party)
def test_party_round_trip(number: int, kind: str, issuer: str) -> None:
    printed = f"{number:02}-{kind}/{issuer}"
    code = read(printed)
    assert code
    assert f"{code.number}-{code.symbol}" == printed
    assert code.end == len(printed)


@given(numbers, st.none() | st.integers(1946, 2099), types, state, st.sampled_from("-\u2010\u2011\u2012\u2013\u2212"))
def test_state_round_trip(number: int, year: int | None, kind: str, issuer: str, dash: str) -> None:
    middle = f"/{year}" if year else ""
    code = read(f"{number:02}{middle}/{kind}{dash}{issuer}")
    assert code
    assert (int(code.number), code.year, code.symbol) == (number, year, f"{kind}-{issuer}")


@given(numbers, types, state, st.sampled_from([str.lower, str.upper]))
def test_case_does_not_matter(number: int, kind: str, issuer: str, case: object) -> None:
    printed = f"{number}/{kind}-{issuer}"
    plain, changed = read(printed), read(case(printed))  # type: ignore[operator]
    assert plain and changed
    assert changed.symbol == plain.symbol


@given(st.text("0123456789-/.– \nNQTWUĐCPabcđ\\¹²", max_size=40), st.booleans())
def test_any_text_is_read_or_left(text: str, typed: bool) -> None:
    code = read(text, typed=typed)
    if code:
        assert 0 == code.start < code.end <= len(text)
        assert code.number and code.symbol
