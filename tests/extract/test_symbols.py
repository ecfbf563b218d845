"""What makes two mentions one document: keys of type, number and symbol, and how alike two titles are."""

from __future__ import annotations

import pytest

from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.symbols import (
    code_key,
    is_symbol_of,
    issuer_of,
    issuers_of,
    likeness,
    names_issuer,
    number_key,
    type_key,
)


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("NQ/TW", "Trung ương Đảng"),
        ("NĐ-CP", "Chính phủ"),
        ("QĐ-TTg", "Thủ tướng Chính phủ"),
        ("QH15", "Quốc hội"),
        ("UBTVQH15", "Ủy ban Thường vụ Quốc hội"),
        ("TT-BNV", "Bộ Nội vụ"),
        ("CP", "Chính phủ"),
    ],
)
def test_issuer_of_a_central_symbol(symbol: str, name: str) -> None:
    issuer = issuer_of(symbol)
    assert issuer and issuer.entry and issuer.entry.name == name


@pytest.mark.parametrize("symbol", ["KH-UBND", "NQ-HĐND", "NQ/TU", "HD/BTCTU"])
def test_issuer_of_a_local_symbol(symbol: str) -> None:
    issuer = issuer_of(symbol)
    assert issuer and issuer.template and issuer.level == "province"


def test_of_a_symbol_that_several_central_bodies_have_only_the_level_is_known() -> None:
    issuer = issuer_of("QĐ-BCĐTW")
    assert issuer and (issuer.entry, issuer.template, issuer.level) == (None, None, "central")


@pytest.mark.parametrize(
    ("symbol", "key", "expected"),
    [
        ("QĐ/TU", "lao-cai/cap-uy", True),
        ("QĐ/TU", "lao-cai/ban-thuong-vu-cap-uy", True),
        ("QĐ/TU", "lao-cai/ban-can-su-dang-uy-ban-nhan-dan", False),
        ("HD/BTCTU", "lao-cai/ban-to-chuc-cap-uy", True),
        ("TTr-UBND", "lao-cai/uy-ban-nhan-dan", True),
        ("QĐ-XYZ", "lao-cai/uy-ban-nhan-dan", True),
    ],
)
def test_whose_own_symbol_it_is(symbol: str, key: str, expected: bool) -> None:
    assert is_symbol_of(symbol, key) is expected


@pytest.mark.parametrize(
    ("symbol", "word", "key"),
    [
        ("NQ/TW", "Nghị quyết", "nghi-quyet"),
        ("NQ/TU", "Nghị quyết chuyên đề", "nghi-quyet"),
        ("QĐ/TW", "Quy định", "quy-dinh"),
        ("QĐ/TW", "Quyết định", "quyet-dinh"),
        ("CTr/TU", "Chương trình hành động", "chuong-trinh"),
        (None, "Luật", "luat"),
        (None, None, "van-ban"),
    ],
)
def test_type_key(symbol: str | None, word: str | None, key: str) -> None:
    assert type_key(symbol, word) == key


def test_number_and_code_keys() -> None:
    assert [number_key(n) for n in ("015", "15", "17a", "0", None)] == ["15", "15", "17a", "0", ""]
    assert code_key("05", "NQ/TW", None) == "5-nq-tw"
    assert code_key("15", "NQ/TƯ", None) == code_key("15", "NQ/TW", None) != code_key("15", "NQ/TU", None)
    assert code_key("30", "NĐ-CP", 2020) == "30-2020-nd-cp"
    assert code_key("38", "NQ-HĐND9", 2016) == code_key("38", "NQ-HĐND", 2016)


def test_likeness() -> None:
    assert likeness("về chuyển đổi số", "Về chuyển đổi số đến năm 2030") == 1.0
    assert likeness("về chăn nuôi", "quản lý đất đai") == 0.0
    assert likeness("", "") == 0.0


@pytest.mark.parametrize(
    ("symbol", "names"),
    [
        ("NĐ-CP", {"Chính phủ"}),
        ("QH15", {"Quốc hội"}),
        ("NQ-HĐND9", {"Hội đồng nhân dân {unit} {name}"}),
        ("GA-LAB", set()),
    ],
)
def test_issuers(symbol: str, names: set[str]) -> None:
    assert {body.name for body in issuers_of(symbol)} == names
    assert names_issuer(symbol) is bool(names)


@pytest.mark.parametrize(
    ("token", "known"), [("ttg", True), ("QH15", True), ("HĐNN7", True), ("TW1", True), ("SAVN", False), ("15", False)]
)
def test_known_symbols(token: str, known: bool) -> None:
    assert lexicon().knows(token) is known
