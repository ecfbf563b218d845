"""The named questions: one `.rq` file each in `graph/queries`, whose first comments are its help and its parameters.

# Văn bản nào thực hiện một văn bản chỉ đạo?
# Which documents carry out a directive.
# param: directive document required the directive
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import pyoxigraph

from chidao.extract.errors import ChidaoError
from chidao.graph.answers.lookup import one_body, one_document
from chidao.graph.select import Store, Term, node, query_text, rows

_PARAM = re.compile(
    r"#\s*param:\s*(?P<name>\w+)\s+(?P<kind>document|body|text|integer|day)\s+(?P<need>required|optional|today|\+[0-9]+)\s+(?P<help>.+)"
)
_XSD_DATE = pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#date")
_PROJECTED = re.compile(r"SELECT\s+(?:DISTINCT\s+)?(?P<names>.*?)\s+WHERE", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Param:
    """What a question is asked about. A day that is not given is `after` days later than the day of the question, "today" being 0."""

    name: str
    kind: str
    required: bool
    help: str
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """`vi` and `en` say what is asked; `text` is the SPARQL."""

    name: str
    vi: str
    en: str
    params: tuple[Param, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """An answer: column names, and rows of text (None where nothing is known)."""

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]


@cache
def questions() -> dict[str, Question]:
    """Return every shipped question by name, in alphabetical order."""
    found = {}
    folder = files("chidao.graph").joinpath("queries")
    for entry in sorted(folder.iterdir(), key=lambda e: e.name.removesuffix(".rq")):
        if not entry.name.endswith(".rq"):
            continue
        name = entry.name.removesuffix(".rq")
        text = query_text(name)
        comments = [line for line in text.splitlines() if line.startswith("#")]
        params = tuple(
            Param(m["name"], m["kind"], m["need"] == "required", m["help"].strip(), _after(m["need"]))
            for line in comments
            if (m := _PARAM.match(line))
        )
        said = [line.lstrip("# ").strip() for line in comments if not _PARAM.match(line)]
        found[name] = Question(name, said[0], " ".join(said[1:]), params, text)
    return found


def _after(need: str) -> int | None:
    return 0 if need == "today" else int(need) if need.startswith("+") else None


def ask(
    store: Store,
    name: str,
    parameters: Mapping[str, str] | None = None,
    /,
    *,
    year: int | None = None,
    scope: str | None = None,
    on: date | str | None = None,
    **given: str,
) -> Table:
    """Return the answer to a named question. Parameters, in a mapping or by name, are typed as a user would: "15-NQ/TW", "Sở Nội vụ".
    `on` is the day of a question that is one of a day, today by default.

    Raises ChidaoError for an unknown question or parameter, a missing one, or a document or body that is not there.
    """
    given = {**(parameters or {}), **given}
    question = questions().get(name)
    if question is None:
        raise ChidaoError(f"no question is called {name!r}; `chidao ask --list` names them")
    params = {p.name: p for p in question.params}
    for extra in given:
        if extra not in params:
            names = ", ".join(params) or "none"
            raise ChidaoError(f"{name} has no parameter {extra!r} (it has: {names})")
    if on is not None and "on" not in params:
        raise ChidaoError(f"{name} is not asked of a day")
    values: dict[str, Term | list[Term]] = {}
    first = _day("on", given.get("on", on)) or date.today()
    for param in question.params:
        if param.name not in given:
            if param.after is not None:
                values[param.name] = _dated(first + timedelta(days=param.after))
            if param.required:
                raise ChidaoError(f"{name} needs --param {param.name}=…: {param.help}")
            continue
        values[param.name] = _term(store, param, given[param.name], year, scope)
    found = list(rows(store, name, **values))
    return Table(_columns(question.text), found)


def _columns(text: str) -> tuple[str, ...]:
    match = _PROJECTED.search(text)
    names = match["names"] if match else ""
    names = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*AS\s+(\?\w+)\)", r"\1", names)
    return tuple(n[1:] for n in re.findall(r"\?\w+", names))


def _term(store: Store, param: Param, value: str, year: int | None, scope: str | None) -> Term:
    if param.kind == "document":
        return node(one_document(store, value, year=year, scope=scope).iri)
    if param.kind == "body":
        return node(one_body(store, value)[0])
    if param.kind == "day" and (day := _day(param.name, value)):
        return _dated(day)
    if param.kind == "integer":
        if not re.fullmatch(r"-?[0-9]+", value):
            raise ChidaoError(f"{param.name} is a whole number, not {value!r}")
        return pyoxigraph.Literal(int(value))
    return pyoxigraph.Literal(value)


def _day(name: str, value: date | str | None) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise ChidaoError(f"{name} is a day such as 2026-06-30, not {value!r}") from None


def _dated(day: date) -> Term:
    return pyoxigraph.Literal(day.isoformat(), datatype=_XSD_DATE)
