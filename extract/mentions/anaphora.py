"""References that lean on an earlier one: "Nghị quyết nêu trên", a short form the text defines, a document's own annex.

None of these has a number; each points at its antecedent, a reference before it or the file's own document. What could mean
two documents is left out: a wrong antecedent is worse than none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from ahocorasick_rs import AhoCorasick

from chidao.extract.language.composing import lowered
from chidao.extract.language.letters import LETTER, is_word, lower
from chidao.extract.language.lexicon import Lexicon, lexicon
from chidao.extract.language.patterns import CONTENT, DEFINES, GROUND, ISSUED_ALONG, PROPOSES, SEVERAL
from chidao.extract.language.symbols import type_key
from chidao.extract.language.verbs import CARRIES_OUT
from chidao.extract.model import SELF, Heading, Reference
from chidao.extract.reading.layout import Layout
from chidao.ontology.authority import types_of

# "trên" alone is "on" more often than "above": it leans back only where nothing follows that it could govern.
_ABOVE = re.compile(r"trên(?!\w)")
_SAID = re.compile(r"(?:nói|nêu|dẫn)\s+$")
_ALONE = re.compile(r"\s*(?:[,.;:)]|$|và\s|là\s|thì\s)", re.MULTILINE)
_THIS = re.compile(rf"này(?<=\snày)(?![{LETTER}])")
_PLURAL = re.compile(rf"(?<!\w)(?:{SEVERAL}|nhiều|hai|ba|bốn|năm|sáu)(?:\s+(?:văn\s+bản|loại))?\s+$", re.IGNORECASE)
DEFINED = re.compile(
    rf"{DEFINES}(?P<term>[^“”\"()\n]{{3,90}}?)[”\"]?\s*\)",
    re.IGNORECASE,
)
"""What explains a term in brackets: "(sau đây gọi tắt là Nghị quyết 15)"."""
# "Ban hành kèm theo Quyết định này Quy chế …", "Ban hành Quy định về …": what the document carries along is itself.
_CARRIES_ALONG = re.compile(rf"{ISSUED_ALONG}(?:bản\s+)?")
_MATTER = re.compile(
    rf"(?:^|[\n.;])[\s*_+-]*(?:{lowered(GROUND)}|theo|{CARRIES_OUT})\s+"
    rf"(?P<what>(?:(?:các|những)\s+)?(?:{CONTENT}|ý\s+kiến(?:\s+chỉ\s+đạo)?|chỉ\s+đạo|{PROPOSES}|yêu\s+cầu)\s+(?:(?:đã\s+)?(?:nêu|nói)\s+)?)$",
)
"""Of a sentence that opens with what it carries out: "Thực hiện nội dung trên, …", "Theo ý kiến chỉ đạo nêu trên, …"; in lower case, up to
"trên"."""
_NEAR = 90
"""Characters before "trên" in which such a sentence begins."""
_REACH = 4000
"""How far back "Nghị quyết nêu trên" may reach, in characters."""
_LONGEST = 40
"""Longer than any type word."""


def find_anaphora(layout: Layout, found: Sequence[Reference], heading: Heading) -> list[Reference]:
    """Return every reference of the text that leans on an earlier one, in text order; none overlaps a reference of `found`."""
    text, words = layout.text, lexicon()
    backs = [
        *_above(layout, found, words),
        *_annex(text, heading, words),
        *_short_forms(layout, found, words),
    ]
    starts = [f.start for f in found]
    kept: list[Reference] = []
    for b in sorted(backs, key=lambda b: (b.start, -b.end)):
        i = bisect_right(starts, b.end - 1) - 1
        if i >= 0 and found[i].end > b.start:
            continue
        if not kept or kept[-1].end <= b.start:
            kept.append(b)
    return kept


def _back(start: int, end: int, type_: str | None, antecedent: int, rule: str) -> Reference:
    return Reference(start, end, "", "back", type_, extent=end, rule=rule, antecedent=antecedent)


def _type_before(text: str, end: int, words: Lexicon) -> tuple[int, str] | None:
    """The type word that ends at `end`: where it begins, and its dictionary form."""
    window = text[max(0, end - _LONGEST) : end]
    base = end - len(window)
    best: tuple[int, str] | None = None
    for index, start, stop in words.find_types(window):
        if stop == len(window) and not (start and window[start - 1].isalnum()):
            name = words.types[words.words[index].lower()].name
            best = best or (base + start, name)
    return best


def _above(layout: Layout, found: Sequence[Reference], words: Lexicon) -> Iterator[Reference]:
    """ "Nghị quyết nêu trên" is the last resolution named before it, unless its sentence named another beside."""
    text = layout.text
    ends = [f.end for f in found]
    for match in _ABOVE.finditer(text):
        said = _SAID.search(text, max(0, match.start() - 8), match.start())
        if said is None and _ALONE.match(text, match.end()) is None:
            continue
        before = (said or match).start() - 1
        head = _type_before(text, before, words) if before >= 0 and text[before].isspace() else None
        if head is None and (matter := _matter_above(layout, found, match.start(), match.end())):
            yield matter
        if head is None or _PLURAL.search(text, max(0, head[0] - 24), head[0]):
            continue
        start, kind = head
        wanted = type_key(None, kind)
        last: int | None = None
        for i in range(bisect_right(ends, start) - 1, -1, -1):
            if found[i].end < start - _REACH:
                break
            if _same_type(found[i], wanted):
                last = i
                break
        if last is None or _has_rival(layout, found, last, wanted):
            continue
        yield _back(start, match.end(), kind, last, "named-above")


def _matter_above(layout: Layout, found: Sequence[Reference], at: int, end: int) -> Reference | None:
    """ "Thực hiện nội dung trên, Sở yêu cầu …" below the paragraph that tells of one letter: that letter. Where others are named there,
    nobody can say which is meant."""
    near = max(0, at - _NEAR)
    matter = _MATTER.search(layout.low[near:at])
    if matter is None:
        return None
    begin = layout.paragraph(max(0, layout.paragraph(at)[0] - 2))[0]
    named = [f for f in found[bisect_left(found, begin, key=_START) :] if f.start < at]
    own = [f for f, before in zip(named, [None, *named], strict=False) if before is None or f.start >= before.extent]
    codes = {(f.type, f.number, f.symbol, f.name) for f in own}
    if len(codes) != 1 or own[0].type not in types_of("correspondence") or not _brought(layout, own[-1], at):
        return None
    return _back(near + matter.start("what"), end, own[0].type, found.index(own[0]), _UNNAMED)


_BRINGS = re.compile(r"(?:nhận\s+được|có|ban\s+hành|ra|tại)\s+$")
_WISHES = re.compile(
    r"[^.;:\n]{0,200}\s(?:xin|hỏi|khiếu\s+nại|tố\s+cáo|kiến\s+nghị|phản\s+ánh|báo\s+cáo\s+kết\s+quả)(?!\w)"
)
_GOES_ON = ("theo đó", "trong đó")


def _brought(layout: Layout, letter: Reference, at: int) -> bool:
    """Does the sentence before that of `at` say that the letter came ("Ngày 05/3, Sở nhận được Công văn A.")? One that goes on with it
    ("Theo đó, …") may stand between; what a letter wishes, and what is said elsewhere, is not carried out."""
    begin = layout.sentence(at)[0]
    for _ in range(3):
        begin = layout.sentence(begin - 1)[0] if begin > 0 else 0
        while begin > 0 and not layout.text[begin : begin + 1].strip():
            begin = layout.sentence(begin - 1)[0]
        if begin <= letter.start or not layout.low.startswith(_GOES_ON, begin):
            break
    brings = _BRINGS.search(layout.low, begin, letter.start) if begin <= letter.start else None
    return brings is not None and _WISHES.match(layout.low, letter.end) is None


_START = attrgetter("start")


_UNNAMED = "matter-above"


def mentioned(backs: Sequence[Reference]) -> list[Reference]:
    """Return those of `backs` that say that they are documents: of "nội dung trên" what carries it out is told, and no mention."""
    return [b for b in backs if b.rule != _UNNAMED]


def _same_type(f: Reference, wanted: str) -> bool:
    own = type_key(f.symbol, f.type)
    return own == wanted or own.startswith(wanted + "-") or type_key(None, f.type) == wanted


def _has_rival(layout: Layout, found: Sequence[Reference], last: int, wanted: str) -> bool:
    """Whether the sentence of the last one names another document of its type."""
    begin, _ = layout.sentence(found[last].start)
    one = found[last]
    begin = max(begin, one.start - _REACH)
    for i in range(last - 1, -1, -1):
        other = found[i]
        if other.start < begin:
            return False
        if _same_type(other, wanted) and (other.number, other.symbol, other.name) != (one.number, one.symbol, one.name):
            return True
    return False


def _annex(text: str, heading: Heading, words: Lexicon) -> Iterator[Reference]:
    """ "Quy chế này" within the regulation that a decision promulgates is the decision's own text."""
    carried = {kind for kind in _carried(text, heading, words) if kind != heading.type}
    if not carried:
        return
    for match in _THIS.finditer(text):
        head = _type_before(text, match.start() - 1, words)
        if head and head[1] in carried:
            yield _back(head[0], match.end(), head[1], SELF, "own-annex")


