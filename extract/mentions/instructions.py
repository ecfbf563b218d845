"""Instructions that change another document: "2. Sửa đổi khoản 3 như sau: “…”", "Điều 7 được bãi bỏ", and where their new text begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from chidao.extract.language.letters import LETTER
from chidao.extract.language.patterns import AS_FOLLOWS, DIVISION, PASSIVE, PRINTED_WORDS
from chidao.extract.language.verbs import orders
from chidao.extract.mentions.provision_chains import find_chains
from chidao.extract.model import Reference
from chidao.extract.reading.divisions import Paragraph

INLINE = re.compile(rf"{AS_FOLLOWS}\s*:?\s*(?P<quote>[“\"])")
"""New text in the instruction's own line."""
_NEW_TEXT = re.compile(rf"[\s*_]*(?:(?i:{orders('insert', 'replace')})|Khoản|Điểm|Điều)\s")
_OPEN_END = re.compile(rf"(?:{AS_FOLLOWS}\s*:?|[^.;:,“”\"\s])[\s*_]*$")
"""How an instruction begins and ends whose new text stands below it: "Sửa đổi … như sau:", or as a heading does."""
_QUOTED = re.compile(rf"{PRINTED_WORDS}\s+[“\"][^“”\"\n]{{1,300}}[”\"]", re.IGNORECASE)
_BETWEEN = frozenset(["tên", "tiêu", "đề", "của", "tại", "và", "các", "ban", "hành", "kèm", "theo", "quy", "định"])
"""What may stand between the provisions and documents of an instruction in the passive."""
SUBJECT = 600
"""Characters at most of what stands before its verb."""


AT = re.compile(rf"[\s*_]*(?:Tại|Ở)\s+(?:các\s+)?(?i:{DIVISION}|phần)\s")
"""Where the orders of a paragraph, or of the items below it, stand: "2. Tại Điều 7, thay thế …", "1. Tại Điều 3:"."""


BETWEEN_PROVISIONS = re.compile(rf"\s*(?:(?:vào\s+)?(?:ngay\s+)?(?:sau|trước|vào|tại)|(?:,|,?\s*và)\s+{orders()})\s+")
"""What stands between two provisions of one instruction."""
_INSTRUCTION = re.compile(
    rf"[\s*_]*(?:{orders('insert', 'replace', 'repeal')}|{orders('renumber')}\s+(?:các\s+)?{DIVISION})(?![{LETTER}])",
    re.IGNORECASE,
)
"""A verb of change that begins an instruction; what gets another number is named right behind it ("Chuyển khoản 3 thành khoản 4")."""
_CHANGED = re.compile(rf"(?<!đã)\s{PASSIVE}\s+{orders()}(?=\s+{AS_FOLLOWS}|\s*[:;.]?\s*$|\s+(?:bằng|thành)\s)")
"""A verb of change in the passive, as an instruction has it."""


def instructs(text: str, paragraph: Paragraph, among: Callable[[int, int], Sequence[Reference]]) -> bool:
    """Does a paragraph order a change? `among` gives the references between two offsets."""
    active = _INSTRUCTION.match(text, paragraph.body, paragraph.end) is not None
    return active or _passively(text, paragraph, among)


def _passively(text: str, paragraph: Paragraph, among: Callable[[int, int], Sequence[Reference]]) -> bool:
    """Is it an instruction in the passive ("Khoản 2 Điều 5 được sửa đổi như sau: …"), about provisions or words and nothing else?"""
    start, end = paragraph.body, min(paragraph.end, paragraph.body + SUBJECT)
    said = text[start:end]
    if "được" not in said and "bị" not in said:
        return False
    verb = _CHANGED.search(text, start, end)
    if verb is None:
        return False
    quoted = _QUOTED.match(text, start, verb.start())
    spans = [(chain.groups[0].start, chain.end) for chain in find_chains(text, start, verb.start())]
    spans += [quoted.span()] if quoted else []
    if not spans:
        return False
    spans += [(f.start, f.extent) for f in among(start, verb.start())]
    rest, at = "", start
    for begin, end in sorted(spans):
        rest, at = f"{rest} {text[at:begin]}", max(at, end)
    rest += text[at : verb.start()]
    return all(word in _BETWEEN for word in re.findall(rf"[{LETTER}]+", rest.lower()))


def awaits_new_text(text: str, paragraph: Paragraph) -> bool:
    """Does an instruction end so that its new text may stand below it?"""
    end = max(paragraph.body, paragraph.end - 24)
    begins = _NEW_TEXT.match(text, paragraph.body) is not None
    return begins and _OPEN_END.search(text, end, paragraph.end) is not None
