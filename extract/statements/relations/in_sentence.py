"""Relations between two documents that one sentence names: the words that join them decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import takewhile
from string import whitespace

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import LETTER, SUPERSCRIPTS
from chidao.extract.language.patterns import (
    ABOUT,
    ACCORDING,
    ALONG,
    BY_NOW,
    CONTENT,
    DIVISION,
    EFFECT,
    IN_FORCE,
    ITEM,
    MANNER,
    PASSIVE,
    SEVERAL,
    SHARE,
    SOME,
    WITH,
    YEAR,
)
from chidao.extract.language.symbols import issuer_fits, issuers_of, stands_above
from chidao.extract.language.tables import CARRIES, CHANGES, key, read_relation
from chidao.extract.language.verbs import governing, saying, undergoing, verbs
from chidao.extract.mentions.references import CARRIED_OUT
from chidao.extract.model import Relation
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.relations.clauses import is_part
from chidao.extract.statements.relations.links import (
    JUST_ISSUED,
    impossible,
    named_apart,
    objects,
    only_told,
    outranked,
    pairs,
    subjects,
)
from chidao.extract.statements.relations.openings import opens_clause
from chidao.extract.statements.relations.titles import LETTERS, PROPOSED
from chidao.ontology.authority import types_of

# "… sửa đổi, bổ sung một số nghị định quy định chi tiết thi hành Luật Đất đai": the last verb is those decrees' own.
_OTHERS = re.compile(rf"{SEVERAL}\s+(?:{one_of([*types_of('rule'), *types_of('direct')])}|văn\s+bản)\s", re.IGNORECASE)
# "Quyết định A sửa đổi, bổ sung một số điều của Quy chế … ban hành kèm theo Quyết định B": what B carries along is B.
_ALONG = re.compile(
    rf"(?<![{LETTER}])(?P<trigger>{verbs('clause')})(?![{LETTER}])[^.;\n]*?\s{ALONG}\s*$",
    re.IGNORECASE,
)
# "ban hành kèm theo B", "theo quy định của B", "theo đề nghị … tại B": B is where something stands, or who asked for it.
_RULED = re.compile(
    rf"(?:{ALONG}|{ACCORDING})(?:\s+[^\s,;.]+){{0,12}}\s*$",
    re.IGNORECASE,
)
_MAX_GAP = 260
_ENDED = rf"(?:đã\s+)?hết\s+{EFFECT}(?:\s+thi\s+hành)?,?\s+(?:do|vì)\s+(?:đã\s+)?"
"""Of "Quyết định A hết hiệu lực do được thay thế bởi Quyết định B"."""


@cache
def patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what joins two documents; what stands before one inside another's title; what stands in apposition."""
    triggers = rf"{undergoing()}|{saying('active')}"
    reviewing, carrying = governing("active", ["reviews"]), verbs("passive", ["implements"])
    between = re.compile(
        rf"(?:\s+(?:năm\s+)?{YEAR}(?![0-9]))?(?:\s*\([^()\n]{{2,60}}\)(?=\s+{PASSIVE}))?[{SUPERSCRIPTS}*”\"]*\s*,?\s*\(?\s*(?:{IN_FORCE}\s[^.;\n]{{4,60}}?(?:,|\svà)\s+)?(?:và\s+(?={PASSIVE}))?"
        rf"(?:{BY_NOW}|{_ENDED}|để\s+|nhằm\s+|{ABOUT}\s+|trong\s+việc\s+)?(?:{reviewing}\s+"
        rf"[0-9]{{1,2}}\s+)?(?P<trigger>{triggers})(?:\s+(?:{MANNER}|"
        rf"{SHARE}|{CONTENT}|các))*\s*[:“\"*]*\s*",
        re.IGNORECASE,
    )
    before = re.compile(
        rf"(?<![{LETTER}])(?P<with>{WITH}\s+)?(?P<trigger>{triggers})(?:\s+{SEVERAL}(?=\s+{CONTENT}\s)|\s+{SOME}(?=\s))?(?:\s+[^\s,;.“”\"]+){{0,4}}\s*[“\"*]*\s*$",
        re.IGNORECASE,
    )
    apposed = re.compile(rf"\s+[-–]\s[^.;\n]*?{carrying}[^.;\n]*?(?P<trigger>{triggers})\s*$", re.IGNORECASE)
    return between, before, apposed


