"""Registers: columns by their names, one document a row, the title as text and evidence."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from chidao.cli import main
from chidao.extract import SourceError, extract_path, read_source, records, resolve
from chidao.extract.formats.kinds import Kind, text_kind
from chidao.extract.iris import BASE
from chidao.extract.model import SELF, BodyMention, Facts, Reference, Relation, Source
from chidao.extract.registers.rows import is_register, read_register
from chidao.graph.answers.ask import ask
from chidao.graph.answers.implements import chains
from chidao.graph.answers.show import show
from chidao.graph.store import read_store
from chidao.graph.validate import validate
from chidao.graph.write.build import build
from chidao.ontology.vocabulary import CHIDAO

TEXT = (
    "STT,Số ký hiệu,Ngày ban hành,Trích yếu\n"
    "1,12/KH-UBND,05/7/2022,triển khai thực hiện nghị quyết số 8-nq/tu ngày 01/6/2022 của tỉnh ủy về trồng rừng\n"
    '2,345/UBND-KT,06/7/2022,"đôn đốc báo cáo, quý III"\n'
)


def read(text: str, home: str | None = "Lào Cai", kind: Kind = Kind.CSV, **columns: str) -> tuple[Facts, ...]:
    return read_register(Source("so.csv", "0" * 64, "utf-8", text), kind, home, columns)


def test_each_row_is_a_document() -> None:
    plan, letter = read(TEXT)
    assert (plan.row, letter.row) == (0, 1)
    h = plan.heading
    assert (h.type, h.number, h.symbol, h.date, h.scope) == ("Kế hoạch", "12", "KH-UBND", "2022-07-05", "lao-cai")
    assert h.issuer == "Ủy ban nhân dân tỉnh Lào Cai"
    assert letter.heading.type == "Công văn" and letter.heading.title == "đôn đốc báo cáo, quý III"


def test_title_gives_references_and_relations() -> None:
    plan = read(TEXT)[0]
    (reference,) = plan.references
    assert (reference.number, reference.symbol, reference.date) == ("8", "NQ/TU", "2022-06-01")
    assert reference.issuer == "Tỉnh ủy Lào Cai" and reference.title == "về trồng rừng"
    assert plan.source.text[reference.start : reference.end] == reference.text == "nghị quyết số 8-nq/tu"
    assert [(r.subject, r.predicate, r.object) for r in plan.relations] == [(SELF, "implements", 0)]
    (sentence,) = plan.sentences
    assert sentence.text == plan.source.text and sentence.line == 2


def test_records_carry_the_row() -> None:
    found = list(records(resolve(read(TEXT))))
    assert [r["row"] for r in found if r["kind"] == "document"] == [0, 1]
    relation = next(r for r in found if r["kind"] == "relation")
    assert relation["subject"].endswith("/lao-cai/ke-hoach/12-kh-ubnd/2022")
    assert relation["object"].endswith("/lao-cai/nghi-quyet/8-nq-tu/2022")


def test_two_provinces_keep_their_own_numbers() -> None:
    corpus = resolve([*read(TEXT, "Lào Cai"), *read(TEXT, "Sơn La")])
    assert {"lao-cai/ke-hoach/12-kh-ubnd/2022", "son-la/ke-hoach/12-kh-ubnd/2022"} <= corpus.documents.keys()


def test_one_number_in_two_years_is_two_documents() -> None:
    text = "Số ký hiệu,Ngày ban hành,Trích yếu\n1/KH-UBND,05/01/2021,a\n1/KH-UBND,05/01/2022,b\n"
    assert len(resolve(read(text)).documents) == 2


def test_without_a_home_the_scope_stays_open() -> None:
    plan = read(TEXT, None)[0]
    assert plan.heading.scope is None and plan.heading.issuer is None
    assert resolve([plan]).documents["unknown/ke-hoach/12-kh-ubnd/2022"].scope is None


def test_a_central_steering_committee_is_not_the_homes() -> None:
    title = "triển khai công văn số 12/cv-bcđ ngày 01/3/2020 của ban chỉ đạo quốc gia phòng, chống dịch covid-19"
    facts = read(f'Số ký hiệu,Trích yếu\n7/UBND-VX,"{title}"\n')
    assert "vn/ban-chi-dao-quoc-gia-phong-chong-dich-covid-19/cong-van/12-cv-bcd/2020" in resolve(facts).documents


def test_impossible_day_is_reported_and_not_guessed() -> None:
    (facts,) = read("Số ký hiệu,Ngày ban hành,Trích yếu\n1/KH-UBND,31/02/2022,trồng cây\n")
    assert facts.heading.date is None
    assert [(s.text, s.rule) for s in facts.suspicions] == [("31/02/2022", "impossible-date")]


@pytest.mark.parametrize(
    ("cell", "day"),
    [("9/KH-UBND ngày 05/7/2022", "2022-07-05"), ("9/KH-UBND\n05.7.2022", "2022-07-05"), ("9/KH-UBND (bản 2)", None)],
)
def test_day_beside_the_number(cell: str, day: str | None) -> None:
    (facts,) = read(f'"Số, ký hiệu, ngày tháng văn bản",Trích yếu\n"{cell}",trồng cây\n')
    assert (facts.heading.number, facts.heading.date, facts.suspicions) == ("9", day, ())


def test_unreadable_number_is_reported() -> None:
    (facts,) = read("Số ký hiệu,Trích yếu\nkhông số,trồng cây\n")
    assert [(s.text, s.rule) for s in facts.suspicions] == [("không số", "unreadable-number")]


FORM = (
    "UBND HUYỆN MẪU;;;;\nSỔ ĐĂNG KÝ VĂN BẢN ĐI NĂM 2022;;;;\n"
    "Số, ký hiệu văn bản;Ngày tháng văn bản;Tên loại và trích yếu nội dung văn bản;Người ký;Nơi nhận văn bản\n"
    "(1);(2);(3);(4);(5)\n"
    ";;Tháng 7;;\n"
    "12/QyĐ-UBND;05/7/2022;Quy định quản lý chợ;Đỗ Văn Mẫu;Sở Nội vụ, các xã\n"
)


def test_form_of_the_decree_on_records() -> None:
    """Nghị định 30/2020/NĐ-CP, Phụ lục VI: lines above the header, numbered columns, the type within the title."""
    month, facts = read(FORM)
    assert month.heading.title == "Tháng 7" and month.heading.number is None
    h = facts.heading
    assert (h.type, h.title, h.signer, h.recipients) == (
        "Quy định",
        "quản lý chợ",
        "Đỗ Văn Mẫu",
        ("Sở Nội vụ, các xã",),
    )
    assert facts.source.text == "Quy định quản lý chợ"


def test_header_on_two_lines() -> None:
    text = "STT,Văn bản,,Trích yếu,Ghi chú\n,Số ký hiệu,Ngày ban hành,,\n1,12/KH-UBND,05/7/2022,trồng cây,\n"
    (facts,) = read(text)
    assert (facts.heading.number, facts.heading.date, facts.heading.title) == ("12", "2022-07-05", "trồng cây")


def test_a_row_that_names_its_own_kind_is_no_header() -> None:
    text = "Số ký hiệu,Ngày ban hành,Trích yếu\n1/KH-UBND,05/7/2022,Ngày\n2/KH-UBND,06/7/2022,\n"
    assert [f.heading.number for f in read(text)] == ["1", "2"]


def test_a_type_may_stand_before_the_number_in_its_cell() -> None:
    text = "Số ký hiệu,Ngày ban hành,Trích yếu\nNghị quyết 31/2021/QH15,12/11/2021,về Kế hoạch cơ cấu lại nền kinh tế\n"
    (heading,) = [facts.heading for facts in read(text)]
    assert (heading.type, heading.number, heading.symbol) == ("Nghị quyết", "31", "QH15")


def test_titles_stay_as_printed() -> None:
    text = "Số ký hiệu,Trích yếu\n1/KH-UBND,thực hiện nghị quyết số 8-nq/tu của tỉnh ủy về giao rừng cho ubnd huyện sa pa\n"
    (facts,) = read(text)
    assert facts.references[0].title == "về giao rừng cho ubnd huyện sa pa"
    assert [b.name for b in facts.bodies] == ["Tỉnh ủy Lào Cai", "Ủy ban nhân dân huyện Sa Pa"]


def test_incoming_register_takes_the_document_number_and_not_the_running_one() -> None:
    text = (
        "Ngày đến,Số đến,Tác giả,\"Số, ký hiệu văn bản\",Ngày tháng văn bản,Tên loại và trích yếu nội dung văn bản\n"
        "09/7/2022,881,Bộ Nội vụ,21/BNV-CQ,05/7/2022,Công văn v/v biên chế\n"
    )  # fmt: skip
    (facts,) = read(text)
    assert (facts.heading.number, facts.heading.date, facts.heading.scope) == ("21", "2022-07-05", "vn")


@pytest.mark.parametrize("own_column", [True, False])
def test_who_heads_a_body_issues_for_its_place(own_column: bool) -> None:
    title, issuer = "Chỉ thị số 4/CT-UBND ngày 15/02/2023", "Chủ tịch UBND tỉnh Sóc Trăng"
    if own_column:
        text = f"Số ký hiệu,Ngày,Cơ quan ban hành,Trích yếu\n4/CT-UBND,15/02/2023,{issuer},về phòng cháy\n"
    else:
        text = f'STT,Tên văn bản,Ghi chú\n1,"{title} của {issuer} về phòng cháy",còn hiệu lực\n'
    (facts,) = read(text, home=None)
    assert facts.heading.issuer == "Chủ tịch Ủy ban nhân dân tỉnh Sóc Trăng"
    assert facts.heading.scope == "soc-trang"


def test_columns_given_by_the_user() -> None:
    text = "Mã,Lúc,Chuyện\n3/KH-UBND,01/02/2022,thực hiện kế hoạch 2-kh/tu\n"
    with pytest.raises(
        SourceError, match=r"no column of numbers .* among: Mã, Lúc, Chuyện\. .*--columns 'number=Mã; title=Chuyện'"
    ):
        read(text)
    (facts,) = read(text, number="Mã", title="chuyen", date="2")
    assert (facts.heading.number, facts.heading.date, len(facts.references)) == ("3", "2022-02-01", 1)
    with pytest.raises(SourceError, match="no column is called 'Tên'"):
        read(text, title="Tên")


def test_named_columns_make_no_register_of_prose(tmp_path: Path) -> None:
    """One --columns for a whole folder: what is no table stays a document."""
    (tmp_path / "a.txt").write_text("KẾ HOẠCH\nThực hiện Kế hoạch số 2-KH/TU, các xã báo cáo.\n", "utf-8")
    (tmp_path / "b.txt").write_text("Mã;Chuyện\n3/KH-UBND;thực hiện kế hoạch 2-kh/tu\n", "utf-8")
    columns = {"number": "Mã", "title": "Chuyện"}
    assert [extract_path(tmp_path / name, None, columns)[0].row for name in ("a.txt", "b.txt")] == [None, 0]


def test_columns_by_place_need_no_header() -> None:
    facts = read("3/KH-UBND,thực hiện kế hoạch 2-kh/tu\n4/KH-UBND,giao vốn\n", number="1", title="2")
    assert [f.heading.number for f in facts] == ["3", "4"]


JSON_ROWS = [
    {"so_hieu": "5/QĐ-UBND", "ngay_ban_hanh": "2022-07-05", "trich_yeu": "Về việc thu hồi đất", "so_trang": None},
    {"so_hieu": "6/QĐ-UBND", "ngay_ban_hanh": None, "trich_yeu": "Giao đất", "tep": ["a.pdf"]},
]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(JSON_ROWS),
        json.dumps({"total": 2, "items": JSON_ROWS}, ensure_ascii=False),
        "\n".join(json.dumps(row) for row in JSON_ROWS),
    ],
    ids=["list", "within an object", "one a line"],
)
def test_json(text: str) -> None:
    first, second = read(text, kind=Kind.JSON)
    assert (first.heading.date, second.heading.date, second.heading.title) == ("2022-07-05", None, "Giao đất")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "damaged JSON"),
        ("[1, 2]", "no list of objects"),
        ('{"a": 1}', "no list of objects"),
        ("[" * 100_000, "nests too deeply"),
        ('[{"ten": "x"}]', "no column of numbers"),
        ('[{"so_hieu": ""}]', "a register without rows"),
    ],
)
def test_json_refused(text: str, why: str) -> None:
    with pytest.raises(SourceError, match=why):
        read(text, kind=Kind.JSON)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_and_line_breaks_in_cells(delimiter: str) -> None:
    out = io.StringIO()
    rows = [["so_ky_hieu", "trich_yeu"], ["1/KH-UBND", "thực hiện kế hoạch số\n2-kh/tu; a, b|c"], ["2/KH-UBND", "x"]]
    csv.writer(out, delimiter=delimiter).writerows(rows)
    first, second = read(out.getvalue())
    assert (first.references[0].start, first.references[0].text) == (10, "kế hoạch số\n2-kh/tu")
    assert first.sentences[0].text == "thực hiện kế hoạch số 2-kh/tu; a, b|c"
    assert (first.sentences[0].line, second.sentences[0].line) == (2, 4)


@pytest.mark.parametrize(
    ("text", "register"),
    [
        (TEXT, True),
        (FORM, True),
        (json.dumps(JSON_ROWS), True),
        ("Họ tên,Ngày sinh\nĐỗ Văn Mẫu,01/01/1990\n", False),
        ("KẾ HOẠCH\nThực hiện Nghị quyết số 15-NQ/TW, về số ký hiệu; ngày\n", False),
        ('{"title": "x"}', False),
        (f"BÁO CÁO\n{TEXT}\n" + "Thực hiện chỉ đạo, các đơn vị báo cáo.\n" * 9, False),
        ("| Số ký hiệu | Ngày | Trích yếu |\n| --- | --- | --- |\n\nCăn cứ luật, quyết định.\n", False),
        ("Số ký hiệu,Trích yếu\n", False),
        ("", False),
    ],
)
def test_a_text_that_holds_a_register_is_a_table_whatever_its_name(text: str, register: bool) -> None:
    assert text_kind("a.txt", text, is_register).is_table is register


def test_decomposed_letters_keep_their_offsets() -> None:
    title = unicodedata.normalize("NFD", "điều chỉnh quyết định số 9/qÐ-ubnd ngày 01/02/2021 của ủy ban nhân dân tỉnh")
    (facts,) = read(f"Số ký hiệu,Trích yếu\n1/QĐ-UBND,{title}\n")
    (reference,) = facts.references
    assert facts.source.text == title
    assert title[reference.start : reference.end] == reference.text
    assert (reference.symbol, reference.date) == ("QĐ-UBND", "2021-02-01")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("rows")
    for home, folder in (("Lào Cai", "a"), ("Sơn La", "b")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "so.csv").write_text(
            TEXT + f"3/KH-UBND,01/9/2022,kế hoạch thực hiện kế hoạch số 12/kh-ubnd ngày 05/7/2022 của {folder}\n",
            "utf-8",
        )
        build([tmp_path / folder / "so.csv"], tmp_path / "graph", home=home, jobs=1)
    return tmp_path / "graph"


class TestGraph:
    """What rows say stands in the graph, each below its row."""

    def test_the_chain_below_a_resolution_stays_in_its_province(self, graph: Path) -> None:
        store = read_store(graph)
        (found,) = chains(store, f"{BASE}document/lao-cai/nghi-quyet/8-nq-tu/2022")
        assert (found.label, found.issuer) == ("Kế hoạch 12/KH-UBND", "Ủy ban nhân dân tỉnh Lào Cai")
        assert [(e.source.endswith("a/so.csv"), e.row) for e in found.evidence] == [(True, 0)]
        assert validate(graph)[1] == []

    def test_no_node_is_shared_by_two_rows(self, graph: Path) -> None:
        parts: dict[str, set[str]] = defaultdict(set)
        query = f"SELECT ?node ?row {{ ?node <{CHIDAO.rowNumber}> ?row }}"
        for node, row in read_store(graph).query(query, use_default_graph_as_union=True):  # type: ignore[union-attr]
            parts[node.value].add(row.value)
        assert parts and all(len(rows) == 1 for rows in parts.values())
        assert all(f"/row/{next(iter(rows))}/" in node for node, rows in parts.items())

    def test_an_entry_is_shown_but_counts_as_no_citation(self, graph: Path) -> None:
        store = read_store(graph)
        shown = show(store, "345/UBND-KT", scope="Lào Cai")
        assert [m["sentence"] for m in shown.plain()["mentions"]] == ["đôn đốc báo cáo, quý III"]
        assert all("345" not in row["label"] for row in ask(store, "most-cited").rows)


class TestCommands:
    TABLE = "Mã;Chuyện\n3/KH-UBND;thực hiện kế hoạch số 2-kh/tu ngày 01/02/2022\n"

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(main, list(arguments))

    def test_extract_with_columns(self, tmp_path: Path) -> None:
        (tmp_path / "so.csv").write_text(self.TABLE, "utf-8")
        plain = self.run("extract", str(tmp_path / "so.csv"))
        assert plain.exit_code == 1 and "--columns 'number=Mã; title=Chuyện'" in plain.stderr
        given = ["--columns", "number=Mã", "--columns", "title=Chuyện", "--home", "Lào Cai"]
        found = [json.loads(line) for line in self.run("extract", str(tmp_path / "so.csv"), *given).stdout.splitlines()]
        assert {r["row"] for r in found} == {0}
        assert found[0]["document"].endswith("/lao-cai/ke-hoach/3-kh-ubnd")
        wrong = self.run("extract", str(tmp_path / "so.csv"), "--columns", "so=Mã")
        assert wrong.exit_code == 1 and "not a column: 'so=Mã'" in wrong.stderr

    @pytest.mark.slow
    def test_build_with_columns(self, tmp_path: Path) -> None:
        (tmp_path / "so.csv").write_text(self.TABLE, "utf-8")
        graph = tmp_path / "graph"
        with_title = {"number": "Mã", "title": "Chuyện"}
        assert build([tmp_path / "so.csv"], graph, home="Lào Cai", columns=with_title).relations == 1
        assert build([tmp_path / "so.csv"], graph, home="Lào Cai", columns=with_title).unchanged
        assert build([tmp_path / "so.csv"], graph, home="Lào Cai", columns={"number": "Mã"}).relations == 0

    @pytest.mark.slow
    def test_columns_are_kept_with_the_graph(self, tmp_path: Path) -> None:
        (tmp_path / "so.csv").write_text(self.TABLE, "utf-8")
        (tmp_path / "khac.csv").write_text(TEXT, "utf-8")
        graph = tmp_path / "graph"
        build([tmp_path / "so.csv"], graph, columns={"number": "Mã", "title": "Chuyện"})
        assert build([tmp_path / "khac.csv"], graph).relations == 2


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.text(max_size=20), st.text(max_size=12), st.text(max_size=60)).map(list), min_size=1, max_size=5
    ),
    st.sampled_from([",", ";", "\t"]),
)
def test_any_cells(rows: list[list[str]], delimiter: str) -> None:
    """Whatever stands in the cells, offsets lie in the title and no row is counted twice."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["so_ky_hieu", "ngay_ban_hanh", "trich_yeu"], *rows])
    try:
        found = read(out.getvalue())
    except SourceError:
        return
    assert [f.row for f in found] == list(range(len(found)))
    for facts in found:
        mentions: list[Reference | BodyMention | Relation] = [*facts.references, *facts.bodies, *facts.relations]
        for fact in mentions:
            assert facts.source.text[fact.start : fact.end] == fact.text
    list(records(resolve(found)))


