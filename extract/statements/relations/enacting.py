"""Enacting clauses: what the document's own articles do to other documents.

"Quyết định này thay thế A", "Điều 2. Bãi bỏ A, B", "Điều 2. Thay thế Phụ lục ban hành kèm theo A". "Nghị định này" in a
decision is another document, and what happens to a part of a document changes the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER
from chidao.extract.language.patterns import (
    ACTIVE,
    ALSO,
    ARTICLE,
    AS_FOLLOWS,
    CLOSES,
    DIVISION,
    IN_FORCE,
    ITEM,
    SINCE,
    TYPE,
    WHOLE,
)
from chidao.extract.language.symbols import issuer_part, names_issuer
from chidao.extract.language.tables import read_relation, task_phrases, words
from chidao.extract.language.verbs import verbs
from chidao.extract.model import SELF, Relation
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.programme import holds, programme
from chidao.extract.statements.relations.clauses import VERBS, denied, done_to, enacts, is_part, is_self, itself, listed
from chidao.extract.statements.relations.links import outranked
from chidao.ontology.authority import types_of

_THIS = re.compile(
    rf"(?<![{LETTER}])này(?![{LETTER}])[^.\n]{{0,200}}?{ACTIVE}(?<!đã\s)(?P<trigger>{VERBS})(?![{LETTER}])"
    r"(?P<gap>[^.;\n]{0,220})$",
    re.IGNORECASE,
)
_MADE_FOR = re.compile(
    rf"(?<![{LETTER}])này\s+(?P<trigger>{verbs('active', ['guides'])}|cụ\s+thể\s+h(?:óa|oá))(?![{LETTER}])(?P<gap>[^.;:\n]{{0,160}})$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    rf"[\s*_]*(?:{ARTICLE}\s*|[0-9]+\.(?:[0-9]+\.?)?\s*|[a-zđ]\)\s*|[-–+]\s*)?[\s*_]*"
    rf"(?:{SINCE}\s[^,;\n]{{3,80}},\s+)?"
    rf"(?P<trigger>{VERBS})(?![{LETTER}])(?P<gap>[^\n]{{0,300}})$",
    re.IGNORECASE,
)
# "Điều 4. Quyết định có hiệu lực kể từ ngày ký; thay thế các Quyết định A và B": its own type alone, and no "này".
_HAS_FORCE = re.compile(
    rf"[^\n]{{0,60}}?(?P<force>{IN_FORCE})\s[^.\n]{{3,160}}?"
    rf"(?:[,;]|\s)\s*(?:{ALSO}\s+)?(?P<trigger>{VERBS})(?![{LETTER}])(?P<gap>[^.\n]{{0,160}})$",
    re.IGNORECASE,
)
_ALSO = re.compile(
    rf"{CLOSES}(?:\s*{SINCE}\s+[0-9][^,;.\n]{{5,25}})?(?:[,;]\s*|(?:[,;]\s*)?{ALSO}\s+){{1,2}}(?P<trigger>{VERBS})(?![{LETTER}])(?P<gap>[^.;\n]{{0,160}})",
    re.IGNORECASE,
)
# "Đồng ý điều chỉnh một số nội dung tại Kết luận A, cụ thể: thay cụm từ …": what is agreed to is done where its words follow.
_AGREED = re.compile(
    rf"{ITEM}(?:[^,;.:\n]{{2,60}}?\s)?(?<!chưa\s)(?<!không\s){one_of(words('agrees'))}\s+"
    rf"(?:(?:với|về|chủ\s+trương|việc|cho)\s+){{0,3}}(?P<trigger>{verbs('clause', ['amends'])})"
    rf"(?![{LETTER}])(?P<gap>[^.;\n]{{0,160}})$",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(rf"\s*,?\s*(?:cụ\s+thể(?:\s+là|\s+{AS_FOLLOWS})?|{AS_FOLLOWS})\s*:", re.IGNORECASE)
_PARTY_RULINGS = frozenset(("Kết luận", "Quy định", "Quy chế", "Hướng dẫn", "Nghị quyết", "Chỉ thị")) - types_of(
    "enacting"
)
"""Types whose articles and items change what the same committee has issued before, and tell others what to do as well."""
_REPEALS = re.compile(
    rf"[\s*_]*(?:{ARTICLE}|[0-9]+(?:\.[0-9]+)*\.|[IVX]+\.|[a-zđ]\))[\s*_]+"
    rf"(?P<trigger>{verbs('clause', ['repeals'])})(?![{LETTER}])"
    r"(?P<gap>[^.;\n]{0,220})$",
    re.IGNORECASE,
)
_ENDS = re.compile(rf"\s*(?:,?\s*{SINCE}\s[^.;\n]{{3,60}})?(?:[.;/]|$)", re.MULTILINE)
"""Behind "… không còn phù hợp" stands why it is to be repealed."""
_CALLS = re.compile(rf"(?<!\w)(?:{one_of(task_phrases('give', 'call'))}|nhiệm\s+vụ|giải\s+pháp)(?!\w)")
"""What leads in work, in lower case."""
_WHOLE = re.compile(rf"{WHOLE}\s+(?:[^\s,;.]+\s+){{0,3}}$", re.IGNORECASE)
_PROVISION = rf"{DIVISION}\s+(?:[0-9]{{1,3}}[a-zđ]?|[IVXL]{{1,5}}|[a-zđ])"
_OF_ONE = re.compile(rf":?(?:\s+các|(?:(?:\s*[,;]|\s+và)?\s+{_PROVISION})+(?:\s+của)?|)\s+{TYPE}(?!\w)", re.IGNORECASE)
"""What is repealed first is a document or provisions of one; "cụm từ … tại Điều 5 A; B" may be of both."""
_OF_SEVERAL = re.compile(rf"(?<!\w){_PROVISION}\s+(?:(?:của|tại)\s+)?các\s", re.IGNORECASE)
_APART = re.compile(r".*;\s*(?:và\s+)?(?:các\s+)?|.*[,\s]\s*và\s+các\s+", re.IGNORECASE | re.DOTALL)
_STAYS = re.compile(
    rf"{CLOSES}\s+(?:vẫn|tiếp\s+tục|vẫn\s+tiếp\s+tục)\s+(?:{IN_FORCE}|còn\s+hiệu\s+lực)(?!\w)", re.IGNORECASE
)
"""Of "Bãi bỏ Điều 2 A; các nội dung còn lại của B vẫn có hiệu lực", where nothing is done to B."""
_WINDOW = 460
"""How far before a document its clause may begin, in characters."""


def enacting(passage: Passage) -> Iterator[Relation]:
    """Yield what the document's own clauses do to the documents of the text; nothing where its type is unknown."""
    own_type = passage.heading.type
    if not own_type:
        return
    own_articles = enacts(passage)
    planned = programme(passage) if own_articles else []
    for paragraph in passage.own_paragraphs:
        rules = own_articles and not holds(planned, paragraph.start)
        previous: Relation | None = None
        for i in paragraph.members:
            f = passage.references[i]
            if previous and listed(passage, previous.object, i):
                said: Relation | None = _listed_with(passage, previous, i)
            elif not own_articles and (repealed := _repealed_by_the_party(passage, i, paragraph.start)):
                said = repealed
            else:
                said = (
                    _coordinated(passage, previous, i)
                    or _done_by_self(passage, i, paragraph.start, rules)
                    or _agreed(passage, i, paragraph.start)
                )
            if said and _STAYS.match(passage.text, f.extent):
                said = None
            if said and not outranked(own_type, said.predicate, f):
                yield said
            previous = said


