"""The pages say what the program does: generated ones are current, links lead somewhere, examples run."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import click
import pytest

from chidao.cli import main
from chidao.graph.answers.ask import questions

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
READMES = ("README.md", "README.vi.md")


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "name", ["cli.md", "questions.md", "vocabulary.md", "imports.md", "dependencies.md", "vi/lenh.md"]
)
def test_generated_page_is_current(generate: ModuleType, name: str) -> None:
    page = ROOT / "docs" / name
    assert generate.pages()[page] == page.read_text(encoding="utf-8"), "run `make docs`"


def test_the_vocabulary_names_every_table() -> None:
    page = (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    assert [path.name for path in (ROOT / "ontology").glob("*.ttl") if f"`{path.name}`" not in page] == []


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
