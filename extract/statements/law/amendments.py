"""Changes of another document's text, one for each provision: "Sửa đổi khoản 2 Điều 5 như sau: “…”", "Bãi bỏ điểm b khoản 1 Điều 7".

An instruction opens its paragraph ("2. Bổ sung khoản 2a vào sau khoản 2 Điều 5"), follows the document that gives it ("Thông tư này bãi bỏ
Điều 3 Thông tư …"), or stands once above the items of a list. A document that ends whole is no amendment: `force` tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chidao.extract.language.compounds import by_itself
from chidao.extract.language.letters import UPPER, lower
from chidao.extract.language.patterns import ALSO, AS_FOLLOWS, BEGINS_FORCE, DENIES, DIVISION, PRINTED_WORDS, RULING
from chidao.extract.language.provision_paths import split_step
from chidao.extract.language.tables import read_relation
from chidao.extract.language.verbs import orders
from chidao.extract.mentions.instructions import AT
from chidao.extract.mentions.provision_owners import Named
from chidao.extract.mentions.provisions import Clause
from chidao.extract.model import SELF, Amendment
from chidao.extract.reading.divisions import Position, articled, leads_in, path_of
from chidao.extract.reading.layout import Layout
from chidao.extract.reading.quotes import quoted
from chidao.extract.statements.law.days import FRONT, Known, ordered_day
from chidao.extract.statements.law.own_rules import NEAR, spares
from chidao.extract.statements.law.phrases import BECOME, CHANGED_WORDS, unquoted
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.predicates import UNDERGOES
from chidao.extract.statements.relations.conditions import BEFORE, BEHIND

_ORDER = re.compile(orders(whole=True))
# Where a verb gives an instruction: at the head of a paragraph or sentence, behind "Thông tư này", behind another one.
_PLACE = re.compile(r"(?:^[\s*_]*|này\s+|[;:.]\s+|[,”\"]\s+(?:và\s+)?|\svà\s+)$")
_BY_THIS = re.compile(rf"này\s+(?:{BEGINS_FORCE}\s[^.]{{3,600}}(?:[,;]|\s{ALSO})\s+)?$")
""" "Thông tư này bãi bỏ …", "Quyết định này có hiệu lực kể từ ngày ký; thay thế A và bãi bỏ …"."""
# What stands before a provision that is not itself changed: where a new one goes, by what it is replaced, what rules something.
_ASIDE = re.compile(
    r"(?:(?:vào\s+)?(?:ngay\s+)?(?:sau|trước)|vào|bằng|thành|theo(?:\s+quy\s+định)?|quy\s+định|nêu|tại\s+các\s+văn\s+bản)\s+(?:tại\s+)?(?:các\s+)?$|(?<!\w)(?:bằng|thành)\s"
)

_EXCEPT = re.compile(rf"{by_itself('trừ')}\s(?P<part>\s*{RULING}(?=(?:{DIVISION}|phần)\s))?", re.IGNORECASE)
_NEXT_SENTENCE = re.compile(rf"[^\s.;:]{{2}}\.\s+[{UPPER}]")
""" "Thông tư này thay thế A ngày 10/10/2023. Nội dung tại mục 2 B tiếp tục có hiệu lực": the order has ended."""
_KEPT = re.compile(rf"(?:[;,]|\svà)\s+(?:{DENIES}|giữ\s+nguyên|giữ\s+lại)\s")
""" "Bỏ cụm từ “A” tại Điều 4; không sửa đổi Điều 7": from here on nothing changes."""
_SOME_RULING = re.compile(
    r"\s(?:quy\s+định|nội\s+dung|đoạn|câu)\s+(?!(?:(?:nêu|đã)\s+)?(?:tại|của|ở|trong)\s)[^.;“]*\s(?:tại|của|ở|trong)\s+(?:các\s+)?$"
)
"""What is repealed within a provision: "Bãi bỏ quy định về phí tại khoản 2 Điều 5"."""
_NUMBERED = re.compile(rf"\s+(?:các\s+)?(?:{DIVISION}|phần)\s")
"""What may get another number, behind the verb."""
_MOVED = frozenset(("về", "sang", "vào"))
""" "Chuyển Điều 12 về Chương III" leaves it its number."""
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
_SPAN_END = re.compile(r"; |[“\":]")
"""What parts the words of an order from the next one, and from new text."""
_IN_MARKS = re.compile(r"[“\"][^”\"\n]*[”\"]")


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
        told = list(_dated(passage, clause, _told(passage.layout, clause))) if _may_tell(passage.layout, clause) else []
        if not (told or lists):
            continue
        if told and not clause.named and leads_in(text, clause.paragraph) and not spares(text, clause):
            lists.append((clause.position, told[-1]))
        for amendment in _amended(passage, clause, told, lists[-1][1] if lists else None):
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


def _may_tell(layout: Layout, clause: Clause) -> bool:
    """May a clause order changes: as an instruction, within an article, or of what is "this" document's?"""
    said = clause.instructs or (clause.position != () and articled(clause.position))
    return said or layout.low.find("này", clause.paragraph.body, clause.paragraph.end) >= 0


