"""Which organizations a text names, with the eyes of the document that speaks."""

from __future__ import annotations

import pytest

from chidao.extract.facts import home_place
from chidao.extract.language.jurisdictions import province
from chidao.extract.mentions.bodies import BodyFinder
from chidao.ontology.authority import bodies, districts, jurisdictions

# (text of the mention, canonical name, key, rule), read in a document of Hà Nội.
HANOI = [
    pytest.param(
        "Bộ Chính trị, Ban Bí thư",
        [
            ("Bộ Chính trị", "Bộ Chính trị", "vn/bo-chinh-tri", "body-table"),
            ("Ban Bí thư", "Ban Bí thư", "vn/ban-bi-thu", "body-table"),
        ],
        id="central",
    ),
    pytest.param(
        "TTCP, BCHTW và UBTVQH",
        [
            ("TTCP", "Thủ tướng Chính phủ", "vn/thu-tuong-chinh-phu", "body-table"),
            ("BCHTW", "Ban Chấp hành Trung ương", "vn/ban-chap-hanh-trung-uong", "body-table"),
            ("UBTVQH", "Ủy ban Thường vụ Quốc hội", "vn/uy-ban-thuong-vu-quoc-hoi", "body-table"),
        ],
        id="abbreviations",
    ),
    pytest.param(
        "Thành ủy", [("Thành ủy", "Thành ủy Hà Nội", "ha-noi/cap-uy", "party-committee")], id="committee-of-home"
    ),
    pytest.param(
        "Tỉnh ủy Lào Cai",
        [("Tỉnh ủy Lào Cai", "Tỉnh ủy Lào Cai", "lao-cai/cap-uy", "party-committee")],
        id="committee-of-another-province",
    ),
    pytest.param(
        "Huyện ủy Mê Linh",
        [("Huyện ủy Mê Linh", "Huyện ủy Mê Linh", "ha-noi/huyen-me-linh/cap-uy", "party-committee")],
        id="committee-of-a-district",
    ),
    pytest.param(
        "Đảng ủy xã Thanh Trì",
        [("Đảng ủy xã Thanh Trì", "Đảng ủy xã Thanh Trì", "ha-noi/xa-thanh-tri/cap-uy", "party-committee")],
        id="committee-of-a-commune",
    ),
    pytest.param(
        "Thành uỷ Hà Nội",
        [("Thành uỷ Hà Nội", "Thành ủy Hà Nội", "ha-noi/cap-uy", "party-committee")],
        id="other-place-of-the-tone-mark",
    ),
    pytest.param(
        "Ban Tổ chức Thành ủy",
        [("Ban Tổ chức Thành ủy", "Ban Tổ chức Thành ủy Hà Nội", "ha-noi/ban-to-chuc-cap-uy", "body-of-committee")],
        id="commission-of-the-committee",
    ),
    pytest.param(
        "UBND Thành phố và UBND tỉnh Lào Cai",
        [
            ("UBND Thành phố", "Ủy ban nhân dân thành phố Hà Nội", "ha-noi/uy-ban-nhan-dan", "body-of-place"),
            ("UBND tỉnh Lào Cai", "Ủy ban nhân dân tỉnh Lào Cai", "lao-cai/uy-ban-nhan-dan", "body-of-place"),
        ],
        id="people-s-committees",
    ),
    pytest.param(
        "UBND các huyện Mê Linh, Chương Mỹ",
        [
            (
                "UBND các huyện Mê Linh",
                "Ủy ban nhân dân huyện Mê Linh",
                "ha-noi/huyen-me-linh/uy-ban-nhan-dan",
                "body-of-place",
            ),
            ("Chương Mỹ", "Ủy ban nhân dân huyện Chương Mỹ", "ha-noi/huyen-chuong-my/uy-ban-nhan-dan", "body-of-place"),
        ],
        id="enumerated-districts",
    ),
    pytest.param(
        "Sở Nội vụ", [("Sở Nội vụ", "Sở Nội vụ thành phố Hà Nội", "ha-noi/so-noi-vu", "body-of-home")], id="department"
    ),
    pytest.param(
        "Ban Chỉ đạo 35 Thành ủy",
        [
            (
                "Ban Chỉ đạo 35 Thành ủy",
                "Ban Chỉ đạo 35 Thành ủy Hà Nội",
                "ha-noi/ban-chi-dao-35-thanh-uy-ha-noi",
                "steering-committee",
            )
        ],
        id="steering-committee",
    ),
    pytest.param(
        "Ban Chỉ đạo 389",
        [
            (
                "Ban Chỉ đạo 389",
                "Ban Chỉ đạo 389 thành phố Hà Nội",
                "ha-noi/ban-chi-dao-389-thanh-pho-ha-noi",
                "steering-committee-numbered",
            )
        ],
        id="steering-committee-with-a-number-only",
    ),
    pytest.param(
        "Ban Chỉ đạo 10 Chương trình công tác",
        [
            (
                "Ban Chỉ đạo 10 Chương trình công tác",
                "Ban Chỉ đạo 10 Chương trình công tác của Thành ủy Hà Nội",
                "ha-noi/ban-chi-dao-10-chuong-trinh-cong-tac-cua-thanh-uy-ha-noi",
                "steering-committee-of-programmes",
            )
        ],
        id="steering-committee-of-the-programmes",
    ),
    pytest.param(
        "Ban Chỉ đạo thực hiện Nghị quyết 15-NQ/TU của Thành ủy",
        [
            (
                "Ban Chỉ đạo thực hiện Nghị quyết 15-NQ/TU của Thành ủy",
                "Ban Chỉ đạo thực hiện Nghị quyết 15-NQ/TU của Thành ủy Hà Nội",
                "ha-noi/ban-chi-dao-thuc-hien-nghi-quyet-15-nq-tu-cua-thanh-uy-ha-noi",
                "steering-committee-of-documents",
            )
        ],
        id="steering-committee-of-a-document",
    ),
    pytest.param(
        "Ban Chỉ đạo Trung ương về phòng, chống tham nhũng, tiêu cực",
        [
            (
                "Ban Chỉ đạo Trung ương về phòng, chống tham nhũng, tiêu cực",
                "Ban Chỉ đạo Trung ương về phòng, chống tham nhũng, lãng phí, tiêu cực",
                "vn/ban-chi-dao-trung-uong-phong-chong-tham-nhung",
                "body-table",
            )
        ],
        id="central-steering-committee",
    ),
    pytest.param("UBND các cấp, cấp ủy các cấp", [], id="of-every-level"),
    pytest.param("các quận, huyện, thị ủy", [], id="some-committees"),
    pytest.param("Đảng ủy các xã và đảng ủy phường", [], id="communes-in-general"),
    pytest.param("bộ chính trị, ủy ban nhân dân", [], id="lower-case"),
    pytest.param("từ Trung ương đến cơ sở", [], id="centre-as-a-place"),
]
RULES = {
    "body-table", "party-committee", "body-of-committee", "body-of-place", "body-of-home", "steering-committee",
    "steering-committee-numbered", "steering-committee-of-programmes", "steering-committee-of-documents",
}  # fmt: skip


