"""Which documents the text relates, in which direction, and by which words."""

from __future__ import annotations

import pytest

from chidao.extract import extract_text
from chidao.extract.language.tables import relation_triggers
from chidao.extract.model import SELF, Facts, Source

PLAN = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
Số: 134/KH-UBND
Lào Cai, ngày 20 tháng 5 năm 2022

KẾ HOẠCH
{title}

{preamble}

I. MỤC ĐÍCH
1. Các sở chủ động triển khai.
"""
DECISION = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
Số: 45/QĐ-UBND
Lào Cai, ngày 20 tháng 5 năm 2022

QUYẾT ĐỊNH
Về việc ban hành quy chế làm việc

Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13;

Điều 1. Ban hành kèm theo Quyết định này quy chế làm việc.
{article}
"""

# (subject, predicate, object, rule): documents are counted in text order from 0, SELF is the file's own.
PAIRS = [
    pytest.param(
        "Kế hoạch số 20-KH/TU thực hiện Nghị quyết số 18, 19-NQ/TW.",
        [(0, "implements", 1, "joined-implements"), (0, "implements", 2, "joined-implements")],
        id="object-list",
    ),
    pytest.param(
        "Quy định số 08-QĐ/TU, Quy định số 09-QĐ/TU cụ thể hóa Quy định số 50-QĐ/TW.",
        [(0, "implements", 2, "joined-implements"), (1, "implements", 2, "joined-implements")],
        id="subject-list",
    ),
    pytest.param(
        "Quy định số 08-QĐ/TU ngày 1/3/2023 về “Phân cấp quản lý cán bộ” và Quy định số 09-QĐ/TU cụ thể hóa "
        "Quy định số 50-QĐ/TW.",
        [(1, "implements", 2, "joined-implements")],
        id="title-of-its-own-breaks-the-subject-list",
    ),
    pytest.param(
        "Kế hoạch số 58-KH/TU ngày 3/3/2022 về việc tiếp tục thực hiện Kết luận số 21-KL/TW.",
        [(0, "continues", 1, "title-continues")],
        id="inside-a-title",
    ),
    pytest.param(
        "Kết luận số 01-KL/TW về “Tiếp tục thực hiện Chỉ thị số 05-CT/TW” của Bộ Chính trị.",
        [(0, "continues", 1, "title-continues")],
        id="inside-a-quoted-title",
    ),
    pytest.param(
        "Nghị định số 24/2014/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 107/2020/NĐ-CP.",
        [(1, "amends", 0, "joined-amends")],
        id="backward",
    ),
    pytest.param(
        "Kế hoạch số 58-KH/TU ngày 3/3/2022 - văn bản cụ thể hóa các nội dung theo Kết luận số 21-KL/TW.",
        [(0, "implements", 1, "apposition")],
        id="apposition",
    ),
    pytest.param(
        "Quốc hội thông qua Luật sửa đổi, bổ sung một số điều của Luật Đầu tư công và Luật Đầu tư.",
        [(0, "amends", 1, "amending-law"), (0, "amends", 2, "amending-law")],
        id="amending-law",
    ),
    pytest.param("Kế hoạch số 58-KH/TU và Nghị quyết số 15-NQ/TW.", [], id="no-words-of-relation"),
    pytest.param("Kế hoạch số 58-KH/TU được ban hành. Thực hiện Nghị quyết số 15-NQ/TW.", [], id="two-sentences"),
    pytest.param(
        "Chỉ thị số 05-CT/TW ngày 15/5/2016 theo Kết luận số 01-KL/TW ngày 18/5/2021.", [], id="older-than-its-object"
    ),
    pytest.param("Kế hoạch số 58-KH/TU\n\nThực hiện Nghị quyết số 15-NQ/TW.", [], id="two-paragraphs"),
]
OWN = [
    pytest.param(
        PLAN.format(title="Thực hiện Nghị quyết số 15-NQ/TU ngày 01/3/2022 của Tỉnh ủy", preamble="Nội dung như sau."),
        [(SELF, "implements", 0, "own-title")],
        id="title",
    ),
    pytest.param(
        PLAN.format(
            title="Tiếp tục thực hiện Nghị quyết số 18-NQ/TW và Nghị quyết số 19-NQ/TW", preamble="Nội dung như sau."
        ),
        [(SELF, "continues", 0, "own-title"), (SELF, "continues", 1, "own-title")],
        id="title-with-a-list",
    ),
    pytest.param(
        PLAN.format(
            title="Phát triển du lịch",
            preamble="Căn cứ Luật Du lịch số 09/2017/QH14;\nCăn cứ Nghị quyết số 15-NQ/TU ngày 01/3/2022 của Tỉnh ủy;",
        ),
        [(SELF, "based_on", 0, "preamble-basis"), (SELF, "based_on", 1, "preamble-basis")],
        id="bases",
    ),
    pytest.param(
        PLAN.format(
            title="Phát triển du lịch",
            preamble="Thực hiện Nghị quyết số 15-NQ/TU ngày 01/3/2022 của Tỉnh ủy, UBND tỉnh ban hành Kế hoạch như sau:",
        ),
        [(SELF, "implements", 0, "preamble-carries")],
        id="preamble-that-carries-out",
    ),
    pytest.param(
        DECISION.format(article="Điều 2. Quyết định này thay thế Quyết định số 10/QĐ-UBND ngày 05/01/2020."),
        [(SELF, "based_on", 0, "preamble-basis"), (SELF, "replaces", 1, "enacting")],
        id="enacting-clause",
    ),
    pytest.param(
        DECISION.format(article="Điều 2. Bãi bỏ Quyết định số 10/QĐ-UBND ngày 05/01/2020 của UBND tỉnh."),
        [(SELF, "based_on", 0, "preamble-basis"), (SELF, "repeals", 1, "enacting")],
        id="article-that-repeals",
    ),
    pytest.param(
        DECISION.format(
            article="Điều 2. Quyết định số 10/QĐ-UBND ngày 05/01/2020 hết hiệu lực kể từ ngày Quyết định này có hiệu lực."
        ),
        [(SELF, "based_on", 0, "preamble-basis"), (SELF, "repeals", 1, "expiry")],
        id="expiry",
    ),
    pytest.param(
        DECISION.format(article="Điều 2. Nghị định này thay thế Quyết định số 10/QĐ-UBND ngày 05/01/2020."),
        [(SELF, "based_on", 0, "preamble-basis")],
        id="another-document-s-enacting-clause",
    ),
]
BASIS = (SELF, "based_on", 0, "preamble-basis")
ARTICLES = [
    ("Điều 2. Quyết định này sửa đổi, bổ sung Quyết định số 10/QĐ-UBND.", [("amends", 1, "enacting")]),
    ("Điều 2. Đính chính Quyết định số 10/QĐ-UBND.", [("corrects", 1, "enacting")]),
    ("Điều 2. Thu hồi Quyết định số 10/QĐ-UBND.", [("repeals", 1, "enacting")]),
    ("Điều 2. Quyết định này có hiệu lực từ ngày ký. Bãi bỏ Công văn số 65/UBND-NC.", [("repeals", 1, "enacting")]),
    ("Điều 2. Bãi bỏ khoản 2 Điều 5 Quyết định số 10/QĐ-UBND.", [("amends", 1, "enacting")]),
    ("Điều 2. Thay thế Phụ lục ban hành kèm theo Quyết định số 10/QĐ-UBND.", [("amends", 1, "enacting")]),
    ("Điều 2. Quyết định số 10/QĐ-UBND được thay thế bằng Quyết định này.", [("replaces", 1, "passive")]),
    ("Điều 2. Quyết định số 10/QĐ-UBND bị bãi bỏ kể từ ngày Quyết định này có hiệu lực.", [("repeals", 1, "passive")]),
    ("Điều 2. Điều 3 Quyết định số 10/QĐ-UBND được sửa đổi, bổ sung như sau:", [("amends", 1, "passive")]),
    (
        "Điều 2. Quyết định số 10/QĐ-UBND và Quyết định số 11/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.",
        [("repeals", 1, "expiry"), ("repeals", 2, "expiry")],
    ),
    (
        "Điều 2. Bãi bỏ các văn bản sau đây:\na) Quyết định số 10/QĐ-UBND;\nb) Khoản 3 Điều 4 Quyết định số 11/QĐ-UBND.\n"
        "Điều 3. Các sở thi hành Quyết định số 12/QĐ-UBND.",
        [("repeals", 1, "enacting-list"), ("amends", 2, "enacting-list")],
    ),
    (
        "Điều 2. Các quyết định sau đây hết hiệu lực kể từ ngày Quyết định này có hiệu lực:\n1. Quyết định số 10/QĐ-UBND.",
        [("repeals", 1, "enacting-list")],
    ),
    (
        "Điều 2. Bãi bỏ các văn bản sau: Quyết định số 10/QĐ-UBND; Quyết định số 11/QĐ-UBND.",
        [("repeals", 1, "enacting-list"), ("repeals", 2, "enacting-list")],
    ),
    ("Điều 2. Điều 9 được viết lại như sau:\n“Điều 9. Quyết định này thay thế Quyết định số 10/QĐ-UBND.”", []),
    ("Điều 2. Bãi bỏ Luật Xây dựng.", []),
    ("Điều 2. Thực hiện đến khi Quyết định số 10/QĐ-UBND hết hiệu lực.", []),
]


