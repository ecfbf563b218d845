from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from chidao.cli import main
from chidao.graph.build import build
from chidao.viz.draw import DrawError, draw, find


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("draw")
    text = (
        "THÀNH ỦY HÀ NỘI\n\nKế hoạch số 16-KH/TU ngày 26/8/2022 của Thành ủy Hà Nội thực hiện Nghị quyết số 15-NQ/TW "
        "ngày 05/5/2022 của Bộ Chính trị.\n\nBan Thường vụ Thành ủy ban hành Kế hoạch số 16-KH/TU ngày 26/8/2022 thực "
        "hiện Nghị quyết số 15-NQ/TW ngày 05/5/2022 của Bộ Chính trị.\n"
    )
    (folder / "ke-hoach.txt").write_text(text, encoding="utf-8")
    build([folder / "ke-hoach.txt"], folder / "graph")
    return folder / "graph"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["graph", *map(str, arguments)])


def documents() -> nx.MultiDiGraph[str]:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    rows = [
        ("kh-2019", "Kế hoạch", "128-KH/TU", "Thành ủy Hà Nội", "2019-01-02"),
        ("kh-2023", "Kế hoạch", "128-KH/TU", "Thành ủy Hà Nội", "2023-03-04"),
        ("nq", "Nghị quyết", "15-NQ/TW", "Bộ Chính trị", "2022-05-05"),
        ("qd", "Quy định", "50-QĐ/TW", "Ban Bí thư", "2021"),
    ]
    for node, type_, number, issuer, date in rows:
        label = f"{type_} {number}"
        network.add_node(node, label=label, type=type_, number=number, issuer=issuer, date=date, level="province")
    named = {"label": "Luật Thủ đô", "type": "Luật", "number": "", "issuer": "Quốc hội", "date": "", "level": "central"}
    network.add_node("luat", **named)
    return network


@pytest.mark.parametrize(
    ("reference", "node"),
    [
        ("nq", "nq"),
        ("15-NQ/TW", "nq"),
        ("nghị quyết số 15-NQ/TW", "nq"),
        ("NGHI QUYET 15-nq/tw", "nq"),
        ("50-QD/TW", "qd"),
        ("128-KH/TU 2023", "kh-2023"),
        ("Kế hoạch số 128-KH/TU năm 2019", "kh-2019"),
        ("luật thủ đô", "luat"),
    ],
)
def test_a_reference_is_found_as_people_write_it(reference: str, node: str) -> None:
    assert find(documents(), reference) == node


@pytest.mark.parametrize("reference", ["16-NQ/TW", "15-NQ/TW 2023", "15-NQ", "", "số"])
def test_nothing_is_found_by_half(reference: str) -> None:
    with pytest.raises(DrawError, match="no document in the graph"):
        find(documents(), reference)


def test_what_is_ambiguous_is_not_guessed() -> None:
    with pytest.raises(DrawError, match="may mean 2 documents.*2019-01-02.*2023-03-04"):
        find(documents(), "128-KH/TU")


def test_the_command_writes_the_page_and_says_where(built: Path, tmp_path: Path) -> None:
    page = tmp_path / "trang.html"
    result = run("15-NQ/TW", "--graph", built, "-o", page)
    assert result.exit_code == 0, result.output
    assert str(page) in result.output
    text = page.read_text(encoding="utf-8")
    assert "Nghị quyết 15-NQ/TW và văn bản liên quan" in text
    assert "ke-hoach.txt, dòng" in text
    assert str(built.parent) not in text, "a page does not tell where the folder lies"


def test_all_relations_and_levels(built: Path, tmp_path: Path) -> None:
    assert draw(graph=built, output=tmp_path / "a.html", reference=None).nodes >= 2
    one = draw(graph=built, output=tmp_path / "b.html", reference=None, levels=["central"])
    assert one.nodes == 1
    none = draw(graph=built, output=tmp_path / "c.html", reference="15-NQ/TW", relations=["replaces"])
    assert none.nodes == 1
    few = draw(graph=built, output=tmp_path / "d.html", reference=None, max_nodes=1)
    assert (few.nodes, few.omitted > 0) == (1, True)
    down = draw(
        graph=built, output=tmp_path / "e.html", reference="15-NQ/TW", direction="down", relations=["implements"]
    )
    assert down.nodes == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["15-NQ/TW", "--graph", "nowhere"], "no graph here"),
        (["999-NQ/TW"], "no document in the graph is called “999-NQ/TW”"),
        (["--all", "--relation", "liked"], "no relation is called “liked”"),
        (["--all", "-o", "missing/folder/page.html"], "cannot be written"),
    ],
)
def test_what_goes_wrong_is_one_line(built: Path, arguments: list[str], message: str) -> None:
    graph = [] if "--graph" in arguments else ["--graph", str(built)]
    result = run(*arguments, *graph)
    assert result.exit_code == 1
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


@pytest.mark.parametrize("arguments", [[], ["15-NQ/TW", "--all"]])
def test_either_a_reference_or_all(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2
