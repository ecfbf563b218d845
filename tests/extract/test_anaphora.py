"""References that lean on an earlier one: what they mean, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.corpus.resolve import resolve
from chidao.extract.facts import Reading, extract_text
from chidao.extract.model import SELF, Source

DECISION = (
    "ỦY BAN NHÂN DÂN TỈNH LÀO CAI\nSố: 12/2026/QĐ-UBND\nLào Cai, ngày 05 tháng 3 năm 2026\n\nQUYẾT ĐỊNH\n"
    "Ban hành Quy chế phối hợp quản lý bến thủy\n\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế phối hợp quản lý bến thủy.\n\n"
    "QUY CHẾ\nPhối hợp quản lý bến thủy\n\nĐiều 1. Quy chế này quy định việc phối hợp.\nĐiều 2. Quyết định này không kể ở đây.\n"
)


def leaning(text: str) -> list[tuple[str, str, str]]:
    """(what leans, what it leans on, rule)"""
    reading = Reading(text)
    source = reading.layout.text

    def meant(i: int | None) -> str:
        assert i is not None
        return "SELF" if i == SELF else source[reading.references[i].start : reading.references[i].end]

    return [(source[b.start : b.end], meant(b.antecedent), b.rule) for b in reading.back_references]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị. Việc thực hiện Nghị quyết nêu trên còn chậm.",
            [("Nghị quyết nêu trên", "Nghị quyết số 57-NQ/TW", "named-above")],
        ),
        (
            "Theo Chỉ thị số 11-CT/TU ngày 02/02/2026, các sở triển khai Chỉ thị nói trên; báo cáo theo Chỉ thị trên.",
            [
                ("Chỉ thị nói trên", "Chỉ thị số 11-CT/TU", "named-above"),
                ("Chỉ thị trên", "Chỉ thị số 11-CT/TU", "named-above"),
            ],
        ),
        # "on", not "above"
        ("Nghị quyết số 57-NQ/TW. Triển khai Nghị quyết trên địa bàn tỉnh.", []),
        # another type
        ("Nghị quyết số 57-NQ/TW. Quyết định nêu trên hết hiệu lực.", []),
        # several
        ("Nghị quyết số 57-NQ/TW. Các nghị quyết nêu trên.", []),
        ("Nghị quyết số 57-NQ/TW và Nghị quyết số 59-NQ/TW. Nghị quyết nêu trên còn hiệu lực.", []),
        # what the one letter above says
        (
            "Sở nhận được Công văn số 99/BNV-TCCB ngày 10/5/2026 của Bộ Nội vụ về việc thực hiện Nghị định số 5/2026/NĐ-CP.\n"
            "Thực hiện nội dung trên, Sở yêu cầu các phòng báo cáo. Theo ý kiến chỉ đạo nêu trên, Văn phòng rà soát.",
            [
                ("nội dung trên", "Công văn số 99/BNV-TCCB", "matter-above"),
            ],
        ),
        (
            "Đã có Công văn số 99/BNV-TCCB. Triển khai thực hiện tinh thần Công văn nêu trên, Sở rà soát.",
            [("Công văn nêu trên", "Công văn số 99/BNV-TCCB", "named-above")],
        ),
        # of two letters, of work that is no letter's, of a plan, and farther above
        ("Đã có Công văn số 99/BNV-TCCB và Công văn số 100/BTC-NS.\nThực hiện nội dung trên, Sở rà soát.", []),
        ("Công văn số 99/BNV-TCCB. Để thực hiện tốt nội dung trên, các sở rà soát.", []),
        ("Đã có Công văn số 99/BNV-TCCB. Thực hiện nội dung trên địa bàn tỉnh.", []),
        # what another said, what the letter wishes, and a letter that is only spoken of
        ("Bộ có Công văn số 99/BNV-TCCB. Chủ tịch chỉ đạo khẩn trương. Thực hiện chỉ đạo nêu trên, Sở rà soát.", []),
        ("Sở có Công văn số 99/SNV-TC xin ý kiến về mẫu. Thực hiện nội dung trên, Ủy ban yêu cầu các xã góp ý.", []),
        ("Chủ tịch chỉ đạo trả lời Công văn số 99/SNV-TC. Thực hiện chỉ đạo nêu trên, Sở rà soát.", []),
        ("Đã có Kế hoạch số 9/KH-UBND.\nThực hiện nội dung trên, Sở rà soát.", []),
        ("Đã có Công văn số 99/BNV-TCCB.\nCác phòng đã họp.\nCác xã đã họp.\nThực hiện nội dung trên, Sở rà soát.", []),
        # the same one twice is one
        (
            "Nghị quyết số 57-NQ/TW; Nghị quyết số 57-NQ/TW. Nghị quyết nêu trên còn hiệu lực.",
            [("Nghị quyết nêu trên", "Nghị quyết số 57-NQ/TW", "named-above")],
        ),
        # a short form, and the term from there on
        (
            "Thực hiện Chỉ thị số 11-CT/TU ngày 02/02/2026 về bến thủy (sau đây gọi tắt là Chỉ thị bến thủy). Giao các sở "
            "thực hiện Chỉ thị bến thủy.",
            [
                ("Chỉ thị bến thủy", "Chỉ thị số 11-CT/TU", "short-form"),
                ("Chỉ thị bến thủy", "Chỉ thị số 11-CT/TU", "short-form"),
            ],
        ),
        # of two before it, the one of the term's type
        (
            "Chỉ thị số 11-CT/TU và Kế hoạch số 20/KH-UBND (viết tắt là Chỉ thị bến thủy).",
            [("Chỉ thị bến thủy", "Chỉ thị số 11-CT/TU", "short-form")],
        ),
        # a body's short name, and one that names every document of its type
        ("Nghị quyết số 57-NQ/TW do cơ quan thường trực (sau đây gọi tắt là Ban Chỉ đạo) theo dõi.", []),
        ("Nghị quyết số 57-NQ/TW (sau đây gọi tắt là Nghị quyết). Thực hiện Nghị quyết.", []),
        (DECISION, [("Quy chế này", "SELF", "own-annex")]),
        ("", []),
    ],
)
def test_reading(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert leaning(text) == expected


def test_means_what_its_antecedent_means() -> None:
    text = "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị. Việc thực hiện Nghị quyết nêu trên còn chậm."
    file = resolve([extract_text(Source("a", "", "", text))]).files[0]
    first, second = file.facts.references
    assert (first.kind, second.kind, second.number) == ("numbered", "back", None)
    assert text[second.start : second.end] == second.text == "Nghị quyết nêu trên"
    assert file.documents == ("vn/nghi-quyet/57-nq-tw/2024",) * 2


def test_own_annex_is_the_document() -> None:
    file = resolve([extract_text(Source("a", "", "", DECISION))]).files[0]
    (back,) = (i for i, r in enumerate(file.facts.references) if r.kind == "back")
    assert file.documents[back] == file.own == "lao-cai/quyet-dinh/12-2026-qd-ubnd"


PARTS = ["Nghị quyết số 57-NQ/TW ", "Chỉ thị nêu trên ", "Nghị quyết trên. ", "(gọi tắt là Nghị quyết bến) ", "Nghị quyết bến ",
         "Quy chế này ", "các ", "(", ")", "\n", "“"]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
def test_antecedents_come_first_and_nothing_overlaps(text: str) -> None:
    facts = extract_text(Source("a", "", "", text))
    last = 0
    for r in facts.references:
        assert r.start >= last or r.kind != "back"
        last = r.end
        assert text[r.start : r.end] == r.text
        if r.antecedent is not None and r.antecedent != SELF:
            assert facts.references[r.antecedent].kind != "back"
            assert facts.references[r.antecedent].start < r.start