def in_sentence(passage: Passage) -> Iterator[Relation]:
    """Yield what joined references say of each other, and titles of the documents inside them."""
    text, found = passage.text, passage.references
    between, _, apposed = patterns()
    left: int | None = None
    acting: dict[int, int] = {}  # for what another changes: that one
    for j, b in enumerate(found):
        if passage.parents[j] >= 0:
            inner = list(_inside(passage, j))
            acting |= _changed(inner, passage.parents[j])
            yield from inner
            continue
        i, left = left, j
        if i is None:
            continue
        gap = found[i].extent, b.start
        if b.start - gap[0] > _MAX_GAP or b.start <= gap[0] or "\n" in text[slice(*gap)]:
            continue
        match = between.fullmatch(text, *gap)
        if match and text.endswith("kèm ", 0, match.start("trigger")):
            continue  # the title before has been read up to "kèm"
        if match and match["trigger"].lower().startswith("theo") and _carried(passage, i):
            continue
        source = _source(passage, match, i, j, acting) if match else None
        if match and source is not None:
            if _acts(match["trigger"]):
                acting[j] = source
            yield from _related(passage, source, j, match["trigger"], "joined")
        elif along := _ALONG.match(text, *_stripped(text, *gap)):
            yield from _related(passage, i, j, along["trigger"], "joined")
        elif match := apposed.fullmatch(text, *gap):
            for k in objects(passage, j):
                span = found[i].start, found[k].end
                yield Relation(i, "implements", k, *span, match["trigger"], "implied", "apposition")


def _acts(printed: str) -> bool:
    """Do the words say that what stands before them changes what stands behind, and not "được sửa đổi bởi"?"""
    row = read_relation(printed)
    return row.predicate in CHANGES and row.direction == "forward"


def _changed(inner: list[Relation], parent: int) -> dict[int, int]:
    """For what a document's title says that it changes: that one."""
    return {r.object: r.subject for r in inner if r.subject == parent and r.predicate in CHANGES}


def _source(passage: Passage, match: re.Match[str], i: int, j: int, acting: dict[int, int]) -> int | None:
    """The document of which the words between references `i` and `j` tell: `i`, or behind a comma the one that changes it, if it begins
    the sentence or is issued there ("ban hành A sửa đổi B về du lịch, thay thế C"), and C is of its type or its issuer's, or B has no title
    that the words may be of; None where they tell of somebody else, or may."""
    if not _aside(match):
        return i
    source = acting.get(i, i)
    begins = _begins_sentence(passage, source)
    if not begins and not _brings(passage, source, match):
        return None
    changes = read_relation(match["trigger"]).predicate in CHANGES
    if source == j - 1 or (source == i and not changes) or _alike(passage, source, j):
        return source
    both = changes and acting.get(j - 1) == source
    bare = begins and passage.references[j - 1].title is None
    return source if both and (bare or _of_one_symbol(passage, source, j)) else None


def _alike(passage: Passage, i: int, j: int) -> bool:
    """Are two documents of one type, or one body's?"""
    a, b = passage.references[i], passage.references[j]
    return a.type == b.type or (a.issuer_key is not None and a.issuer_key == b.issuer_key)


def _of_one_symbol(passage: Passage, i: int, j: int) -> bool:
    """ "Quyết định A/QĐ-BNV", "Thông tư B/TT-BNV": do the symbols name one issuer, where not both bodies are printed?"""
    a, b = passage.references[i], passage.references[j]
    if a.issuer_key and b.issuer_key:
        return False
    named = issuers_of(a.symbol or "")
    return bool(named) and named == issuers_of(b.symbol or "")


# "A, tiếp tục thực hiện B": what a sentence does one after the other, if A does not begin it.
_BEFORE_COMMA = f'{SUPERSCRIPTS}{whitespace}*”"'
_BEGINNING = re.compile(rf"{ITEM}(?:Các\s+|Tại\s+)?", re.IGNORECASE)


def _carried(passage: Passage, i: int) -> bool:
    """ "triển khai thực hiện A theo B": A is carried out along the lines of B, and does nothing to it."""
    start = passage.references[i].start
    return CARRIED_OUT.search(passage.text, max(0, start - 20), start) is not None


def _aside(match: re.Match[str]) -> bool:
    return match.group().lstrip(_BEFORE_COMMA).startswith(",") and not match["trigger"].lower().startswith(
        ("được", "bị", "theo")
    )


def _brings(passage: Passage, i: int, match: re.Match[str]) -> bool:
    """ "Hiệu trưởng ban hành Kế hoạch A về chuyển đổi số, thay thế Kế hoạch B": a document is issued in the place of another."""
    start = passage.references[i].start
    changes = read_relation(match["trigger"]).predicate in CHANGES
    return changes and JUST_ISSUED.search(passage.text, max(0, start - 20), start) is not None


def _begins_sentence(passage: Passage, i: int) -> bool:
    """Does the list that document `i` ends begin its sentence?"""
    first = i
    while first and passage.references[first - 1].listed:
        first -= 1
    start = passage.references[first].start
    return _BEGINNING.fullmatch(passage.text, passage.layout.sentence(start)[0], start) is not None


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " *_":
        start += 1
    return start, end


