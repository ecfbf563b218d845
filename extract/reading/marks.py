"""The marks of footnotes: "³⁴" in the text and at the head of the note, "[34]", or a plain "34" where the raised figures were lost.

A consolidated text (Pháp lệnh 01/2012/UBTVQH13) tells in notes what changed it: "3 Khoản này được sửa đổi theo quy định tại …".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from chidao.extract.language.letters import LETTER, SUPERSCRIPTS, places_of
from chidao.extract.language.patterns import DIVISION, PASSIVE, PRINTED_WORDS
from chidao.extract.language.verbs import orders

_PLAIN = str.maketrans(SUPERSCRIPTS, "0123456789", "[]")
NOTE_MARK = re.compile(rf"[*_]*(\[[0-9]{{1,3}}\]|[{SUPERSCRIPTS}]{{1,4}}|[0-9]{{1,3}})[*_]*\s*(?=\S)")
"""What a footnote opens with."""
_BRACKETED = re.compile(r"\[([0-9]{1,3})\]")
_REPORT = re.compile(
    rf"(?:Tên\s+(?:của\s+)?)?(?:(?:Các\s+)?(?:{DIVISION}|Phần|Đoạn|Câu|Biểu|Bảng)\s[^.\n]{{0,40}}?{PASSIVE}\s+(?:sửa|{orders()})|"
    rf"{PRINTED_WORDS}\s+[“\"]|[^.\n“\"]{{3,80}}\ssố\s+[0-9]+/[0-9]{{4}}/)",
    re.IGNORECASE,
)
"""How the note of a consolidated text begins: what changed, or which document has a clause or a basis of its own."""

_CARRIED = re.compile(
    rf"[0-9](?:(?<=[{LETTER}][{LETTER}].)(?<![kcdm]m.)|(?<=[”\")].)|(?<=\n[0-9]\..)|(?<=\n[0-9][0-9a-zđ]\..)|(?<=\n[a-zđ]\).))"
    r"[0-9]{0,2}(?=[\s.,;:)”]|$)"
)
"""A plain mark in the text: at the end of a word ("km2" is none), behind a quotation mark or a label."""


def find_marks(text: str, end: int | None = None) -> list[tuple[int, str]]:
    """Return every raised footnote mark in text[:end] as (offset, plain number).

    >>> find_marks("giám sát³⁴.")
    [(8, '34')]
    """
    found: list[tuple[int, str]] = []
    last = -2
    for at in places_of(SUPERSCRIPTS, text[:end]):
        digit = text[at].translate(_PLAIN)
        if at == last + 1:
            found[-1] = (found[-1][0], found[-1][1] + digit)
        else:
            found.append((at, digit))
        last = at
    return found


def bracketed_places(text: str, end: int) -> Iterator[tuple[int, str]]:
    """Yield every mark in brackets in text[:end] as (offset, number)."""
    if "[" in text:
        yield from ((mark.start(), mark[1]) for mark in _BRACKETED.finditer(text, 0, end))


def bracketed_marks(text: str) -> frozenset[str]:
    """Return the numbers in brackets that stand twice in the text, where the text carries them and before the note.

    >>> sorted(bracketed_marks("Điều 2[1]\\n[1] Điều này được bãi bỏ.\\n[2]"))
    ['1']
    """
    once: set[str] = set()
    twice: set[str] = set()
    for _, mark in bracketed_places(text, len(text)):
        (twice if mark in once else once).add(mark)
    return frozenset(twice)


def marked_note(
    line: str, last: int, marks: Collection[str], bracketed: Collection[str], *, consolidated: bool
) -> str | None:
    """Return the number of the footnote that a paragraph's first line begins, behind note `last`; None where it begins none.

    A raised mark is enough ("³³ Quy định số …"), one in brackets where the text carries it too; a plain number ("47 Trong đó …") must
    be the next one due and be carried by the text as a raised one, or begin what the note of a consolidated text says.
    """
    match = NOTE_MARK.match(line)
    if not match:
        return None
    mark = match.group(1)
    plain = mark.translate(_PLAIN)
    if mark[0] == "[":
        # the text's own "[3]" stands behind words, so what begins with the first of all marks is a note all the same
        return plain if plain in bracketed and int(plain) > last else None
    if mark[0] in SUPERSCRIPTS:
        return plain
    if match.end() == match.end(1):
        return None
    due = int(plain) == last + 1 and plain in marks
    reports = consolidated and int(plain) > last and _REPORT.match(line, match.end()) is not None
    return plain if due or reports else None


def plain_anchors(reading: str, body_end: int, notes: Sequence[str]) -> dict[str, int]:
    """Return where the body carries the plain mark of each of the notes, which come in order.

    It stands at the end of a word ("Phạm vi điều chỉnh2"), behind a label ("3.7 (được bãi bỏ)") or a quotation mark.

    >>> plain_anchors("Điều 1. Phạm vi2\\n3.7 Lưu", 24, ["2", "7"])
    {'2': 15, '7': 19}
    """
    places: dict[str, list[int]] = {}
    for carried in _CARRIED.finditer(reading, 0, body_end) if notes else ():
        places.setdefault(carried.group(), []).append(carried.start())
    found: dict[str, int] = {}
    at = 0
    for mark in notes:
        carries = places.get(mark, ())
        if (i := bisect_left(carries, at)) < len(carries):
            found[mark], at = carries[i], carries[i] + 1
    return found
