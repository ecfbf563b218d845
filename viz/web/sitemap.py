"""Every kind of page: where a server and a written site have it, the template that shows it, and the word that leads there."""

from __future__ import annotations

from dataclasses import dataclass

from chidao.viz.web.catalogue import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One kind of page. Its context is made by the module that answers the route, from views that the written site shares."""

    template: str
    route: str | None = None
    """The path on a server; None for what is shown in the place of another page."""
    title: str | None = None
    """The word for it in the head of every page."""
    aside: bool = False
    """Whether that stands in the head's group of what an office does not open daily."""
    writes: bool = False
    """Whether only who may change something is led there."""
    section: str | None = None
    """The page whose word is marked in the head, where that is another one."""
    file: str | None = None
    """Its file in a written site; None where that has none, or one for each thing."""
    file_template: str | None = None
    """The template of that file, where it is another one."""


PAGES = {
    "home": Page(template="home.html", route="/", file="index.html"),
    "progress": Page(template="progress.html", route="/progress", title=N_("Progress"), file="progress.html"),
    "tasks": Page(template="tasks.html", route="/tasks", title=N_("Tasks"), file="tasks.html"),
    "search": Page(template="search.html", route="/search", title=N_("Documents"), file="search.html",
                   file_template="site_search.html"),
    "add": Page(template="add.html", route="/add", title=N_("Add documents"), writes=True),
    "changes": Page(template="changes.html", route="/changes", title=N_("Changes")),
    "check": Page(template="check.html", route="/check", title=N_("Check a draft")),
    "coverage": Page(template="coverage.html", route="/coverage", title=N_("Coverage"), file="coverage.html", aside=True),
    "timeline": Page(template="timeline.html", route="/timeline", title=N_("Timeline"), file="timeline.html", aside=True),
    "graph": Page(template="graph.html", route="/graph", title=N_("Graph"), file="graph.html", aside=True),
    "questions": Page(template="questions.html", route="/questions", title=N_("Questions"), file="questions.html", aside=True),
    "files": Page(template="files.html", route="/files", title=N_("Files read in"), aside=True),
    "corrections": Page(template="corrections.html", route="/corrections", title=N_("Corrections"), aside=True),
    "sparql": Page(template="sparql.html", route="/sparql", title="SPARQL", aside=True),
    "question": Page(template="question.html", route="/questions/{name}", section="questions"),
    "document": Page(template="document.html", route="/document/{key:path}"),
    "scheme": Page(template="scheme.html", section="graph"),
    "provisions": Page(template="provisions.html", route="/provisions"),
    "text": Page(template="text.html", route="/text/{sha256}", section="search"),
    "facsimile": Page(template="facsimile.html", route="/facsimile/{sha256}/{number:int}", section="search"),
    "body": Page(template="body.html", route="/body/{key:path}"),
    "api": Page(template="api.html", route="/api"),
    "choices": Page(template="choices.html"),
    "error": Page(template="error.html"),
}  # fmt: skip
"""By the name that links use, in the order of the head."""
HEAD = {name: page for name, page in PAGES.items() if page.title}
"""The pages that every page's head leads to."""


def route(name: str) -> str:
    """Return the path of a page on a server. Raises KeyError for one that has none."""
    found = PAGES[name].route
    if found is None:
        raise KeyError(name)
    return found