def _listed_with(passage: Passage, previous: Relation, i: int) -> Relation:
    """ "Bãi bỏ A và Điều 3 B", "Bãi bỏ Điều 3 A và toàn bộ B": a part of a document changes it, the whole ends it; what begins another item
    of the list ("Bãi bỏ Điều 3 A; B") or group ("… và các Thông tư B, C") shares no provision with what stands before."""
    f, predicate = passage.references[i], previous.predicate
    extent = passage.references[previous.object].extent
    if is_part(passage.text, extent, f.start) and predicate in ("replaces", "repeals"):
        predicate = "amends"
    elif _WHOLE.search(passage.text, extent, f.start) or (
        _APART.fullmatch(passage.text, extent, f.start) and _begins_with_one(passage, previous, f.start)
    ):
        predicate = read_relation(previous.trigger).predicate
    return Relation(SELF, predicate, i, previous.start, f.end, previous.trigger, "explicit", "enacting")


def _begins_with_one(passage: Passage, previous: Relation, end: int) -> bool:
    """Is what is repealed first a document or provisions of one, and no later provision (up to `end`) of several?"""
    verb = passage.text.find(previous.trigger, previous.start, end)
    if read_relation(previous.trigger).predicate != "repeals" or verb < 0:
        return False
    first = _OF_ONE.match(passage.text, verb + len(previous.trigger), end)
    return first is not None and not _OF_SEVERAL.search(passage.text, first.start(), end)


def _coordinated(passage: Passage, previous: Relation | None, i: int) -> Relation | None:
    """ "Quyết định này thay thế A và sửa đổi Điều 6 B": the second verb is of the same clause."""
    if previous is None:
        return None
    text, f = passage.text, passage.references[i]
    also = _ALSO.fullmatch(text, min(passage.references[previous.object].extent, f.start), f.start)
    if also and (said := done_to(also["gap"], also["trigger"])):
        return Relation(SELF, said, i, also.start("trigger"), f.end, also["trigger"], "explicit", "enacting")
    return None


