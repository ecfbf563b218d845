"""Which bodies carried out which directives: real files of three provinces, one of them merged in 2025."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner

from chidao.cli import main
from chidao.extract.errors import ChidaoError
from chidao.graph.answers import coverage as asked
from chidao.graph.answers.coverage import Cell, Coverage, coverage
from chidao.graph.answers.coverage_rows import FRAMES
from chidao.graph.answers.lookup import one_document
from chidao.graph.index.collate import vietnamese
from chidao.graph.store import read_store
from chidao.graph.tables.reach import Reach, Step
from chidao.graph.write.build import build

CENTRAL = """BAN CHẤP HÀNH TRUNG ƯƠNG
*
Số 88-NQ/TW
ĐẢNG CỘNG SẢN VIỆT NAM
Hà Nội, ngày 10 tháng 01 năm 2024

NGHỊ QUYẾT
về chuyển đổi xanh

Ban Chấp hành Trung ương yêu cầu các tỉnh ủy, thành ủy thực hiện Nghị quyết này.
"""

PROGRAMME = """TỈNH ỦY {capital}
*
Số {number}-CTr/TU
ĐẢNG CỘNG SẢN VIỆT NAM
{name}, ngày {day} tháng 3 năm 2024

CHƯƠNG TRÌNH HÀNH ĐỘNG
thực hiện Nghị quyết số 88-NQ/TW ngày 10/01/2024 của Ban Chấp hành Trung ương về chuyển đổi xanh

Tỉnh ủy {name} ban hành Chương trình hành động này.
"""

PLAN = """ỦY BAN NHÂN DÂN
TỈNH {capital}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 7/KH-UBND
{name}, ngày 20 tháng 4 năm 2024

KẾ HOẠCH
Thực hiện Chương trình hành động số {number}-CTr/TU ngày {day}/3/2024 của Tỉnh ủy {name}

Ủy ban nhân dân tỉnh {name} ban hành Kế hoạch này.
"""

CITING = """ỦY BAN NHÂN DÂN
TỈNH SƠN LA
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 31/BC-UBND
Sơn La, ngày 02 tháng 5 năm 2024

BÁO CÁO
tình hình kinh tế - xã hội