def _told(layout: Layout, clause: Clause) -> Iterator[_Told]:
    """Yield the operations of a clause, in order."""
    text, start, end = layout.text, clause.paragraph.body, clause.paragraph.end
    divided = articled(clause.position)
    low = layout.low[start:end]
    at, acts = 0, False
    front = FRONT.match(low)
    head = front.end() if front else 0
    for match in _ORDER.finditer(low):
        before = low[max(0, match.start() - 24) : match.start()]
        if match.start() < at:
            continue
        if clause.instructs and not at and UNDERGOES.search(before):
            yield (told := _passive(text, start, start + match.start(), start + match.end()))
            at = told.end - start
            continue
        anew = clause.instructs and text[start + match.start()].isupper()  # a heading and its order on one line
        if not (anew or _PLACE.search(before)) or _hands_on(low, match):
            continue
        opens = divided and not low[head : match.start()].strip(" *_")
        if not (clause.instructs or opens or acts or _BY_THIS.search(low, head, match.start())):
            continue
        acts = True
        for told in _orders(text, start, low, match):
            yield told
            at = told.end - start


def _hands_on(low: str, verb: re.Match[str]) -> bool:
    """Does the verb speak of what is no provision ("chuyển hồ sơ")?"""
    return read_relation(verb.group()).operation == "renumber" and _NUMBERED.match(low, verb.end()) is None


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
    before = UNDERGOES.search(text, start, verb)
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
    for phrase in _IN_MARKS.findall(printed["old"]):
        words = unquoted(phrase)
        if side:
            by = unquoted(printed["by"])
            yield by, f"{by} {words}" if side == "sau" else f"{words} {by}"
        else:
            yield words, unquoted(printed.get("new", ""))


def _amended(passage: Passage, clause: Clause, told: Sequence[_Told], listed: _Told | None) -> Iterator[Amendment]:
    """Yield the changes of a clause; `listed` is what the lead-in orders of the list that it is an item of."""
    text = passage.text
    begin, end = clause.paragraph.body, clause.paragraph.end
    if not told and listed:
        yield from _item(text, clause, listed)
    for n, order in enumerate(told):
        stop = told[n + 1].start if n + 1 < len(told) else end
        changed = list(_changed(text, clause, order, stop))
        if not changed and AT.match(text, begin):  # "Tại Điều 7, thay thế cụm từ …"
            changed = [c for c in clause.naming(begin, order.start) if AT.fullmatch(f"{text[begin : c.start]}Điều ")]
        if order.operation == "renumber":
            changed = _renumbered(text, clause, order, changed, stop)
        if changed and _depends(passage, changed[-1], begin, stop):
            continue
        said = _instruction_end(text, order.start, stop)
        for chain, apart in _whole(text, clause, changed, stop):
            yield from _each(clause, chain, order.start, said, order, apart)
        if order.operation == "phrase" and not changed and clause.target:
            # "1. Sửa đổi khoản 2 như sau:" / "Thay thế cụm từ …": the words of what was named above are all that changes.
            for amendment in _records(order.start, order.end, clause.about, path_of(clause.target), order):
                yield replace(amendment, rule="words-within")


