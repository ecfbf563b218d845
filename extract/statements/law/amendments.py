"""Changes of another document's text, one for each provision: "Sửa đổi khoản 2 Điều 5 như sau: “…”", "Bãi bỏ điểm b khoản 1 Điều 7".

An instruction opens its paragraph ("2. Bổ sung khoản 2a vào sau khoản 2 Điều 5"), follows the document that gives it ("Thông tư này bãi bỏ
Điều 3 Thông tư …"), or stands once above the items of a list. A document that ends whole is no amendment: `force` tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from chidao.extract.language.letters import lower
from chidao.extract.language.patterns import AS_FOLLOWS, DIVISION, PRINTED_WORDS, RULING
from chidao.extract.language.tables import read_relation
from chidao.extract.language.verbs import orders
from chidao.extract.mentions.instructions import AT
from chidao.extract.mentions.provisions import Clause, Named
from chidao.extract.model import SELF, Amendment
from chidao.extract.reading.divisions import Position, articled, leads_in, path_of
from chidao.extract.reading.layout import Layout
from chidao.extract.statements.law.days import FRONT, Known, ordered_day
from chidao.extract.statements.law.phrases import BECOME, CHANGED_WORDS, unquoted
from chidao.extract.statements.passage import Passage

_ORDER = re.compile(orders(whole=True))
# Where a verb gives an instruction: at the head of a paragraph or sentence, behind "Thông tư này", behind another one.
_PLACE = re.compile(r"(?:^[\s*_]*|này\s+|[;:.]\s+|[,”\"]\s+(?:và\s+)?|\svà\s+)$")
_BY_THIS = re.compile(r"này\s+$")
# What stands before a provision that is not itself changed: where a new one goes, by what it is replaced, what rules something.
_ASIDE = re.compile(
    r"(?:(?:vào\s+)?(?:ngay\s+)?(?:sau|trước)|vào|bằng|thành|theo(?:\s+quy\s+định)?|quy\s+định|nêu|tại\s+các\s+văn\s+bản)\s+(?:tại\s+)?(?:các\s+)?$"
)
_BY = re.compile(r"(?<!\w)(?:bằng|thành)\s")
_EXCEPT = re.compile(r"(?<!loại )trừ\s")
_EXCEPT_PART = re.compile(
    rf"(?<!loại )trừ\s+{RULING}"
    rf"(?=(?:{DIVISION}|phần)\s)",
    re.IGNORECASE,
)
_SOME = re.compile(r"một\s+số\s")
_PHRASES = r"[“\"][^”\"\n]{1,300}[”\"]"
_WORD = rf"{PRINTED_WORDS}\s+"
_PHRASE = re.compile(
    rf"\s+{_WORD}(?P<old>{_PHRASES}(?:\s*(?:,|;|và|hoặc)\s*(?:{_WORD})?{_PHRASES}){{0,20}})\s*,?\s*"
    rf"(?:(?:bằng|thành)\s+(?:{_WORD})?(?P<new>{_PHRASES})|(?:vào\s+)?(?:ngay\s+)?(?P<side>sau|trước)\s+{_WORD}(?P<by>{_PHRASES}))?"
)
"""Words that change, behind the verb."""
_MORE_WORDS = re.compile(
    rf"\s*[,;]?\s*(?:và\s+)?(?:{orders('replace')}\s+)?{_WORD}(?P<old>{_PHRASES})\s*,?\s*(?:bằng|thành)\s+(?:{_WORD})?(?P<new>{_PHRASES})"
)
"""Another pair right behind one: ", cụm từ “C” bằng cụm từ “D”"."""
_INTO = re.compile(rf"[^“”\"\n.]{{0,600}}?\s(?:bằng|thành)\s+(?:{_WORD})?(?P<new>{_PHRASES})")
"""Behind the provisions: "cụm từ “A” tại Điều 7, Điều 8 thành cụm từ “B”"."""
_AND_WORDS = re.compile(rf"(?<=[^.;]{{3}})(?:,|;|\svà)\s+{_WORD}(?P<old>{_PHRASES})(?!\s*(?:bằng|thành)\s)")
_BESIDE = 300
"""Characters at most between a repeal and the words that it repeals too."""
_PASSIVE = re.compile(r"(?:được|bị)\s+$")
_QUOTED = re.compile(r"[“\"]([^”\"\n]{1,300})[”\"]")


@dataclass(frozen=True, slots=True)
class _Told:
    """An operation that text[start:end] orders; of a change of words the `pairs` (old, new)."""

    start: int
    end: int
    operation: str
    pairs: tuple[tuple[str, str | None], ...] = ()
    passive: bool = False
    """ "Khoản 2 Điều 5 được sửa đổi": what it changes stands before."""
    date: str | None = None
    """The day from which it holds, where the clause states one ("Bãi bỏ Điều 4 kể từ ngày 01/12/2026")."""


def find_amendments(passage: Passage, clauses: Sequence[Clause]) -> list[Amendment]:
    """Return every elementary change that the document orders, in text order (reading offsets), none twice."""
    text = passage.text
    found: dict[tuple[Hashable, str, str, str | None], Amendment] = {}
    lists: list[tuple[Position, _Told]] = []
    for clause in clauses:
        if clause.paragraph.quoted:
            continue
        while lists and not (
            len(clause.position) > len(lists[-1][0]) and clause.position[: len(lists[-1][0])] == lists[-1][0]
        ):
            lists.pop()
        told = list(_dated(passage, clause, _told(passage.layout, clause)))
        if told and not clause.named and leads_in(text, clause.paragraph):
            lists.append((clause.position, told[-1]))
        for amendment in _amended(text, clause, told, lists[-1][1] if lists else None):
            # A heading says first what the instruction below it orders.
            document = _identity(passage, amendment.document)
            found[document, amendment.path, amendment.operation, amendment.old] = amendment
            if amendment.rule == "words-within":
                found.pop((document, amendment.path, "replace", None), None)
    return sorted(found.values(), key=lambda a: (a.start, a.end))


def _identity(passage: Passage, document: int) -> Hashable:
    """What two mentions of one document have in common."""
    f = passage.references[document] if document >= 0 else None
    return (f.number, f.symbol, f.year) if f and f.number else document


def _dated(passage: Passage, clause: Clause, told: Iterable[_Told]) -> Iterator[_Told]:
    """Yield the operations of a clause, each repeal with the day that its sentence states."""
    for order in told:
        if order.operation != "repeal":
            yield order
            continue
        start, end = passage.layout.sentence(order.start)
        start, end = max(start, clause.paragraph.body), min(end, clause.paragraph.end)
        start = max(start, passage.text.rfind("; ", start, order.start) + 1)
        semicolon = passage.text.find("; ", order.end, end)
        words = passage.layout.low[start : semicolon if semicolon >= 0 else end].strip()
        yield replace(order, date=ordered_day(words, Known(passage.heading.date, None)))


def _told(layout: Layout, clause: Clause) -> Iterator[_Told]:
    """Yield the operations of a clause, in order."""
    text, start, end = layout.text, clause.paragraph.body, clause.paragraph.end
    divided = articled(clause.position)
    if not (clause.instructs or divided or layout.low.find("này", start, end) >= 0):
        return
    low = layout.low[start:end]
    at, acts = 0, False
    front = FRONT.match(low)
    head = front.end() if front else 0
    for match in _ORDER.finditer(low):
        before = low[max(0, match.start() - 24) : match.start()]
        if match.start() < at:
            continue
        if clause.instructs and not at and _PASSIVE.search(before):
            yield (told := _passive(text, start, start + match.start(), start + match.end()))
            at = told.end - start
            continue
        anew = clause.instructs and text[start + match.start()].isupper()  # a heading and its order on one line
        if not (anew or _PLACE.search(before)):
            continue
        opens = divided and not low[head : match.start()].strip(" *_")
        if not (clause.instructs or opens or acts or _BY_THIS.search(before)):
            continue
        acts = True
        for told in _orders(text, start, low, match):
            yield told
            at = told.end - start


def _orders(text: str, start: int, low: str, verb: re.Match[str]) -> Iterator[_Told]:
    """Yield what a verb orders; `low` is the text from `start` on."""
    operation = read_relation(verb.group()).operation
    if operation != "renumber" and (phrase := _PHRASE.match(low, verb.end())):
        pairs, end = _changed_words(text, start, low, phrase)
        if operation == "insert" and not phrase["side"]:
            pairs = tuple(("", words) for words, _ in pairs)
        if operation == "replace" and not phrase["new"]:
            into = _INTO.match(low, end)
            new = unquoted(text[start + into.start("new") : start + into.end("new")]) if into else None
            pairs = tuple((old, new) for old, _ in pairs)
        yield _Told(start + verb.start(), start + end, "phrase", pairs)
        return
    yield _Told(start + verb.start(), start + verb.end(), operation)
    if operation == "repeal" and (words := _AND_WORDS.search(low, verb.end(), verb.end() + _BESIDE)):
        # "Bãi bỏ Điều 5 và cụm từ “A” tại khoản 1 Điều 7"
        pairs, end = _changed_words(text, start, low, words)
        yield _Told(start + words.start("old"), start + end, "phrase", pairs)


def _changed_words(
    text: str, start: int, low: str, phrase: re.Match[str]
) -> tuple[tuple[tuple[str, str | None], ...], int]:
    """Return what the words of an instruction become, with where it names them no more; `low` is the text from `start` on."""
    pairs: list[tuple[str, str]] = []
    while True:
        groups = {part: phrase.span(part) for part in ("old", "new", "by") if phrase.groupdict().get(part)}
        printed = {part: text[start + a : start + b] for part, (a, b) in groups.items()}
        pairs += _pairs(printed, phrase.groupdict().get("side"))
        more = _MORE_WORDS.match(low, phrase.end()) if "new" in printed else None
        if more is None:
            return tuple(pairs), phrase.end()
        phrase = more


def _passive(text: str, start: int, verb: int, end: int) -> _Told:
    """What "Khoản 2 Điều 5 được sửa đổi", "Cụm từ “A” được thay thế bằng cụm từ “B”" order, with the verb at `verb`..`end`."""
    before = _PASSIVE.search(text, start, verb)
    subject = before.start() if before else verb
    operation = read_relation(text[verb:end]).operation
    words = CHANGED_WORDS.match(text, start, subject)
    become = BECOME.match(text, end)
    if words and (become or operation == "repeal"):
        pair = unquoted(words["words"]), unquoted(become["new"]) if become else ""
        return _Told(start, become.end() if become else end, "phrase", (pair,), passive=True)
    return _Told(start, end, operation, passive=True)


def _pairs(printed: dict[str, str], side: str | None) -> Iterator[tuple[str, str]]:
    """Yield what each phrase becomes: "bổ sung cụm từ X vào sau cụm từ Y" makes "Y X" of "Y"; a phrase taken out becomes ""."""
    for phrase in _QUOTED.findall(printed["old"]):
        words = unquoted(phrase)
        if side:
            by = unquoted(printed["by"])
            yield by, f"{by} {words}" if side == "sau" else f"{words} {by}"
        else:
            yield words, unquoted(printed.get("new", ""))


def _amended(text: str, clause: Clause, told: Sequence[_Told], listed: _Told | None) -> Iterator[Amendment]:
    """Yield the changes of a clause; `listed` is what the lead-in orders of the list that it is an item of."""
    begin, end = clause.paragraph.body, clause.paragraph.end
    if not told and listed:
        if clause.named and text[begin : clause.named[0].start].strip(" *_").lower() in ("", "các"):
            item, said = _Told(begin, begin, listed.operation, date=listed.date), _instruction_end(text, begin, end)
            for chain in _whole(text, clause, clause.named[:1], end):
                yield from _each(text, chain, begin, said, item)
        return
    for n, order in enumerate(told):
        stop = told[n + 1].start if n + 1 < len(told) else end
        changed = list(_changed(text, clause, order, stop))
        if order.operation == "repeal":
            changed = _whole(text, clause, changed, stop)
        if not changed and AT.match(text, begin):  # "Tại Điều 7, thay thế cụm từ …"
            changed = [c for c in clause.naming(begin, order.start) if AT.fullmatch(f"{text[begin : c.start]}Điều ")]
        said = _instruction_end(text, order.start, stop)
        for chain in changed:
            yield from _each(text, chain, order.start, said, order)
        if order.operation == "phrase" and not changed and clause.target:
            # "1. Sửa đổi khoản 2 như sau:" / "Thay thế cụm từ …": the words of what was named above are all that changes.
            for amendment in _records(order.start, order.end, clause.about, path_of(clause.target), order):
                yield replace(amendment, rule="words-within")


def _changed(text: str, clause: Clause, order: _Told, stop: int) -> Iterator[Named]:
    """Yield the provisions that an order changes: those behind it, up to what stands aside or in new text."""
    if order.passive:
        # what stands in quotation marks is words, not provisions
        yield from (
            c for c in clause.named if order.start <= c.start and not _in_quotes(text, clause.paragraph.body, c.start)
        )
        return
    words, last = order.operation == "phrase", order.end
    for chain in clause.naming(order.end, stop):
        between = text[last : chain.start]
        last = chain.end
        if between.count("(") > between.count(")") or _SOME.search(between) or _EXCEPT.search(between):
            return
        if not words and (_ASIDE.search(lower(between)) or _BY.search(between) or "“" in between):
            return
        yield chain


def _whole(text: str, clause: Clause, repealed: Sequence[Named], stop: int) -> list[Named]:
    """Return what is repealed whole: of "Điều 4, trừ khoản 2" nobody can say that it is."""
    if not repealed:
        return []
    semicolon = text.find("; ", repealed[-1].end, stop)
    end = semicolon if semicolon >= 0 else stop
    without = _EXCEPT_PART.search(text, repealed[-1].end, end)
    if without is None:
        return list(repealed)
    left = [p.path for named in clause.naming(without.end(), end) for p in named.provisions]
    parted = {p.path for named in repealed for p in named.provisions if any(x.startswith(f"{p.path}/") for x in left)}
    if not parted:
        last = repealed[-1]  # "Điều 3 và Điều 4 (trừ khoản 2)"
        return [*repealed[:-1], replace(last, provisions=last.provisions[:-1])]
    return [replace(named, provisions=tuple(p for p in named.provisions if p.path not in parted)) for named in repealed]


def _in_quotes(text: str, start: int, at: int) -> bool:
    return text.count("“", start, at) > text.count("”", start, at)


_INSTRUCTION_END = re.compile(rf"\s*(?:{AS_FOLLOWS}\s*)?:?\s*(?=[“\"\n]|$)|[.;]\s|\s+{AS_FOLLOWS}")


def _instruction_end(text: str, start: int, stop: int) -> int:
    """Where the words of an instruction end: before its "như sau"."""
    match = _INSTRUCTION_END.search(text, start, stop)
    return match.start() if match and match.start() > start else stop


def _each(text: str, chain: Named, start: int, end: int, order: _Told) -> Iterator[Amendment]:
    for provision in chain.provisions:
        if provision.document == SELF:
            continue  # no document changes itself: its annex is what comes in the place of another's
        yield from _records(start, max(end, chain.end), provision.document, provision.path, order)


def _records(start: int, end: int, document: int, path: str, order: _Told) -> Iterator[Amendment]:
    for old, new in order.pairs or ((None, None),):
        rule = f"ordered-{order.operation}"
        yield Amendment(start, end, "", document, order.operation, path, old, new, -1, rule, order.date)


__all__ = ["find_amendments"]
