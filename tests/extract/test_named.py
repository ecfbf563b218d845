"""Documents cited by name: congresses, plenums, laws, charters."""

from __future__ import annotations

import pytest

from chidao.extract import extract_text
from chidao.extract.language.letters import slug
from chidao.extract.mentions.named import law_names
from chidao.extract.model import Reference, Source

CASES = [
    # congress-national
    pytest.param(
        "Nghị quyết Đại hội XIII của Đảng",
        [("congress-national", "Nghị quyết Đại hội XIII của Đảng", "nghi-quyet/dai-hoi-xiii", "vn")],
        id="congress",
    ),
    pytest.param(
        "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
        [
            (
                "congress-national",
                "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
                "nghi-quyet/dai-hoi-xiii",
                "vn",
            )
        ],
        id="congress-in-full",
    ),
    # congress-local
    pytest.param(
        "Nghị quyết Đại hội Đảng bộ Thành phố lần thứ XVII",
        [
            (
                "congress-local",
                "Nghị quyết Đại hội Đảng bộ Thành phố lần thứ XVII",
                "nghi-quyet/dai-hoi-dang-bo-xvii",
                "home",
            )
        ],
        id="city-congress",
    ),
    pytest.param(
        "Nghị quyết Đại hội Đảng bộ huyện Mê Linh lần thứ XI",
        [
            (
                "congress-local",
                "Nghị quyết Đại hội Đảng bộ huyện Mê Linh lần thứ XI",
                "nghi-quyet/dai-hoi-dang-bo-huyen-me-linh-xi",
                "home",
            )
        ],
        id="district-congress",
    ),
    # congress-open, congress-term
    pytest.param(
        "Nghị quyết Đại hội XVII",
        [("congress-open", "Nghị quyết Đại hội XVII", "nghi-quyet/dai-hoi-xvii", None)],
        id="whose-congress-is-not-said",
    ),
    pytest.param(
        "Nghị quyết Đại hội nhiệm kỳ 2020 - 2025",
        [("congress-term", "Nghị quyết Đại hội nhiệm kỳ 2020 - 2025", "nghi-quyet/dai-hoi-2020-2025", None)],
        id="congress-of-a-term",
    ),
    pytest.param("nghị quyết đại hội các cấp", [], id="congresses-of-every-level"),
    pytest.param("nghị quyết đại hội", [], id="common-noun"),
    # plenum
    pytest.param(
        "Nghị quyết Trung ương 4 (khóa XI, XII)",
        [
            ("plenum", "Nghị quyết Trung ương 4 (khóa XI", "nghi-quyet/trung-uong-4-khoa-xi", "vn"),
            ("plenum", "XII", "nghi-quyet/trung-uong-4-khoa-xii", "vn"),
        ],
        id="one-plenum-of-two-terms",
    ),
    pytest.param(
        "Nghị quyết Hội nghị Trung ương 6, 7 (khóa XIII)",
        [
            ("plenum", "Nghị quyết Hội nghị Trung ương 6", "nghi-quyet/trung-uong-6-khoa-xiii", "vn"),
            ("plenum", "7 (khóa XIII)", "nghi-quyet/trung-uong-7-khoa-xiii", "vn"),
        ],
        id="two-plenums-of-one-term",
    ),
    pytest.param(
        "Kết luận Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XIII",
        [
            (
                "plenum",
                "Kết luận Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XIII",
                "ket-luan/trung-uong-4-khoa-xiii",
                "vn",
            )
        ],
        id="ordinal-in-words",
    ),
    pytest.param("nghị quyết của Trung ương", [], id="no-particular-plenum"),
    # law-known
    pytest.param("Luật Đất đai", [("law-known", "Luật Đất đai", "luat/dat-dai", "vn")], id="law"),
    pytest.param(
        "Luật Thủ đô (sửa đổi)",
        [("law-known", "Luật Thủ đô (sửa đổi)", "luat/thu-do-sua-doi", "vn")],
        id="law-as-amended",
    ),
    pytest.param(
        "Bộ luật Lao động năm 2019", [("law-known", "Bộ luật Lao động", "bo-luat/lao-dong", "vn")], id="code-of-a-year"
    ),
    pytest.param(
        "Luật An toàn, vệ sinh lao động và các nghị định",
        [("law-known", "Luật An toàn, vệ sinh lao động", "luat/an-toan-ve-sinh-lao-dong", "vn")],
        id="law-with-a-comma-in-its-name",
    ),
    pytest.param("luật đất đai", [], id="law-as-a-common-noun"),
    # law-open
    pytest.param(
        "Luật Trồng dừa ven biển được thông qua",
        [("law-open", "Luật Trồng dừa ven biển", "luat/trong-dua-ven-bien", "vn")],
        id="law-that-the-table-lacks",
    ),
    # law-amending
    pytest.param(
        "Luật sửa đổi, bổ sung một số điều của Luật Đầu tư công và Luật Đầu tư",
        [
            (
                "law-amending",
                "Luật sửa đổi, bổ sung một số điều của Luật Đầu tư công và Luật Đầu tư",
                "luat/luat-sua-doi-bo-sung-mot-so-dieu-cua-luat-dau-tu-cong-va-luat-dau-tu",
                "vn",
            ),
            ("law-known", "Luật Đầu tư công", "luat/dau-tu-cong", "vn"),
            ("law-known", "Luật Đầu tư", "luat/dau-tu", "vn"),
        ],
        id="amending-law",
    ),
    pytest.param(
        "Luật sửa đổi, bổ sung 11 luật có liên quan đến quy hoạch",
        [
            (
                "law-amending",
                "Luật sửa đổi, bổ sung 11 luật có liên quan đến quy hoạch",
                "luat/luat-sua-doi-bo-sung-11-luat-co-lien-quan-den-quy-hoach",
                "vn",
            )
        ],
        id="law-that-amends-many",
    ),
    # charter
    pytest.param("Điều lệ Đảng", [("charter", "Điều lệ Đảng", "dieu-le/dang", "vn")], id="charter"),
    pytest.param(
        "Điều lệ Đảng Cộng sản Việt Nam",
        [("charter", "Điều lệ Đảng Cộng sản Việt Nam", "dieu-le/dang", "vn")],
        id="charter-in-full",
    ),
    pytest.param(
        "Điều lệ Đoàn TNCS Hồ Chí Minh",
        [("charter", "Điều lệ Đoàn TNCS Hồ Chí Minh", "dieu-le/doan-thanh-nien-cong-san-ho-chi-minh", "vn")],
        id="charter-of-the-youth-union-abbreviated",
    ),
    pytest.param(
        "Điều lệ Đoàn Thanh niên Cộng sản Hồ Chí Minh",
        [
            (
                "charter",
                "Điều lệ Đoàn Thanh niên Cộng sản Hồ Chí Minh",
                "dieu-le/doan-thanh-nien-cong-san-ho-chi-minh",
                "vn",
            )
        ],
        id="charter-of-the-youth-union",
    ),
    pytest.param("Điều lệ đảng bộ cơ sở", [], id="no-charter"),
    # constitution
    pytest.param(
        "Hiến pháp năm 2013",
        [("constitution", "Hiến pháp năm 2013", "hien-phap/2013", "vn")],
        id="constitution-of-a-year",
    ),
    pytest.param("Hiến pháp", [("constitution", "Hiến pháp", "hien-phap", "vn")], id="constitution"),
    pytest.param("tính hợp hiến, hiến pháp", [], id="constitution-as-a-common-noun"),
    # term-theme
    pytest.param(
        "Chuyên đề toàn khóa nhiệm kỳ Đại hội XIII của Đảng",
        [
            (
                "term-theme",
                "Chuyên đề toàn khóa nhiệm kỳ Đại hội XIII của Đảng",
                "chuyen-de/toan-khoa-dai-hoi-xiii",
                "vn",
            )
        ],
        id="theme-of-a-term",
    ),
    pytest.param("chuyên đề về xây dựng Đảng", [], id="some-theme"),
]


