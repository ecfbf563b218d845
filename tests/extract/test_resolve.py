"""Which documents the references of all files mean: a keyed join that never guesses."""

from __future__ import annotations

import pytest

from chidao.extract import extract_text, resolve
from chidao.extract.model import Source
from chidao.extract.resolved import Corpus


def corpus(*texts: str, home: str | None = "Hà Nội") -> Corpus:
    return resolve(extract_text(Source(f"{n}.txt", "", "", text), home) for n, text in enumerate(texts))


def meant(*texts: str, home: str | None = "Hà Nội") -> list[tuple[str, ...]]:
    return [file.documents for file in corpus(*texts, home=home).files]


NQ15 = "vn/nghi-quyet/15-nq-tw/2022"


class TestUndated:
    def test_takes_the_only_dated_one_of_its_file(self) -> None:
        assert meant("Nghị quyết số 15-NQ/TW ngày 05/5/2022. Thực hiện Nghị quyết số 15-NQ/TW.") == [(NQ15, NQ15)]

    def test_takes_the_only_dated_one_of_the_corpus(self) -> None:
        found = meant("Nghị quyết số 15-NQ/TW ngày 05/5/2022.", "Thực hiện Nghị quyết 15-NQ/TW (15-NQ/TW).")
        assert found == [(NQ15,), (NQ15, NQ15)]

    def test_its_own_file_counts_before_the_corpus(self) -> None:
        found = meant(
            "Kế hoạch số 128-KH/TU ngày 18/01/2023. Theo Kế hoạch số 128-KH/TU.",
            "Kế hoạch số 128-KH/TU ngày 03/3/2019.",
        )
        assert found[0] == ("ha-noi/ke-hoach/128-kh-tu/2023",) * 2

    def test_stays_open_between_two(self) -> None:
        found = corpus(
            "Kế hoạch số 128-KH/TU ngày 18/01/2023 và Kế hoạch số 128-KH/TU ngày 03/3/2019. Kế hoạch số 128-KH/TU."
        )
        document = found.documents[found.files[0].documents[2]]
        assert document.key == "ha-noi/ke-hoach/128-kh-tu/undated"
        assert document.candidates == ("ha-noi/ke-hoach/128-kh-tu/2019", "ha-noi/ke-hoach/128-kh-tu/2023")
        assert document.why == "several dated documents have this number"

    def test_title_decides_between_two(self) -> None:
        found = meant(
            "Kế hoạch số 128-KH/TU ngày 18/01/2023 về “Tiếp tục đổi mới phương thức lãnh đạo”; "
            "Kế hoạch số 128-KH/TU ngày 03/3/2019 về “Phát triển chăn nuôi”; "
            "Kế hoạch số 128-KH/TU về “Đổi mới phương thức lãnh đạo”."
        )
        assert found[0][2] == "ha-noi/ke-hoach/128-kh-tu/2023"

    def test_another_title_is_another_document(self) -> None:
        found = corpus(
            "Kế hoạch số 128-KH/TU ngày 03/3/2019 về “Phát triển chăn nuôi”; "
            "Kế hoạch số 128-KH/TU về “Đổi mới phương thức lãnh đạo”."
        )
        document = found.documents[found.files[0].documents[1]]
        assert document.date is None
        assert document.why == "its title differs from every dated document with this number"

    def test_never_means_what_was_issued_after_it_was_cited(self) -> None:
        citing = "THÀNH ỦY HÀ NỘI\nSố 20-BC/TU\nHà Nội, ngày 10 tháng 01 năm 2020\n\nBÁO CÁO\nkết quả\n\nTheo Kế hoạch số 128-KH/TU.\n"
        found = corpus(citing, "Kế hoạch số 128-KH/TU ngày 18/01/2023.")
        document = found.documents[found.files[0].documents[0]]
        assert document.date is None
        assert document.why == "every dated document with this number is later than the citing one"


