"""What a user types is understood: any case, dash and diacritics, codes, names, IRIs; several or none is said."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.extract.errors import ChidaoError
from chidao.extract.language.letters import fold
from chidao.graph.answers.lookup import (
    Named,
    Names,
    UnknownNameError,
    find_bodies,
    find_documents,
    one_body,
    one_document,
)
from chidao.graph.select import Store
from chidao.graph.store import Folder
from chidao.graph.tables.asked import Tabled
from chidao.graph.write.build import build

DOCUMENT = "https://w3id.org/chidao/id/document/"

TEXT = """Thực hiện Kế hoạch số 128-KH/TU ngày 28/3/2019 của Thành ủy Hà Nội, Kế hoạch số 128-KH/TU ngày 18/01/2023 của Thành ủy Hà Nội.
Quy định số 08-QĐ/TU ngày 14/3/2022 của Thành ủy Hà Nội; Quyết định số 08-QĐ/TU ngày 02/4/2021 của Thành ủy Hà Nội.
Kế hoạch số 128-KH/TU ngày 05/5/2019 của Tỉnh ủy Bắc Ninh.
Nghị định số 131/2021/NĐ-CP ngày 30/12/2021 của Chính phủ.
Luật Thủ đô; Nghị quyết Đại hội XIII của Đảng.
"""


@pytest.fixture(scope="module")
def tabled(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Tabled:
    folder = tmp_path_factory.mktemp("lookup")
    (folder / "more.txt").write_text(TEXT, encoding="utf-8")
    build([samples, folder / "more.txt"], folder / "graph", home="Hà Nội", jobs=1)
    return Tabled.open(Folder(folder / "graph").current())


@pytest.fixture(scope="module", params=["rdf", "tables"])
def store(tabled: Tabled, request: pytest.FixtureRequest) -> Store:
    return tabled if request.param == "tables" else tabled.rdf


FIFTEEN = "vn/nghi-quyet/15-nq-tw/2022"
DECREE = "vn/nghi-dinh/131-2021-nd-cp"
SPELLINGS = [
    ("15-NQ/TW", FIFTEEN),
    ("  15-NQ/TW ", FIFTEEN),
    ("15-nq/tw", FIFTEEN),
    ("15 NQ/TW", FIFTEEN),
    ("15 - NQ/TW", FIFTEEN),
    ("15-NQ / TW", FIFTEEN),
    ("15–NQ/TW", FIFTEEN),
    ("15—NQ/TW", FIFTEEN),
    ("15‑NQ/TW", FIFTEEN),
    ("15−NQ/TW", FIFTEEN),
    ("15/NQ-TW", FIFTEEN),
    ("Nghị quyết 15-NQ/TW", FIFTEEN),
    ("Nghị quyết số 15-NQ/TW", FIFTEEN),
    ("NGHỊ QUYẾT SỐ: 15-NQ/TW", FIFTEEN),
    ("nghi quyet 15-nq/tw", FIFTEEN),
    ("Nghi\u0323 quye\u0302\u0301t 15-NQ/TW", FIFTEEN),
    ("nghị\u00a0quyết 15-nq/tw", FIFTEEN),
    (DOCUMENT + FIFTEEN, FIFTEEN),
    ("131/2021/NĐ-CP", DECREE),
    ("131/2021/nd-cp", DECREE),
    ("Nghị định 131/2021/NĐ-CP", DECREE),
    ("nghi dinh so 131/2021/nd–cp", DECREE),
    ("118/KH-UBND", "ha-noi/ke-hoach/118-kh-ubnd/2023"),
    ("Chương trình 16-CTr/TU", "ha-noi/chuong-trinh/16-ctr-tu/2022"),
    ("Chương trình hành động 16-CTr/TU", "ha-noi/chuong-trinh/16-ctr-tu/2022"),
    ("quy dinh 8-qd/tu", "ha-noi/quy-dinh/8-qd-tu/2022"),
    ("Quyết định 08-QĐ/TU", "ha-noi/quyet-dinh/8-qd-tu/2021"),
    ("Luật Tổ chức Chính phủ", "vn/luat/76-2015-qh13"),
    ("luat to chuc chinh phu", "vn/luat/76-2015-qh13"),
    ("luat thu do (sua doi)", "vn/luat/thu-do-sua-doi"),
    ("nghi quyet dai hoi xiii", "vn/nghi-quyet/dai-hoi-xiii"),
]


def test_a_document_is_found_by_its_iri_without_a_look_at_the_others(tabled: Tabled) -> None:
    """As a page asks whose address names it."""
    tables = tabled.reading(lambda tables: tables)
    assert tables is not None
    iri = Names(tabled).every[-1].match.iri
    steps: list[str] = []
    tables.set_trace_callback(steps.append)
    found = find_documents(tabled, iri)
    tables.set_trace_callback(None)
    assert [match.iri for match in found] == [iri] and len(steps) == 1
    plan = " ".join(row[3] for row in tables.execute(f"EXPLAIN QUERY PLAN {steps[0]}"))
    assert "PRIMARY KEY" in plan and "SCAN document" not in plan
    for wrong in (f"{iri}0", "https://no iri", "://"):
        assert Names(tabled).of("iri", wrong) == []


def test_a_name_that_is_unknown_makes_no_document_of_each_row(tabled: Tabled, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are compared by what the tables keep folded; the same is near as where nothing is kept."""
    made, every = 0, len(Names(tabled).every)
    former = Named.of

    def counted(row: dict[str, Any]) -> Named:
        nonlocal made
        made += 1
        return former(row)

    monkeypatch.setattr(Named, "of", counted)
    for typed in (
        "9999-XY/ZZ",
        "nghị quyết về những điều chưa ai nói",
        "128-KH/TW",
        "ke hoach 128-kh/tv",
        "Luật Thủ đôn",
    ):
        near = []
        for store in (tabled, tabled.rdf):
            made = 0
            with pytest.raises(UnknownNameError) as told:
                one_document(store, typed)
            near.append(told.value.near)
            assert made < every / 4 if store is tabled else made == every
        assert near[0] == near[1]
    assert near[0] == ("Luật Thủ đô (sửa đổi)",)


