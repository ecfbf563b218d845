"""What people say by hand of documents, and of what files say: found again in the files as they are now, and put in the rules' place.

A correction is about mentions of a document: the file's own, or those that mean a document without a file. They are found by the file's
content, else by its name, else by the document's key, and once found they stay what the correction is about, whatever it does to the key.
A fact is found by the words of its sentence. What is not found, or says something else by now, is left as the rules read it, and the
outcome says why; nothing is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from chidao.extract.corpus.facts_by_hand import Added, Edits, Places, added_relations, find_edits
from chidao.extract.corpus.joined import Joined, MentionId
from chidao.extract.language.codes import CODE, read_code
from chidao.extract.model import SELF, Facts
from chidao.extract.resolved import Correction, Document, File, Outcome, printed_code

_OF_DOCUMENTS = ("field", "same", "apart")
_IDENTITY = ("number", "symbol", "date")
_LONE = re.compile(r"[0-9]{1,5}[a-zđ]?")


class ByHand:
    """The corrections of a corpus, and what became of each."""

    def __init__(self, joined: Joined, corrections: Sequence[Correction]) -> None:
        self.said: dict[MentionId, dict[str, Any]] = {}
        """What is said of a mention instead of what its text says, by the names of `Reference` and `Heading`."""
        self._joined, self._all = joined, corrections
        self._outcomes = {c.id: Outcome(c, "review", why) for c in corrections if (why := cannot_be(c))}
        self._corrections = [c for c in corrections if c.id not in self._outcomes]
        self._about: dict[str, tuple[MentionId, ...]] = {}
        self._with: dict[str, tuple[MentionId, ...]] = {}
        self._known: dict[str, MentionId] = {}
        self._places = Places(joined)

    def find(self) -> bool:
        """Find what corrections of documents are about that was not found before; return whether there is more, so that the mentions
        are to be joined anew."""
        named = {key for c in self._corrections if not c.body for key in (c.document, c.other) if key}
        for key in named - self._known.keys():
            if (first := self._joined.first_of(key)) is not None:
                self._known[key] = first
        found = [
            c
            for c in self._corrections
            if c.kind in _OF_DOCUMENTS and not c.body and c.id not in self._about and self._place(c)
        ]
        if found:
            self._say()
        return bool(found)

    def _place(self, c: Correction) -> bool:
        about = self._mentions_of(c)
        other = self._cluster_of(c.other) if c.kind == "same" else ()
        if c.kind == "apart" and about:
            n = self._places.of(c)
            if n is None:
                self._review(c, "file-gone")
                return False
            whole, about = about, tuple(at for at in about if at[0] == n)
            if not about or about == whole:
                self._review(c, "fact-gone")
                return False
        if not about or (c.kind == "same" and not other):
            self._review(c, "document-gone")
            return False
        self._about[c.id], self._with[c.id] = about, other
        if c.document:
            self._known.setdefault(c.document, about[0])
        return True

    def _mentions_of(self, c: Correction) -> tuple[MentionId, ...]:
        """The mentions that a correction is about: of a document that is a file that one and those that state its day (one number on one
        day is one document), else all that mean it."""
        joined = self._joined
        n = self._places.of(c) if c.kind != "apart" else None
        if n is not None and (own := joined.key_of((n, SELF))):
            every = joined.all_of(own)
            if c.kind == "same":
                return every
            day = joined.date_of((n, SELF)) if c.field in _IDENTITY else None
            same = [at for at in every if at != (n, SELF) and joined.date_of(at) == day] if day else []
            return ((n, SELF), *same)
        about = self._cluster_of(c.document)
        if c.kind == "field":
            owned = tuple(at for at in about if at[1] == SELF)
            return owned if owned and c.file else tuple(at for at in about if at[1] != SELF) or owned
        return about

    def _cluster_of(self, key: str | None) -> tuple[MentionId, ...]:
        """All mentions of the document that has this key, or had it before something was corrected."""
        found = self._joined.all_of(key) if key else ()
        if key and not found and (first := self._known.get(key)) and (now := self._joined.key_of(first)):
            return self._joined.all_of(now)
        return found

    def _say(self) -> None:
        """Say of the mentions what the corrections found so far say, in the order in which they were made."""
        self.said.clear()
        last: dict[tuple[MentionId, str], Correction] = {}
        for c in self._corrections:
            if c.kind == "field" and c.id in self._about and c.field:
                if (now := self._disagrees(c)) is not None:
                    self._review(c, *now)
                    continue
                self._outcomes[c.id] = Outcome(c, "applied")
                for at in self._about[c.id]:
                    if (earlier := last.get((at, c.field))) is not None:
                        self._outcomes[earlier.id] = Outcome(earlier, "replaced")
                    last[at, c.field] = c
                    self.said.setdefault(at, {}).update(_values(c, own=at[1] == SELF))

    def _disagrees(self, c: Correction) -> tuple[str, str] | None:
        """Why a correction of a field holds no more, with what is read there now: the file or the citation is another one and says
        something else than what was corrected."""
        about = self._about[c.id]
        own = about[0][1] == SELF
        if own and self._joined.brief(about[0][0]).sha256 == c.file:
            return None
        read, now = (
            {value for at in (about[:1] if own else about) if (value := self._value(at, c.field or "", said))}
            for said in ({}, self.said)
        )
        if not now or c.old in read | now or now == {c.new}:
            return None
        return ("file-changed" if own else "fact-gone"), "; ".join(sorted(now))

    def _value(self, at: MentionId, field: str, all_said: Mapping[MentionId, Mapping[str, Any]]) -> str | None:
        """What a field of a mention says: what is said of it, else what is read there."""
        n, index = at
        brief = self._joined.brief(n)
        read = brief.head if index == SELF else brief.cited[index]
        said = all_said.get(at, {})
        number, symbol, year = (said.get(name, getattr(read, name)) for name in ("number", "symbol", "year"))
        if field == "number":
            return printed_code(number, None if "/" in (symbol or "") else year, symbol) or None
        return str(value) if (value := said.get(field, getattr(read, field))) else None

    def join(self) -> None:
        """Join documents that are one as people say, and part those that are two."""
        for c in self._corrections:
            if c.kind in ("same", "apart") and c.id in self._about:
                to = self._joined.key_of(self._with[c.id][0]) if c.kind == "same" else f"{c.document}/tach-{c.id}"
                if to is None:
                    continue
                self._outcomes[c.id] = Outcome(c, "applied")
                self._joined.move(self._about[c.id], to)

    def filled(self) -> dict[str, set[str]]:
        """Return what people have filled in of the documents of files, by their keys."""
        found: dict[str, set[str]] = {}
        for at, said in self.said.items():
            if at[1] == SELF and (key := self._joined.key_of(at)):
                found.setdefault(key, set()).update(name for name, value in said.items() if value)
        return found

    def named(self, name_of: Callable[[str], str | None]) -> dict[str, tuple[str, str]]:
        """Return the bodies to which people gave names, each with its name before and that one; `name_of` tells that of a known body."""
        named: dict[str, Correction] = {}
        found: dict[str, tuple[str, str]] = {}
        for c in self._corrections:
            if c.kind == "name" and c.body:
                before = name_of(c.body)
                if before is None:
                    self._review(c, "body-gone")
                    continue
                if (earlier := named.get(c.body)) is not None:
                    self._outcomes[earlier.id] = Outcome(earlier, "replaced", body=c.body)
                named[c.body] = c
                found[c.body] = before, c.new or ""
                self._outcomes[c.id] = Outcome(c, "applied", body=c.body)
        return found

    def one(self, is_known: Callable[[str], bool]) -> dict[str, str]:
        """Return the bodies that are others as people say, each with the one that it is; `is_known` tells whether there is a body."""
        said: dict[str, Correction] = {}
        for c in self._corrections:
            if c.kind == "same" and c.body and c.other:
                if not (is_known(c.body) and is_known(c.other)):
                    self._review(c, "body-gone")
                    continue
                for back in (c.body, *_circle(said, c.other, c.body)):
                    if (earlier := said.pop(back, None)) is not None:
                        self._outcomes[earlier.id] = Outcome(earlier, "replaced", body=c.body)
                said[c.body] = c
        found = {key: _last(said, key) for key in said}
        for key, c in said.items():
            self._outcomes[c.id] = Outcome(c, "applied", body=found[key])
        return found

    def edits(self, load: Callable[[int], Facts]) -> dict[int, Edits]:
        """Return what people say of the facts of files, which `load` gives by their numbers."""
        found, outcomes = find_edits(self._corrections, self._places, load)
        self._outcomes |= outcomes
        return found

    def added(self, document: Callable[[str], Document]) -> tuple[File, ...]:
        """Return the relations that people have added, as a source of its own; `document` gives that of a key."""
        said: list[Added] = []
        for c in self._corrections:
            if c.kind == "relation":
                ends = self._mentions_of(c), self._cluster_of(c.other)
                keys = [key for end in ends if end and (key := self._joined.key_of(end[0]))]
                if len(keys) == 2 and keys[0] != keys[1]:
                    said.append(Added(c, document(keys[0]), document(keys[1])))
                else:
                    self._review(c, "document-gone")
        file = added_relations(said)
        if file is None:
            return ()
        sha = file.facts.source.sha256
        for i, one in enumerate(said):
            self._outcomes[one.correction.id] = Outcome(
                one.correction, "applied", document=one.subject.key, part=(sha, "statement", i)
            )
        return (file,)

    def outcomes(self, document: Callable[[str], Document]) -> tuple[Outcome, ...]:
        """Return what became of each correction, in their order; `document` gives that of a key."""
        found: list[Outcome] = []
        for c in self._all:
            outcome = self._outcomes.get(c.id) or Outcome(c, "review", "document-gone")
            if outcome.document is None and (about := self._about.get(c.id)) and (key := self._joined.key_of(about[0])):
                outcome = replace(outcome, document=key)
            if outcome.state == "applied" and outcome.document and (now := _overruled(c, document(outcome.document))):
                outcome = replace(outcome, state="review", why="own-file", now=now)
            found.append(outcome)
        return tuple(found)

    def _review(self, c: Correction, why: str, now: str | None = None) -> None:
        self._outcomes[c.id] = Outcome(c, "review", why, now)


def cannot_be(c: Correction) -> str | None:
    """Return why something cannot be that a correction says: what earlier versions kept all the same is for review."""
    if c.kind in ("same", "relation") and c.other and c.other in (c.document, c.body):
        return "not-two"
    return "no-such-day" if c.field == "date" and c.new and not "1900" <= c.new[:4] <= "2200" else None


def _last(said: Mapping[str, Correction], key: str) -> str:
    """The body at the end of the way from this one to the one that it is."""
    while key in said:
        key = said[key].other or ""
    return key


def _circle(said: Mapping[str, Correction], start: str, end: str) -> list[str]:
    """The last step of the way from one body to another, where there is one: it would close a circle."""
    while start in said:
        before, start = start, said[start].other or ""
        if start == end:
            return [before]
    return []


def _overruled(c: Correction, document: Document) -> str | None:
    """What the document's own file says instead, where that came later."""
    if c.kind != "field" or not c.new or c.field == "number":
        return None
    now = getattr(document, c.field or "")
    return str(now) if now and now != c.new else None


