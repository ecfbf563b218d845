"""Laws cited by name: which generation is meant, and when that stays open."""

from __future__ import annotations

import pytest

from chidao.extract import extract_text, resolve
from chidao.extract.model import Source
from chidao.extract.resolved import Corpus

OLD, NEW, NAMED = "vn/luat/45-2013-qh13", "vn/luat/31-2024-qh15", "vn/luat/dat-dai"


def corpus(*texts: str) -> Corpus:
    return resolve(extract_text(Source(f"{n}.txt", str(n), "", text)) for n, text in enumerate(texts))


def paper(year: int, text: str) -> str:
    return f"ỦY BAN NHÂN DÂN TỈNH LÀO CAI\nSố: 7/BC-UBND\nLào Cai, ngày 05 tháng 3 năm {year}\n\nBÁO CÁO\nVề đất\n\n{text}\n"


def law(code: str, date: str, name: str, text: str) -> str:
    return f"QUỐC HỘI\nLuật số: {code}\nHà Nội, ngày {date}\n\nLUẬT\n{name}\n\nQuốc hội ban hành {text}\n\nĐiều 1. Phạm vi\nLuật này quy định.\n"


BOTH = "Luật Đất đai số 45/2013/QH13 và Luật Đất đai số 31/2024/QH15."


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        # its own file names one
        (["Căn cứ Luật Đất đai số 31/2024/QH15. Theo Luật Đất đai.", BOTH], [NEW, NEW]),
        # a law in its own text, which the table knows by an older number; the older one too; another law; a law that amends it
        ([law("88/2025/QH15", "25 tháng 6 năm 2025", "AN NINH MẠNG", "Luật An ninh mạng.")], ["vn/luat/88-2025-qh15"]),
        (
            [
                law(
                    "88/2025/QH15",
                    "25 tháng 6 năm 2025",
                    "AN NINH MẠNG",
                    "Luật An ninh mạng.\n\nTheo Luật An ninh mạng số 24/2018/QH14.",
                )
            ],
            ["vn/luat/an-ninh-mang", "vn/luat/24-2018-qh14"],
        ),
        ([law("88/2025/QH15", "25 tháng 6 năm 2025", "AN NINH MẠNG", "theo Luật Nhà ở.")], ["vn/luat/27-2023-qh15"]),
        (
            [
                law(
                    "88/2025/QH15",
                    "25 tháng 6 năm 2025",
                    "SỬA ĐỔI, BỔ SUNG LUẬT AN NINH MẠNG",
                    "theo Luật An ninh mạng.",
                )
            ],
            ["vn/luat/24-2018-qh14"] * 2,
        ),
        # a stated day or year is a generation's
        (["Theo Luật Đất đai năm 2013.", BOTH], [OLD]),
        (["Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024; theo Luật Đất đai.", BOTH], [NEW, NEW]),
        # a generation that no number of the corpus shows: by the table, and one older than the table
        (["Theo Luật Đất đai năm 2003.", BOTH], ["vn/luat/13-2003-qh11"]),
        (["Theo Luật Đất đai 2013 và 12 nghị định.", BOTH], [OLD]),
        (["Theo Luật Đất đai năm 1993.", BOTH], ["vn/luat/dat-dai/1993"]),
        # two of one year, told apart by the day
        (["Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025."], ["vn/luat/72-2025-qh15"]),
        (["Luật Tổ chức chính quyền địa phương năm 2025."], ["vn/luat/to-chuc-chinh-quyen-dia-phuong/2025"]),
        # in what an older document is called
        (
            [
                paper(
                    2026, "Luật sửa đổi Luật Cán bộ, công chức ngày 25/11/2019. Luật Cán bộ, công chức ngày 24/6/2025."
                )
            ],
            ["vn/luat/luat-sua-doi-luat-can-bo-cong-chuc/2019", "vn/luat/22-2008-qh12", "vn/luat/80-2025-qh15"],
        ),
        (
            [
                paper(
                    2026,
                    "Nghị định số 1/2016/NĐ-CP ngày 15/5/2016 về thi hành Luật Đất đai. Luật Đất đai số 31/2024/QH15.",
                )
            ],
            ["vn/nghi-dinh/1-2016-nd-cp", OLD, NEW],
        ),
        (
            [
                paper(
                    2026,
                    "Nghị định số 1/2014/NĐ-CP ngày 15/5/2014 về thi hành Luật Đất đai. Luật Đất đai số 31/2024/QH15.",
                )
            ],
            ["vn/nghi-dinh/1-2014-nd-cp", NAMED, NEW],
        ),
        (
            [paper(2026, f"{BOTH} Nghị định số 1/2024/NĐ-CP ngày 15/5/2024 quy định chi tiết Luật Đất đai.")],
            [OLD, NEW, "vn/nghi-dinh/1-2024-nd-cp", NEW],
        ),
        (
            [
                paper(
                    2026,
                    "Luật Đất đai số 31/2024/QH15; Luật Đất đai số 45/2013/QH13; Nghị định số 1/2024/NĐ-CP ngày 15/5/2024 quy định chi tiết Luật Đất đai.",
                )
            ],
            [NEW, OLD, "vn/nghi-dinh/1-2024-nd-cp", NAMED],
        ),
        (
            [
                paper(
                    2020,
                    "Nghị định số 1/2014/NĐ-CP ngày 15/5/2014 về thi hành Luật Đất đai; Luật số 45/2013/QH13 và Luật Đất đai.",
                )
            ],
            ["vn/nghi-dinh/1-2014-nd-cp", OLD, OLD, OLD],
        ),
        (
            [paper(2020, "Nghị định số 1/2014/NĐ-CP ngày 15/5/2014 về thi hành Luật Đất đai.")],
            ["vn/nghi-dinh/1-2014-nd-cp", OLD],
        ),
        # two fit
        (["Theo Luật Đất đai.", BOTH], [NAMED]),
        # the second was not there yet
        ([paper(2015, "Theo Luật Đất đai."), BOTH], [OLD]),
        # the table shows which was in force
        (
            [paper(2015, "Theo Luật Xây dựng; Luật Xây dựng năm 2014; Luật Xây dựng số 50/2014/QH13.")],
            ["vn/luat/50-2014-qh13"] * 3,
        ),
        ([paper(2013, "Theo Luật Xây dựng.")], ["vn/luat/16-2003-qh11"]),
        ([paper(2024, "Theo Bộ luật Lao động.")], ["vn/bo-luat/45-2019-qh14"]),
        # the next is passed and not yet in force
        ([paper(2024, "Theo Luật Đất đai.")], [NAMED]),
        # replaced by a law of another name
        ([paper(2025, "Theo Luật Căn cước công dân.")], ["vn/luat/can-cuoc-cong-dan"]),
        # later than the table
        ([paper(2031, "Theo Luật Xây dựng.")], ["vn/luat/xay-dung"]),
        # nothing shows it
        (["Theo Luật Đất đai."], [NAMED]),
        # a law of another name
        (["Theo Luật Nhà ở.", BOTH], ["vn/luat/nha-o"]),
    ],
)
def test_generation(texts: list[str], expected: list[str]) -> None:
    assert list(corpus(*texts).files[0].documents) == expected