@pytest.mark.parametrize(("typed", "key"), SPELLINGS)
def test_a_document_is_found(typed: str, key: str, store: Store) -> None:
    assert one_document(store, typed).iri == DOCUMENT + key


@given(st.data())
def test_case_dashes_and_blanks_do_not_matter(store: Store, data: st.DataObject) -> None:
    typed, key = data.draw(st.sampled_from([s for s in SPELLINGS if "://" not in s[0]]))
    typed = "".join(data.draw(st.sampled_from([c, c.lower(), c.upper()])) for c in typed)
    typed = re.sub(r"[-–—‑−]", lambda _: data.draw(st.sampled_from("-–—‑−‐")), typed)
    typed = data.draw(st.sampled_from(["", " ", "\t"])) + typed.replace(" ", data.draw(st.sampled_from([" ", "  "])))
    if "đ" not in typed and data.draw(st.booleans()):
        typed = fold(typed)
    assert one_document(store, typed).iri == DOCUMENT + key


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


# what is typed, options, the documents that it may mean
SEVERAL: list[tuple[str, int | None, str | None, list[str]]] = [
    ("128-KH/TU", None, "Hà Nội", ["ha-noi/ke-hoach/128-kh-tu/2019", "ha-noi/ke-hoach/128-kh-tu/2023"]),
    ("128-KH/TU", 2019, None, ["ha-noi/ke-hoach/128-kh-tu/2019", "bac-ninh/ke-hoach/128-kh-tu/2019"]),
    ("128-KH/TU", 2019, "bac-ninh", ["bac-ninh/ke-hoach/128-kh-tu/2019"]),
    ("128-KH/TU", 2023, None, ["ha-noi/ke-hoach/128-kh-tu/2023"]),
    ("128-KH/TU", None, "Bắc Ninh", ["bac-ninh/ke-hoach/128-kh-tu/2019"]),
    ("8-QĐ/TU", None, None, ["ha-noi/quyet-dinh/8-qd-tu/2021", "ha-noi/quy-dinh/8-qd-tu/2022"]),
    ("luật thủ đô", None, None, ["vn/luat/25-2012-qh13"]),  # the one that a number shows
    ("15-NQ/TU", None, None, ["ha-noi/nghi-quyet/15-nq-tu/2017", "bac-ninh/nghi-quyet/15-nq-tu/2025"]),
]


