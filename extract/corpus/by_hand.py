"""What people say by hand of documents, and of what files say: found again in the files as they are now, and put in the rules' place.

A correction is about mentions of a document: the file's own, or those that mean a document without a file. They are found by the file's
content, else by its name, else by the document's key, and once found they stay what the correction is about, whatever it does to the key.
A fact is found by the words of its sentence. What is not found, or says something else by now, is left as the rules read it, and the
outcome says why; nothing is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from chidao.extract.corpus.clusters import Clusters
from chidao.extract.corpus.facts_by_hand import Added, Places, added_relations, corrected_facts
from chidao.extract.corpus.within_file import Mention
from chidao.extract.language.codes import CODE, read_code
from chidao.extract.model import SELF, Body, Correction, Document, Facts, File, Outcome, printed_code

MentionId = tuple[int, int]
"""A file's number, and the index of a reference in it or SELF."""
Mentions = Mapping[MentionId, Mention]
_OF_DOCUMENTS = ("field", "same", "apart")
_IDENTITY = ("number", "symbol", "date")
_LONE = re.compile(r"[0-9]{1,5}[a-zđ]?")


class ByHand:
    """The corrections of a corpus, and what became of each."""

    def __init__(self, files: Sequence[Facts], corrections: Sequence[Correction]) -> None:
        self.said: dict[MentionId, dict[str, Any]] = {}
        """What is said of a mention instead of what its text says, by the names of `Reference` and `Heading`."""
        self._files, self._corrections = files, corrections
        self._outcomes: dict[str, Outcome] = {}
        self._about: dict[str, tuple[MentionId, ...]] = {}
        self._with: dict[str, tuple[MentionId, ...]] = {}
        self._known: dict[str, MentionId] = {}
        self._places = Places(files if corrections else ())

    def find(self, clusters: Clusters) -> bool:
        """Find what corrections of documents are about that was not found before; return whether there is more, so that the mentions
        are to be joined anew."""
        if not self._corrections:
            return False
        mentions = _by_id(clusters)
        for key, cluster in clusters.items():
            first = cluster.own or cluster.mentions[0]
            self._known.setdefault(key, (first.file, first.index))
        found = [
            c for c in self._corrections
            if c.kind in _OF_DOCUMENTS and c.id not in self._about and self._place(c, clusters, mentions)
        ]  # fmt: skip
        if found:
            self._say()
        return bool(found)

    def _place(self, c: Correction, clusters: Clusters, mentions: Mentions) -> bool:
        about = self._mentions_of(c, clusters, mentions)
        other = self._cluster_of(c.other, clusters, mentions) if c.kind == "same" else ()
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

    def _mentions_of(self, c: Correction, clusters: Clusters, mentions: Mentions) -> tuple[MentionId, ...]:
        """The mentions that a correction is about: of a document that is a file that one and those that state its day (one number on one
        day is one document), else all that mean it."""
        n = self._places.of(c) if c.kind != "apart" else None
        if n is not None and (own := mentions.get((n, SELF))):
            every = self._all(own.key, clusters)
            same = [at for at in every if own.date and mentions[at].date == own.date and at != (n, SELF)]
            return every if c.kind == "same" else ((n, SELF), *(same if c.field in _IDENTITY else ()))
        about = self._cluster_of(c.document, clusters, mentions)
        if c.kind == "field":
            owned = tuple(at for at in about if at[1] == SELF)
            return owned if owned and c.file else tuple(at for at in about if at[1] != SELF) or owned
        return about

    def _cluster_of(self, key: str | None, clusters: Clusters, mentions: Mentions) -> tuple[MentionId, ...]:
        """All mentions of the document that has this key, or had it before something was corrected."""
        if key and key not in clusters:
            first = self._known.get(key)
            key = mentions[first].key if first and first in mentions else None
        return self._all(key, clusters) if key else ()

    def _all(self, key: str, clusters: Clusters) -> tuple[MentionId, ...]:
        return tuple(sorted((m.file, m.index) for m in clusters[key].mentions))

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
        if own and self._files[about[0][0]].source.sha256 == c.file:
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
        read = self._files[n].heading if index == SELF else self._files[n].references[index]
        said = all_said.get(at, {})
        number, symbol, year = (said.get(name, getattr(read, name)) for name in ("number", "symbol", "year"))
        if field == "number":
            return printed_code(number, None if "/" in (symbol or "") else year, symbol) or None
        return str(value) if (value := said.get(field, getattr(read, field))) else None

    def read(self, n: int, file: Facts) -> Facts:
        """Return a file as it is to be read for what it means: with what is said of its own document and of what it mentions."""
        if not self.said:
            return file
        references = file.references
        said = {i: self.said[n, i] for i in range(len(references)) if (n, i) in self.said}
        if said:
            references = tuple(replace(r, **said[i]) if i in said else r for i, r in enumerate(references))
        return replace(file, heading=replace(file.heading, **self.said.get((n, SELF), {})), references=references)

    def fields(self, at: MentionId) -> frozenset[str]:
        """Return the fields of a mention that somebody has corrected."""
        return frozenset(self.said.get(at, ()))

    def join(self, clusters: Clusters) -> None:
        """Join documents that are one as people say, and part those that are two."""
        if not self._about:
            return
        mentions = _by_id(clusters)
        for c in self._corrections:
            if (
                c.kind in ("same", "apart")
                and c.id in self._about
                and all(at in mentions for at in (*self._about[c.id], *self._with[c.id]))
            ):
                to = mentions[self._with[c.id][0]].key if c.kind == "same" else f"{c.document}/tach-{c.id}"
                self._outcomes[c.id] = Outcome(c, "applied")
                _move([mentions[at] for at in self._about[c.id]], to, clusters)

    def documents(self, documents: dict[str, Document], files: Sequence[tuple[Facts, str | None]]) -> None:
        """Leave out what was offered for a blank that somebody has filled."""
        own = {n: key for n, (_, key) in enumerate(files)}
        for n, index in self.said:
            key = own.get(n) if index == SELF else None
            if key and (offered := documents[key].offered):
                kept = tuple(o for o in offered if not self.said[n, index].get(o.what))
                documents[key] = replace(documents[key], offered=kept)

    def bodies(self, bodies: dict[str, Body], documents: dict[str, Document]) -> None:
        """Give bodies the names that people gave them."""
        named: dict[str, Correction] = {}
        before = {key: body.name for key, body in bodies.items()} if self._corrections else {}
        for c in self._corrections:
            if c.kind == "name" and c.body:
                if c.body not in bodies:
                    self._review(c, "body-gone")
                    continue
                if (earlier := named.get(c.body)) is not None:
                    self._outcomes[earlier.id] = Outcome(earlier, "replaced", body=c.body)
                named[c.body] = c
                bodies[c.body] = replace(bodies[c.body], name=c.new or "")
                self._outcomes[c.id] = Outcome(c, "applied", body=c.body)
        for key, document in documents.items() if named else ():
            called = named.get(document.issuer_key or "")
            if called is not None and document.issuer == before[called.body or ""]:
                documents[key] = replace(document, issuer=called.new)

    def facts(self, files: Sequence[tuple[Facts, str | None]]) -> list[Facts]:
        """Return the files, each of which comes with the key of its own document, without the facts that are none, and with the tasks as
        people say they are."""
        found, outcomes = corrected_facts(files, self._corrections, self._places)
        self._outcomes |= outcomes
        return found

    def added(self, clusters: Clusters, documents: Mapping[str, Document]) -> tuple[File, ...]:
        """Return the relations that people have added, as a source of its own."""
        said: list[Added] = []
        mentions = _by_id(clusters)
        for c in self._corrections:
            if c.kind == "relation":
                ends = self._mentions_of(c, clusters, mentions), self._cluster_of(c.other, clusters, mentions)
                keys = [mentions[end[0]].key for end in ends if end]
                if len(keys) == 2 and keys[0] != keys[1]:
                    said.append(Added(c, documents[keys[0]], documents[keys[1]]))
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

    def outcomes(self, clusters: Clusters, documents: Mapping[str, Document]) -> tuple[Outcome, ...]:
        """Return what became of each correction, in their order."""
        mentions = _by_id(clusters)
        found: list[Outcome] = []
        for c in self._corrections:
            outcome = self._outcomes.get(c.id) or Outcome(c, "review", "document-gone")
            if outcome.document is None and (about := self._about.get(c.id)) and about[0] in mentions:
                outcome = replace(outcome, document=mentions[about[0]].key)
            if outcome.state == "applied" and outcome.document and (now := _overruled(c, documents[outcome.document])):
                outcome = replace(outcome, state="review", why="own-file", now=now)
            found.append(outcome)
        return tuple(found)

    def _review(self, c: Correction, why: str, now: str | None = None) -> None:
        self._outcomes[c.id] = Outcome(c, "review", why, now)


def _by_id(clusters: Clusters) -> dict[MentionId, Mention]:
    return {(m.file, m.index): m for cluster in clusters.values() for m in cluster.mentions}


def _move(mentions: Sequence[Mention], to: str, clusters: Clusters) -> None:
    """Let mentions mean another document; what nothing means any more is gone, also as a candidate."""
    moved = {id(m) for m in mentions if m.key != to}
    for key in dict.fromkeys(m.key for m in mentions if m.key != to):
        left = clusters[key].mentions
        clusters[key].mentions = [m for m in left if id(m) not in moved]
        for m in left:
            if id(m) in moved:
                clusters.put(to, m)
        if not clusters[key].mentions:
            del clusters[key]
            _forget(key, to, clusters)


def _forget(key: str, now: str, clusters: Clusters) -> None:
    """Put a document in the place of another as a candidate; where it is the only one left of the document's own, none is."""
    for cluster in clusters.values():
        if key in cluster.candidates:
            kept = {now if candidate == key else candidate for candidate in cluster.candidates} - {cluster.key}
            cluster.candidates = tuple(sorted(kept))


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