def test_open_keeps_both() -> None:
    document = corpus("Theo Luật Đất đai.", BOTH).documents[NAMED]
    assert document.candidates == (NEW, OLD)
    assert document.why == "several laws of this name"


@pytest.mark.parametrize(
    ("year", "called", "candidates"),
    [
        (2026, "Khiếu nại, tố cáo", ("vn/luat/2-2011-qh13", "vn/luat/9-1998-qh10")),
        (2025, "Căn cước công dân", ("vn/luat/26-2023-qh15", "vn/luat/59-2014-qh13")),
        # one of its own name stands in its place
        (2026, "Xây dựng", ()),
        # not over yet
        (2010, "Khiếu nại, tố cáo", ()),
    ],
)
def test_the_old_name_of_a_law_that_is_over(year: int, called: str, candidates: tuple[str, ...]) -> None:
    (document,) = corpus(paper(year, f"Theo Luật {called}.")).files[0].documents
    assert corpus(paper(year, f"Theo Luật {called}.")).documents[document].candidates == candidates


def test_year_tells_generations_of_one_name_apart() -> None:
    found = corpus("Luật Đất đai năm 2003 và Luật Đất đai năm 1993.")
    assert {d.label for d in found.documents.values()} == {"Luật 13/2003/QH11", "Luật Đất đai năm 1993"}


def test_the_year_behind_a_law_that_amends_is_its_own_where_no_such_law_is_of_that_year() -> None:
    facts = extract_text(
        Source("", "", "", paper(2026, "Theo Luật sửa đổi, bổ sung một số điều của Luật Đất đai năm 2025."))
    )
    assert [(f.name, f.year) for f in facts.references] == [
        ("luat/luat-sua-doi-bo-sung-mot-so-dieu-cua-luat-dat-dai", 2025), ("luat/dat-dai", None),
    ]  # fmt: skip
    facts = extract_text(
        Source("", "", "", paper(2026, "Theo Luật sửa đổi, bổ sung một số điều của Luật Đất đai năm 2013."))
    )
    assert [f.year for f in facts.references] == [None, 2013]


def test_nothing_changes_itself() -> None:
    read = corpus(
        paper(2026, "Luật Đất đai sửa đổi, bổ sung một số điều của Luật Đất đai. Theo Luật Đất đai số 31/2024/QH15.")
    )
    assert [r.predicate for r in read.files[0].facts.relations] == []
