"""The pages for an office's clerks: every command in them runs on the samples, and says what the page shows, in Vietnamese."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

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


@pytest.fixture
def folder(tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the samples lie, and a graph of them, as after the first page."""
    (tmp_path / "samples").symlink_to(samples)
    monkeypatch.chdir(tmp_path)
    build(["samples"], "chidao-graph", jobs=1)
    yield tmp_path


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