def read(text: str) -> tuple[Reference, ...]:
    return extract_text(Source("", "", "", text)).references


@pytest.mark.parametrize(("printed", "expected"), CASES)
@pytest.mark.parametrize("sentence", ["Các cấp ủy đã quán triệt {}.", "- {}; các cơ quan báo cáo kết quả."])
def test_named(sentence: str, printed: str, expected: list[tuple[str, str, str, str | None]]) -> None:
    found = read(sentence.format(printed))
    assert [(r.rule, r.text, r.name, r.scope) for r in found] == expected
    assert {r.kind for r in found} <= {"named"}


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Nghị quyết Đại hội XIII của Đảng", "Đại hội đại biểu toàn quốc lần thứ XIII của Đảng"),
        ("Nghị quyết Trung ương 4 khóa XII", "Ban Chấp hành Trung ương"),
        ("Luật Đất đai", "Quốc hội"),
        ("Pháp lệnh Ưu đãi người có công với cách mạng", "Ủy ban Thường vụ Quốc hội"),
        ("Hiến pháp", "Quốc hội"),
    ],
)
def test_implied_issuer(text: str, issuer: str) -> None:
    assert [r.issuer for r in read(text)] == [issuer]


def test_stated_year() -> None:
    assert [r.year for r in read("Bộ luật Lao động năm 2019 và Hiến pháp năm 2013")] == [2019, 2013]


@pytest.mark.parametrize("name", sorted(law_names().values()))
def test_every_law_of_the_table_is_read_whole(name: str) -> None:
    kind = "Bộ luật" if name.split()[0] in ("Dân", "Hình", "Tố") else "Luật"
    found = read(f"Căn cứ {kind} {name} và các văn bản liên quan")
    assert [(r.text, r.rule) for r in found] == [(f"{kind} {name}", "law-known")]


def test_no_two_laws_share_a_key() -> None:
    names = list(law_names().values())
    assert len(names) == len({slug(name) for name in names})


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Thủ đô (sửa đổi)", "thu-do-sua-doi"),
        ("Đất đai", "dat-dai"),
        ("  An toàn, vệ sinh  lao động ", "an-toan-ve-sinh-lao-dong"),
        ("", ""),
    ],
)
def test_slug(text: str, key: str) -> None:
    assert slug(text) == key