@pytest.mark.slow
def test_work_grows_with_the_rows(calls: Callable[[Callable[[], object]], int]) -> None:
    head = "Số ký hiệu,Ngày ban hành,Trích yếu\n"
    row = '{}/KH-UBND,05/7/2022,"Kế hoạch thực hiện Nghị quyết số 15-NQ/TW ngày 05/5/2022 của Bộ Chính trị"\n'
    once, twice = (head + "".join(row.format(i) for i in range(1, n)) for n in (200, 400))
    resolve(read(twice))  # fills what is made once
    assert calls(lambda: resolve(read(twice))) < 2.1 * calls(lambda: resolve(read(once)))


@pytest.mark.shared
class TestRealRegisters:
    @pytest.mark.parametrize(
        ("name", "kind", "home", "rows"),
        [("binhduong.csv", Kind.CSV, "Bình Dương", 1975), ("sonla.json", Kind.JSON, "Sơn La", 367)],
    )
    def test_every_row_is_a_document(self, shared_data: Path, name: str, kind: Kind, home: str, rows: int) -> None:
        found = read_register(read_source(shared_data / "registers" / name), kind, home)
        corpus = resolve(found)
        assert len(found) == rows
        assert all(file.own for file in corpus.files)
        assert all(f.heading.date and f.heading.number and f.heading.scope for f in found)