def _inside(passage: Passage, j: int) -> Iterator[Relation]:
    """Yield what a title says of reference `j` that stands in it."""
    text, found, parent = passage.text, passage.references, passage.parents[j]
    a, b = found[parent], found[j]
    if a.kind == "named" and b.end <= a.end:
        # "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B": the outer name says it.
        row = read_relation("sửa đổi, bổ sung")
        yield Relation(parent, row.predicate, j, a.start, a.end, row.trigger, "explicit", "amending-law")
        return
    if passage.parents[j - 1] == parent and found[j - 1].listed:
        return
    begin = a.title_start if 0 <= a.title_start <= b.start else a.end
    match = patterns()[1].search(text, max(begin, b.start - 120), b.start)
    if match and key(match["trigger"]).startswith("theo"):
        along = _ALONG.search(text, begin, b.start)
        match = along or (None if _RULED.search(text, begin, b.start) else match)
    if match is None or match.groupdict().get("with") or _OTHERS.search(text, begin, match.start()):
        return
    if a.type in LETTERS and PROPOSED.search(text, begin, match.start()):
        return
    part = is_part(text, match.end("trigger"), b.start)
    reviewed = _reviewing().search(text, begin, match.start())
    carries = read_relation(match["trigger"]).predicate in CARRIES
    yield from _related(
        passage, parent, j, reviewed["what"] if reviewed and carries else match["trigger"], "title", part=part
    )


@cache
def _reviewing() -> re.Pattern[str]:
    """ "Báo cáo A về tình hình triển khai B": what a title says is reviewed, and not carried out by it."""
    return re.compile(
        rf"(?<![{LETTER}])(?P<what>{governing('title', ['reviews'])})(?:\s+[^\s,;.“”]+){{0,4}}\s+$", re.IGNORECASE
    )


def _related(
    passage: Passage, left: int, right: int, printed: str, rule: str, *, part: bool = False
) -> Iterator[Relation]:
    """Yield what the words `printed` say of the documents listed on both sides of them, or of a `part` of the one behind."""
    found = passage.references
    row = read_relation(printed)
    if part and row.predicate in ("replaces", "repeals"):
        row = replace(row, predicate="amends")
    targets = _with_following(passage, left, right, row.predicate) if rule == "title" else objects(passage, right)
    if row.direction == "backward":
        targets = takewhile(lambda k: not named_apart(found[right], found[k]), targets)
    for source, target in pairs([left] if rule == "title" else subjects(passage, left), targets):
        head = source
        if row.direction == "backward":
            while head >= 0 and outranked(found[target].type, row.predicate, found[head]):
                head = passage.parents[head]
            if head < 0:
                continue
        subject, object_ = (head, target) if row.direction == "forward" else (target, head)
        a, b = found[subject], found[object_]
        if impossible(a, b) or outranked(a.type, row.predicate, b) or only_told(a, row.predicate, b):
            continue
        span, predicate = (found[head].start, found[target].end), row.predicate
        if row.direction == "backward" and predicate in ("replaces", "repeals") and _of_part(passage, object_):
            predicate = "amends"
        yield Relation(subject, predicate, object_, *span, printed, row.certainty, f"{rule}-{predicate}")


def _of_part(passage: Passage, i: int) -> bool:
    """ "Điều 5 Thông tư A được thay thế bởi Thông tư B": is only a part of A named? What a bracket right behind A says is said of A itself,
    where no division of it is named: "theo mẫu của Nghị định A (nay được thay bằng Nghị định B)"."""
    f = passage.references[i]
    begin = min(max(passage.sentences[i][0], passage.references[i - 1].extent if i else 0), f.start)
    bracketed = passage.text[f.extent : f.extent + 3].lstrip().startswith("(")
    if bracketed and not _DIVISION.search(passage.text, begin, f.start):
        return False
    return is_part(passage.text, begin, f.start)


_DIVISION = re.compile(rf"(?<!\w)(?:{DIVISION})\s+(?:số\s+)?(?:[0-9]|(?:[IVX]+|[a-zđ])(?!\w))", re.IGNORECASE)
"""A division by its number: "Điều 5", "Mẫu số 01", "Phụ lục II", "điểm a"."""


def _with_following(passage: Passage, outer: int, first: int, predicate: str) -> Iterator[int]:
    """Yield reference `first`, which ends the title of `outer`, and those that go on with it rather than with `outer`.

    "Luật A sửa đổi Luật B, Luật C và Luật D", "Kế hoạch A thực hiện Nghị quyết B và Chương trình C": what is of the inner
    one's kind goes on with it, and behind "và" what is carried out together; what is of the outer one's kind never does.
    """
    found, text = passage.references, passage.text
    last = first
    for last in objects(passage, first):
        yield last
    if found[last].extent < found[outer].extent:
        return
    while found[last].listed and last + 1 < len(found) and passage.is_top(last + 1):
        f = found[last + 1]
        joint = text[found[last].extent : f.start]
        alike = f.type == found[first].type != found[outer].type or (f.kind == "named" and found[first].kind == "named")
        # … and what one of a higher level, or of another house, has issued: "Kế hoạch A của Huyện ủy thực hiện Chỉ thị B và Kế hoạch C của
        # Tỉnh ủy"
        another = f.type != found[outer].type or stands_above(f.symbol or "", found[outer].symbol or "")
        another = another or not issuer_fits(found[outer].symbol or "", f.issuer_key or "")
        together = predicate in CARRIES and another and joint.split()[:1] == ["và"]
        together = together and found[last].title is None and not opens_clause(passage, outer)
        if not (alike or together):
            return
        last += 1
        yield last