class TestIdentity:
    def test_type_word_tells_what_one_symbol_does_not(self) -> None:
        assert meant("Quy định số 50-QĐ/TW ngày 27/12/2021.", "Quyết định số 50-QĐ/TW ngày 27/12/2021.") == [
            ("vn/quy-dinh/50-qd-tw/2021",),
            ("vn/quyet-dinh/50-qd-tw/2021",),
        ]

    def test_longer_type_word_is_the_same_document(self) -> None:
        (found,) = meant("Chương trình hành động số 16-CTr/TU ngày 26/8/2022. Chương trình 16-CTr/TU.")
        assert len(set(found)) == 1

    @pytest.mark.parametrize(
        "printed",
        ["Nghị quyết 15-NQ/TW", "nghị quyết số 15-nq/tw", "Nghị quyết số 15 – NQ/TW", "(15-NQ/TW)", "Nghị quyết số 015-NQ/TW", "Nghị quyết số 15-NQ/TƯ"],
    )  # fmt: skip
    def test_every_way_to_write_it_meets_in_one_place(self, printed: str) -> None:
        assert meant("Nghị quyết số 15-NQ/TW ngày 05/5/2022.", f"Theo {printed}.") == [(NQ15,), (NQ15,)]

    def test_year_in_the_number_needs_no_date(self) -> None:
        found = meant("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020.", "Nghị định 30/2020/NĐ-CP.")
        assert found == [("vn/nghi-dinh/30-2020-nd-cp",)] * 2

    def test_a_file_s_own_document(self) -> None:
        text = "CHÍNH PHỦ\nSố: 30/2020/NĐ-CP\nHà Nội, ngày 05 tháng 3 năm 2020\n\nNGHỊ ĐỊNH\nVề công tác văn thư\n\nGiao các bộ.\n"
        found = corpus(text, "Theo Nghị định số 30/2020/NĐ-CP.")
        assert found.files[0].own == found.files[1].documents[0]
        document = found.documents[found.files[0].own or ""]
        assert (document.title, document.issuer, document.date) == ("Về công tác văn thư", "Chính phủ", "2020-03-05")

    def test_a_copy_without_its_heading_is_known_by_its_symbol(self) -> None:
        copy = (
            "# Nghị quyết số 15-NQ/TW\n\nBộ Chính trị đã ban hành Nghị quyết số 15-NQ/TW (ngày 05/5/2022) về phát triển Thủ đô."
            "\n\nTrân trọng giới thiệu toàn văn Nghị quyết số 15-NQ/TW:\n\nI- MỤC TIÊU\n"
        )
        assert corpus(copy).files[0].own == NQ15
        assert corpus("# Kế hoạch số 15-KH/TU\n\nI- MỤC TIÊU\n", home=None).files[0].own == "unknown/ke-hoach/15-kh-tu"


class TestDocument:
    def test_conflicting_dates_and_issuers_are_kept(self) -> None:
        found = corpus(
            "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ.",
            "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ.",
            "Nghị định số 30/2020/NĐ-CP ngày 06/3/2020 của Bộ Nội vụ.",
        )
        (document,) = found.documents.values()
        assert document.dates == ("2020-03-05", "2020-03-06")
        assert document.issuers == ("Bộ Nội vụ", "Chính phủ")
        assert (document.date, document.issuer) == ("2020-03-05", "Chính phủ")

    def test_symbol_names_the_issuer_that_no_mention_states(self) -> None:
        (document,) = corpus("Kế hoạch số 83-KH/TU ngày 27/5/2022.").documents.values()
        assert (document.issuer, document.issuer_key, document.issuers) == ("Thành ủy Hà Nội", "ha-noi/cap-uy", ())

    @pytest.mark.parametrize(
        ("text", "level"),
        [
            ("Nghị quyết số 15-NQ/TW", "central"),
            ("Kế hoạch số 83-KH/TU", "province"),
            ("Kế hoạch số 12/KH-UBND của UBND huyện Mê Linh", "district"),
            ("Kế hoạch số 12/KH-UBND của UBND phường Ba Đình", "commune"),
        ],
    )
    def test_level(self, text: str, level: str) -> None:
        (document,) = corpus(f"{text}.").documents.values()
        assert document.level == level

    @pytest.mark.parametrize(
        ("text", "label"),
        [
            ("Nghị quyết số 15-NQ/TW", "Nghị quyết 15-NQ/TW"),
            ("Nghị định số 30/2020/NĐ-CP", "Nghị định 30/2020/NĐ-CP"),
            ("Kế hoạch số 12/KH-UBND", "Kế hoạch 12/KH-UBND"),
            ("Luật Đất đai", "Luật Đất đai"),
            ("Điều lệ Đảng", "Điều lệ Đảng"),
        ],
    )
    def test_label(self, text: str, label: str) -> None:
        (document,) = corpus(f"{text}.").documents.values()
        assert document.label == label


def test_bodies_carry_their_place_in_the_hierarchy() -> None:
    bodies = corpus("Sở Nội vụ và Ban Tổ chức Trung ương báo cáo UBND huyện Mê Linh.").bodies
    department = bodies["ha-noi/so-noi-vu"]
    assert (department.level, department.branch, department.scope) == ("province", "state", "ha-noi")
    assert bodies["vn/ban-to-chuc-trung-uong"].level == "central"
    assert bodies["ha-noi/huyen-me-linh/uy-ban-nhan-dan"].level == "district"
    for body in bodies.values():
        if body.parent and body.parent.startswith("vn/"):
            assert body.parent in bodies


