"""What resolving needs of a file: its heading and what it mentions, without sentences and places. It is kept where the facts are not at
hand, and said otherwise where people have corrected it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from chidao.extract.corpus.candidates import Draft, draft_of
from chidao.extract.corpus.congress_terms import years_of
from chidao.extract.corpus.law_versions import called_by
from chidao.extract.corpus.within_file import Head
from chidao.extract.language.letters import printable
from chidao.extract.language.order import pairs
from chidao.extract.model import SELF, Facts


class Cited(NamedTuple):
    """What a file says of a document that it mentions; see `Reference`. `term` has the years that stand behind the name of a congress,
    `called` the day of the document in whose title it stands."""

    kind: str
    type: str | None
    number: str | None
    symbol: str | None
    year: int | None
    date: str | None
    issuer: str | None
    issuer_key: str | None
    title: str | None
    name: str | None
    scope: str | None
    text: str
    term: str | None
    called: str | None = None


class Brief(NamedTuple):
    """A file as resolving sees it: `assigns` tells that it has tasks, `draft` what may stand in the blanks of its heading, `pairs` which of
    its documents must not be older than which (see `language.order`)."""

    path: str
    sha256: str
    row: int | None
    head: Head
    cited: tuple[Cited, ...]
    assigns: bool
    draft: Draft | None
    pairs: tuple[tuple[int, int], ...]

    def said(self, said: Mapping[int, Mapping[str, Any]]) -> Brief:
        """Return it with what people say of the own document (SELF) and of what is mentioned, by its index, instead of what is read."""
        if not said:
            return self
        cited = tuple(c._replace(**said[i]) if i in said else c for i, c in enumerate(self.cited))
        return self._replace(head=self.head._replace(**said.get(SELF, {})), cited=cited)


def brief_of(facts: Facts) -> Brief:
    """Return what resolving needs of these facts."""
    h = facts.heading
    head = Head(h.type, h.number, h.symbol, h.year, h.date, h.month, h.issuer, h.issuer_key, h.title, h.scope)
    called = called_by(facts.references)
    cited = tuple(
        Cited(
            r.kind, r.type, r.number, r.symbol, r.year, r.date, r.issuer, r.issuer_key, r.title, r.name, r.scope,
            " ".join(r.text.split()), years_of(r, facts), called.get(i),
        )
        for i, r in enumerate(facts.references)
    )  # fmt: skip
    source = facts.source
    return Brief(
        printable(source.path), source.sha256, facts.row, head, cited, bool(facts.tasks), draft_of(facts), _pairs(facts)
    )


def _pairs(facts: Facts) -> tuple[tuple[int, int], ...]:
    """The pairs of `order.pairs`, without the mentions that lean on others."""

    def meant(index: int) -> int:
        while index != SELF and (antecedent := facts.references[index].antecedent) is not None:
            index = antecedent
        return index

    return tuple(sorted({(meant(first), meant(second)) for first, second in pairs(facts)}))


def sayable(brief: Brief) -> Brief:
    """Return what is said without halves of characters."""

    def said(value: Any) -> Any:
        if isinstance(value, str):
            return printable(value)
        if isinstance(value, tuple):
            return type(value)(*map(said, value)) if hasattr(value, "_fields") else tuple(map(said, value))
        return value

    found: Brief = said(brief)
    return found
