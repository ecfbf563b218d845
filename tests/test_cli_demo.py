"""chidao demo: from the samples to an answer and a page, with the commands that a user would type."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

CHIDAO = str(Path(sys.executable).with_name("chidao"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


def demo(folder: Path, path: str) -> str:
    """Return what the command prints in a folder, with such a PATH."""
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(
        [CHIDAO, "demo"], cwd=folder, capture_output=True, text=True, encoding="utf-8", env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def printed(folder: Path) -> str:
    return demo(folder, os.environ["PATH"] + os.pathsep + str(Path(CHIDAO).parent))


def test_lists_who_implements_the_directive_down_to_the_district(printed: str) -> None:
    for number in ("12/NQ-CP", "16-CTr/TU", "118/KH-UBND", "45-KH/HU", "156/KH-UBND"):
        assert number in printed
    assert "57-NQ/TW" not in printed, "another directive"


def test_says_where_the_page_is(printed: str, folder: Path) -> None:
    page = folder / "chidao-demo" / "15-nq-tw.html"
    *_, opened, browse = printed.splitlines()
    assert str(page) in opened
    assert browse.startswith("Or browse everything: chidao serve --graph ")
    assert "16-CTr/TU" in page.read_text(encoding="utf-8")


def test_shows_the_commands_that_it_runs(printed: str, folder: Path) -> None:
    steps = [line.removeprefix("$ chidao ") for line in printed.splitlines() if line.startswith("$ chidao ")]
    assert [step.split()[0] for step in steps] == ["build", "implements", "graph"]
    again = subprocess.run(["bash", "-c", f"{CHIDAO} {steps[1]}"], cwd=folder, capture_output=True, text=True)
    assert again.returncode == 0 and "16-CTr/TU" in again.stdout


def test_runs_again_and_where_the_shell_finds_no_chidao_shows_its_path(printed: str, folder: Path) -> None:
    assert demo(folder, os.defpath) == printed.replace("$ chidao ", f"$ {CHIDAO} ").replace(": chidao ", f": {CHIDAO} ")