@pytest.mark.parametrize(
    "printed", ["UBND tỉnh Hòa Bình (cũ)", "UBND tỉnh Hoà Bình cũ", "UBND tỉnh Hòa Bình (nay là tỉnh Phú Thọ)"]
)
def test_an_issuer_of_old_stays_who_the_cell_names(printed: str) -> None:
    text = f"Số ký hiệu,Ngày,Cơ quan ban hành,Trích yếu\n4/CT-UBND,15/02/2023,{printed},về phòng cháy\n"
    (facts,) = read_register(Source("", "", "", text), Kind.CSV, home="Phú Thọ")
    assert (facts.heading.issuer, facts.heading.scope) == ("Ủy ban nhân dân tỉnh Hòa Bình", "hoa-binh")


def test_the_symbol_of_every_front_committee_says_nobody_of_the_nation() -> None:
    header = "Số hiệu,Ngày,Cơ quan,Trích yếu"
    text = f"{header}\n88/TB-MTTQ-BTT,12/01/2026,,Thông báo A\n88/TB-MTTQ-BTT,14/01/2026,Ủy ban MTTQ Việt Nam tỉnh Sơn La,Thông báo B\n"
    unsaid, named = read(text, home=None)
    assert (unsaid.heading.issuer, unsaid.heading.scope) == (None, None)
    assert (named.heading.issuer, named.heading.scope) == ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Sơn La", "son-la")