_PARTS_BEHIND = re.compile(
    r"[^:();.]{5,300}(?:\([^()]{0,160}\)[^:();.]{0,200}){0,2}(?::|\()\s*"
    rf"(?:(?:bao\s+)?gồm|{orders('repeal')}|tại|các)?\s*:?\s*",
    re.IGNORECASE,
)
"""A document at the beginning of an item, behind which its provisions stand that end."""


def _item(text: str, clause: Clause, listed: _Told) -> Iterator[Amendment]:
    """Yield what a lead-in orders of the provisions with which an item below it begins."""
    begin, end = clause.paragraph.body, clause.paragraph.end
    if clause.named and text[begin : clause.named[0].start].strip(" *_").lower() in ("", "các"):
        item, said = _Told(begin, begin, listed.operation, date=listed.date), _instruction_end(text, begin, end)
        for chain, apart in _whole(text, clause, clause.named[:1], end):
            yield from _each(clause, chain, begin, said, item, apart)
    elif clause.named and listed.operation == "repeal" and _PARTS_BEHIND.fullmatch(text, begin, clause.named[0].start):
        # "1. Thông tư số 5/2020/TT-BTC: Điều 5, Điều 6."
        item, said = _Told(begin, begin, listed.operation, date=listed.date), _instruction_end(text, begin, end)
        for chain, apart in _whole(text, clause, clause.named, end):
            yield from _each(clause, chain, begin, said, item, apart)


def _renumbered(text: str, clause: Clause, order: _Told, changed: Sequence[Named], stop: int) -> list[Named]:
    """Return what gets another number, and does not only move."""
    if not changed or not _MOVED.isdisjoint(text[order.end : min(changed[-1].end + 8, stop)].split()):
        return []
    return [*changed[:-1], _completed(changed[-1], next(iter(clause.naming(changed[-1].end, stop)), None))]


def _completed(named: Named, become: Named | None) -> Named:
    """ "Chuyển khoản 3 thành khoản 4 Điều 6": khoản 3 is of Điều 6 too."""
    outer, _, last = become.provisions[-1].path.rpartition("/") if become else ("", "", "")
    unit = split_step(last)[0] if outer else None
    return replace(
        named,
        provisions=tuple(
            replace(p, path=f"{outer}/{p.path}") if unit and "/" not in p.path and split_step(p.path)[0] == unit else p
            for p in named.provisions
        ),
    )


def _depends(passage: Passage, last: Named, begin: int, stop: int) -> bool:
    """Is what a clause from `begin` on orders, up to the provisions that are named `last`, done only if something else comes?"""
    near = passage.starting(last.start, min(last.end + NEAR, stop))
    at = max([last.end, *(passage.references[i].extent for i in near)])
    text = passage.text
    return bool(BEFORE.match(text, begin, stop) or BEHIND.match(text, last.end, stop) or BEHIND.match(text, at, stop))


def _changed(text: str, clause: Clause, order: _Told, stop: int) -> Iterator[Named]:
    """Yield the provisions that an order changes: those behind it, up to what stands aside or in new text."""
    if order.passive:
        # what stands in quotation marks is words, not provisions
        yield from (
            c for c in clause.named if order.start <= c.start and not quoted(text, clause.paragraph.body, c.start)
        )
        return
    words, last, depth = order.operation == "phrase", order.end, 0
    for chain in clause.naming(order.end, stop):
        between = text[last : chain.start]
        last = chain.end
        depth += between.count("(") - between.count(")")
        if depth > 0:
            continue  # "khoản 2 (đã được sửa đổi tại Điều 1 B), khoản 3": told of, or left as it is
        if _stays(between, order.operation):
            return
        if not words and _NEXT_SENTENCE.search(between):
            return
        if not words and (_ASIDE.search(lower(between)) or "“" in between):
            return
        yield chain


