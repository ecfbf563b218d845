"""Pages from templates: one environment for all, with the words of each language and the links of each place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.requests import Request
from starlette.responses import HTMLResponse

from chidao import __version__
from chidao.viz.kept_templates import keep_templates
from chidao.viz.web.catalogue import translations
from chidao.viz.web.guard.writing import writer_of
from chidao.viz.web.rendering.correction_filters import CorrectionFilters
from chidao.viz.web.rendering.filters import Filters
from chidao.viz.web.rendering.links import Links, ServerLinks
from chidao.viz.web.rendering.register_rows import entry_of
from chidao.viz.web.sitemap import HEAD, PAGES
from chidao.viz.web.snapshots import Snapshot, snapshot_of
from chidao.viz.words import DEFAULT, LANGUAGES, words

COOKIE = "chidao-language"
_NOTHING: dict[str, Any] = {"folder": "", "sources": {}, "entry_of": lambda _: None}
"""What a page that tells of a fault asks the graph, which may be damaged."""


@cache
def environment(language: str) -> Environment:
    """Return the templates in one language; everything that they print is escaped, and a name that is missing is an error."""
    made = Environment(
        loader=PackageLoader("chidao.viz.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    keep_templates(made, "page")
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals["ngettext"] = _counting(made.globals["ngettext"], words(language).count)
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": True, "sort_keys": True}
    made.globals.update(language=language, languages=LANGUAGES, version=__version__, head=HEAD)
    Filters(language).install(made)
    CorrectionFilters(language).install(made)
    return made


def _counting(told: Any, count: Callable[[int], str]) -> Any:
    """The words for a number of things, which is written as all numbers are."""

    @pass_context
    def ngettext(context: Context, one: str, many: str, number: int, /, **values: Any) -> Any:
        return told(context, one, many, number, **{"num": count(number)} | values)

    return ngettext


def render(name: str, shown: Snapshot, links: Links, language: str, /, **context: Any) -> str:
    """Return the page of the sitemap as text. `writer` is the token of who may change things, for forms; None for who may not."""
    kind = PAGES[name]
    template = environment(language).get_template(kind.template if links.live else kind.file_template or kind.template)
    asked = _NOTHING if name == "error" else {
        "folder": shown.folder, "sources": {} if shown.remote else shown.sources, "entry_of": partial(entry_of, shown),
    }  # fmt: skip
    return template.render(
        links=links, section=kind.section or name, base=shown.base, generation=shown.generation,
        **asked | {"writer": None, "by_hand": {}, "waiting": (), "signer": None} | context
    )  # fmt: skip


def language_of(request: Request) -> str:
    """Return the language that the visitor chose."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else DEFAULT


def page(
    request: Request, name: str, code: int = 200, /, headers: Mapping[str, str] | None = None, **context: Any
) -> HTMLResponse:
    """Return the page as a response, in the visitor's language."""
    shown, language = snapshot_of(request), language_of(request)
    links = ServerLinks(shown.base, request.scope.get("root_path", ""), _static_version())
    context.setdefault("writer", writer_of(request))
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