@pytest.mark.parametrize("sentence", ["Hôm nay, {} đã họp.", "{}", "- {};"])
@pytest.mark.parametrize(("printed", "expected"), HANOI)
def test_found(sentence: str, printed: str, expected: list[tuple[str, str, str, str]]) -> None:
    text = sentence.format(printed)
    found = BodyFinder(home_place("Hà Nội")).find(text)
    assert [(text[b.start : b.end], b.name, b.key, b.rule) for b in found] == expected


def test_every_rule_has_a_case() -> None:
    assert {row[3] for case in HANOI for row in case.values[1]} == RULES  # type: ignore[union-attr]


@pytest.mark.parametrize("printed", ["Thành phố", "UBND Thành phố", "Thành ủy", "Sở Nội vụ", "Ban Tổ chức Tỉnh ủy"])
def test_local_names_mean_nothing_without_a_home(printed: str) -> None:
    assert BodyFinder(None).find(f"Giao {printed} báo cáo.") == []


@pytest.mark.parametrize(
    ("home", "printed", "name"),
    [
        ("Lào Cai", "Tỉnh ủy", "Tỉnh ủy Lào Cai"),
        ("Lào Cai", "UBND tỉnh", "Ủy ban nhân dân tỉnh Lào Cai"),
        ("Đà Nẵng", "Thành ủy", "Thành ủy Đà Nẵng"),
        ("Đà Nẵng", "Sở Tài chính", "Sở Tài chính thành phố Đà Nẵng"),
    ],
)
def test_home_decides(home: str, printed: str, name: str) -> None:
    assert [b.name for b in BodyFinder(home_place(home)).find(f"Giao {printed} báo cáo.")] == [name]