def _stays(between: str, operation: str) -> bool:
    """Do the words before a provision say that it stays as it is, or all but something in it?"""
    if "một số" in " ".join(between.split()) or _EXCEPT.search(between[between.rfind(")") + 1 :]):
        return True
    if operation == "repeal" and _SOME_RULING.search(lower(between)):
        return True
    return _KEPT.search(lower(_IN_MARKS.sub(" ", between))) is not None


def _whole(
    text: str, clause: Clause, changed: Sequence[Named], stop: int
) -> list[tuple[Named, Mapping[str, tuple[str, ...]]]]:
    """Return what is repealed or anew whole, each with the paths that an exception leaves in it: "Điều 4, trừ khoản 2". Where nobody can
    tell of what an exception is, what stands before it is left out."""
    left: list[str] = []
    unclear: set[tuple[int, str]] = set()
    ends = [*(named.start for named in changed[1:]), stop]
    for n, (named, end) in enumerate(zip(changed, ends, strict=False)):
        mark = _SPAN_END.search(text, named.end, end)
        end = mark.start() if mark else end
        if without := _but_for_a_part(text, named.end, end):
            here = [_within(p.path, named) for c in clause.naming(without.end(), end) for p in c.provisions]
            left += here
            if not any(_below(path, p.path) for path in here for other in changed for p in other.provisions):
                unclear.add((n, named.provisions[-1].path))
    told: list[tuple[Named, Mapping[str, tuple[str, ...]]]] = []
    for n, named in enumerate(changed):
        sure = tuple(p for p in named.provisions if (n, p.path) not in unclear)
        apart = {p.path: tuple(path for path in left if _below(path, p.path)) for p in sure}
        told.append((replace(named, provisions=sure), {path: kept for path, kept in apart.items() if kept}))
    return told


def _but_for_a_part(text: str, start: int, end: int) -> re.Match[str] | None:
    """What leads to the provisions that stand in text[start:end] behind "trừ"."""
    return next((without for without in _EXCEPT.finditer(text, start, end) if without["part"] is not None), None)


def _within(path: str, named: Named) -> str:
    """The path of what is left of the provisions `named`: "Điều 4, trừ khoản 2" leaves khoản 2 of Điều 4."""
    outer = named.provisions[-1].path
    (small, _), (large, _) = (split_step(path.split("/")[0]), split_step(outer.split("/")[-1]))
    inside = (large, small) in {("dieu", "khoan"), ("dieu", "diem"), ("khoan", "diem")}
    return f"{outer}/{path}" if inside else path


def _below(path: str, outer: str) -> bool:
    return path.startswith(f"{outer}/")


_INSTRUCTION_END = re.compile(rf"\s*(?:{AS_FOLLOWS}\s*)?:?\s*(?=[“\"\n]|$)|[.;]\s|\s+{AS_FOLLOWS}")


def _instruction_end(text: str, start: int, stop: int) -> int:
    """Where the words of an instruction end: before its "như sau"."""
    match = _INSTRUCTION_END.search(text, start, stop)
    return match.start() if match and match.start() > start else stop


def _each(
    clause: Clause, chain: Named, start: int, end: int, order: _Told, apart: Mapping[str, tuple[str, ...]]
) -> Iterator[Amendment]:
    """Yield the changes of a chain of provisions, which leave what stands `apart` of each as it is."""
    for provision in chain.provisions:
        document = provision.document
        if document == SELF and order.start == order.end:
            document = (
                clause.about
            )  # an item of what becomes of a document: "Bãi bỏ một phần Thông tư A:" / "1. Điều 8"
        if document == SELF:
            continue  # no document changes itself: its annex is what comes in the place of another's
        kept = apart.get(provision.path, ())
        if kept and order.operation != "repeal":
            continue  # nobody says what of it is new
        for change in _records(start, max(end, chain.end), document, provision.path, order):
            yield replace(change, apart=kept, rule="ordered-but-for" if kept else change.rule)


def _records(start: int, end: int, document: int, path: str, order: _Told) -> Iterator[Amendment]:
    for old, new in order.pairs or ((None, None),):
        rule = f"ordered-{order.operation}"
        yield Amendment(start, end, "", document, order.operation, path, old, new, -1, rule, order.date)


__all__ = ["find_amendments"]