@pytest.mark.parametrize(("article", "expected"), ARTICLES)
def test_what_an_article_does(article: str, expected: list[tuple[str, int, str]]) -> None:
    said = [(r.subject, r.predicate, r.object, r.rule) for r in read(DECISION.format(article=article)).relations]
    assert said == [BASIS, *((SELF, *row) for row in expected)]


TITLES = [
    ("Điều chỉnh mục đích sử dụng đất tại Quyết định số 69/QĐ-UBND", ["amends"]),
    ("Điều chỉnh khoản 2 Điều 1 Quyết định số 69/QĐ-UBND", ["amends"]),
    ("Thực hiện chỉ đạo của Thủ tướng Chính phủ tại Công văn số 96/VPCP-KTTH", ["implements"]),
    ("Thực hiện các biện pháp cấp bách theo Chỉ thị số 16/CT-TTg", ["implements"]),
    ("Đôn đốc thực hiện Chỉ thị số 16/CT-TTg", ["implements"]),
    ("Thực hiện Công điện số 68/CĐ-TTg của Thủ tướng Chính phủ, Thông báo số 12/TB-VPCP", ["implements"] * 2),
    ("Tiếp tục quán triệt và thực hiện Chỉ thị số 05-CT/TW", ["continues"]),
    ("Gia hạn thời gian thực hiện Quyết định số 69/QĐ-UBND", ["amends"]),
    ("Đính chính Quyết định số 69/QĐ-UBND", ["corrects"]),
    ("Thu hồi Quyết định số 69/QĐ-UBND", ["repeals"]),
    ("Thu hồi khu đất đã cho thuê tại Quyết định số 69/QĐ-UBND", []),
    ("Tổng kết 10 năm thực hiện Nghị quyết số 11-NQ/TU", ["reviews"]),
    ("Phân bổ vắc xin theo đề nghị của Sở Y tế tại Tờ trình số 83/TTr-SYT", []),
    ("Tạm dừng việc thực hiện Quyết định số 69/QĐ-UBND", []),
    ("Bổ sung người làm việc do đơn vị quản lý theo Quyết định số 69/QĐ-UBND", []),
]


