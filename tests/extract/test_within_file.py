"""What a mention takes from its own file: the scope, and the document that a short form means there."""

from __future__ import annotations

from chidao.extract import extract_text, resolve
from chidao.extract.model import Source
from chidao.extract.resolved import Corpus


def corpus(*texts: str, home: str | None = "Hà Nội") -> Corpus:
    return resolve(extract_text(Source(f"{n}.txt", "", "", text), home) for n, text in enumerate(texts))


def meant(*texts: str, home: str | None = "Hà Nội") -> list[tuple[str, ...]]:
    return [file.documents for file in corpus(*texts, home=home).files]


NQ15 = "vn/nghi-quyet/15-nq-tw/2022"


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
        assert document.key.startswith("unknown/")

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
