"""When documents, or some of their provisions, are in force: "Nghị định này có hiệu lực từ ngày 01/7/2026", "Thông tư A hết hiệu lực kể từ
ngày Thông tư này có hiệu lực, trừ quy định tại Điều 40".

Whom an event is about stands before its verb, behind it ("… sau đây hết hiệu lực: A; B"), or in the items below. A day is what the text
states: a day, the one of signing, that on which the document takes effect, or a term counted from one of these; where nothing is stated
it stays open. An ending with an exception is never shown as a whole one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from chidao.extract.language.letters import LETTER, lower, trimmed
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.patterns import BASIS, RULING, SINCE, SOME, WHEN, WHOLE
from chidao.extract.language.tables import force_events
from chidao.extract.language.verbs import AMENDS, verbs
from chidao.extract.mentions.provisions import Clause, Named
from chidao.extract.model import SELF, Force, Relation
from chidao.extract.reading.divisions import Position, articled, leads_in
from chidao.extract.statements.law.days import (
    FROM,
    UNTIL,
    Known,
    awaits,
    bound,
    first_day,
    happens,
    last_day,
    ordered_day,
)
from chidao.extract.statements.law.events import (
    OWN_BEGINNING,
    Said,
    events_of,
    force_triggers,
    tells_of_force,
)
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.relations.consolidated import is_consolidated

_THIS = re.compile(rf"này(?![{LETTER}])")
_EXCEPT = re.compile(r"(?:,\s*)?(?<!loại )trừ\s+(?P<what>[^.;\n]{4,400})")
_FRONT = re.compile(rf"(?:trong\s+(?:suốt\s+)?thời\s+gian|{SINCE}|trước\s+ngày)\s[^;]{{4,400}}?,\s+")
_SUSPENSION = re.compile(r"trong\s+(?:suốt\s+)?thời\s+gian\s+(?:tạm\s+)?ngưng\s+hiệu\s+lực")
_REACHES = re.compile(r"(?:chấm\s+dứt|(?:tạm\s+)?ngưng|đình\s+chỉ|tiếp\s+tục\s+áp|kéo\s+dài|gia\s+hạn)\s|.*\stheo$")
"""Verbs that what is meant stands behind; behind the others it does only in a list ("… sau đây hết hiệu lực: A; B")."""
_OBLIQUE = re.compile(
    rf"(?<![{LETTER}])(?:(?:(?<!kèm\s)theo|{BASIS}(?:\s+vào)?|(?<!đối\s)với|bởi|bằng|"
    rf"{verbs('active', ['guides'])}|"
    rf"{AMENDS}(?:\s+{SOME}(?:\s+của)?)?)"
    rf"\s+{RULING}|{WHEN}\s+)$"
)
"""What stands before a document that is itself not meant: after what others are made ("giấy phép được cấp theo Nghị định A", "các Thông tư
hướng dẫn thi hành Nghị định A"), with what they differ ("trái với Nghị định này"), when something is so ("đến khi Nghị định A")."""
_PART = re.compile(
    rf"(?<![{LETTER}])(?:(?:quy\s+định|nội\s+dung|một\s+phần)\s(?:[^\s.;:,]+\s+){{0,12}}?(?:của|tại|trong|thuộc)|một\s+phần)\s+$"
)
"""What makes of a document's end that of a part that no path names ("những quy định về phí tại Nghị định A")."""
_PARTLY = re.compile(r"\s*(?:thi\s+hành\s+)?một\s+phần(?!\w)")
_ALL = re.compile(rf"{WHOLE}\s+(?:các\s+)?(?:nội\s+dung|quy\s+định)\s")
_ENDING = re.compile(rf"(?<!\w){verbs('clause', ['replaces', 'repeals'])}\s")
_AND = re.compile(r"\s*(?:,|;|(?:,\s*)?và)\s+")

_LISTED = 20
"""Documents at most that share the words before the first of them, or stand in the title of one."""
_BEFORE = 120
"""Characters at most before a document in which its role in the sentence is told."""
_FEW = 4
"""Words at most before a verb whose document only the lead-in above names."""
_NEAR = 40
"""Characters at most between a provision and what is said of it."""


@dataclass(frozen=True, slots=True)
class _Exception:
    """What a sentence takes out from `cut` on, in its `words`, with the `provisions` (document, path) that these name; `own` are those that
    are said to be the document's own ("khoản 3 Điều 2 Quyết định này")."""

    cut: int
    words: str = ""
    provisions: tuple[tuple[int, str], ...] = ()
    own: frozenset[str] = frozenset()
    explicit: bool = False
    """Is a document named in it?"""
    of: Mapping[Hashable, Sequence[int]] = field(default_factory=dict)
    """Which of the provisions are of each document, by its code."""
    unnamed: tuple[str, ...] = ()
    """Paths that are said to be of no document."""


_ByCode = dict[Hashable, list[tuple[int, int]]]
"""References to documents, each with a place, by what those to one document have in common."""


def find_force(passage: Passage, clauses: Sequence[Clause], relations: Sequence[Relation]) -> list[Force]:
    """Return what the document itself says of force, in text order (reading offsets)."""
    reader, merged = _Reader(passage, clauses), is_consolidated(passage)
    issued = None if merged else passage.heading.date
    known = Known(issued, None)
    found = reader.read(known)
    own = [f for f in found if f.document == SELF and f.event == "in_force" and not f.scope]
    if own and own[0].date:
        known = Known(issued, own[0].date)
        found = reader.read(known)
    if merged:  # its clause on effect is that of the text that it puts together, whose day of signing it does not say
        found = [f for f in found if f.document != SELF or f.date]
    ended = (
        r.object for r in relations if r.subject == SELF and r.predicate in ("repeals", "replaces") and r.object >= 0
    )
    return sorted([*found, *reader.ended(list(dict.fromkeys(ended)), found, known)], key=lambda f: f.start)


@dataclass(frozen=True)
class _Reader:
    passage: Passage
    clauses: Sequence[Clause]

    def read(self, known: Known) -> list[Force]:
        """Return every event."""
        found: list[Force] = []
        suspended: set[str] = set()  # the last days of suspensions
        lists: list[tuple[Position, Force]] = []
        for clause, said in self._ruled:
            while lists and not _below(clause.position, lists[-1][0]):
                lists.pop()
            if not said and lists:
                found += self._item(clause, lists[-1][1])
            here: list[tuple[Said, Force]] = []
            for event in said:
                told = list(self._told(clause, event, known, suspended))
                here += [(event, f) for f in told]
                suspended |= {f.until for f in told if f.event == "suspended" and not f.scope and f.until}
                if leads_in(self.passage.text, clause.paragraph):
                    lists.append((clause.position, self._template(event, known, suspended)))
            if here:
                found += self._less(here)
        unique: dict[tuple[int, str, tuple[str, ...]], Force] = {}
        for f in found:
            unique.setdefault((f.document, f.event, f.scope), f)
        return sorted(unique.values(), key=lambda f: f.start)

    def _less(self, told: Sequence[tuple[Said, Force]]) -> Iterator[Force]:
        """Yield the events of a clause, with what goes on of a document taken out of its end ("… hết hiệu lực; riêng Điều 6 tiếp tục có
        hiệu lực đến …")."""
        on: dict[Hashable, list[tuple[int, Force]]] = {}
        for n, (said, f) in enumerate(told):
            if f.scope and self._goes_on(said):
                on.setdefault(self._code(f.document), []).append((n, f))
        for n, (_, f) in enumerate(told):
            if f.event not in ("expires", "partly_expires") or f.scope:
                yield f
                continue
            later = [
                k.scope
                for at, k in on.get(self._code(f.document), ())
                if at > n and self._alike(f.document, k.document)
            ]
            apart = tuple(dict.fromkeys([*f.apart, *(path for scope in later for path in scope)]))
            yield replace(f, event="partly_expires", apart=apart) if later else f

    def _goes_on(self, said: Said) -> bool:
        """Does something stay in force, and is not only what has begun finished under it ("tiếp tục thực hiện theo")?"""
        return said.event == "continues" and not self.passage.text[said.verb : said.behind].lower().endswith("theo")

    def _alike(self, i: int, k: int) -> bool:
        """Are two references, or the document itself, one document?"""
        return i == k or (SELF not in (i, k) and self.passage.same(i, k))

    def ended(self, documents: Sequence[int], found: Sequence[Force], known: Known) -> Iterator[Force]:
        """Yield the end of each document that a clause repeals or replaces, unless something was said of it, or only a part ends."""
        told = self._by_code((f.document, 0) for f in found if f.event in ("expires", "partly_expires"))
        within: dict[int, tuple[_Exception, bool, _ByCode]] = {}
        codes = {self._code(i) for i in documents}
        read: dict[tuple[int, int], tuple[bool, str | None]] = {}
        for i in documents:
            f = self.passage.references[i]
            clause = self._clause(f.start)
            if clause is None or _OBLIQUE.search(
                lower(self.passage.text[max(clause.paragraph.body, f.start - _BEFORE) : f.start])
            ):
                continue
            body = clause.paragraph.body
            if body not in within:
                parts = self._by_code((p.document, named.end) for named in clause.named for p in named.provisions)
                said = Said(body, clause.paragraph.end, body, body, "expires")
                exception = self._exception(clause, said)
                within[body] = exception, self._beside(exception, codes), parts
            exception, beside, parts = within[body]
            if self._is_one_of(i, told) or self._is_one_of(i, parts, f.start + 1):
                continue
            if f.start < exception.cut:
                told.setdefault(self._code(i), []).append((i, 0))
                apart = self._apart(exception, i, beside=beside)
                event = "partly_expires" if apart or self._in_part(body, i) else "expires"
                day = self._ordered(clause, i, known, read)
                yield Force(f.start, f.extent, "", i, event, day, (), apart, None, -1, "ended")

    def _ordered(
        self, clause: Clause, i: int, known: Known, read: dict[tuple[int, int], tuple[bool, str | None]]
    ) -> str | None:
        """Return the day on which reference `i` ends: that which its clause or the lead-in above states, else that of the effect. `read`
        keeps what the spans say."""
        f = self.passage.references[i]
        start, end = self.passage.layout.sentence(f.start)
        start, end = max(start, clause.paragraph.body), min(end, clause.paragraph.end)
        earlier = bisect_left(self._semicolons, f.start - 1)
        before = self._semicolons[earlier - 1] if earlier else -1
        behind = bisect_left(self._semicolons, f.extent)
        until = self._semicolons[behind] if behind < len(self._semicolons) else end
        spans = [(max(start, before + 1), min(until, end))]
        if above := self._above.get(clause.paragraph.body):
            spans.append((above.paragraph.body, above.paragraph.end))
        for span in spans:
            if span not in read:
                words = self.passage.layout.low[slice(*span)].strip()
                day = None if self._tells(*span) else ordered_day(words, known)
                read[span] = awaits(words), day
            waits, day = read[span]
            if waits or day:
                return None if waits else day
        return known.effective

    @cached_property
    def _semicolons(self) -> list[int]:
        """Where the marks stand that part a sentence."""
        return [mark.start() for mark in re.finditer("; ", self.passage.text)]

    @cached_property
    def _above(self) -> dict[int, Clause]:
        """The lead-in above each item of a list, by where the item begins."""
        found: dict[int, Clause] = {}
        open_: list[Clause] = []
        for clause, _ in self._ruled:
            while open_ and not _below(clause.position, open_[-1].position):
                open_.pop()
            if open_:
                found[clause.paragraph.body] = open_[-1]
            if leads_in(self.passage.text, clause.paragraph):
                open_.append(clause)
        return found

    def _code(self, i: int) -> Hashable:
        """What references to one document have in common: its code, or the reference itself where it has none."""
        f = self.passage.references[i] if i != SELF else None
        return (f.number, f.symbol, f.year) if f and f.number else i

    def _by_code(self, documents: Iterable[tuple[int, int]]) -> _ByCode:
        """Return references to other documents, each with a place, by their codes."""
        found: _ByCode = {}
        for i, at in documents:
            if i != SELF:
                found.setdefault(self._code(i), []).append((i, at))
        return found

    def _is_one_of(self, i: int, documents: _ByCode, end: int | None = None) -> bool:
        """Is reference `i` to one of the documents, whose place lies before `end`?"""
        alike = documents.get(self._code(i), ())
        return any(self.passage.same(i, k) for k, at in alike if end is None or at <= end)

    def _clause(self, at: int) -> Clause | None:
        """The clause of the document's own rules whose paragraph holds the offset `at`, if it tells of what it names there."""
        n = bisect_right(self.clauses, at, key=lambda clause: clause.paragraph.start) - 1
        clause = self.clauses[n] if n >= 0 and at < self.clauses[n].paragraph.end else None
        return clause if clause and self._rules(clause) and not self._announces(clause) else None

    def _announces(self, clause: Clause) -> bool:
        """Do the items below say what becomes of the document ("5. Quyết định A:" / "a) Bãi bỏ khoản 1 Điều 2")?"""
        return leads_in(self.passage.text, clause.paragraph)

    def _rules(self, clause: Clause) -> bool:
        """Does the document itself speak there, and not before its first article?"""
        return not clause.paragraph.quoted and self._divided(clause.position)

    @cached_property
    def _divided(self) -> Callable[[Position], bool]:
        """Is a position within the rules of the document? In a text with articles what stands before the first says nothing of law."""
        positions = [clause.position for clause in self.clauses]
        return articled if any(map(articled, positions)) else bool if any(positions) else lambda _: True

    @cached_property
    def _ruled(self) -> list[tuple[Clause, list[Said]]]:
        """The clauses of the document's own rules, each with the events that it tells of."""
        return [(clause, list(self._said(clause))) for clause in self.clauses if self._rules(clause)]

    def _said(self, clause: Clause) -> Iterator[Said]:
        """Yield the events of a clause's sentences; "từ ngày Nghị định này có hiệu lực" says when, and is none."""
        if self._tells(clause.paragraph.body, clause.paragraph.end):
            for start, end in self._sentences(clause):
                yield from events_of(self.passage.layout.low[start:end], start)

    def _tells(self, start: int, end: int) -> bool:
        """Is there a verb of force in text[start:end]?"""
        return tells_of_force(self.passage.layout.low, start, end, self._triggers)

    @cached_property
    def _triggers(self) -> tuple[str, ...]:
        return force_triggers(self.passage.layout.low)

    def _sentences(self, clause: Clause) -> Iterator[tuple[int, int]]:
        at = clause.paragraph.body
        while at < clause.paragraph.end:
            _, end = self.passage.layout.sentence(at)
            end = min(end, clause.paragraph.end)
            yield at, end
            at = end

    def _template(self, said: Said, known: Known, suspended: Set[str]) -> Force:
        """The event for the items below a lead-in that names no document."""
        day, until = self._days(said, known, suspended)
        return Force(said.start, said.end, "", SELF, said.event, day, (), (), until, -1, f"listed-{said.event}")

    def _told(self, clause: Clause, said: Said, known: Known, suspended: Set[str]) -> Iterator[Force]:
        """Yield the event for each document of the sentence that it is about."""
        text = self.passage.text
        day, until = self._days(said, known, suspended)
        exception = self._exception(clause, said)
        about = list(self._about(clause, said, exception.cut))
        beside = self._beside(exception, {self._code(i) for i, _ in about})
        for document, scope in about:
            event, apart = said.event, self._apart(exception, document, beside=beside)
            if event == "expires" and (scope or apart or self._part(said, document)):
                event = "partly_expires"
            # nothing ends on the day on which it takes effect
            stated = day if document != SELF or self._dated(said) else None
            yield Force(
                said.start,
                trimmed(text, said.start, said.end, ".;/"),
                "",
                document,
                event,
                stated,
                scope,
                apart,
                until,
                -1,
                event,
            )

    def _dated(self, said: Said) -> bool:
        """Does the sentence state a day?"""
        return said.event != "expires" or FROM.search(lower(self.passage.text[said.start : said.end])) is not None

    def _part(self, said: Said, document: int) -> bool:
        """Does only something in a document end, which no path names ("các quy định tương ứng trong Nghị định này")?"""
        if _PARTLY.match(self.passage.text, said.behind):
            return True
        if document != SELF:
            return self._in_part(said.start, document)
        return _own(OWN_BEGINNING.sub(" ", lower(self.passage.text[said.start : said.verb]))) == "part"

    def _in_part(self, start: int, i: int) -> bool:
        """Is only something in reference `i`, or in the list of documents that it ends, meant by the words from `start` on?"""
        text, references = self.passage.text, self.passage.references
        for _ in range(_LISTED):
            if not (i > 0 and _AND.fullmatch(text, references[i - 1].extent, references[i].start)):
                break
            i -= 1
        before = lower(text[max(start, references[i].start - _BEFORE) : references[i].start])
        return _PART.search(before) is not None and _ALL.search(before) is None

    def _oblique(self, said: Said, at: int) -> bool:
        """Does what is named at `at` only say more of something else?"""
        begin = said.start if at < said.verb else said.behind
        before = lower(self.passage.text[max(begin, at - _BEFORE) : at])
        goes_on = at > said.verb and said.event == "continues" and before.lstrip().startswith("theo")
        return not goes_on and _OBLIQUE.search(before) is not None

    def _item(self, clause: Clause, of: Force) -> Iterator[Force]:
        """Yield the event of a list for the document of one of its items."""
        said = Said(clause.paragraph.body, clause.paragraph.end, clause.paragraph.body, clause.paragraph.body, of.event)
        exception = self._exception(clause, said)
        for document, scope in self._about(clause, said, exception.cut):
            apart = self._apart(exception, document, beside=False)
            event = "partly_expires" if of.event == "expires" and (scope or apart) else of.event
            end = trimmed(self.passage.text, said.start, said.end, ".;/")
            yield replace(
                of, start=said.start, end=end, document=document, event=event, scope=scope, apart=apart or of.apart
            )
            break

    def _about(self, clause: Clause, said: Said, cut: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield each document that the event is about, with the provisions of it that are meant, () for all of it."""
        by = self.passage.text[said.verb : said.behind].lower().endswith("theo")
        # "Hồ sơ … tiếp tục thực hiện theo A": what stands before is not meant
        start = said.behind if by else self._front(said)
        cut = self._reach(said, cut)
        chains = [named for named in clause.naming(start, cut) if not self._in_title(named.start)]
        own = None if by else _own(OWN_BEGINNING.sub(" ", lower(self.passage.text[start : said.verb])))
        verb = lower(" ".join(self.passage.text[said.verb : said.behind].split()))
        if force_events().get(verb) == "in_force":
            yield from self._beginning(said, chains, own)
            return
        scopes = _scopes([n for n in chains if not self._oblique(said, n.start)])
        whole = self._whole(said, start, cut, _scopes(chains))
        if own:
            yield SELF, scopes.pop(SELF, ()) if own == "part" else ()
            scopes.pop(SELF, None)
        yield from scopes.items()
        yield from ((i, ()) for i in whole)
        few = len(self.passage.text[said.start : said.verb].split()) <= _FEW
        if not (own or scopes or whole) and few and clause.about != SELF and said.behind > said.verb:
            yield clause.about, ()  # the lead-in above names it: "1. Đối với Thông tư A:" / "a) Hết hiệu lực …"

    def _reach(self, said: Said, cut: int) -> int:
        """Where what an event may be about ends."""
        verb = lower(self.passage.text[said.verb : said.behind])
        listed = said.verb == said.behind or self.passage.text.find(":", said.behind, cut) >= 0
        return cut if listed or _REACHES.match(verb) else said.verb

    def _beginning(self, said: Said, chains: Sequence[Named], own: str | None) -> Iterator[tuple[int, tuple[str, ...]]]:
        """What takes effect: the document, or provisions of it that are named right before. What is said of another's beginning, "Thông
        tư A, có hiệu lực từ …", is told and no law of this document."""
        near = [
            n for n in chains if 0 <= said.verb - n.end < _NEAR and "sửa" not in self.passage.text[n.end : said.verb]
        ]
        weak = self.passage.text[said.verb : said.behind].lower().endswith(("áp dụng", "thực hiện"))
        if weak:  # "Quy định tại khoản 4 Điều 33 của Luật này được thực hiện từ ngày …"
            near = [n for n in near if not self._oblique(said, n.start)]
        scope = tuple(p.path for n in near for p in n.provisions if p.document == SELF)
        few = len(self.passage.text[said.start : said.verb].split()) <= _FEW
        if scope or (own == "whole" and (not weak or (few and said.event == "continues"))):
            yield SELF, scope

    def _in_title(self, at: int) -> bool:
        """Does a provision stand in the title of a document ("Nghị quyết A sửa đổi Điều 4 Nghị quyết B")?"""
        i = bisect_right(self._starts, at) - 1
        near = self.passage.references[max(0, i - _LISTED) : i + 1]
        return any(f.end <= at < f.extent and not self._excepting(f.end, at) for f in near)

    def _excepting(self, start: int, end: int) -> bool:
        """Does an exception begin in start..end? No title goes on behind it."""
        return self.passage.text.find(", trừ ", start, end) >= 0

    @cached_property
    def _starts(self) -> list[int]:
        return [f.start for f in self.passage.references]

    def _whole(self, said: Said, start: int, cut: int, scopes: Iterable[int]) -> list[int]:
        """The documents that are named in start..cut by themselves, none of them for a provision."""
        named = range(bisect_left(self._starts, start), bisect_left(self._starts, cut))
        parts = self._by_code((k, 0) for k in scopes)
        inside = (i for i in named if self.passage.is_top(i) and not self._is_one_of(i, parts))
        return [i for i in inside if not self._oblique(said, self.passage.references[i].start)]

    def _front(self, said: Said) -> int:
        """Where the sentence begins behind a clause that says when ("Trong thời gian ngưng hiệu lực của A, các văn bản sau đây …")."""
        front = _FRONT.match(lower(self.passage.text[said.start : said.verb]))
        return said.start + front.end() if front else said.start

    def _exception(self, clause: Clause, said: Said) -> _Exception:
        """What the sentence takes out."""
        text = self.passage.text
        match = _EXCEPT.search(text, said.start, said.end)
        if match is None:
            return _Exception(said.end)
        named = [(n, p) for n in clause.naming(*match.span()) for p in n.provisions]
        another = self._ends_another(said.behind, match.start())
        if said.event == "in_force" and (another or (named and all(p.document != SELF for _, p in named))):
            return _Exception(match.start())  # "… và thay thế A, trừ Điều 5 tiếp tục được áp dụng": taken out of A
        own = frozenset(
            p.path
            for n, p in named
            if p.document == SELF and _THIS.search(text, n.start, min(n.end + _NEAR, match.end()))
        )
        words = " ".join(match["what"].split())
        first, behind = (bisect_left(self._starts, at) for at in match.span())
        provisions = tuple((p.document, p.path) for _, p in named)
        of: dict[Hashable, list[int]] = {}
        for n, (i, _) in enumerate(provisions):
            of.setdefault(self._code(i), []).append(n)
        unnamed = tuple(path for i, path in provisions if i == SELF and path not in own)
        return _Exception(match.start(), words, provisions, own, behind > first, of, unnamed)

    def _ends_another(self, start: int, end: int) -> bool:
        """Is another document replaced or repealed there?"""
        named = range(bisect_left(self._starts, start), bisect_left(self._starts, end))
        return bool(named) and _ENDING.search(lower(self.passage.text[start : self._starts[named[0]]])) is not None

    def _beside(self, exception: _Exception, ending: Set[Hashable]) -> bool:
        """Is an exception of one of the `ending` documents, given by their codes, and names it?"""
        return exception.explicit and any(i != SELF and self._code(i) in ending for i, _ in exception.provisions)

    def _apart(self, exception: _Exception, document: int, *, beside: bool) -> tuple[str, ...]:
        """What an exception takes out of a document: paths of it, or words; nothing where it is of one that ends `beside` it."""
        every = exception.provisions
        paths = exception.unnamed
        if alike := [n for n in exception.of.get(self._code(document), ()) if self._alike(every[n][0], document)]:
            both = sorted({*alike, *(n for n in exception.of.get(SELF, ()) if every[n][1] not in exception.own)})
            paths = tuple(every[n][1] for n in both)
        if paths or not exception.words:
            return paths
        return () if beside else (exception.words,)

    def _suspended(self, said: Said, suspended: Set[str]) -> str | None:
        """The last day of the suspension during which something goes on, as the document states it above."""
        during = _SUSPENSION.match(lower(self.passage.text[said.start : said.verb])) is not None
        return next(iter(suspended)) if during and len(suspended) == 1 else None

    def _days(self, said: Said, known: Known, suspended: Set[str]) -> tuple[str | None, str | None]:
        """The day of the event and the last day of what goes on, as the sentence states them; `suspended` are the last days of the
        suspensions above."""
        low, before = (lower(self.passage.text[a:b]) for a, b in ((said.behind, said.end), (said.start, said.verb)))
        last = UNTIL.search(low)
        until = last_day(last) if last else None
        match = _begins(low, before)
        if said.event in ("continues", "extended"):
            last_one = until or self._suspended(said, suspended)
            return last_one, last_one
        if match:
            day = first_day(match, known)
        else:
            day = known.effective if said.event == "expires" and not (happens(low) or happens(before)) else None
        if said.event == "in_force":
            return day, bound(match, day)[1] if match and match.string is low else None
        return day, until if said.event == "suspended" else None


def _begins(low: str, before: str) -> re.Match[str] | None:
    """From when something is so, by the words behind its verb, or else those before it; None where another event says when."""
    if happens(low):
        return FROM.match(low)
    return FROM.search(low) or (FROM.match(before) if happens(before) else FROM.search(before))


def _scopes(chains: Sequence[Named]) -> dict[int, tuple[str, ...]]:
    """The provisions that the chains name, by document."""
    found: dict[int, list[str]] = {}
    for provision in (p for named in chains for p in named.provisions):
        found.setdefault(provision.document, []).append(provision.path)
    return {document: tuple(paths) for document, paths in found.items()}


def _own(before: str) -> str | None:
    """Is the event about the document itself ("Nghị định này có hiệu lực"), or about a "part" of it?"""
    for this in reversed(list(_THIS.finditer(before))):
        words = before[max(0, this.start() - 30) : this.start()].rstrip()
        for _, start, end in lexicon().find_types(words):
            if end == len(words) and not _OBLIQUE.search(words[:start]):
                return "part" if re.search(r"(?:của|tại|trong)\s+$", words[:start]) else "whole"
    return None


def _below(place: Position, outer: Position) -> bool:
    return len(place) > len(outer) and place[: len(outer)] == outer
