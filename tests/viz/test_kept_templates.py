"""Templates that are kept compiled: they say what freshly compiled ones do, and damage costs time only."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, pass_context, pass_environment

from chidao.viz import kept_templates
from chidao.viz.drawing.scheme_html import scheme_template
from chidao.viz.kept_templates import keep_templates
from chidao.viz.web.rendering import render
from chidao.viz.web.serving.readying import readying
from chidao.viz.web.sitemap import PAGES
from chidao.viz.words import DEFAULT

TEMPLATES = {
    "greeting.html": "{% extends 'frame.html' %}{% block body %}\n<p>{{ name }}, {{ 'mai'|said }}: {{ 5|said }}</p>\n{% endblock %}",
    "frame.html": "<main>{% block body %}{% endblock %}</main>",
}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The names of the templates that were compiled."""
    names: list[str | None] = []
    former = Environment.compile

    def compile_(self: Environment, source: Any, name: str | None = None, *more: Any, **named: Any) -> Any:
        names.append(name)
        return former(self, source, name, *more, **named)

    monkeypatch.setattr(Environment, "compile", compile_)
    return names


def said(prefix: str = "!", templates: dict[str, str] = TEMPLATES, **settings: Any) -> str:
    """What a process says that begins with these settings."""
    made = Environment(loader=DictLoader(templates), undefined=StrictUndefined, **{"autoescape": True} | settings)
    keep_templates(made, "trial")
    made.filters["said"] = lambda word: f"{prefix}{word}"
    return made.get_template("greeting.html").render(name="<An>")


@pytest.mark.parametrize("mark", [pass_context, pass_environment])
@pytest.mark.parametrize("kind", ["filters", "tests"])
def test_what_filters_and_tests_are_given_is_compiled_in(mark: Callable[..., Any], kind: str) -> None:
    """Else the next version of one would be given too much, or too little."""
    templates = {"greeting.html": "{{ 'mai'|meant }}" if kind == "filters" else "{{ 'mai' is meant }}"}

    def meant(function: Callable[..., Any]) -> str:
        made = Environment(loader=DictLoader(templates), autoescape=True)
        keep_templates(made, "trial")
        getattr(made, kind)["meant"] = function
        return made.get_template("greeting.html").render()

    told = [meant(lambda word: word), meant(mark(lambda given, word: f"{word}!")), meant(lambda word: word)]
    assert told == ["mai", "mai!", "mai"]


@pytest.mark.parametrize("change", ["version", "filter", "test", "gettext"])
def test_what_else_is_compiled_in_takes_nothing_over(
    compiled: list[str | None], monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    def environment(*, gettext: bool = True) -> Environment:
        made = Environment(loader=DictLoader(TEMPLATES), extensions=["jinja2.ext.i18n"])
        keep_templates(made, "trial")
        made.newstyle_gettext = gettext  # type: ignore[attr-defined]
        made.filters["said"] = str
        return made

    environment().get_template("greeting.html")
    compiled.clear()
    environment().get_template("greeting.html")
    assert not compiled
    other = environment(gettext=change != "gettext")
    if change == "version":
        monkeypatch.setattr(kept_templates, "__version__", "0.0.0")
    elif change != "gettext":
        getattr(other, f"{change}s")["more"] = str
    other.get_template("greeting.html")
    assert compiled


def kept(place: Path) -> list[Path]:
    return sorted(path for path in place.rglob("*trial*") if path.is_file())


def test_what_is_kept_says_the_same_and_is_compiled_once(compiled: list[str | None]) -> None:
    first = said()
    assert first == "<main>\n<p>&lt;An&gt;, !mai: !5</p>\n</main>" and sorted(map(str, compiled)) == sorted(TEMPLATES)
    compiled.clear()
    assert (said(), compiled) == (first, [])


def test_nothing_is_worked_out_while_compiling() -> None:
    """Else the words of one language would stay in what all take."""
    assert [f"{language}mai: {language}5" in said(language) for language in ("vi:", "en:")] == [True, True]


@pytest.mark.parametrize(
    "damage",
    [lambda data: b"", lambda data: data[:-1], lambda data: data[:60] + b"X" + data[61:], lambda data: data[32:]],
)
def test_what_is_damaged_is_compiled_and_kept_anew(
    place: Path, compiled: list[str | None], damage: Callable[[bytes], bytes]
) -> None:
    first = said()
    for path in kept(place):
        path.write_bytes(damage(path.read_bytes()))
    compiled.clear()
    assert said() == said() == first and len(compiled) == len(TEMPLATES) == len(kept(place))


@pytest.mark.parametrize(
    "other",
    [
        {"templates": TEMPLATES | {"greeting.html": TEMPLATES["greeting.html"].replace("<p>", "<p lang=vi>")}},
        {"trim_blocks": True},
        {"autoescape": False},
    ],
)
def test_another_template_and_other_settings_take_nothing_over(other: dict[str, Any]) -> None:
    plain = said()
    told = said(**other)
    assert told != plain == said() and told == said(**other)


def test_who_writes_no_bytecode_keeps_none(
    place: Path, compiled: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert said() == said() and len(compiled) == 2 * len(TEMPLATES) and not kept(place)


def test_every_page_is_kept_for_all_languages(compiled: list[str | None]) -> None:
    names = {page.template for page in PAGES.values()}
    for language in ("vi", "en", "vi"):
        render.environment.cache_clear()
        for name in names:
            render.environment(language).get_template(name)
    render.environment.cache_clear()
    assert sorted(map(str, compiled)) == sorted(names)


def test_a_process_that_had_time_has_compiled_every_page(
    compiled: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    render.environment.cache_clear()
    scheme_template.cache_clear()
    steps = sum(1 for _ in readying())
    assert (
        steps == len(compiled) == len({page.template for page in PAGES.values()}) + 1
    )  # a step is never more than one
    for page in PAGES.values():
        render.environment(DEFAULT).get_template(page.template)
    scheme_template(DEFAULT)
    assert steps == len(compiled)
