"""The table of pages, against the templates that there are and the routes that answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.routing import Route

from chidao.viz.web import api
from chidao.viz.web.pages import (
    add_page,
    changes_page,
    check_page,
    corrections_page,
    coverage_page,
    facsimile_page,
    files_page,
    graph_page,
    home_page,
    pages,
    progress_page,
    search_page,
    tasks_page,
    text_page,
)
from chidao.viz.web.sitemap import HEAD, PAGES, route
from chidao.viz.web.sparql import protocol

BASES = {"base.html", "_parts.html", "_wrong.html"}


def test_every_template_is_that_of_a_page(root: Path) -> None:
    named = {page.template for page in PAGES.values()} | {page.file_template for page in PAGES.values()} - {None}
    assert {path.name for path in (root / "viz/web/templates").iterdir()} == named | BASES


def test_every_page_with_a_route_is_answered_there() -> None:
    modules = (
        add_page,
        api,
        changes_page,
        check_page,
        coverage_page,
        corrections_page,
        facsimile_page,
        files_page,
        graph_page,
        home_page,
        pages,
        progress_page,
        protocol,
        search_page,
        tasks_page,
        text_page,
    )
    answered = {found.path for module in modules for found in module.routes if isinstance(found, Route)}
    assert {page.route for page in PAGES.values() if page.route} <= answered


def test_the_head_leads_to_pages_that_have_a_place() -> None:
    daily = ["progress", "tasks", "search", "add", "changes", "check"]
    aside = ["coverage", "timeline", "graph", "questions", "files", "corrections", "sparql"]
    assert [name for name, page in HEAD.items() if not page.aside] == daily
    assert [name for name, page in HEAD.items() if page.aside] == aside
    assert all(route(name) for name in HEAD)
    with pytest.raises(KeyError):
        route("error")
