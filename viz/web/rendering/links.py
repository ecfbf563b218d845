"""Where things are: the path of each page on a server, or of each file beside the others."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urlencode, urlsplit

from chidao.graph.evidence import Place
from chidao.ontology.vocabulary import BODY
from chidao.viz.web.sitemap import PAGES, route

Value = str | int | bool | None | Iterable[str]


def key_of(iri: str, base: str) -> tuple[str, str] | None:
    """("document", "vn/nghi-quyet/…") of an instance IRI, as its path is written in the IRI; None for any other IRI.

    >>> key_of("https://w3id.org/chidao/body/vn/bo-chinh-tri", "https://w3id.org/chidao/id/")
    ('body', 'vn/bo-chinh-tri')
    """
    for kind in ("document", "body"):
        if iri.startswith(f"{base}{kind}/"):
            return kind, iri.removeprefix(f"{base}{kind}/")
    if iri.startswith(str(BODY)):
        return "body", iri.removeprefix(str(BODY))
    return None


class Links(Protocol):
    """What a template may link to. None where the place has no such page."""

    live: bool
    """Is there a server that answers forms and queries?"""

    def thing(self, iri: str, ending: str = "") -> str | None: ...
    def page(self, name: str, **params: Value) -> str | None: ...
    def text(self, sha256: str, place: Place | None = None, part: int = 0) -> str | None: ...
    def static(self, name: str) -> str: ...


def anchor(place: Place) -> str | None:
    """Return the name of a place on the page of its file's text; None where a query has not told which sentence it is."""
    if place.row is not None:
        return f"r{place.row}"
    return f"s{place.sentence_span[0]}" if place.sentence_span else None


class _Common:
    """What both kinds of links say the same way."""

    def thing(self, iri: str, ending: str = "") -> str | None:
        raise NotImplementedError

    def document(self, iri: str, ending: str = "") -> str:
        """A document's page, or with `ending` (".ttl", ".jsonld", ".nt") its triples."""
        return self.thing(iri, ending) or _outside(iri)

    def body(self, iri: str, ending: str = "") -> str:
        return self.thing(iri, ending) or _outside(iri)


def _outside(iri: str) -> str:
    """An IRI that is no thing of this graph as a link, if following it does no harm."""
    try:
        return iri if urlsplit(iri).scheme in ("http", "https") else "#"
    except ValueError:  # "http://[x"
        return "#"


class ServerLinks(_Common):
    """Paths below the root of a server."""

    live = True

    def __init__(self, base: str, root: str = "", version: str = "") -> None:
        """`root` is the path that the site is mounted at; `version` makes browsers fetch static files anew."""
        self.base, self.root, self.version = base, root.rstrip("/"), version

    def thing(self, iri: str, ending: str = "") -> str | None:
        found = key_of(iri, self.base)
        return f"{self.root}/{found[0]}/{quote(found[1], safe='/-._~%')}{ending}" if found else None

    def page(self, name: str, **params: Value) -> str | None:
        """Return a page of the sitemap, or what else has a path below the root; values that are None, False or empty are left out, lists
        are repeated."""
        path = self.root + (route(name) if name in PAGES else f"/{name}")
        given: list[tuple[str, str]] = []
        for key, value in params.items():
            if value is None or value is False or value == "":
                continue
            values = (
                [str(int(value))] if isinstance(value, bool | int) else [value] if isinstance(value, str) else value
            )
            given += [(key, str(one)) for one in values]
        return path + (f"?{urlencode(given)}" if given else "")

    def text(self, sha256: str, place: Place | None = None, part: int = 0) -> str | None:
        """Return the text of a file, opened at a place or with a part, counted from 0."""
        path = self.root + route("text").replace("{sha256}", sha256)
        if place is None:
            return path + (f"?part={part + 1}" if part else "")
        if not (name := anchor(place)):
            return f"{path}?line={place.line}#asked"
        row = "" if place.row is None else f"&row={place.row}"
        begin, end = place.sentence_span or (0, 1)
        return f"{path}?at={begin}-{end}{row}#{name}"

    def static(self, name: str) -> str:
        return f"{self.root}/static/{name}" + (f"?v={self.version}" if self.version else "")


@dataclass(frozen=True, slots=True)
class TextFiles:
    """The files of a text in a written site, where in the text each begins, and in a register's where each row does."""

    files: tuple[str, ...]
    starts: tuple[int, ...]
    rows: Mapping[int, int] | None = None

    def file(self, place: Place) -> str | None:
        """Return the file that shows a place."""
        offset = (self.rows or {}).get(place.row, -1) if place.row is not None else (place.sentence_span or (-1,))[0]
        return self.files[bisect_right(self.starts, offset) - 1] if offset >= 0 else None


class FileLinks(_Common):
    """Paths from one file of a written site to another, as they work from a disk without any server."""

    live = False

    def __init__(
        self, base: str, here: str, files: dict[str, str], pages: dict[tuple[str, str], str],
        texts: Mapping[str, TextFiles] | None = None,
    ) -> None:  # fmt: skip
        """`here` is the file that links; `files` gives the file of each document and body by IRI, `pages` that of each page by
        name and the IRI that it is about ("" for none), `texts` those of each source's text by its checksum."""
        self.base, self.here, self.files, self.pages, self.texts = base, here, files, pages, texts or {}

    def _to(self, path: str) -> str:
        return quote(os.path.relpath(path, os.path.dirname(self.here) or ".").replace(os.sep, "/"))

    def thing(self, iri: str, ending: str = "") -> str | None:
        file = self.files.get(iri)
        if file:
            return self._to(file.removesuffix(".html") + ending if ending else file)
        return None if ending else self._provision(iri)

    def _provision(self, iri: str) -> str | None:
        """The place of a provision on the page of its document's provisions."""
        document, path = iri, ""
        while "/" in document:
            document, _, step = document.rpartition("/")
            path = f"{step}/{path}" if path else step
            if document in self.files:
                page = self.pages.get(("provisions", document))
                return f"{self._to(page)}#{quote(path)}" if page else None
        return None

    def page(self, name: str, **params: Value) -> str | None:
        about = params.pop("iri", None) or params.pop("ref", None) or ""
        if any(value not in (None, "", False) for value in params.values()):
            return None
        subjects = (
            [about] if isinstance(about, str) else [str(a) for a in about] if isinstance(about, Iterable) else [""]
        )
        if len(subjects) != 1 or (name, subjects[0]) not in self.pages:
            return None
        return self._to(self.pages[name, subjects[0]])

    def text(self, sha256: str, place: Place | None = None, part: int = 0) -> str | None:
        """Return the text of a file, opened at a place or with a part, counted from 0."""
        if not (found := self.texts.get(sha256)):
            return None
        if place is None:
            return self._to(found.files[part])
        file, name = found.file(place), anchor(place)
        return f"{self._to(file)}#{name}" if file and name else None

    def static(self, name: str) -> str:
        return self._to(f"static/{name}")
