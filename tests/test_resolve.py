"""Which documents the references of all files mean: a keyed join that never guesses."""

from __future__ import annotations

import pytest

from chidao.extract import extract_text, resolve
from chidao.extract.identity import code_key, issuer_of, likeness, number_key, type_key
from chidao.extract.model import Corpus, Source


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


class TestScope:
    def test_same_code_of_two_provinces(self) -> None:
        found = meant(
            "Nghị quyết số 15-NQ/TU ngày 03/3/2021 của Thành ủy Hà Nội.",
            "Nghị quyết số 15-NQ/TU ngày 03/3/2021 của Tỉnh ủy Lào Cai.",
            home=None,
        )
        assert found == [("ha-noi/nghi-quyet/15-nq-tu/2021",), ("lao-cai/nghi-quyet/15-nq-tu/2021",)]

    def test_unknown_scope_stays_unknown(self) -> None:
        found = corpus("Nghị quyết số 15-NQ/TU ngày 03/3/2021.", home=None)
        (document,) = found.documents.values()
        assert (document.scope, document.issuer) == (None, None)
        assert document.key.startswith("?/")

    def test_declared_home(self) -> None:
        assert meant("Kế hoạch số 83-KH/TU ngày 27/5/2022.", home="Lào Cai") == [("lao-cai/ke-hoach/83-kh-tu/2022",)]

    def test_central_symbol_is_central_whoever_speaks(self) -> None:
        assert meant("Nghị quyết số 15-NQ/TW ngày 05/5/2022.", home="Lào Cai") == [(NQ15,)]

    def test_symbol_of_every_level_stays_open_in_a_district_s_paper(self) -> None:
        text = (
            "THÀNH ỦY HÀ NỘI\nHUYỆN ỦY ĐÔNG ANH\nSố 5-BC/HU\nĐông Anh, ngày 10 tháng 01 năm 2023\n\nBÁO CÁO\nkết quả\n\n"
            "Theo Kế hoạch số 12/KH-UBND ngày 03/01/2023, Kế hoạch số 9-KH/TU ngày 02/01/2023 và Kế hoạch số 3-KH/HU.\n"
        )
        documents = corpus(text, home=None)
        scopes = [documents.documents[key].scope for key in documents.files[0].documents]
        assert scopes == [None, "ha-noi", "ha-noi/huyen-dong-anh"]


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
        ["Nghị quyết 15-NQ/TW", "nghị quyết số 15-nq/tw", "Nghị quyết số 15 – NQ/TW", "(15-NQ/TW)", "Nghị quyết số 015-NQ/TW"],
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


class TestWithinAFile:
    def test_bare_number_means_the_code_before_it(self) -> None:
        (found,) = meant("Chỉ thị số 11-CT/TU ngày 03/3/2021 của Thành ủy. Chỉ thị 11 quy định rõ.")
        assert found == ("ha-noi/chi-thi/11-ct-tu/2021",) * 2

    def test_bare_number_does_not_mean_a_code_behind_it(self) -> None:
        (found,) = meant("Chỉ thị 11 quy định rõ. Chỉ thị số 11-CT/TU ngày 03/3/2021.")
        assert found[0] != found[1]

    def test_law_that_the_preamble_numbers(self) -> None:
        assert meant("Căn cứ Luật Đất đai số 31/2024/QH15;\n\nTheo Luật Đất đai.") == [("vn/luat/31-2024-qh15",) * 2]

    def test_congress_that_the_file_named_in_full(self) -> None:
        (found,) = meant(
            "Nghị quyết Đại hội Đảng bộ Thành phố lần thứ XVII. Nghị quyết Đại hội XVII. Nghị quyết Đại hội."
        )
        assert set(found) == {"ha-noi/nghi-quyet/dai-hoi-dang-bo-xvii"}

    def test_term_of_a_plenum_list(self) -> None:
        (found,) = meant("Nghị quyết Trung ương 6, 7 (khóa XIII).")
        assert found == ("vn/nghi-quyet/trung-uong-6-khoa-xiii", "vn/nghi-quyet/trung-uong-7-khoa-xiii")


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
    assert code_key("30", "NĐ-CP", 2020) == "30-2020-nd-cp"


def test_likeness() -> None:
    assert likeness("về chuyển đổi số", "Về chuyển đổi số đến năm 2030") == 1.0
    assert likeness("về chăn nuôi", "quản lý đất đai") == 0.0
    assert likeness("", "") == 0.0
