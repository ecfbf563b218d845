"""Pages from templates: one environment for all, with the words of each language and the links of each place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from chidao import __version__
from chidao.graph.network import relation_labels
from chidao.viz.labels import load
from chidao.viz.web.catalogue import DEFAULT, LANGUAGES, translations
from chidao.viz.web.links import Links, ServerLinks
from chidao.viz.web.plot import timeline_plot
from chidao.viz.web.shelf import Library, library
from chidao.viz.web.words import ACTS, COLUMNS, COVERAGE_LEVELS, INVERSES, LEVELS, RELATIONS, STANDINGS, STATES

COOKIE = "chidao-language"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@cache
def environment(language: str) -> Environment:
    """The templates in one language; everything that they print is escaped, and a name that is missing is an error."""
    made = Environment(
        loader=PackageLoader("chidao.viz.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": True, "sort_keys": True}
    made.globals.update(language=language, languages=LANGUAGES, version=__version__)
    _filters(made, language)
    return made


def _filters(made: Environment, language: str) -> None:
    words = translations(language).gettext
    vietnamese = language == "vi"

    def day(value: str | None) -> str:
        """ISO date, month or year as it is written."""
        if not value:
            return words("date unknown")
        if len(value) != 10 or not vietnamese:
            parts = value.split("-")
            return "/".join(reversed(parts)) if vietnamese else (_english(value) if len(value) == 10 else value)
        return "/".join(reversed(value.split("-")))

    def count(value: int) -> str:
        return format_decimal(value, locale=language)

    def relation(name: str) -> str:
        return relation_labels().get(name, name) if vietnamese else RELATIONS.get(name, name)

    def inverse(name: str) -> str:
        return load().relation(name, "").inverse if vietnamese else INVERSES.get(name, name)

    def level(name: str | None) -> str:
        return words(LEVELS.get(name or "", name or ""))

    @pass_context
    def where(context: Context, place: Mapping[str, Any]) -> str:
        """The file of an evidence, and page and line or row in it."""
        name = str(place.get("source") or place.get("file") or "").replace("\\", "/")
        name = name.removeprefix(context.get("folder") or "")
        if place.get("row") is not None:
            return words("%(file)s, row %(row)s") % {"file": name, "row": int(place["row"]) + 1}
        if place.get("page"):
            return words("%(file)s, page %(page)s, line %(line)s") % {
                "file": name, "page": place["page"], "line": place["line"],
            }  # fmt: skip
        return words("%(file)s, line %(line)s") % {"file": name, "line": place.get("line")}

    @pass_context
    def file(context: Context, name: str) -> str:
        return name.replace("\\", "/").removeprefix(context.get("folder") or "")

    def value(cell: Any, column: str, links: ServerLinks) -> str | Markup:
        """A cell of an answer: a thing of the graph as a link, a day as it is written, a known word in the page's language."""
        if cell is None:
            return ""
        text = str(cell)
        if "://" in text and (to := links.thing(text)):
            return Markup('<a class="doc" href="{}">{}</a>').format(to, unquote(text.rpartition("/id/")[2] or text))
        if _DAY.fullmatch(text):
            return Markup('<time datetime="{}">{}</time>').format(text, day(text))
        if column in ("action", "relation", "predicate", "level"):
            return {"action": lambda: words(ACTS.get(text, text)), "level": lambda: level(text)}.get(
                column, lambda: relation(text)
            )()
        return text

    made.filters.update(
        plot=lambda timeline: timeline_plot(timeline, words, day), file=file, value=value,
        standing=lambda name: words(STANDINGS.get(name, name)),
        bodies=lambda name: words(COVERAGE_LEVELS[name]),
        column=lambda name: words(COLUMNS.get(name, name)), param=lambda name: words(COLUMNS.get(name, name)),
    )  # fmt: skip
    made.filters.update(
        day=day, count=count, relation=relation, inverse=inverse, level=level, where=where, marked=marked,
        act=lambda name: words(ACTS.get(name, name)), state=lambda name: words(STATES[name]), sentence_case=sentence_case,
    )  # fmt: skip


def _english(value: str) -> str:
    return format_date(date.fromisoformat(value), format="medium", locale="en_GB")


def sentence_case(text: str) -> str:
    """The first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def marked(sentence: str, *quotes: str | None) -> Markup:
    """A sentence with the first place of each quoted passage marked; blanks may differ."""
    text = " ".join((sentence or "").split())
    spans: list[tuple[int, int]] = []
    for quote in quotes:
        wanted = " ".join((quote or "").split())
        at = text.find(wanted) if wanted else -1
        if at >= 0 and all(at >= end or at + len(wanted) <= start for start, end in spans):
            spans.append((at, at + len(wanted)))
    out, done = Markup(""), 0
    for start, end in sorted(spans):
        out += escape(text[done:start]) + Markup("<mark>") + escape(text[start:end]) + Markup("</mark>")
        done = end
    return out + escape(text[done:])


def render(name: str, shown: Library, links: Links, language: str, /, **context: Any) -> str:
    """The page as text."""
    template = environment(language).get_template(name)
    return template.render(links=links, base=shown.base, generation=shown.generation, folder=shown.folder, **context)


def language_of(request: Request) -> str:
    """The language that the visitor chose."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else DEFAULT


def page(
    request: Request, name: str, code: int = 200, /, headers: Mapping[str, str] | None = None, **context: Any
) -> HTMLResponse:
    """The page as a response, in the visitor's language."""
    shown, language = library(request), language_of(request)
    links = ServerLinks(shown.base, request.scope.get("root_path", ""), _static_version())
    context.setdefault("here", request.url.path + (f"?{request.url.query}" if request.url.query else ""))
    text = render(name, shown, links, language, **context)
    return HTMLResponse(text, code, {"Content-Language": language, "Vary": "Accept, Cookie", **(headers or {})})


def built(name: str) -> bool:
    """Was this script made by the npm build? Pages do without."""
    return files("chidao.viz.web").joinpath("static", "built", name).is_file()


@cache
def _static_version() -> str:
    """Changes when a static file does."""
    import hashlib

    digest = hashlib.sha256()
    waiting = [files("chidao.viz.web").joinpath("static")]
    while waiting:
        for entry in sorted(waiting.pop().iterdir(), key=lambda e: e.name):
            if entry.is_dir():
                waiting.append(entry)
            else:
                digest.update(entry.name.encode() + entry.read_bytes())
    return digest.hexdigest()[:10]