Nghị quyết số 88-NQ/TW ngày 10/01/2024 của Ban Chấp hành Trung ương đã được gửi đến các cơ quan.
"""

FILES = {
    "1.txt": CENTRAL,
    "2.txt": PROGRAMME.format(capital="LÀO CAI", name="Lào Cai", number=21, day=11),
    "3.txt": PROGRAMME.format(capital="YÊN BÁI", name="Yên Bái", number=22, day=12),
    "4.txt": PLAN.format(capital="YÊN BÁI", name="Yên Bái", number=22, day=12),
    "5.txt": CITING,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coverage")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    build([folder / name for name in FILES], folder / "graph", jobs=1)
    return folder / "graph"


@pytest.fixture(scope="module")
def store(folder: Path) -> pyoxigraph.Store:
    return read_store(folder)


@pytest.fixture(scope="module")
def directive(store: pyoxigraph.Store) -> str:
    return one_document(store, "88-NQ/TW").iri


def cells(found: Coverage) -> dict[str, Cell]:
    return {row.name: row.cells[0] for row in found.rows}


def labels(cell: Cell) -> list[tuple[str, int | None, int, str | None]]:
    return [(d.label, d.days, d.depth, d.of) for d in cell.documents]


def test_provinces_of_today(store: pyoxigraph.Store, directive: str) -> None:
    found = coverage(store, [directive], on=date(2026, 1, 1))
    assert len(found.rows) == 34
    known = {name: cell.state for name, cell in cells(found).items() if cell.state != "unknown"}
    assert known == {"tỉnh Lào Cai": "implemented", "tỉnh Sơn La": "mentioned"}
    assert labels(cells(found)["tỉnh Lào Cai"]) == [
        ("Chương trình hành động 21-CTr/TU", 61, 1, None),
        ("Chương trình hành động 22-CTr/TU", 62, 1, "tỉnh Yên Bái"),
        ("Kế hoạch 7/KH-UBND", 101, 2, "tỉnh Yên Bái"),
    ]


def test_provinces_of_a_day_before_the_merger(store: pyoxigraph.Store, directive: str) -> None:
    found = coverage(store, [directive], on=date(2025, 6, 30))
    assert len(found.rows) == 63
    assert [label for label, *_ in labels(cells(found)["tỉnh Yên Bái"])] == [
        "Chương trình hành động 22-CTr/TU",
        "Kế hoạch 7/KH-UBND",
    ]
    assert cells(found)["tỉnh Yên Bái"].documents[1].via == "Chương trình hành động 22-CTr/TU"
    assert [label for label, *_ in labels(cells(found)["tỉnh Lào Cai"])] == ["Chương trình hành động 21-CTr/TU"]


def test_each_document_has_its_sentence(store: pyoxigraph.Store, directive: str) -> None:
    found = cells(coverage(store, [directive], on=date(2026, 1, 1)))
    for document in found["tỉnh Lào Cai"].documents:
        assert document.evidence is not None
        assert "hực hiện" in document.evidence.sentence
        assert document.evidence.source.endswith(".txt")
    assert found["tỉnh Sơn La"].evidence is not None
    assert "88-NQ/TW" in found["tỉnh Sơn La"].evidence.sentence
    assert found["tỉnh Cà Mau"] == Cell("unknown", (), (), None)


def test_departments_are_those_that_a_province_has(store: pyoxigraph.Store, directive: str) -> None:
    found = coverage(store, [directive], level="department", within="Lào Cai", on=date(2026, 1, 1))
    known = cells(found)
    assert known["Tỉnh ủy Lào Cai"].state == "implemented"
    assert known["Sở Tài chính tỉnh Lào Cai"].state == "unknown"
    assert "Sở Kế hoạch và Đầu tư tỉnh Lào Cai" not in known, "it ended on 1 March 2025"


def test_boards_that_every_province_has_are_rows_too(store: pyoxigraph.Store, directive: str) -> None:
    known = cells(coverage(store, [directive], level="department", within="Cà Mau", on=date(2026, 1, 1)))
    assert {"Ban Tổ chức Tỉnh ủy Cà Mau", "Ban Tuyên giáo và Dân vận Tỉnh ủy Cà Mau", "Sở Nội vụ tỉnh Cà Mau"} <= set(
        known
    )
    assert "Ban Dân vận Tỉnh ủy Cà Mau" not in known, "it ended in February 2025"


def test_a_merged_province_is_asked_for_by_its_old_name(store: pyoxigraph.Store, directive: str) -> None:
    found = coverage(store, [directive], within="Yên Bái", on=date(2026, 1, 1))
    assert [row.name for row in found.rows] == ["tỉnh Lào Cai"]


def test_two_directives_at_once(store: pyoxigraph.Store, directive: str) -> None:
    programme = one_document(store, "22-CTr/TU").iri
    (row,) = (r for r in coverage(store, [directive, programme], on=date(2026, 1, 1)).rows if r.key == "lao-cai")
    assert [len(cell.documents) for cell in row.cells] == [3, 1]
    assert row.cells[1].documents[0].label == "Kế hoạch 7/KH-UBND"


def test_districts_are_those_of_the_day(store: pyoxigraph.Store, directive: str) -> None:
    before = coverage(store, [directive], level="district", within="lao-cai", on=date(2025, 1, 1))
    assert "huyện Bát Xát" in cells(before)
    assert not coverage(store, [directive], level="district", within="lao-cai", on=date(2026, 1, 1)).rows


def test_central_bodies(store: pyoxigraph.Store, directive: str) -> None:
    found = cells(coverage(store, [directive], level="central"))
    assert "Đảng Cộng sản Việt Nam" in found
    assert "Ban Chấp hành Trung ương" not in found  # whose resolution it is


def test_who_issued_one_of_two_is_asked_about_the_other(store: pyoxigraph.Store, directive: str) -> None:
    programme = one_document(store, "22-CTr/TU").iri
    found = cells(coverage(store, [directive, programme], level="central"))
    assert "Ban Chấp hành Trung ương" in found


def test_what_came_later_does_not_count_on_an_earlier_day(store: pyoxigraph.Store, directive: str) -> None:
    whole = cells(coverage(store, [directive]))
    days = sorted(document.date for cell in whole.values() for document in cell.documents if document.date)
    first = date.fromisoformat(days[0])
    then = [d for cell in cells(coverage(store, [directive], on=first)).values() for d in cell.documents]
    assert [d.date for d in then if d.date] == [day for day in days if day == days[0]]
    assert len(days) > len(then)


def test_nor_does_the_act_of_issuing_it(store: pyoxigraph.Store, directive: str) -> None:
    before = cells(coverage(store, [directive], on=date(2024, 2, 1)))
    assert {cell.state for cell in before.values()} == {"unknown"}
    assert all(not cell.acts for cell in before.values())


WRONG = [
    ({"level": "village"}, "no such level"), ({"within": "Atlantis"}, "no province is called"), ({"level": "district"}, "needs a province"),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "said"), WRONG)
def test_what_is_wrong_is_said(store: pyoxigraph.Store, directive: str, settings: dict[str, str], said: str) -> None:
    with pytest.raises(ChidaoError, match=said):
        coverage(store, [directive], **settings)  # type: ignore[arg-type]
    with pytest.raises(ChidaoError, match="no document here"):
        coverage(store, ["urn:x"])


def test_provinces_stand_in_official_order_and_those_before_the_mergers_by_name(
    store: pyoxigraph.Store, directive: str
) -> None:
    keys = [row.key for row in coverage(store, [directive]).rows]
    assert (keys[:3], keys[-1], len(keys)) == (["ha-noi", "cao-bang", "tuyen-quang"], "ca-mau", 34)
    assert keys.index("dong-nai") < keys.index("ho-chi-minh") < keys.index("can-tho")
    before = coverage(store, [directive], on=date(2025, 6, 30)).rows
    names = [row.name.removeprefix("tỉnh ").removeprefix("thành phố ") for row in before]
    assert names == sorted(names, key=vietnamese)
    assert names.index("Cần Thơ") < names.index("Đà Nẵng") < names.index("Đồng Nai") < names.index("Gia Lai")


OLD = """ỦY BAN NHÂN DÂN
TỈNH {capital}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}/BC-UBND
{name}, ngày {day}

