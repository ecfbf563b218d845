"""The authority tables, as data and as graphs that keep the shapes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import pytest
from pyshacl import validate

from chidao.ontology import authority
from chidao.ontology.authority import (
    BodyTemplate,
    bodies,
    body_templates,
    districts,
    document_types,
    jurisdictions,
    types_of,
    units,
)
from chidao.ontology.graphs import CHIDAO, ORG, RDF, SKOS, ontology_graph, shapes_graph, table_graph

BODIES = {body.key: body for body in bodies()}
TYPES = {kind.slug: kind for kind in document_types()}
PLACES = {place.slug: place for place in jurisdictions()}
LEVELS = {"central", "province", "district", "commune"}
BRANCHES = {"party", "state", "assembly", "court", "front", "mass", "press", "enterprise", "other"}

# (name, first symbol, one level that issues it, normative)
TYPE_CASES = [
    ("Nghị quyết", "NQ", "commune", True),
    ("Quyết định", "QĐ", "province", True),
    ("Quy định", "QĐi", "central", False),
    ("Chỉ thị", "CT", "province", False),
    ("Kết luận", "KL", "central", False),
    ("Chương trình", "CTr", "province", False),
    ("Chương trình hành động", "CTHĐ", "province", False),
    ("Kế hoạch", "KH", "commune", False),
    ("Đề án", "ĐA", "province", False),
    ("Hướng dẫn", "HD", "central", False),
    ("Thông báo", "TB", "district", False),
    ("Báo cáo", "BC", "commune", False),
    ("Tờ trình", "TTr", "province", False),
    ("Công văn", "CV", "district", False),
    ("Quy chế", "QC", "central", False),
    ("Thông tư", "TT", "central", True),
    ("Thông tri", "TT", "province", False),
    ("Thông tư liên tịch", "TTLT", "central", True),
    ("Nghị định", "NĐ", "central", True),
    ("Pháp lệnh", "PL", "central", True),
    ("Hiến pháp", "HP", "central", True),
    ("Bộ luật", "BL", "central", True),
    ("Nghị quyết liên tịch", "NQLT", "central", True),
    ("Điều lệ", "ĐL", "central", False),
    ("Công điện", "CĐ", "province", False),
    ("Văn bản hợp nhất", "VBHN", "central", False),
    ("Bản sao y", "SY", "province", False),
    ("Giấy ủy quyền", "GUQ", "commune", False),
]

# Symbols that several types claim as their own; the type word tells them apart.
SHARED_TYPE_SYMBOLS = {
    "L": {"luat", "lenh"},
    "SL": {"sac-lenh", "ban-sao-luc"},
    "TT": {"thong-tu", "thong-tri"},
}

# (key, name, something it is also called, symbol or None, parent)
BODY_CASES = [
    ("vn/ban-chap-hanh-trung-uong", "Ban Chấp hành Trung ương", "BCHTW", None, "vn/dai-hoi-dai-bieu-toan-quoc"),
    ("vn/trung-uong-dang", "Trung ương Đảng", "Trung ương", "TW", "vn/dang-cong-san-viet-nam"),
    ("vn/bo-chinh-tri", "Bộ Chính trị", "BCT", None, "vn/ban-chap-hanh-trung-uong"),
    ("vn/ban-bi-thu", "Ban Bí thư", "Ban Bí thư Trung ương Đảng", None, "vn/ban-chap-hanh-trung-uong"),
    ("vn/uy-ban-kiem-tra-trung-uong", "Ủy ban Kiểm tra Trung ương", "UBKTTW", "UBKTTW", "vn/ban-chap-hanh-trung-uong"),
    ("vn/ban-to-chuc-trung-uong", "Ban Tổ chức Trung ương", "BTCTW", "BTCTW", "vn/ban-chap-hanh-trung-uong"),
    ("vn/van-phong-trung-uong", "Văn phòng Trung ương Đảng", "Văn phòng Trung ương", "VPTW", None),
    ("vn/uy-ban-thuong-vu-quoc-hoi", "Ủy ban Thường vụ Quốc hội", "UBTVQH", "UBTVQH", "vn/quoc-hoi"),
    ("vn/thu-tuong-chinh-phu", "Thủ tướng Chính phủ", "TTCP", "TTg", "vn/chinh-phu"),
    ("vn/thanh-tra-chinh-phu", "Thanh tra Chính phủ", "Thanh tra CP", "TTCP", "vn/chinh-phu"),
    ("vn/bo-cong-thuong", "Bộ Công Thương", "Bộ CT", "BCT", "vn/chinh-phu"),
    ("vn/bo-ke-hoach-va-dau-tu", "Bộ Kế hoạch và Đầu tư", "Bộ KH&ĐT", "BKHĐT", "vn/chinh-phu"),
    ("vn/bo-lao-dong-thuong-binh-va-xa-hoi", "Bộ Lao động - Thương binh và Xã hội", "Bộ LĐ-TB&XH", "BLĐTBXH", None),
    ("vn/toa-an-nhan-dan-toi-cao", "Tòa án nhân dân tối cao", "TANDTC", "TANDTC", None),
    ("vn/hoi-nong-dan-viet-nam", "Hội Nông dân Việt Nam", "Trung ương Hội Nông dân Việt Nam", None, None),
]

SUCCESSORS = {
    "vn/bo-ke-hoach-va-dau-tu": "vn/bo-tai-chinh",
    "vn/bo-giao-thong-van-tai": "vn/bo-xay-dung",
    "vn/bo-nong-nghiep-va-phat-trien-nong-thon": "vn/bo-nong-nghiep-va-moi-truong",
    "vn/bo-tai-nguyen-va-moi-truong": "vn/bo-nong-nghiep-va-moi-truong",
    "vn/bo-thong-tin-va-truyen-thong": "vn/bo-khoa-hoc-va-cong-nghe",
    "vn/bo-lao-dong-thuong-binh-va-xa-hoi": "vn/bo-noi-vu",
    "vn/uy-ban-dan-toc": "vn/bo-dan-toc-va-ton-giao",
}

# (level, slug, canonical name once filled, another form it is met in, symbol, unit, party, name)
HANOI = ("thành phố", "Thành ủy", "Hà Nội")
TEMPLATE_CASES = [
    ("province", "cap-uy", "Thành ủy Hà Nội", "Thành ủy", "TU", HANOI),
    ("province", "ban-thuong-vu-cap-uy", "Ban Thường vụ Thành ủy Hà Nội", "BTV Thành ủy", None, HANOI),
    ("province", "uy-ban-nhan-dan", "Ủy ban nhân dân thành phố Hà Nội", "UBND thành phố", "UBND", HANOI),
    ("province", "so-noi-vu", "Sở Nội vụ thành phố Hà Nội", "Sở Nội vụ", "SNV", HANOI),
    (
        "province",
        "so-thong-tin-va-truyen-thong",
        "Sở Thông tin và Truyền thông thành phố Hà Nội",
        "Sở TT&TT",
        None,
        HANOI,
    ),
    ("province", "ban-to-chuc-cap-uy", "Ban Tổ chức Thành ủy Hà Nội", "Ban Tổ chức Thành ủy", "BTCTU", HANOI),
    (
        "province",
        "ban-can-su-dang-uy-ban-nhan-dan",
        "Ban Cán sự Đảng Ủy ban nhân dân thành phố Hà Nội",
        "BCS UBND thành phố",
        "BCSĐUBND",
        HANOI,
    ),
    ("province", "dang-bo", "Đảng bộ thành phố Hà Nội", "Đảng bộ thành phố", None, HANOI),
    (
        "province",
        "ban-chap-hanh-dang-bo",
        "Ban Chấp hành Đảng bộ thành phố Hà Nội",
        "BCH Đảng bộ thành phố",
        None,
        HANOI,
    ),
    (
        "province",
        "dang-uy-khoi-cac-co-quan",
        "Đảng ủy Khối các cơ quan thành phố Hà Nội",
        "Đảng ủy Khối các cơ quan thành phố",
        "ĐUK",
        HANOI,
    ),
    (
        "province",
        "van-phong-uy-ban-nhan-dan",
        "Văn phòng Ủy ban nhân dân thành phố Hà Nội",
        "Văn phòng UBND thành phố",
        "VP",
        HANOI,
    ),
    ("province", "lien-minh-hop-tac-xa", "Liên minh Hợp tác xã thành phố Hà Nội", "Liên minh HTX", None, HANOI),
    ("province", "thanh-doan", "Thành đoàn Hà Nội", "Thành đoàn", None, HANOI),
    ("province", "cap-uy", "Tỉnh ủy Lào Cai", "Tỉnh ủy", "TU", ("tỉnh", "Tỉnh ủy", "Lào Cai")),
    ("district", "cap-uy", "Huyện ủy Mê Linh", "Huyện ủy", "HU", ("huyện", "Huyện ủy", "Mê Linh")),
    ("district", "ban-to-chuc-cap-uy", "Ban Tổ chức Quận ủy Ba Đình", None, "BTCQU", ("quận", "Quận ủy", "Ba Đình")),
    ("commune", "cap-uy", "Đảng ủy xã Tân Triều", None, "ĐU", ("xã", "Đảng ủy xã", "Tân Triều")),
]

MERGERS = {
    "tuyen-quang": {"ha-giang"},
    "lao-cai": {"yen-bai"},
    "thai-nguyen": {"bac-kan"},
    "phu-tho": {"vinh-phuc", "hoa-binh"},
    "bac-ninh": {"bac-giang"},
    "hung-yen": {"thai-binh"},
    "hai-phong": {"hai-duong"},
    "ninh-binh": {"ha-nam", "nam-dinh"},
    "quang-tri": {"quang-binh"},
    "da-nang": {"quang-nam"},
    "quang-ngai": {"kon-tum"},
    "gia-lai": {"binh-dinh"},
    "khanh-hoa": {"ninh-thuan"},
    "lam-dong": {"dak-nong", "binh-thuan"},
    "dak-lak": {"phu-yen"},
    "ho-chi-minh": {"binh-duong", "ba-ria-vung-tau"},
    "dong-nai": {"binh-phuoc"},
    "tay-ninh": {"long-an"},
    "can-tho": {"soc-trang", "hau-giang"},
    "vinh-long": {"ben-tre", "tra-vinh"},
    "dong-thap": {"tien-giang"},
    "ca-mau": {"bac-lieu"},
    "an-giang": {"kien-giang"},
}


def fill(pattern: str, place: tuple[str, str, str]) -> str:
    unit, party, name = place
    return pattern.format(unit=unit, party=party, name=name)


def clashes(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """The left sides that lead to more than one right side."""
    found: dict[str, set[str]] = defaultdict(set)
    for left, right in pairs:
        found[left].add(right)
    return {left: rights for left, rights in found.items() if len(rights) > 1}


@pytest.mark.parametrize(("name", "symbol", "level", "normative"), TYPE_CASES)
def test_document_type(name: str, symbol: str, level: str, normative: bool) -> None:
    (kind,) = [kind for kind in document_types() if kind.name == name]
    assert kind.symbols[0] == symbol
    assert level in kind.levels
    assert kind.normative is normative


def test_document_types_are_distinct() -> None:
    assert not clashes((word.lower(), t.slug) for t in document_types() for word in (t.name, *t.labels))
    assert clashes((t.symbols[0], t.slug) for t in document_types()) == SHARED_TYPE_SYMBOLS


def test_a_symbol_met_beside_a_type_is_shared_knowingly() -> None:
    assert {t.slug for t in document_types() if "QĐ" in t.symbols} == {"quyet-dinh", "quy-dinh"}
    assert {t.slug for t in document_types() if "CTr" in t.symbols and t.broader is None} == {"chuong-trinh"}


def test_kinds_of_a_type_start_with_its_name() -> None:
    kinds = [t for t in document_types() if t.broader]
    assert len(kinds) > 10
    for kind in kinds:
        assert kind.name.startswith(TYPES[str(kind.broader)].name + " ")


@pytest.mark.parametrize(
    ("nature", "example", "other"),
    [
        ("statute", "Bộ luật", "Nghị định"),
        ("named", "Điều lệ", "Quyết định"),
        ("legal", "Nghị quyết liên tịch", "Nghị quyết"),
        ("legal", "Văn bản hợp nhất", "Quyết định"),
        ("enacting", "Quyết định", "Kế hoạch"),
        ("assigning", "Chương trình hành động", "Báo cáo"),
        ("numbered", "Chỉ thị", "Luật"),
        ("fixed-symbol", "Kế hoạch hành động", "Hợp đồng"),
        ("correspondence", "Phiếu trình", "Nghị quyết"),
        ("sole-issuer", "Nghị định", "Thông tư"),
        ("letter", "Công văn", "Công điện"),
        ("consolidated", "Văn bản hợp nhất", "Luật"),
        ("direct", "Nghị quyết liên tịch", "Luật"),
        ("rule", "Thông tư liên tịch", "Chỉ thị"),
        ("plan", "Kế hoạch phối hợp", "Kết luận"),
        ("report", "Thông cáo báo chí", "Đề án"),
        ("joint", "Chương trình phối hợp", "Chương trình"),
    ],
)
def test_nature(nature: str, example: str, other: str) -> None:
    assert example in types_of(nature)
    assert other not in types_of(nature)


def test_every_nature_is_described_and_met() -> None:
    graph = table_graph("chidao")
    described = {str(c).partition("nature-")[2] for c in graph.subjects(SKOS.inScheme, CHIDAO.natures)}
    assert described == {nature for kind in document_types() for nature in kind.natures}
    with pytest.raises(ValueError, match="'letters'"):
        types_of("letters")


def test_values_are_known() -> None:
    for kind in document_types():
        assert set(kind.branches) <= BRANCHES and set(kind.levels) <= LEVELS
    assert {entry.branch for entry in bodies()} | {entry.branch for entry in body_templates()} <= BRANCHES - {
        "assembly"
    }


@pytest.mark.parametrize(("key", "name", "label", "symbol", "parent"), BODY_CASES)
def test_body(key: str, name: str, label: str, symbol: str | None, parent: str | None) -> None:
    body = BODIES[key]
    assert body.name == name
    assert label in body.labels + body.abbreviations
    assert symbol is None or symbol == body.symbols[0]
    assert parent is None or body.parent == parent


def test_bodies_are_distinct() -> None:
    assert not clashes((b.name.lower(), b.key) for b in bodies())
    assert not clashes((x.lower(), b.key) for b in bodies() for x in (b.name, *b.labels, *b.abbreviations))
    assert set(clashes((s, b.key) for b in bodies() for s in b.symbols)) == {"BCĐTW", "ĐUK"}


def test_only_the_party_centre_has_the_symbol_tw() -> None:
    assert [b.key for b in bodies() if "TW" in b.symbols] == ["vn/trung-uong-dang"]


def test_hierarchies_end() -> None:
    parents = {b.key: b.parent for b in bodies()}
    for level in ("province", "district", "commune"):
        of_level = [t for t in body_templates() if t.level == level]
        parents |= {f"{level}/{t.slug}": f"{level}/{t.parent}" if t.parent else None for t in of_level}
    for start in parents:
        seen: set[str] = set()
        at: str | None = start
        while at is not None:
            assert at not in seen, f"{start} is its own ancestor"
            seen.add(at)
            at = parents[at]


@pytest.mark.parametrize(("old", "new"), SUCCESSORS.items())
def test_ministry_of_2025(old: str, new: str) -> None:
    assert BODIES[old].successors == (new,)
    assert BODIES[old].valid_to == "2025-02-28"
    assert BODIES[new].valid_to is None


def test_ended_bodies_precede_their_successors() -> None:
    for body in bodies():
        for successor in body.successors:
            assert body.valid_to is not None
            assert (BODIES[successor].valid_from or "") <= "2025-03-01"
    templates = {t.slug: t for t in body_templates()}
    for template in templates.values():
        for successor in template.successors:
            assert template.valid_to is not None and successor in templates


@pytest.mark.parametrize(("level", "slug", "name", "label", "symbol", "place"), TEMPLATE_CASES)
def test_template(
    level: str, slug: str, name: str, label: str | None, symbol: str | None, place: tuple[str, str, str]
) -> None:
    (template,) = [t for t in body_templates() if (t.level, t.slug) == (level, slug)]
    assert fill(template.name, place) == name
    assert label is None or label in [fill(pattern, place) for pattern in template.labels]
    assert symbol is None or symbol in template.symbols


@pytest.mark.parametrize("template", body_templates(), ids=lambda t: f"{t.level}-{t.slug}")
def test_template_holds_known_placeholders(template: BodyTemplate) -> None:
    for pattern in (template.name, *template.labels):
        assert set(re.findall(r"\{[^}]*\}?", pattern)) <= {"{unit}", "{party}", "{name}"}
        assert pattern == " ".join(pattern.split()) and pattern
    for text in (*template.abbreviations, *template.symbols):
        assert "{" not in text
    assert template.name.endswith("{name}")
    assert set(template.units) <= {u.slug for u in units() if u.level == template.level}


@pytest.mark.parametrize("level", ["province", "district", "commune"])
def test_templates_of_a_level_are_distinct(level: str) -> None:
    """Two templates share a pattern only where they hold for different kinds of unit."""
    of_level = {t.slug: t for t in body_templates() if t.level == level}
    assert len(of_level) == sum(t.level == level for t in body_templates())
    for _, slugs in clashes((x.lower(), t.slug) for t in of_level.values() for x in (t.name, *t.labels)).items():
        kinds = [unit for slug in slugs for unit in of_level[slug].units or ("any",)]
        assert len(kinds) == len(set(kinds)) and "any" not in kinds, slugs
    for template in of_level.values():
        assert template.parent is None or template.parent in of_level or level != "province"


def test_provinces() -> None:
    before = {p.slug for p in jurisdictions() if p.existed("2024-12-31")}
    after = {p.slug for p in jurisdictions() if p.existed("2025-07-01")}
    assert (len(before), len(after)) == (63, 34)
    assert "thua-thien-hue" in before and "hue" in after - before
    assert {p.full_name for p in jurisdictions() if p.existed("2025-07-01") and p.unit == "thành phố"} == {
        f"thành phố {name}" for name in ("Hà Nội", "Hải Phòng", "Huế", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ")
    }
    assert PLACES["ha-noi"].party == "Thành ủy" and PLACES["lao-cai"].party == "Tỉnh ủy"


def test_mergers() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for place in jurisdictions():
        if place.valid_to == "2025-06-30":
            found[str(place.successor)].add(place.slug)
    assert found == MERGERS
    events = list(table_graph("jurisdictions").subjects(RDF.type, ORG.ChangeEvent))
    assert len(events) == len(MERGERS) + 2


def test_districts() -> None:
    found = {d.key: d for d in districts()}
    assert len(found) == 696
    assert {d.province for d in districts()} == {p.slug for p in jurisdictions() if p.existed("2025-01-01")}
    melinh = found["ha-noi/huyen-me-linh"]
    assert (melinh.name, melinh.unit, melinh.province, melinh.party) == ("Mê Linh", "huyện", "ha-noi", "Huyện ủy")
    assert found["ho-chi-minh/quan-1"].name == "1"


def test_party_committee_codes() -> None:
    assert {(u.name, u.code) for u in units() if u.level != "commune"} == {
        ("tỉnh", "TU"),
        ("thành phố", "TU"),
        ("huyện", "HU"),
        ("quận", "QU"),
        ("thị xã", "ThU"),
        ("thành phố", "ThU"),
    }


def test_order_is_fixed() -> None:
    for first, key in (
        (document_types(), "slug"),
        (bodies(), "key"),
        (jurisdictions(), "slug"),
        (districts(), "key"),
    ):
        keys = [getattr(entry, key) for entry in first]
        assert keys == sorted(set(keys))
    loaders = (authority.document_types, authority.bodies, authority.body_templates, authority.jurisdictions)
    before = [loader() for loader in loaders]
    for loader in loaders:
        loader.cache_clear()
    assert [loader() for loader in loaders] == before


def test_text_is_composed_and_clean() -> None:
    """NFC, no stray blanks: what a reader compares with."""
    import unicodedata

    for _, _, text in ontology_graph():
        value = str(text)
        assert unicodedata.is_normalized("NFC", value), value
        assert value == value.strip() and "  " not in value, value


def test_every_named_thing_has_a_vietnamese_name() -> None:
    graph = ontology_graph() + table_graph("districts")
    kinds = (CHIDAO.Body, CHIDAO.BodyTemplate, CHIDAO.DocumentType, CHIDAO.Jurisdiction, CHIDAO.Unit)
    for kind in kinds:
        subjects = list(graph.subjects(RDF.type, kind))
        assert subjects
        for subject in subjects:
            assert [o for o in graph.objects(subject, SKOS.prefLabel) if getattr(o, "language", None) == "vi"], subject


def test_tables_keep_the_shapes() -> None:
    conforms, _, report = validate(ontology_graph() + table_graph("districts"), shacl_graph=shapes_graph())
    assert conforms, report
