"""The parameters of a request, read the same way by pages and API: one line says what is wrong with one, on a page in its language."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request

from chidao.viz.web.catalogue import N_

_VISIBLE = re.compile(r"[^\s\x00-\x20\x7f-\xa0]")
"""What a value has at least one of, as `openapi.json` says."""
_SHOWN = 60
"""Characters of a wrong value that are repeated."""


class Refused(HTTPException):
    """What is wrong, as a message of the catalogue with its values: a page says it in its language, a program reads English."""

    def __init__(self, status: int, message: str, **values: object) -> None:
        super().__init__(status, message % values)
        self.message, self.values = message, values


def only(request: Request, names: Collection[str], *, empty: Collection[str] = ()) -> None:
    """Refuse parameters that nobody reads, and those but `empty` that say nothing: a misspelled filter must not widen an answer. Raises
    HTTPException 400."""
    for name, value in request.query_params.multi_items():
        if name not in names:
            known = ", ".join(names) or "none"
            raise HTTPException(400, f"no parameter is called {name[:_SHOWN]!r} here (there are: {known})")
        if name not in empty and not _VISIBLE.search(value):
            raise HTTPException(400, f"{name} is empty")


def says_something(value: object, longest: int = 2000) -> bool:
    """Is it a text as parameters are, wherever it stands?"""
    return isinstance(value, str) and len(value) <= longest and bool(_VISIBLE.search(value))


def text(request: Request, name: str, *, required: bool = False, longest: int = 2000) -> str | None:
    """Return a parameter without the blanks around it, None when it is empty."""
    values = request.query_params.getlist(name)
    if len(values) > 1:
        raise Refused(400, N_("%(name)s is given %(num)s times"), name=name, num=len(values))
    value = values[0].strip() if values else ""
    if len(value) > longest:
        raise Refused(400, N_("%(name)s has more than %(num)s characters"), name=name, num=longest)
    if not value and required:
        raise Refused(400, N_("%(name)s is missing"), name=name)
    return value or None


def either(request: Request, one: str, other: str) -> str | None:
    """Return the one of two parameters that is given. Raises HTTPException 400 when both are."""
    found = text(request, one), text(request, other)
    if all(found):
        raise Refused(400, N_("give either %(one)s or %(other)s, not both"), one=one, other=other)
    return found[0] or found[1]


def texts(request: Request, name: str, *, most: int = 50, longest: int = 2000) -> list[str]:
    """Return every value of a parameter that may be repeated, each once."""
    found = list(dict.fromkeys(value.strip() for value in request.query_params.getlist(name) if value.strip()))
    if len(found) > most:
        raise Refused(400, N_("%(name)s is given more than %(num)s times"), name=name, num=most)
    if any(len(value) > longest for value in found):
        raise Refused(400, N_("%(name)s has more than %(num)s characters"), name=name, num=longest)
    return found


def one_of(request: Request, name: str, known: Sequence[str]) -> str | None:
    """Return one of the values that are known, None where none is given. Raises Refused for any other."""
    value = text(request, name)
    if value is not None and value not in known:
        among = ", ".join(known)
        raise Refused(
            400, N_("%(name)s is one of %(known)s, not %(value)r"), name=name, known=among, value=value[:_SHOWN]
        )
    return value


def number(request: Request, name: str, least: int, most: int) -> int | None:
    """Return a whole number within bounds, None where none is given. Raises Refused for any other."""
    value = text(request, name)
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 9 and least <= int(value) <= most):
        raise Refused(
            400, N_("%(name)s is a whole number from %(least)s to %(most)s, not %(value)r"),
            name=name, least=least, most=most, value=value[:_SHOWN],
        )  # fmt: skip
    return int(value)


def day(request: Request, name: str) -> date | None:
    """Return a day, None where none is given. Raises Refused for what is none."""
    value = text(request, name)
    if value is None:
        return None
    try:
        if len(value) != 10:
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise Refused(
            400, N_("%(name)s is a day as YYYY-MM-DD, not %(value)r"), name=name, value=value[:_SHOWN]
        ) from None


def flag(request: Request, name: str) -> bool:
    """Is a yes given?"""
    return one_of(request, name, ("1", "0", "true", "false")) in ("1", "true")


def knows(request: Request, tag: str) -> bool:
    """Return whether an If-None-Match header (RFC 9110, 13.1.2) names the answer that the client has, weakly compared."""
    given = request.headers.get("if-none-match", "")
    return given.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in given.split(",")}