@pytest.mark.parametrize(("title", "expected"), TITLES)
def test_what_a_title_says(title: str, expected: list[str]) -> None:
    facts = read(PLAN.format(title=title, preamble="Nội dung như sau."))
    own = [r for r in facts.relations if r.subject == SELF]
    assert [r.predicate for r in own] == expected
    assert {r.rule for r in own} <= {"own-title"}


def test_a_reference_inside_another_title_is_not_the_subject_s_own() -> None:
    title = "Thực hiện Chương trình số 22-CTr/TU ngày 01/6/2021 của Tỉnh ủy về thực hiện Nghị quyết số 50-NQ/TW ngày 20/8/2019"
    facts = read(PLAN.format(title=title, preamble="Nội dung như sau."))
    assert [(r.subject, r.predicate, r.object) for r in facts.relations] == [
        (SELF, "implements", 0),
        (0, "implements", 1),
    ]


BASES = [
    (
        "Căn cứ Luật Du lịch; Nghị định số 45/2019/NĐ-CP; để thực hiện Chương trình số 22-CTr/TU;",
        [("based_on", 0), ("based_on", 1), ("implements", 2)],
    ),
    ("Căn cứ Nghị định số 45/2019/NĐ-CP quy định chi tiết một số điều của Luật Du lịch;", [("based_on", 0)]),
    ("Căn cứ Nghị định số 24/2014/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 107/2020/NĐ-CP;", [("based_on", 0)]),
    ("Xét đề nghị của Sở Du lịch tại Tờ trình số 12/TTr-SDL;", []),
]