@pytest.mark.parametrize(("typed", "year", "scope", "keys"), SEVERAL)
def test_several_are_found_by_date(
    typed: str, year: int | None, scope: str | None, keys: list[str], store: Store
) -> None:
    found = [m.iri.removeprefix(DOCUMENT) for m in find_documents(store, typed, year=year, scope=scope)]
    assert found == keys


def test_several_are_listed_with_what_tells_them_apart(store: Store) -> None:
    with pytest.raises(ChidaoError) as caught:
        one_document(store, "128-KH/TU", scope="Hà Nội")
    first, *listed = str(caught.value).splitlines()
    assert "2 documents" in first and "--year" in first
    assert [("2019-03-28" in a, "Thành ủy Hà Nội" in a) for a in listed] == [(True, True), (False, True)]


# what is typed, what the line says
NOTHING = [
    ("999-NQ/TW", "no document here is called '999-NQ/TW'"),
    ("16-NQ/TW", "near: .*15-NQ/TW"),
    ("Nghị quyết 15-NQ/TX", "near: .*15-NQ/TW"),
    ("Luật Thủ dô mới", "near: Luật Thủ đô"),
    ("Chỉ thị 15-NQ/TW", "no document here"),
    ("https://example.org/x", "no document here"),
    ("http://x y", "no document here"),
    pytest.param("", "no document here"),
    ("<script>", "no document here"),
    ("%", "no document here"),
    (".*", "no document here"),
    ("\U0001f3db", "no document here"),
]


@pytest.mark.parametrize(("typed", "says"), NOTHING)
def test_nothing_is_said_in_one_line(typed: str, says: str, store: Store) -> None:
    with pytest.raises(ChidaoError, match=says) as caught:
        one_document(store, typed)
    assert "\n" not in str(caught.value)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_whatever_is_typed_is_answered(store: Store, typed: str) -> None:
    for find in (find_documents, find_bodies):
        try:
            find(store, typed)
        except ChidaoError as error:
            assert str(error)


@pytest.mark.parametrize(("year", "scope", "says"), [(1999, None, "--year 1999"), (None, "Cà Mau", "--scope Cà Mau")])
def test_what_fits_no_option_is_listed(year: int | None, scope: str | None, says: str, store: Store) -> None:
    with pytest.raises(ChidaoError, match=says) as caught:
        one_document(store, "128-KH/TU", year=year, scope=scope)
    assert "2019-03-28" in str(caught.value)


BODIES = [
    ("Thành ủy Hà Nội", "Thành ủy Hà Nội"),
    ("thanh uy ha noi", "Thành ủy Hà Nội"),
    ("THÀNH ỦY HÀ NỘI", "Thành ủy Hà Nội"),
    ("Bộ Chính trị", "Bộ Chính trị"),
    ("bo chinh tri", "Bộ Chính trị"),
    ("BCT", "Bộ Chính trị"),
    ("https://w3id.org/chidao/body/vn/bo-chinh-tri", "Bộ Chính trị"),
    ("Chính phủ", "Chính phủ"),
    ("UBND tỉnh Bắc Ninh", "Ủy ban nhân dân tỉnh Bắc Ninh"),
    ("UBND thành phố Hà Nội", "Ủy ban nhân dân thành phố Hà Nội"),
    ("Sở Nội vụ tỉnh Bắc Ninh", "Sở Nội vụ tỉnh Bắc Ninh"),
    ("Sở Nội vụ", "Sở Nội vụ thành phố Hà Nội"),  # two have the name, and one is in the graph's home
]


@pytest.mark.parametrize(("typed", "name"), BODIES)
def test_a_body_is_found(typed: str, name: str, store: Store) -> None:
    assert one_body(store, typed)[1] == name


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Sở Không có", "no body here is called 'Sở Không có'"),
        ("Thành uỷ Hà Nộ", "near: Thành ủy Hà Nội"),
        ("Đông Anh", "[0-9]+ bodies are called 'Đông Anh'"),
        ("https://example.org/x", "no body here"),
    ],
)
def test_no_body_or_several_is_said(typed: str, says: str, store: Store) -> None:
    with pytest.raises(ChidaoError, match=says):
        one_body(store, typed)
