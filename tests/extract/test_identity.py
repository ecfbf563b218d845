"""Which mentions of several files are one document: prefer two to one that is two."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from chidao.extract import extract_text, records, resolve
from chidao.extract.corpus.candidates import name_numbers
from chidao.extract.corpus.series import names_nobody
from chidao.extract.language.symbols import issuer_of
from chidao.extract.language.tables import GenericSymbol, generic_symbols
from chidao.extract.model import Source
from chidao.extract.resolved import Corpus, Document
from chidao.graph.proofread.check import check

CASES = tomllib.loads(Path(__file__).parent.joinpath("cases", "identity.toml").read_text("utf-8"))["case"]
DRAFT = (
    "ỦY BAN NHÂN DÂN\nTỈNH ĐIỆN BIÊN\nSố:       /TB-UBND\nĐiện Biên, ngày    tháng 8 năm 2025\n\nTHÔNG BÁO\n"
    "Về việc thụ lý giải quyết khiếu nại\n\nÔng A.\n"
)


def corpus(*files: str) -> Corpus:
    """The corpus of texts, a path before "=>" in those that have one."""
    named = [(f.partition(" => ") if " => " in f else (f"{n}.txt", "", f)) for n, f in enumerate(files)]
    return resolve(extract_text(Source(path, f"{n:08}", "", text)) for n, (path, _, text) in enumerate(named))


def key_at(found: Corpus, place: str) -> str:
    file, _, which = place.partition(".")
    read = found.files[int(file)]
    key = read.own if which == "own" else read.documents[int(which)]
    assert key is not None
    return key


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_identity(case: dict[str, Any]) -> None:
    found = corpus(*case["files"])
    assert len({key_at(found, place) for place in case.get("same", ())}) <= 1
    for a, b in combinations(case.get("apart", ()), 2):
        assert key_at(found, a) != key_at(found, b)
    for place in case.get("open", ()):
        document = found.documents[key_at(found, place)]
        assert document.candidates
        assert document.why
        assert document.key not in document.candidates


def test_a_case_says_something() -> None:
    assert all(case.get("same") or case.get("apart") for case in CASES)


@pytest.mark.parametrize("case", [case for case in CASES if len(case["files"]) > 1], ids=lambda case: case["name"])
def test_the_order_of_the_files_does_not_matter(case: dict[str, Any]) -> None:
    sources = [Source(f"{n}.txt", f"{n:08}", "", text.rpartition(" => ")[2]) for n, text in enumerate(case["files"])]
    there, back = (resolve(map(extract_text, order)) for order in (sources, sources[::-1]))
    assert {f.facts.source.path: (f.own, f.documents) for f in there.files} == {
        f.facts.source.path: (f.own, f.documents) for f in back.files
    }


@pytest.mark.parametrize("row", generic_symbols().values(), ids=lambda row: row.symbol)
def test_a_generic_symbol_names_nobody(row: GenericSymbol) -> None:
    text = f"Văn bản số {row.example} ngày 1/2/2025"
    symbols = [r.symbol for r in extract_text(Source("", "", "", text)).references if r.symbol]
    symbol = symbols[0] if symbols else row.example.lstrip("0123456789-/")
    assert row.symbol in symbol
    assert names_nobody(symbol)


@pytest.mark.parametrize("symbol", ["NQ/TW", "KH-UBND", "NĐ-CP", "KH/TU", "TT-BTC", "UBND-VP7", "NQ-HĐND", "QH15"])
def test_other_symbols_name_somebody(symbol: str) -> None:
    assert issuer_of(symbol)
    assert not names_nobody(symbol)


class TestBlankNumber:
    def draft(self, path: str, *others: str) -> Document:
        found = corpus(f"{path} => {DRAFT}", *others)
        return found.documents[key_at(found, "0.own")]

    def test_what_is_there_is_kept(self) -> None:
        document = self.draft("draft.txt")
        assert (document.number, document.symbol, document.month, document.date) == (None, "TB-UBND", "2025-08", None)
        assert document.offered == ()

    @pytest.mark.parametrize(
        "name", ["46 TB-UBND.pdf", "46.TB.UBND.pdf", "TB 46 khieu nai.pdf", "scan/046_TB-UBND_ong A.pdf", "a.zip!x/46-TB.pdf"]
    )  # fmt: skip
    def test_the_name_of_the_file(self, name: str) -> None:
        (offered,) = self.draft(name).offered
        assert (offered.what, offered.value) == ("number", "46")
        assert name.rpartition("/")[2] in offered.source

    @pytest.mark.parametrize(
        "name", ["TB 2025.pdf", "KH 46.pdf", "46.pdf", "thong bao.pdf", "2025 TB-UBND.pdf", "TB-UBND.pdf"]
    )
    def test_no_number_in_the_name(self, name: str) -> None:
        assert name_numbers(name, "TB-UBND") == []

    def test_the_time_of_the_signature_offers_a_day(self) -> None:
        offered = self.draft("46 TB-UBND.signed_20250813_162547.pdf").offered
        assert [(o.what, o.value) for o in offered] == [("number", "46"), ("date", "2025-08-13")]

    def test_a_cited_number_of_the_same_symbol_title_and_month(self) -> None:
        cited = "Thông báo số 47/TB-UBND ngày {} của UBND tỉnh {} về việc {}."
        document = self.draft("x.txt", cited.format("12/8/2025", "Điện Biên", "thụ lý giải quyết khiếu nại"))
        assert [(o.what, o.value) for o in document.offered] == [("number", "47")]
        assert document.candidates == ("dien-bien/thong-bao/47-tb-ubnd/2025",)
        assert document.number is None

    @pytest.mark.parametrize(
        "other", [("12/7/2025", "Điện Biên", "thụ lý giải quyết khiếu nại"), ("12/8/2025", "Lào Cai", "thụ lý giải quyết khiếu nại"),
                  ("12/8/2025", "Điện Biên", "lịch nghỉ lễ Quốc khánh"), ("12/8/2025", "Điện Biên", "giải quyết tố cáo")],
    )  # fmt: skip
    def test_another_month_province_or_title_offers_nothing(self, other: tuple[str, str, str]) -> None:
        document = self.draft("x.txt", "Thông báo số 47/TB-UBND ngày {} của UBND tỉnh {} về việc {}.".format(*other))
        assert (document.offered, document.candidates) == ((), ())


DATED = DRAFT.replace("      /TB", "48/TB").replace("ngày    tháng", "ngày 12 tháng")


PLAN = (
    "TỈNH ỦY LÀO CAI\nSố      -KH/TU\nLào Cai, ngày    tháng 3 năm 2026\n\nKẾ HOẠCH\nvề tôn vinh ông Vàng Văn Mẫu và phát triển dược liệu\n\n"
    "Nội dung.\n"
)


class TestSameAsCited:
    """A draft with a blank number and a cited number of the same symbol, title and month are offered as the same."""

    @pytest.mark.parametrize(
        ("cited", "offered"),
        [
            ("Theo Kế hoạch số 15-KH/TU ngày 05/3/2026 của Tỉnh ủy Lào Cai về tôn vinh ông Vàng Văn Mẫu và phát triển dược liệu.", ["15"]),
            ("Theo Kế hoạch số 15-KH/TU ngày 05/3/2026 của Ban Thường vụ Tỉnh ủy Lào Cai về tôn vinh ông Vàng Văn Mẫu và phát triển dược liệu.", ["15"]),
            ("Theo Kế hoạch của Tỉnh ủy Lào Cai về tôn vinh ông Vàng Văn Mẫu và phát triển dược liệu (số 15-KH/TU ngày 05/3/2026).", ["15"]),
            ("Theo Kế hoạch số 15-KH/TU ngày 05/3/2026 của Tỉnh ủy Lào Cai về tôn vinh ông Giàng Thử và phát triển dược liệu.", []),
            ("Theo Kế hoạch số 15-KH/TU ngày 05/4/2026 của Tỉnh ủy Lào Cai về tôn vinh ông Vàng Văn Mẫu và phát triển dược liệu.", []),
            ("Theo Chương trình số 15-CTr/TU ngày 05/3/2026 của Tỉnh ủy Lào Cai về tôn vinh ông Vàng Văn Mẫu và phát triển dược liệu.", []),
        ],
    )  # fmt: skip
    def test_what_is_offered(self, cited: str, offered: list[str]) -> None:
        found = corpus(PLAN, cited)
        document = found.documents[key_at(found, "0.own")]
        assert (document.number, [o.value for o in document.offered], len(document.candidates)) == (
            None,
            offered,
            len(offered),
        )


class TestSignature:
    """The day of a digital signature is offered for a blank one: as the file holds it, else as its name tells."""

    @pytest.mark.parametrize(
        ("notes", "days"),
        [
            (["signed on 2025-08-21 15:41, 2025-08-21 15:53"], ["2025-08-21"]),
            (["signed on 2025-08-12 17:10, 2025-08-13 07:46"], ["2025-08-12", "2025-08-13"]),
            (
                ["digital signature: Ký bởi: Ủy ban nhân dân tỉnh Thời gian ký: 14/08/2025 14:59:55 +07:00"],
                ["2025-08-14"],
            ),
            (["digital signature: TRUNG TÂM TIN HỌC 18.08.2025 07:25:14"], ["2025-08-18"]),
            (["digital signature: Ngày ký: 2025-08-19 09:00"], ["2025-08-19"]),
            (["signed on 2025-09-01 08:00"], []),  # not the month that the heading states
            (["read by OCR, so with misreadings: page 1 (93 % sure)"], []),
        ],
    )
    def test_within_the_file(self, notes: list[str], days: list[str]) -> None:
        found = resolve([extract_text(Source("x.pdf", "0", "", DRAFT, notes=tuple(notes)))])
        document = found.documents[key_at(found, "0.own")]
        assert [(o.what, o.value, o.source) for o in document.offered] == [
            ("date", d, "digital signature") for d in days
        ]
        assert document.date is None

    def test_the_copy_that_a_name_tells_of_is_younger(self) -> None:
        source = Source("46 TB-UBND.signed_20251001_124908.pdf", "0", "", DRAFT, notes=("signed on 2025-08-21 15:41",))
        found = resolve([extract_text(source)])
        offered = found.documents[key_at(found, "0.own")].offered
        assert [(o.what, o.value) for o in offered] == [("number", "46"), ("date", "2025-08-21")]

    def test_a_day_that_is_stated_needs_none(self) -> None:
        found = resolve([extract_text(Source("x.pdf", "0", "", DATED, notes=("signed on 2025-08-21 15:41",)))])
        assert found.documents[key_at(found, "0.own")].offered == ()


class TestDoubtedFigures:
    """A number or day of which OCR is not sure stays, marked, with what else it may be."""

    def read(self, path: str, *words: str, text: str = DATED) -> Corpus:
        doubts = tuple((text.index(word), text.index(word) + len(word), 34) for word in words)
        return resolve([extract_text(Source(path, "0", "", text, "pdf", doubts=doubts))])

    @pytest.mark.parametrize(
        ("words", "marked"),
        [
            (["48/TB-UBND"], ["number"]),
            (["12"], ["date"]),
            (["48/TB-UBND", "2025"], ["number", "date"]),
            ([], []),
            (["Ông"], []),
        ],
    )
    def test_what_is_marked(self, words: list[str], marked: list[str]) -> None:
        found = self.read("x.pdf", *words)
        document = found.documents[key_at(found, "0.own")]
        assert (document.number, document.date) == ("48", "2025-08-12")
        values = {"number": "48", "date": "2025-08-12"}
        assert [(o.what, o.value, o.source) for o in document.offered] == [
            (part, values[part], "read by OCR, 34 % sure") for part in marked
        ]
        record = next(records(found))
        assert record.get("to_confirm", []) == marked
        assert [s.rule for s in found.files[0].facts.suspicions] == [f"ocr-{part}" for part in marked]
        assert [f.rule for f in check(found, found.files[0]) if f.rule.startswith("ocr-")] == [
            f"ocr-{part}" for part in marked
        ]

    @pytest.mark.parametrize("name", ["43 TB-UBND.pdf", "43 TB UB.pdf", "TB 43.pdf", "43_TB.UBND.pdf"])
    def test_the_name_of_the_file_offers_another(self, name: str) -> None:
        found = self.read(name, "48/TB-UBND")
        assert [o.value for o in found.documents[key_at(found, "0.own")].offered] == ["48", "43"]

    def test_a_letter_is_shortened_in_names(self) -> None:
        assert [o.value for o in name_numbers("299 UB.signed_20250510_124908.pdf", "UBND-TTHC")] == ["299"]
        assert name_numbers("299 UBKT.pdf", "UBND-TTHC") == []