@pytest.mark.parametrize(("preamble", "expected"), BASES)
def test_what_a_preamble_says(preamble: str, expected: list[tuple[str, int]]) -> None:
    facts = read(PLAN.format(title="Phát triển du lịch", preamble=preamble))
    assert [(r.predicate, r.object) for r in facts.relations if r.subject == SELF] == expected


def test_one_document_ends_another() -> None:
    facts = read(
        DECISION.format(
            article="Quyết định số 10/QĐ-UBND hết hiệu lực kể từ ngày Quyết định số 12/QĐ-UBND có hiệu lực."
        )
    )
    assert (2, "repeals", 1, "expiry-by-other") in [(r.subject, r.predicate, r.object, r.rule) for r in facts.relations]


def test_a_consolidated_text() -> None:
    text = (
        "BỘ NỘI VỤ\nSố: 03/VBHN-BNV\n\nNGHỊ ĐỊNH\nQuy định việc thử\n\n"
        "Nghị định số 24/2014/NĐ-CP ngày 04/4/2014 của Chính phủ quy định việc thử, có hiệu lực kể từ ngày 20/5/2014, "
        "được sửa đổi, bổ sung bởi:\n"
        "Nghị định số 107/2020/NĐ-CP ngày 14/9/2020 của Chính phủ về việc thử, có hiệu lực kể từ ngày 25/11/2020.\n"
        "Căn cứ Luật Tổ chức Chính phủ;\n"
    )
    said = {(r.subject, r.predicate, r.object) for r in read(text).relations}
    assert {(SELF, "consolidates", 0), (SELF, "consolidates", 1), (1, "amends", 0), (SELF, "based_on", 2)} <= said


FIXED = {
    "amending-law", "apposition", "own-title", "preamble-basis", "preamble-carries", "enacting", "expiry",
}  # fmt: skip


def read(text: str) -> Facts:
    return extract_text(Source("", "", "", text))


@pytest.mark.parametrize(("text", "expected"), [*PAIRS, *OWN])
def test_relations(text: str, expected: list[tuple[int, str, int, str]]) -> None:
    facts = read(text)
    assert [(r.subject, r.predicate, r.object, r.rule) for r in facts.relations] == expected
    for relation in facts.relations:
        assert relation.text == text[relation.start : relation.end]
        assert facts.references[relation.object].text in facts.source.text


def test_every_rule_has_a_case() -> None:
    named = {row[3] for case in [*PAIRS, *OWN] for row in case.values[1]}  # type: ignore[union-attr]
    assert named - {rule for rule in named if rule.startswith(("joined-", "title-"))} == FIXED
    # The other rules are named after their predicate, one for each; the trigger table's examples show them all.
    shown = {r.rule for row in relation_triggers().values() for r in read(f"{row.example}.").relations}
    predicates = {row.predicate for row in relation_triggers().values()}
    assert {rule.partition("-")[2] for rule in shown} == predicates


def test_a_report_that_sums_up_reviews() -> None:
    text = PLAN.replace("KẾ HOẠCH", "BÁO CÁO").format(
        title="Tổng kết 10 năm thực hiện Nghị quyết số 11-NQ/TU", preamble="Kết quả như sau."
    )
    assert [(r.subject, r.predicate) for r in read(text).relations] == [(SELF, "reviews")]


def test_certainty() -> None:
    explicit = read("Kế hoạch số 20-KH/TU thực hiện Nghị quyết số 18-NQ/TW.").relations
    implied = read("Kế hoạch số 58-KH/TU - văn bản cụ thể hóa nội dung theo Kết luận số 21-KL/TW.").relations
    assert [r.certainty for r in (*explicit, *implied)] == ["explicit", "implied"]


def test_a_relation_is_stated_once() -> None:
    text = "Kế hoạch số 20-KH/TU thực hiện Nghị quyết số 18-NQ/TW. " * 2
    facts = read(text)
    assert len({(r.subject, r.predicate, r.object) for r in facts.relations}) == len(facts.relations) == 2
