"""The scheme of a document as a piece of a page: the same on the site, in a written site and in the page of `chidao graph`.

Groups are opened and shut by the browser itself, so it needs no script; without its style sheet (`web/static/scheme.css`) it is a list.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from chidao.graph.evidence import Evidence
from chidao.ontology.authority import jurisdictions
from chidao.viz.drawing.scheme import CENTRAL, FEW, Card, Group, Scheme
from chidao.viz.kept_templates import keep_templates
from chidao.viz.words import Words, words

LONG = 90
"""Letters of a title that stand on a card in any case; of a longer one the rest is shown when the card is opened."""

SOME = 60
"""Cards side by side that are seen at once."""


def scheme_html(
    scheme: Scheme,
    language: str,
    *,
    page_of: Callable[[str], str | None] = lambda _iri: None,
    cite: Callable[[Card], Markup | None] = lambda _card: None,
    over: Callable[[str], str] = lambda _iri: "",
    elsewhere: Callable[[str], str | None] = lambda _group: None,
    opened: str | None = None,
) -> Markup:
    """Return the scheme as HTML. `page_of` gives a document its page, `cite` a card the sentence that says so, `over` says in words what
    has ended a document. A group that is shut leads to the page on which it is `opened`, where there is one `elsewhere`, instead of holding
    its cards."""
    told = words(language)
    return Markup(
        scheme_template(language).render(
            scheme=scheme, focus=scheme.focus, few=FEW, long=LONG, some=SOME, page_of=page_of, cite=cite, over=over, elsewhere=elsewhere,
            opened=opened,
            heads={zone: {group.key: _head(group, zone, told) for group in groups} for zone, groups in scheme.zones.items()},
            provinces=sum(group.key not in ("", CENTRAL) for group in scheme.zones.get("below", ())),
        )
    )  # fmt: skip


def quoted(card: Card, said: Evidence, sentence: str | Markup, where: str | Markup) -> Markup:
    """Return what a card shows of an evidence: of a sentence that says no more than its title, as a register's row, the place alone."""
    again = said.row is not None or said.sentence.strip(" .;").casefold() in card.title.casefold()
    shown = Markup("") if again else Markup("<p>{}</p>").format(sentence)
    return shown + Markup("<footer>{}</footer>").format(where)


def _head(group: Group, zone: str, told: Words) -> str:
    """What a group is called."""
    if zone == "below":
        fixed = {CENTRAL: told.scheme["central"], "": told.scheme["unplaced"]}
        return fixed.get(group.key) or _names().get(group.key, group.key)
    relation = told.relation(group.key.removeprefix("~"))
    return _capital(relation.inverse if group.key.startswith("~") else relation.label)


@cache
def _names() -> dict[str, str]:
    return {j.slug: j.name for j in jurisdictions()}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def scheme_template(language: str) -> Template:
    """Return the template of the scheme in a language."""
    told = words(language)
    environment = Environment(
        loader=PackageLoader("chidao.viz.drawing", "assets"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    keep_templates(environment, "drawing")
    known: dict[str, Any] = {
        "words": {**told.drawing, **told.scheme},
        "relation": told.relation,
    }
    environment.globals.update(known)
    environment.filters.update(day=told.day, count=told.count, capital=_capital)
    return environment.get_template("scheme.html")