BÁO CÁO
tình hình phát triển rừng
"""
"""A report that says nothing of the directive."""


@pytest.fixture(scope="module")
def silence(tmp_path_factory: pytest.TempPathFactory) -> Coverage:
    """Of whom nothing is known: with documents since the directive's day, or without."""
    folder = tmp_path_factory.mktemp("silence")
    texts = FILES | {
        "6.txt": OLD.format(capital="CAO BẰNG", name="Cao Bằng", number=5, day="10 tháng 01 năm 2024"),
        "7.txt": OLD.format(capital="CAO BẰNG", name="Cao Bằng", number=6, day="02 tháng 6 năm 2024"),
        "8.txt": OLD.format(capital="LAI CHÂU", name="Lai Châu", number=7, day="09 tháng 01 năm 2024"),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    build([folder / name for name in texts], folder / "graph", jobs=1)
    store = read_store(folder / "graph")
    return coverage(store, [one_document(store, "88-NQ/TW").iri], on=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("row", "progress", "files", "newest"),
    [
        ("tỉnh Lào Cai", "implemented", 3, "2024-04-20"), ("tỉnh Sơn La", "mentioned", 1, "2024-05-02"),
        ("tỉnh Cao Bằng", "silent", 2, "2024-06-02"), ("tỉnh Lai Châu", "no-files", 0, "2024-01-09"),
        ("tỉnh Cà Mau", "no-files", 0, None),
    ],
)  # fmt: skip
def test_what_is_unknown_is_told_apart(
    silence: Coverage, row: str, progress: str, files: int, newest: str | None
) -> None:
    cell = cells(silence)[row]
    assert (cell.progress, cell.files, cell.newest) == (progress, files, newest)
    assert cell.state == ("unknown" if progress in ("silent", "no-files") else progress), "the old name stays"


def test_the_figures_are_those_of_the_cells(silence: Coverage) -> None:
    told = silence.plain()
    (counts,) = told["counts"]
    states = [row["cells"][0]["progress"] for row in told["rows"]]
    assert {name: states.count(name) for name in ("implemented", "mentioned", "silent", "no-files")} == {
        "implemented": counts["implemented"], "mentioned": counts["mentioned"], "silent": counts["silent"],
        "no-files": counts["no_files"],
    } == {"implemented": 1, "mentioned": 1, "silent": 1, "no-files": 31}  # fmt: skip
    assert (counts["direct"], counts["indirect"], counts["median"]) == (1, 0, 61)
    assert told["since"] == ["2024-01-10"]


class TestCommand:
    def run(self, folder: Path, *arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["coverage", *arguments, "--graph", str(folder)])
        return done.exit_code, done.output

    def test_table(self, folder: Path) -> None:
        code, text = self.run(folder, "88-NQ/TW", "--on", "2026-01-01")
        assert code == 0
        assert "1 of 34" in text
        assert (
            "Kế hoạch 7/KH-UBND  2024-04-20  +101 days  by way of Chương trình hành động 22-CTr/TU  (tỉnh Yên Bái)"
            in text
        )
        assert "mentioned: tỉnh Sơn La (cite" in text
        assert "no document since 2024-01-10, the newest beside it, of 32: thành phố Hà Nội (none)" in text
        assert text.endswith("Nothing known is not the same as not done.\n")

    def test_json_is_the_matrix(self, folder: Path, store: pyoxigraph.Store, directive: str) -> None:
        code, text = self.run(folder, "88-NQ/TW", "--format", "json", "--on", "2026-01-01")
        assert code == 0
        assert json.loads(text) == coverage(store, [directive], on=date(2026, 1, 1)).plain()

    @pytest.mark.parametrize(
        ("format_", "start"),
        [("csv", b"\xef\xbb\xbfbody,"), ("xlsx", b"PK"), ("json", b"{"), ("table", "Nghị".encode())],
    )
    def test_files(self, folder: Path, tmp_path: Path, format_: str, start: bytes) -> None:
        out = tmp_path / "out"
        code, text = self.run(folder, "88-NQ/TW", "--format", format_, "-o", str(out))
        assert code == 0 and text.startswith(str(out))
        assert out.read_bytes().startswith(start)

    def test_errors_are_one_line(self, folder: Path) -> None:
        for arguments, said in ((("88-NQ/TW", "--level", "commune"), "needs a province"), (("99-NQ/TW",), "99-NQ/TW")):
            code, text = self.run(folder, *arguments)
            assert code == 1
            assert said in text
            assert text.count("\n") == 1


def test_documents_of_one_body_are_placed_once_and_only_the_shown_are_named(
    monkeypatch: pytest.MonkeyPatch, store: pyoxigraph.Store, directive: str
) -> None:
    """A directive that a country carries out has thousands, of a few hundred bodies."""
    bodies = [("a", ("A",)), ("b", ("B",)), (None, ())]
    steps = [
        Step(f"https://e/{n}", 1, "https://e/d", "implements", "explicit", "province", f"2024-{n % 12 + 1:02}-01" if n % 4 else None,
             f"Kế hoạch {n:03}", *bodies[n % 3])
        for n in range(600)
    ]  # fmt: skip
    placed: list[str | None] = []

    def rows_of(scope: str | None, _bodies: tuple[str, ...]) -> list[str]:
        placed.append(scope)
        return [scope] if scope else []

    monkeypatch.setattr(asked, "reach", lambda *given: (Reach(steps, [], [], [], None), False))
    frame = FRAMES["province"]([], None, "2025-01-01")
    known = asked._Known(store, asked._facts(store, [directive]), {}, {}, None)
    for most in (3, 200, None):
        placed.clear()
        column = asked._column(directive, known, frame, rows_of, "province", most)
        assert placed == ["a", "b", None]
        assert [len(cell.steps) for cell in (column.cells["a"], column.cells["b"], column.astray)] == [200] * 3
        for cell in (*column.cells.values(), column.astray):
            told = sorted(cell.steps, key=lambda step: (step.date or "9999", step.depth, step.label))
            assert cell.shown == told[:most]
        assert not column.labels  # nothing stands between them and the directive