def _done_by_self(passage: Passage, i: int, paragraph: int, own_articles: bool) -> Relation | None:
    """Return what the clause before reference `i` does to it, if it is the document's own."""
    text, f = passage.text, passage.references[i]
    sentence = max(passage.sentences[i][0], paragraph)
    start = max(sentence, f.start - _WINDOW)
    this = _THIS.search(text, start, f.start) if "này" in text[start : f.start] else None
    if this and denied(text, this.start(), this.start("trigger")):
        return None
    if "này" in text[start : f.start] and (made := _carries_out(passage, i, start)):
        return made
    if this and is_self(passage, this.start()) and (said := done_to(this["gap"], this["trigger"])):
        return Relation(SELF, said, i, start, f.end, this["trigger"], "explicit", "enacting")
    for at in dict.fromkeys((paragraph, sentence)) if own_articles else ():
        if f.start - at > _WINDOW:
            continue
        article = _ARTICLE.match(text, at, f.start) or _own_force(passage, at, f.start)
        if article and (said := done_to(article["gap"], article["trigger"])):
            return Relation(SELF, said, i, at, f.end, article["trigger"], "explicit", "enacting")
    return None


def _repealed_by_the_party(passage: Passage, i: int, start: int) -> Relation | None:
    """ "4. Bãi bỏ điểm b Mục III Kết luận số 14-KL/TW ngày 22/9/2021." of a conclusion, a rule or guidance of the same committee: an item
    that says nothing else, of what is ruled as follows, or an article."""
    text, f, own = passage.text, passage.references[i], passage.heading
    if own.type not in _PARTY_RULINGS or not f.symbol or not own.symbol:
        return None
    if issuer_part(f.symbol) != issuer_part(own.symbol) or not names_issuer(own.symbol):
        return None
    item = _REPEALS.match(text, start, f.start)
    if item is None or not _ENDS.match(text, f.extent) or not _ruled(passage, start):
        return None
    said = done_to(item["gap"], item["trigger"])
    return Relation(SELF, said, i, start, f.end, item["trigger"], "explicit", "enacting") if said else None


def _ruled(passage: Passage, start: int) -> bool:
    """Is the item at `start` an article, or led in by "Bộ Chính trị kết luận như sau:"? What is weighed, planned or told to others is led
    in by another line, or stands below a heading of its own, which may be any line above a first item."""
    low = passage.layout.low
    kind, end, item = _kind_of_item(low, start), start, start
    if kind is None or kind == "article":
        return kind is not None
    while (at := low.rfind("\n", 0, end - 1) + 1) < end and at >= start - _ABOVE:
        line, above, end = passage.text[at:end].strip(" *_\n"), _kind_of_item(low, at), at
        if above and _HIGHER.index(above) <= _HIGHER.index(kind):
            item = at if above == kind else item
        elif above or line.endswith(":") or line.isupper() or (line and _FIRST.match(low, item)):
            rules = _RULES.search(low, at, at + len(line) + 8)
            return rules is not None and not _CALLS.search(line.lower()) and not denied(low, at, rules.start())
    return False


def _kind_of_item(low: str, start: int) -> str | None:
    label = _LABEL.match(low, start)
    return label.lastgroup if label else None


_LABEL = re.compile(
    r"[\s*_]*(?:(?P<article>điều\s)|(?P<below>[0-9]+\.[0-9])|(?P<number>[0-9]+\.)|(?P<roman>[ivx]+\.)|(?P<letter>[a-zđ]\)))"
)
"""In lower case."""
_FIRST = re.compile(r"[\s*_]*(?:[0-9]+\.)?(?:1\.|i\.|a\))")
_HIGHER = ("letter", "below", "number", "roman", "article")
_ABOVE = 20_000
"""Characters above an item in which the line stands that leads it in."""
_RULES = re.compile(
    rf"(?<!\w)(?:kết\s+luận|quyết\s+định|quy\s+định|hướng\s+dẫn)\s+{AS_FOLLOWS}[\s*_]*:[ *_]*$", re.MULTILINE
)
"""How a committee leads in what it rules, in lower case."""


def _agreed(passage: Passage, i: int, start: int) -> Relation | None:
    """Return the change of an earlier document of its own series to which the document agrees, in the words of the change."""
    text, f, own = passage.text, passage.references[i], passage.heading
    if (f.type, f.symbol) != (own.type, own.symbol) or not _IN_WORDS.match(text, f.extent):
        return None
    agreed = _AGREED.match(text, start, f.start)
    said = done_to(agreed["gap"], agreed["trigger"]) if agreed else None
    return Relation(SELF, said, i, start, f.end, agreed["trigger"], "explicit", "enacting") if agreed and said else None


def _carries_out(passage: Passage, i: int, start: int) -> Relation | None:
    """ "Nghị định này quy định chi tiết khoản 2 Điều 5 Luật A", "Quy định này cụ thể hóa A": what it is made for."""
    text, f = passage.text, passage.references[i]
    this = _MADE_FOR.search(text, start, f.start)
    if this is None or denied(text, this.start(), this.start("trigger")) or not is_self(passage, this.start()):
        return None
    said = done_to(this["gap"], this["trigger"])
    return (
        Relation(SELF, said, i, this.start(), f.end, this["trigger"], "explicit", "enacting-detail") if said else None
    )


def _own_force(passage: Passage, at: int, end: int) -> re.Match[str] | None:
    """The clause from `at` to `end` that says from when the document itself is in force, and what it does."""
    clause = _HAS_FORCE.match(passage.text, at, end)
    if clause is None or denied(passage.text, at, clause.start("trigger")):
        return None
    return clause if itself(passage, at, clause.start("force")) else None
