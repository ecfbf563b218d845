"""The pages say what the program does: generated ones are current, links lead somewhere, examples run."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest

from chidao.cli import main
from chidao.graph.answers.ask import questions

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
CHIDAO = str(Path(sys.executable).with_name("chidao"))
READMES = ("README.md", "README.vi.md")


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["cli.md", "questions.md", "vocabulary.md"])
def test_generated_page_is_current(generate: ModuleType, name: str) -> None:
    page = ROOT / "docs" / name
    assert generate.pages()[page] == page.read_text(encoding="utf-8"), "run `make docs`"


def commands(command: click.Command, name: str) -> list[str]:
    subs = command.commands if isinstance(command, click.Group) else {}
    return [name, *(line for key, sub in subs.items() for line in commands(sub, f"{name} {key}"))]


def test_every_command_has_help_and_a_place_in_the_docs() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    names = commands(main, "chidao")
    assert len(names) > 10
    for name in names:
        assert f"\n## {name}\n" in page
    for name, command in main.commands.items():
        assert command.help, f"chidao {name} has no help"
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                assert parameter.help, f"chidao {name} {parameter.opts[0]} has no help"


@pytest.mark.parametrize("readme", READMES)
def test_readme_names_every_command(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert [name for name in main.commands if f"chidao {name}" not in text] == []


def test_every_question_has_help_and_a_place_in_the_docs() -> None:
    page = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    assert len(questions()) >= 12
    assert set(questions()) == {path.stem for path in (ROOT / "graph" / "queries").glob("*.rq")}
    for name, question in questions().items():
        assert f"\n## {name}\n" in page
        assert question.vi and question.en and all(parameter.help for parameter in question.params)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def blocks(name: str, language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )


@pytest.fixture(scope="module")
def readme_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where the README's examples find what they need: the samples, and a graph built from them."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "samples").symlink_to(ROOT / "samples")
    run(folder, [CHIDAO, "build", "samples"])
    return folder


def run(folder: Path, command: list[str], *, stdin: str | None = None) -> str:
    done = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("readme", READMES)
def test_transcripts_are_real(readme: str, readme_folder: Path) -> None:
    """Each `$ chidao …` line of a console block prints what the README says it does."""
    tried = 0
    for block in blocks(readme, "console"):
        for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, expected = example.partition("\n")
            if command.startswith("chidao "):
                script = f"{CHIDAO} {command.removeprefix('chidao ')}"
                printed = run(readme_folder, ["bash", "-c", script])
                assert printed.split() == expected.split(), f"{readme}: $ {command}\n{printed}"
                tried += 1
    assert tried >= 3


@pytest.mark.slow
@pytest.mark.parametrize("readme", READMES)
def test_examples_run(readme: str, readme_folder: Path, pytestconfig: pytest.Config) -> None:
    """As strict about warnings as this run of the tests: -W on its command line counts here too."""
    strict = [f"-W{rule}" for rule in ("error", *(pytestconfig.getoption("pythonwarnings") or ()))]
    python, sparql = blocks(readme, "python"), blocks(readme, "sparql")
    assert python and sparql
    for code in python:
        assert run(readme_folder, [sys.executable, *strict, "-c", code]).strip()
    for query in sparql:
        answer = run(readme_folder, [CHIDAO, "query", "--format", "csv", "-"], stdin=query)
        assert len(answer.splitlines()) > 1, "the example finds nothing"
