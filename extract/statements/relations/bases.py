"""On what a document rests: "Căn cứ Luật A; Nghị định B và Nghị định C; để thực hiện Nghị quyết D"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from chidao.extract.language.patterns import ACCORDING, AGENT, BESIDE, CLOSES, DIVISION, NUMBER_SIGN
from chidao.extract.language.tables import words
from chidao.extract.model import Relation
from chidao.extract.statements.passage import Paragraph, Passage
from chidao.extract.statements.relations.links import named_apart
from chidao.extract.statements.relations.openings import CHANGED, MAIN_VERB, THEN

_SEPARATED = re.compile(
    rf"{CLOSES}(?:(?P<mark>;|\.)|,|(?:,\s*)?{BESIDE})\s*(?:và\s+)?(?:các\s+)?(?P<again>căn\s+cứ\s+(?:vào\s+)?)?"
    rf"(?:{NUMBER_SIGN})?(?:(?:các\s+)?{DIVISION}[^;.\n]{{0,40}}?\s)*(?:của\s+)?",
    re.IGNORECASE,
)
_MODIFIES = re.compile(rf"{CHANGED}|(?<!căn\s)(?:của|{AGENT})\s+$", re.IGNORECASE)


def bases(passage: Passage, paragraph: Paragraph, basis: re.Match[str], of: int) -> Iterator[Relation]:
    """Yield on what document `of` rests, and what it is to carry out behind it ("…; để thực hiện Nghị quyết D")."""
    text, found, before, aside = passage.text, passage.references, -1, -1
    said: str | None = None
    # What is said of documents of each type, back to the last of which something is said, and of laws with names of their own.
    alike: dict[str | None, str | None] = {}
    for i in paragraph.members:
        f = found[i]
        if not passage.is_top(i):
            said = said if passage.references[passage.parents[i]].rule == "law-amending" else None
            alike[f.type], before = None, i
            continue  # "Luật sửa đổi … Luật A số 1/2024/QH15 và Nghị định B": a law amends no decree, which is a basis of its own
        between = text[found[before].extent : f.start] if before >= 0 else ""
        if f.start > aside and "(" in between and between.rfind("(") > between.rfind(")"):
            aside = text.find(")", f.extent)
        if f.start < aside:
            before = i
            continue  # "Nghị định A (được sửa đổi bởi Nghị định B) và Nghị định C", "Luật A (sau đây gọi là Luật B) và Nghị định C"
        elif before >= 0:
            said = _next_basis(passage, before, i, alike, said)
        else:
            gap = passage.layout.low[basis.end() : f.start]
            said = None if _BY_RULE.search(gap) else "based_on"
            if ";" in gap:  # "Căn cứ Chương trình công tác năm; thực hiện Chỉ thị A, …"
                said = None if MAIN_VERB.search(gap) else _new_clause(gap) or said
        if said:
            yield Relation(of, said, i, basis.start(), f.end, "Căn cứ", "explicit", RULES[said])
            alike.clear()
        alike[f.type], before = said, i
        if f.rule == "law-number":
            alike[_NAMED] = said


_BY_RULE = re.compile(rf",\s[^;]{{12,}}\s{ACCORDING}\s[^,;]*\Z")
"""In lower case, of "Căn cứ tiêu chí xếp loại, từng tập thể tự xếp loại theo quy định tại B": B is no ground."""
RULES = {"based_on": "preamble-basis", "implements": "preamble-carries", "continues": "preamble-carries"}
_NAMED = "law with a name of its own"


def _next_basis(
    passage: Passage, before: int, i: int, alike: Mapping[str | None, str | None], said: str | None
) -> str | None:
    """Return what the list of bases says of document `i`, given what it `said` of the one `before`, and of those of each type."""
    f = passage.references[i]
    extent = passage.references[before].extent
    if not passage.is_top(before):
        # the day of "Luật sửa đổi … Luật A ngày 17/6/2014 và Nghị định B" is that of the whole
        extent = max(extent, passage.references[passage.parents[before]].extent)
    start = min(extent, f.start)
    separated = _SEPARATED.fullmatch(passage.text, start, f.start)
    if separated is None:
        return _new_clause(passage.layout.low[start : f.start])
    if separated["mark"] or separated["again"]:
        return "based_on"
    # "Nghị định B quy định chi tiết Luật C và Luật D": a list goes on with what is of the same kind.
    return alike.get(_NAMED if named_apart(passage.references[before], f) else f.type, said)


def _new_clause(gap: str) -> str | None:
    """Return what the words between two documents, in lower case, begin to say of the second one, if anything."""
    if gap.rstrip().endswith(words("issues")):
        return None  # "…; HĐND tỉnh đã thông qua | Nghị quyết B" tells what somebody has done
    cut = max(gap.rfind(";"), gap.rfind("căn cứ"))
    if cut >= 0 and not _MODIFIES.search(gap[cut:]) and not MAIN_VERB.search(gap[cut:]):
        then, otherwise = THEN.fullmatch(gap[cut:]), "based_on"
    else:
        then, otherwise = THEN.fullmatch(gap) if gap.lstrip()[:1] in ",;" else None, None
    return ("continues" if then["on"] else "implements") if then else otherwise
