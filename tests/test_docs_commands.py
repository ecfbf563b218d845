"""The pages of docs/: every command in them runs on the samples, and those for an office's clerks say in Vietnamese what the page shows."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document
from openpyxl import Workbook

from chidao.cli import main
from chidao.graph.write.build import build

pytestmark = pytest.mark.slow
FOLDER = Path(__file__).parent.parent / "docs" / "vi"
PAGES = sorted(path for path in FOLDER.glob("*.md") if path.name != "lenh.md")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ENGLISH = re.compile(r"\b(?:the|is|are|not|no|of|with|without|written|read|unchanged|rows|days|line|page)\b")


def typed(line: str) -> Result:
    """Return what a line says that somebody types whose machine is set to Vietnamese."""
    command, *arguments = shlex.split(line.partition("  #")[0])
    assert command == "chidao"
    return CliRunner().invoke(main, ["--lang", "vi", *arguments], prog_name="chidao")


ELSEWHERE = re.compile(r"://|/mnt/|\[--|^chidao serve")
"""What an English page types for a server, for a cluster, or with its options."""
PAPERS = {"draft.docx": "08-huong-dan-so-noi-vu.txt"}
REGISTER = [
    ("Số ký hiệu", "Ngày ban hành", "Trích yếu"),
    ("9/KH-UBND", "10/02/2024", "Kế hoạch thực hiện Nghị quyết số 57-NQ/TW"),
]


@pytest.fixture
def folder(tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the samples lie, and a graph of them, as after the first page."""
    (tmp_path / "samples").symlink_to(samples)
    monkeypatch.chdir(tmp_path)
    build(["samples"], "chidao-graph", jobs=1)
    yield tmp_path


@pytest.fixture
def papers(folder: Path, samples: Path) -> None:
    """What the English pages call an office's own files."""
    for name, sample in PAPERS.items():
        paper: Any = Document()
        for line in (samples / sample).read_text("utf-8").splitlines():
            paper.add_paragraph(line)
        paper.save(str(folder / name))
    book: Any = Workbook()
    for row in REGISTER:
        book.active.append(row)
    book.save(folder / "so-van-ban.xlsx")


ENGLISH_PAGES = sorted(path for path in FOLDER.parent.glob("*.md") if path.name not in ("cli.md", "questions.md"))
TYPED = [
    (path.stem, line)
    for path in ENGLISH_PAGES
    for kind, text in FENCED.findall(path.read_text("utf-8"))
    if kind in ("", "sh")
    for line in text.splitlines()
    if line.startswith("chidao ") and not ELSEWHERE.search(line)
]


def test_the_english_pages_type_commands() -> None:
    assert {page for page, _ in TYPED} >= {"checking", "coverage", "law", "registers", "tasks"}


@pytest.mark.usefixtures("papers")
@pytest.mark.parametrize("page", sorted({page for page, _ in TYPED}))
def test_every_command_of_an_english_page_runs(page: str, folder: Path) -> None:
    for line in (line for of, line in TYPED if of == page):
        done = CliRunner().invoke(
            main, shlex.split(line.partition("  #")[0].partition(" # ")[0])[1:], prog_name="chidao"
        )
        assert done.exit_code == 0 and done.output, f"{line}\n{done.output}"
        for name in re.findall(r"-o (\S+)", line):
            assert (folder / name).exists(), line


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_every_command_runs(page: Path, folder: Path) -> None:
    commands = [(kind, line) for kind, text in FENCED.findall(page.read_text("utf-8")) for line in examples(kind, text)]
    assert commands
    for kind, text in commands:
        line, _, expected = text.partition("\n")
        if line.startswith("chidao serve"):  # README.vi.md's test starts it
            line += " --help"
        done = typed(line)
        assert done.exit_code == 0 and done.output, f"{line}\n{done.output}"
        for name in re.findall(r"-o (\S+)", line):
            assert (folder / name).exists(), line
        if kind == "console":
            assert done.stdout.split() == expected.split(), line
        told = re.sub(r"“[^”]*”|https?://\S+|\S*/\S*", "", done.output)
        assert "--help" in line or "--list" in line or "--format csv" in line or not ENGLISH.search(told), (
            f"{line}\n{told}"
        )


def examples(kind: str, text: str) -> list[str]:
    """What is typed in a block: each line, or with what it prints."""
    if kind == "console":
        return re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    return [line for line in text.splitlines() if line.strip()]


def test_the_first_page_leads_to_every_other() -> None:
    text = (FOLDER / "README.md").read_text("utf-8")
    assert [
        path.name for path in FOLDER.glob("*.md") if path.name != "README.md" and f"({path.name})" not in text
    ] == []
    assert "docs/vi/README.md" in (FOLDER.parent.parent / "README.vi.md").read_text("utf-8")
