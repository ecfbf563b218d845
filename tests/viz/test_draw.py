from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chidao.cli import main
from chidao.graph.write.build import build
from chidao.viz.drawing.data import View
from chidao.viz.drawing.draw import draw


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


def test_the_command_writes_the_page_and_says_where(built: Path, tmp_path: Path) -> None:
    page = tmp_path / "trang.html"
    result = run("15-NQ/TW", "--graph", built, "-o", page)
    assert result.exit_code == 0, result.output
    assert str(page) in result.output
    text = page.read_text(encoding="utf-8")
    assert "Nghị quyết 15-NQ/TW và văn bản liên quan" in text
    assert "ke-hoach.txt, dòng" in text
    assert str(built.parent) not in text, "a page does not tell where the folder lies"


def test_a_document_s_page_opens_on_its_scheme(built: Path, tmp_path: Path) -> None:
    page = tmp_path / "trang.html"
    draw(graph=built, output=page, reference="15-NQ/TW")
    assert '<ul class="scheme-cards" id="luoc-do-ha-noi">' in page.read_text(encoding="utf-8")
    for reference, view in ((None, View()), ("15-NQ/TW", View(relations=["implements"]))):
        draw(graph=built, output=page, reference=reference, view=view)
        assert "scheme-group" not in page.read_text(encoding="utf-8"), "of what was chosen it would tell too little"


def test_all_relations_and_levels(built: Path, tmp_path: Path) -> None:
    assert draw(graph=built, output=tmp_path / "a.html", reference=None).nodes >= 2
    one = draw(graph=built, output=tmp_path / "b.html", reference=None, view=View(levels=["central"]))
    assert one.nodes == 1
    none = draw(graph=built, output=tmp_path / "c.html", reference="15-NQ/TW", view=View(relations=["replaces"]))
    assert none.nodes == 1
    few = draw(graph=built, output=tmp_path / "d.html", reference=None, view=View(max_nodes=1))
    assert (few.nodes, few.omitted > 0) == (1, True)
    view = View(direction="down", relations=["implements"])
    down = draw(graph=built, output=tmp_path / "e.html", reference="15-NQ/TW", view=view)
    assert down.nodes == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["15-NQ/TW", "--graph", "nowhere"], "no graph here"),
        (["999-NQ/TW"], "no document here is called '999-NQ/TW'"),
        (["--all", "--relation", "liked"], "no relation is called 'liked'"),
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