@pytest.mark.parametrize(
    ("home", "printed", "key"),
    [
        ("Hà Nội", "UBND quận Nam Từ Liêm", "ha-noi/quan-nam-tu-liem/uy-ban-nhan-dan"),
        (None, "UBND QUẬN NAM TỪ LIÊM", "ha-noi/quan-nam-tu-liem/uy-ban-nhan-dan"),
        (None, "Huyện ủy Định Hoá", "thai-nguyen/huyen-dinh-hoa/cap-uy"),
        ("Lào Cai", "UBND huyện Mộ Đức", "quang-ngai/huyen-mo-duc/uy-ban-nhan-dan"),
        ("Lào Cai", "UBND huyện Châu Thành, tỉnh Tây Ninh", "tay-ninh/huyen-chau-thanh/uy-ban-nhan-dan"),
        (None, "UBND huyện Châu Thành tỉnh Tây Ninh", "tay-ninh/huyen-chau-thanh/uy-ban-nhan-dan"),
        (None, "UBND huyện Châu Thành", "unknown/huyen-chau-thanh/uy-ban-nhan-dan"),
        (None, "UBND Quận 10", "ho-chi-minh/quan-10/uy-ban-nhan-dan"),
        ("Hồ Chí Minh", "UBND phường 12", "ho-chi-minh/phuong-12/uy-ban-nhan-dan"),
        (None, "Thành ủy Vinh", "nghe-an/thanh-pho-vinh/cap-uy"),
        (None, "Huyện ủy Phong Điền", "unknown/huyen-phong-dien/cap-uy"),
        (None, "Thị ủy Tân Uyên", "binh-duong/thi-xa-tan-uyen/cap-uy"),
        (None, "Thị ủy Dĩ An", "binh-duong/thi-xa-di-an/cap-uy"),
        ("Sơn La", "HĐND xã Chiềng Mai Khóa XXII", "son-la/xa-chieng-mai/hoi-dong-nhan-dan"),
        ("Sơn La", "HĐND xã Mường Bám khóa XXII", "son-la/xa-muong-bam/hoi-dong-nhan-dan"),
        ("Bình Dương", "UBND xã Bắc Tân Uyên", "binh-duong/xa-bac-tan-uyen/uy-ban-nhan-dan"),
        ("Bình Dương", "UBND xã Bạch Đằng Nguyễn Văn An", "binh-duong/xa-bach-dang/uy-ban-nhan-dan"),
    ],
)
def test_districts_and_communes(home: str | None, printed: str, key: str) -> None:
    finder = BodyFinder(home_place(home) if home else None)
    assert [b.key for b in finder.find(f"Giao {printed} báo cáo.")] == [key]


def test_districts_in_a_list() -> None:
    finder = BodyFinder(home_place("Hồ Chí Minh"))
    found = finder.find("Giao UBND các quận 1, 3, Gò Vấp và 10 báo cáo 5 nội dung.")
    assert [b.scope for b in found] == [f"ho-chi-minh/quan-{name}" for name in ("1", "3", "go-vap", "10")]


@pytest.mark.parametrize("printed", ["Hội đồng nhân dân xã Khóa XXII", "Huyện ủy Bí thư", "Đảng ủy xã Nhiệm kỳ 2025"])
def test_what_stands_where_a_name_would(printed: str) -> None:
    assert BodyFinder(None).find(f"{printed} báo cáo.") == []


@pytest.mark.parametrize("district", districts(), ids=lambda d: d.key)
def test_every_district_is_found_by_its_name(district) -> None:  # type: ignore[no-untyped-def]
    home = next(province(j) for j in jurisdictions() if j.slug == district.province)
    (found,) = BodyFinder(home).find(f"Giao UBND {district.unit} {district.name} báo cáo.")
    assert found.key == f"{district.key}/uy-ban-nhan-dan"
    assert found.name == f"Ủy ban nhân dân {district.unit} {district.name}"


def test_names_inside_a_reference_are_no_mentions() -> None:
    text = "Nghị quyết 15-NQ/TW của Bộ Chính trị"
    found = BodyFinder(None).find(text, [(0, text.index(" của"))])
    assert [b.name for b in found] == ["Bộ Chính trị"]


@pytest.mark.parametrize("entry", [b for b in bodies() if b.name != "Trung ương Đảng"], ids=lambda b: b.key)
def test_every_central_body_is_found_by_its_name(entry) -> None:  # type: ignore[no-untyped-def]
    text = f"Theo đề nghị của {entry.name}."
    found = BodyFinder(None).find(text)
    assert [text[b.start : b.end] for b in found][:1] == [entry.name]


@pytest.mark.parametrize("jurisdiction", jurisdictions(), ids=lambda j: j.slug)
def test_every_province_speaks_of_itself(jurisdiction) -> None:  # type: ignore[no-untyped-def]
    place = province(jurisdiction)
    finder = BodyFinder(place)
    unit = place.unit.capitalize()
    found = finder.find(f"Giao UBND {unit} và {place.party} báo cáo.")
    assert [b.key for b in found] == [f"{place.key}/uy-ban-nhan-dan", f"{place.key}/cap-uy"]
    named = BodyFinder(None).find(f"Giao UBND {place.unit} {place.name} báo cáo.")
    assert [b.name for b in named] == [f"Ủy ban nhân dân {place.unit} {place.name}"]