def promulgates(heading: Heading) -> bool:
    """Does the document put in force what its title issues? A proposal, a report or a letter "về việc ban hành Quyết định" speaks of a
    decision that another body is to take."""
    return heading.type not in types_of("proposing") | types_of("report") | types_of("correspondence")


def _carried(text: str, heading: Heading, words: Lexicon) -> Iterator[str]:
    if not heading.type:
        return
    for where in ((heading.title or "")[:200] if promulgates(heading) else "", text[:12000]):
        for match in _CARRIES_ALONG.finditer(lower(where)):
            for index, start, _ in words.find_types(where[match.end() : match.end() + _LONGEST]):
                if start == 0 and ("này" in match.group() or where is not text[:12000]):
                    yield words.types[words.words[index].lower()].name
                break


def _short_forms(layout: Layout, found: Sequence[Reference], words: Lexicon) -> Iterator[Reference]:
    """ "(sau đây gọi tắt là Luật Khoáng sản)" names the reference before it; so does the term from there on."""
    text = layout.text
    starts = [f.start for f in found]
    told: dict[
        str, tuple[int, str | None, int]
    ] = {}  # from where on each term means which document, with the type that it names
    for match in DEFINED.finditer(text):
        term = " ".join(match["term"].split()).strip(" .,;:*_")
        head = next(((i, s, e) for i, s, e in words.find_types(term) if s == 0), None)
        kind = words.types[words.words[head[0]].lower()].name if head else None
        if head is None and not term[:1].isupper():
            continue
        if head is not None and head[2] == len(term):
            continue  # "gọi tắt là Nghị quyết": every resolution of the text is written so
        if term in told:
            continue  # every use from its first definition on is found
        about = _defined(layout, found, bisect_left(starts, match.start()), match.start(), kind)
        if about is not None:
            told[term] = match.start("term"), kind, about
    terms = list(told)
    uses = AhoCorasick(terms).find_matches_as_indexes(text, overlapping=True) if terms else ()
    for index, start, end in uses:
        defined, kind, about = told[terms[index]]
        if start >= defined and text[end : end + 1] != "/" and is_word(text, start, end):
            yield _back(start, end, kind, about, "short-form")


def _defined(layout: Layout, found: Sequence[Reference], behind: int, at: int, kind: str | None) -> int | None:
    """The reference that a definition at `at` is about, before number `behind`: the nearest one in its paragraph, of the term's type; a
    term without type word must stand right behind the reference."""
    begin = max(layout.paragraph(at)[0], at - _REACH)
    for i in range(behind - 1, -1, -1):
        f = found[i]
        if f.start < begin:
            return None
        if kind is None:
            return i if at - max(f.end, f.extent) <= 3 else None
        if _same_type(f, type_key(None, kind)):
            return i
    return None
