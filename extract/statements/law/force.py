"""When documents, or some of their provisions, are in force: "Nghị định này có hiệu lực từ ngày 01/7/2026", "Thông tư A hết hiệu lực kể từ
ngày Thông tư này có hiệu lực, trừ quy định tại Điều 40".

Whom an event is about stands before its verb, behind it ("… sau đây hết hiệu lực: A; B"), or in the items below. A day is what the text
states: a day, the one of signing, that on which the document takes effect, or a term counted from one of these; where nothing is stated
it stays open. An ending with an exception is never shown as a whole one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import lower, trimmed
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.patterns import SINCE
from chidao.extract.language.tables import force_verbs
from chidao.extract.mentions.provision_owners import Named
from chidao.extract.mentions.provisions import Clause
from chidao.extract.model import SELF, Amendment, Force, Relation
from chidao.extract.reading.divisions import Position, leads_in
from chidao.extract.statements.law.days import FROM, UNTIL, Known, bound, first_day, happens, last_day
from chidao.extract.statements.law.events import OWN_BEGINNING, Said, force_places, told_by
from chidao.extract.statements.law.exemptions import ends_in_part, left_out, of_another, read_exemption
from chidao.extract.statements.law.own_rules import BEFORE, LISTED, NEAR, OBLIQUE, THIS, OwnRules, below
from chidao.extract.statements.law.repeals import find_annexed, find_ends, find_parts
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.relations.clauses import PARTLY_SO, changing, is_own, itself

_NUMBERED = re.compile(r"\s+số\s+(?P<number>[0-9]+)(?P<code>[/-][^\s;,]+)(?=\s+này(?!\w))")
_FRONT = re.compile(
    rf"(?:trong\s+(?:suốt\s+)?thời\s+gian|(?:qua|sau)\s+(?:hơn\s+|gần\s+)?[0-9]{{1,2}}\s+(?:năm|tháng)|{SINCE}|trước\s+ngày)"
    r"\s[^;]{4,400}?,\s+"
)
_SUSPENSION = re.compile(
    rf"trong\s+(?:suốt\s+)?thời\s+gian\s+{one_of(verb.verb for verb in force_verbs().values() if verb.event == 'suspended')}"
)

_OTHERS = (" danh mục ", " văn bản ")
""" "Công bố kèm theo Quyết định này Danh mục văn bản hết hiệu lực": what ends are others."""

_FEW = 4
"""Words at most before a verb whose document only the lead-in above names."""


def find_force(
    passage: Passage, clauses: Sequence[Clause], relations: Sequence[Relation], amendments: Sequence[Amendment] = ()
) -> list[Force]:
    """Return what the document itself says of force, in text order (reading offsets); of the amendments those are told that repeal a
    provision but for a part."""
    told = relations or amendments or force_places(passage.layout.low)
    return sorted(_all(passage, clauses, relations, amendments), key=lambda f: f.start) if told else []


def _all(
    passage: Passage, clauses: Sequence[Clause], relations: Sequence[Relation], amendments: Sequence[Amendment]
) -> list[Force]:
    """What is said of force, in no order."""
    rules, merged = OwnRules(passage, clauses), passage.is_consolidated
    reader = _Reader(rules)
    issued = None if merged else passage.heading.date
    known = Known(issued, None)
    found = reader.read(known)
    own = [f for f in found if f.document == SELF and f.event == "in_force" and not f.scope]
    if own and own[0].date:
        known = Known(issued, own[0].date)
        found = reader.read(known)
    if merged:  # its clause on effect is that of the text that it puts together, whose day of signing it does not say
        found = [f for f in found if f.document != SELF or f.date]
    found += find_annexed(rules, relations, found, known)
    ended = (
        r.object for r in relations if r.subject == SELF and r.predicate in ("repeals", "replaces") and r.object >= 0
    )
    found += find_ends(rules, list(dict.fromkeys(ended)), found, known)
    found += find_parts(rules, relations, known)
    found += (
        Force(
            a.start, a.end, "", a.document, "partly_expires", a.date or known.effective, (a.path,), a.apart, None, -1, a.rule
        )
        for a in amendments
        if a.apart
    )  # fmt: skip
    return found


@dataclass(frozen=True)
class _Reader:
    rules: OwnRules

    @property
    def passage(self) -> Passage:
        return self.rules.passage

    def read(self, known: Known) -> list[Force]:
        """Return every event."""
        if not self.rules.places:
            return []
        found: list[Force] = []
        suspended: set[str] = set()  # the last days of suspensions
        lists: list[tuple[Position, Force]] = []
        for clause, said in self.rules.ruled:
            while lists and not below(clause.position, lists[-1][0]):
                lists.pop()
            if not said and lists:
                found += self._item(clause, lists[-1][1])
            here: list[tuple[Said, Force]] = []
            for event in said:
                told = list(self._told(clause, event, known, suspended))
                here += [(event, f) for f in told]
                suspended |= {f.until for f in told if f.event == "suspended" and not f.scope and f.until}
                if leads_in(self.passage.text, clause.paragraph) and not self.rules.spares(clause):
                    lists.append((clause.position, self._template(clause, event, known, suspended)))
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
                on.setdefault(self.rules.code(f.document), []).append((n, f))
        for n, (_, f) in enumerate(told):
            if f.event not in ("expires", "partly_expires") or f.scope:
                yield f
                continue
            later = [
                k.scope
                for at, k in on.get(self.rules.code(f.document), ())
                if at > n and self.rules.alike(f.document, k.document)
            ]
            apart = tuple(dict.fromkeys([*f.apart, *(path for scope in later for path in scope)]))
            yield replace(f, event="partly_expires", apart=apart) if later else f

    def _goes_on(self, said: Said) -> bool:
        """Does something stay in force, and is not only what has begun finished under it ("tiếp tục thực hiện theo")?"""
        return said.event == "continues" and said.known.about != "under"

    def _template(self, clause: Clause, said: Said, known: Known, suspended: Set[str]) -> Force:
        """The event for the items below a lead-in that names no document."""
        day, until = self._days(said, known, suspended)
        apart = read_exemption(self.rules, clause, said).words
        event = "partly_expires" if apart and said.event == "expires" else said.event
        without = (apart,) if apart else ()
        return Force(said.start, said.end, "", SELF, event, day, (), without, until, -1, f"listed-{said.event}")

    def _told(self, clause: Clause, said: Said, known: Known, suspended: Set[str]) -> Iterator[Force]:
        """Yield the event for each document of the sentence that it is about."""
        text = self.passage.text
        day, until = self._days(said, known, suspended)
        exception = read_exemption(self.rules, clause, said)
        about = list(self._about(clause, said, exception.cut))
        beside = of_another(self.rules, exception, {self.rules.code(i) for i, _ in about})
        for document, scope in about:
            event, apart = said.event, left_out(self.rules, exception, document, beside=beside)
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
        if PARTLY_SO.match(self.passage.text, said.behind):
            return True
        if document != SELF:
            return ends_in_part(self.rules, said.start, document)
        return self._own(said.start, said.verb) == "part"

    def _own(self, start: int, verb: int) -> str | None:
        """Are the words from `start` to the verb about the document itself ("Nghị định này", "Quyết định"), or about a "part" of it?"""
        before = _NUMBERED.sub(self._without_own, OWN_BEGINNING.sub(" ", lower(self.passage.text[start:verb])))
        for this in reversed(list(THIS.finditer(before))):
            behind = " ".join((*before[this.end() :].split(), ""))
            if any(other in f" {behind}" for other in _OTHERS):
                continue
            words = before[max(0, this.start() - 30) : this.start()].rstrip()
            for _, begin, end in lexicon().find_types(words):
                if end == len(words) and not OBLIQUE.search(words[:begin]) and self._calls_itself(words):
                    return "part" if re.search(r"(?:của|tại|trong)\s+$", words[:begin]) else "whole"
        return "whole" if itself(self.passage, start, verb) else None

    def _without_own(self, numbered: re.Match[str]) -> str:
        """ "Thông tư số 117/2009/TT-BTC này": the words without the number, where it is the document's own."""
        heading = self.passage.heading
        code = f"/{heading.year}/{heading.symbol}" if heading.year else f"/{heading.symbol}"
        own = heading.number == numbered["number"] and numbered["code"] in (
            code.lower(),
            code.lower().replace("/", "-", 1),
        )
        return "" if own else numbered.group()

    def _calls_itself(self, words: str) -> bool:
        """Is it the document that words before "này" name? Of a text whose type is not known, or that puts others together, any is."""
        known = self.passage.heading.type and not self.passage.is_consolidated
        return not known or is_own(self.passage, words)

    def _oblique(self, said: Said, at: int) -> bool:
        """Does what is named at `at` only say more of something else?"""
        begin = said.start if at < said.verb else said.behind
        begin = max(begin, at - BEFORE)
        before = lower(
            self.passage.text[said.start : at]
        )  # "ngưng hiệu lực | thi hành": what stands before tells whose verb it is
        goes_on = (
            at > said.verb and said.event == "continues" and before[begin - said.start :].lstrip().startswith("theo")
        )
        return not goes_on and OBLIQUE.search(before, begin - said.start) is not None

    def _item(self, clause: Clause, of: Force) -> Iterator[Force]:
        """Yield the event of a list for the document of one of its items."""
        said = told_by(clause.paragraph, of.event)
        exception = read_exemption(self.rules, clause, said)
        for document, scope in self._about(clause, said, exception.cut):
            apart = left_out(self.rules, exception, document, beside=False)
            event = "partly_expires" if of.event == "expires" and (scope or apart) else of.event
            end = trimmed(self.passage.text, said.start, said.end, ".;/")
            yield replace(
                of, start=said.start, end=end, document=document, event=event, scope=scope, apart=apart or of.apart
            )
            break

    def _about(self, clause: Clause, said: Said, cut: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield each document that the event is about, with the provisions of it that are meant, () for all of it."""
        by = said.known.about == "under"
        # "Hồ sơ … tiếp tục thực hiện theo A": what stands before is not meant
        start = said.behind if by else self._front(said)
        cut = self._reach(said, cut)
        chains = [named for named in clause.naming(start, cut) if not self._in_title(named.start)]
        own = None if by else self._own(start, said.verb)
        if said.known.event == "in_force":
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
        """Where what an event may be about ends: behind the verb it does only in a list ("… sau đây hết hiệu lực: A; B"), if the verb is
        none that reaches farther."""
        listed = said.verb == said.behind or self.passage.text.find(":", said.behind, cut) >= 0
        return cut if listed or said.known.about in ("behind", "under") else said.verb

    def _beginning(self, said: Said, chains: Sequence[Named], own: str | None) -> Iterator[tuple[int, tuple[str, ...]]]:
        """What takes effect: the document, or provisions of it that are named right before. What is said of another's beginning, "Thông
        tư A, có hiệu lực từ …", is told and no law of this document."""
        near = [
            n for n in chains if 0 <= said.verb - n.end < NEAR and "sửa" not in self.passage.text[n.end : said.verb]
        ]
        weak = said.known.about == "used"
        if weak:  # "Quy định tại khoản 4 Điều 33 của Luật này được thực hiện từ ngày …"
            near = [n for n in near if not self._oblique(said, n.start)]
        scope = tuple(p.path for n in near for p in n.provisions if p.document == SELF)
        few = len(self.passage.text[said.start : said.verb].split()) <= _FEW
        if scope or (own == "whole" and (not weak or (few and said.event == "continues"))):
            yield SELF, scope

    def _in_title(self, at: int) -> bool:
        """Does a provision stand in the title of a document ("Nghị quyết A sửa đổi Điều 4 Nghị quyết B")?"""
        i = bisect_right(self.rules.starts, at) - 1
        near = self.passage.references[max(0, i - LISTED) : i + 1]
        return any(f.end <= at < f.extent and not self._excepting(f.end, at) for f in near)

    def _excepting(self, start: int, end: int) -> bool:
        """Does an exception begin in start..end? No title goes on behind it."""
        return self.passage.text.find(", trừ ", start, end) >= 0

    def _whole(self, said: Said, start: int, cut: int, scopes: Iterable[int]) -> list[int]:
        """The documents that are named in start..cut by themselves, none of them for a provision."""
        named = range(bisect_left(self.rules.starts, start), bisect_left(self.rules.starts, cut))
        parts = self.rules.by_code((k, 0) for k in scopes)
        top = [i for i in named if self.passage.is_top(i)]
        told = changing(self.passage, top)
        inside = (i for i in top if i not in told and not self.rules.is_one_of(i, parts))
        return [i for i in inside if not self._oblique(said, self.passage.references[i].start)]

    def _front(self, said: Said) -> int:
        """Where the sentence begins behind a clause that says when ("Trong thời gian ngưng hiệu lực của A, các văn bản sau đây …")."""
        front = _FRONT.match(lower(self.passage.text[said.start : said.verb]))
        return said.start + front.end() if front else said.start

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
            term = bound(match, first_day(match, known))[1] if match and match["term"] else None
            last_one = until or term or self._suspended(said, suspended)
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