def test_order_of_the_files_does_not_matter() -> None:
    texts = [
        "Nghị quyết số 15-NQ/TW ngày 05/5/2022 của Bộ Chính trị.",
        "Theo Nghị quyết 15-NQ/TW, Kế hoạch số 128-KH/TU.",
        "Kế hoạch số 128-KH/TU ngày 18/01/2023. Kế hoạch số 128-KH/TU ngày 03/3/2019.",
    ]
    forward, backward = meant(*texts), meant(*reversed(texts))
    assert forward == backward[::-1]


def test_no_files() -> None:
    assert resolve([]) == Corpus()


class TestOneNumberTwiceAYear:
    def test_two_titles_are_two_documents(self) -> None:
        found = meant(
            "Kế hoạch số 12-KH/TU ngày 10/02/2025 về “Trồng cây đầu xuân”; "
            "Kế hoạch số 12-KH/TU ngày 20/8/2025 về “Sắp xếp trụ sở sau sáp nhập”; "
            "Kế hoạch số 12-KH/TU về “Sắp xếp trụ sở”.",
            home="Lào Cai",
        )
        assert found == [
            (
                "lao-cai/ke-hoach/12-kh-tu/2025",
                "lao-cai/ke-hoach/12-kh-tu/2025-08-20",
                "lao-cai/ke-hoach/12-kh-tu/2025-08-20",
            )
        ]

    def test_one_title_with_two_days_is_a_conflict(self) -> None:
        found = corpus(
            "Kế hoạch số 12-KH/TU ngày 10/02/2025 về “Trồng cây đầu xuân”; "
            "Kế hoạch số 12-KH/TU ngày 11/02/2025 về “Trồng cây”; Kế hoạch số 12-KH/TU ngày 12/02/2025."
        )
        (document,) = found.documents.values()
        assert document.dates == ("2025-02-10", "2025-02-11", "2025-02-12")


PROVINCE = """TỈNH ỦY {name}                    ĐẢNG CỘNG SẢN VIỆT NAM
*
Số 15-NQ/TU                       {place}, ngày {day} tháng 3 năm 2024

NGHỊ QUYẾT
về phát triển bến thủy

Giao Ủy ban nhân dân tỉnh và Sở Nội vụ triển khai. Kế hoạch số 20/KH-UBND ngày 01/02/2024 của UBND tỉnh giữ nguyên.
"""


class TestTwoProvinces:
    """The same folder holds papers of two provinces, one of which was merged into the other in 2025."""

    @pytest.fixture
    def two(self) -> Corpus:
        return corpus(
            PROVINCE.format(name="LÀO CAI", place="Lào Cai", day="05"),
            PROVINCE.format(name="YÊN BÁI", place="Yên Bái", day="06"),
            "Thực hiện Nghị quyết số 15-NQ/TU của Tỉnh ủy Yên Bái và Kế hoạch số 20/KH-UBND.",
            home=None,
        )

    def test_one_number_is_two_documents(self, two: Corpus) -> None:
        assert [file.own for file in two.files[:2]] == [
            "lao-cai/nghi-quyet/15-nq-tu/2024",
            "yen-bai/nghi-quyet/15-nq-tu/2024",
        ]
        assert two.files[0].documents == ("lao-cai/ke-hoach/20-kh-ubnd/2024",)
        assert two.files[1].documents == ("yen-bai/ke-hoach/20-kh-ubnd/2024",)

    def test_bodies_are_of_the_papers_own_province(self, two: Corpus) -> None:
        keys = [{b.key for b in file.facts.bodies} for file in two.files]
        assert {"lao-cai/uy-ban-nhan-dan", "lao-cai/so-noi-vu"} <= keys[0]
        assert {"yen-bai/uy-ban-nhan-dan", "yen-bai/so-noi-vu"} <= keys[1]

    def test_a_third_paper_means_the_one_it_names_and_leaves_the_other_open(self, two: Corpus) -> None:
        named, open_ = two.files[2].documents
        assert named == "yen-bai/nghi-quyet/15-nq-tu/2024"
        assert two.documents[open_].scope is None
        assert two.documents[open_].why == "no file says whose document it is"

    def test_the_merged_province_keeps_its_papers_and_leads_on(self, two: Corpus) -> None:
        assert two.documents["yen-bai/nghi-quyet/15-nq-tu/2024"].issuer == "Tỉnh ủy Yên Bái"
        assert two.bodies["yen-bai/so-noi-vu"].successors == ("lao-cai/so-noi-vu",)