def _values(c: Correction, *, own: bool) -> dict[str, Any]:
    """What a correction says of a mention, by the names of `Reference` and, of a file's own document, of `Heading`."""
    if c.field == "number":
        number, year, symbol = read_number(c.new or "") or (None, None, None)
        found: dict[str, Any] = {"number": number} | ({"year": year, "symbol": symbol} if symbol else {})
        return found if own else found | {"kind": "numbered"}
    if c.field == "issuer":
        key = c.bodies[0] if c.bodies else ""
        scope = {"scope": key.rpartition("/")[0] or None} if key else {}
        return {"issuer": c.new, "issuer_key": key or None} | scope
    if c.field == "date" and own:
        return {"date": c.new, "month": c.new and c.new[:7]}
    return {c.field or "": c.new}


def read_number(printed: str) -> tuple[str, int | None, str | None] | None:
    """Return number, year and symbol of a document as a clerk types it; None for what is none.

    >>> read_number("16-NQ/TU"), read_number("68/2021/NĐ-CP"), read_number("12"), read_number("none")
    (('16', None, 'NQ/TU'), ('68', 2021, 'NĐ-CP'), ('12', None, None), None)
    """
    text = " ".join(printed.split())
    if _LONE.fullmatch(text):
        return text, None, None
    match = CODE.fullmatch(text)
    code = read_code(text, match, typed=True) if match else None
    return (code.number, code.year, code.symbol) if code and code.end == len(text) else None
