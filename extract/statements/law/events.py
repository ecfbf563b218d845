"""Verbs of force in a sentence: what each tells, and what parts it from the next ("có hiệu lực từ ngày … và hết hiệu lực từ ngày …").

A verb that is denied, supposed, proposed or past, or that says when something else is so ("khi Luật A có hiệu lực"), tells nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from chidao.extract.language.composing import either, one_of, rules
from chidao.extract.language.patterns import (
    APPLIES,
    BEGINS_FORCE,
    DRAFTS,
    EFFECT,
    INTENDS,
    MANNER,
    PROPOSES,
    SUPPOSES,
    WEIGHS,
    WHEN,
)
from chidao.extract.language.tables import ForceVerb, force_verbs
from chidao.extract.reading.divisions import Paragraph
from chidao.extract.statements.law.days import FROM, UNTIL_ONLY, bound, day_end
from chidao.extract.statements.said import said_in


@cache
def _events() -> re.Pattern[str]:
    return re.compile(one_of(force_verbs(), whole=True))


# "trước ngày Luật này có hiệu lực", "trong thời gian ngưng hiệu lực của": when something else is so.
_WHEN = re.compile(r"(?:ngày(?!\s+[0-9])|thời\s+(?:điểm|gian|hạn)|khi|lúc)\s+(?:(?!thì\s)[^\s.;,]+\s+){0,6}?$")
OWN_BEGINNING = re.compile(rf"(?:(?:kể\s+)?từ|trước|đến|sau|tại)\s+{WHEN}\s+[^\n.;,]{{3,40}}?này\s+{BEGINS_FORCE}")
_SUBJECT_MATTER = re.compile(
    rf"(?:(?:quy\s+định|về)\s+việc|(?<!\w)(?<!đang\s)(?:{PROPOSES}|{DRAFTS}|{WEIGHS}))\s[^.;]*$"
)
"""What a document is about ("quy định việc ngưng hiệu lực, kéo dài …") it does elsewhere, what it proposes is not done."""
_NOT_SO = re.compile(
    either(
        *rules(
            ("denied", r"(?:chưa|không|còn|việc)\s+(?:(?:bị|đương\s+nhiên|mặc\s+nhiên|vì\s+thế\s+mà|tự|phải|làm)\s+)?$", "không bị "),
            ("may be", rf"(?<!\w)(?:có\s+thể|{INTENDS})\s+(?:sẽ\s+)?$", "có thể "),
            ("how long something is so", rf"đến\s+{WHEN}(?!\s+[0-9])\s[^.;]*$", "được dùng đến ngày các quy định tại Nghị quyết A "),
        )
    )
)  # fmt: skip
"""Before a verb of force, what shows that it tells of nothing that is so."""
_SUPPOSED = re.compile(
    rf"(?:^|[,;:(]\s*|\s(?:và|hoặc|trong|đối\s+với)\s+)[\s*_“]*(?:trong\s+)?(?:(?:các\s+)?{SUPPOSES}|khi)\s(?:(?!\sthì\s)[^,;])*$"
)
"""What may come ("Trường hợp các văn bản dẫn chiếu hết hiệu lực thì …"), up to the verb."""
_CONDITION = re.compile(rf"[\s*_“]*(?:trong\s+)?{SUPPOSES}\s|.{{0,600}}[,;]\s*{SUPPOSES}\s", re.DOTALL)
"""How a sentence begins that ends something only when something else comes: "Nếu luật có quy định khác thì quy định tại … hết hiệu lực"."""
_OPENING = re.compile(
    rf"[\s*_“]*(?:(?:trong\s+)?(?:các\s+)?{SUPPOSES}\s|khi\s[^,;]{{2,80}}?\s(?:mới|khác|thay\s+thế)(?!\w))[^,;]*,\s[^;]*$"
)
"""The same without "thì", up to the verb: "Trường hợp dự án chấm dứt, Quyết định A hết hiệu lực"."""

_ONLY_IF = re.compile(r"(?:\s+[^\s.,;:]+){0,12}?\s+(?:nếu|(?<!trừ\s)trong\s+trường\s+hợp)\s")
"""Before a verb and behind it, what makes an end one that may come: "có thể hết hiệu lực", "hết hiệu lực nếu Quốc hội ban hành luật"."""
_IN_THIS_MANNER = re.compile(rf"\s+(?:một\s+cách\s+)?{MANNER}(?!\w)")
"""Of "Quy chế tiếp tục được thực hiện nghiêm túc", which tells how work goes."""
_APART = re.compile(r"[;,]\s+|\s+(?:và|còn|nhưng|song)\s+")
"""What may stand between two events of one sentence."""
_LENGTHENED = re.compile(
    rf"{EFFECT}\s+(?:thi\s+hành\s+)?của\s|thời\s+(?:gian|hạn|hiệu)\s+(?:\S+\s+){{0,2}}?(?:{APPLIES}|(?:có\s+)?{EFFECT})\s"
)
"""Of what a term is when a document goes on with it."""
_MOST = 20
"""Verbs of one sentence that are looked at."""
_SENTENCE = 1000
"""Characters at most before a verb that tell what it is about."""


@dataclass(frozen=True, slots=True)
class Said:
    """An event that text[start:end] tells of, with its verb at `verb`..`behind`, and the row of that."""

    start: int
    end: int
    verb: int
    behind: int
    event: str
    known: ForceVerb


def told_by(paragraph: Paragraph, event: str) -> Said:
    """Return an event that a paragraph tells of without a verb of its own."""
    return Said(paragraph.body, paragraph.end, paragraph.body, paragraph.body, event, ForceVerb("", event, ""))


def force_places(low: str) -> list[int]:
    """Return where a text in lower case may have verbs of force, in order."""
    return said_in(low)["force"]


def tells_of_force(low: str, start: int, end: int, places: Sequence[int]) -> bool:
    """Is a verb of force in low[start:end]? `places` are those of the whole text."""
    i = bisect_left(places, start)
    return i < len(places) and places[i] < end and _events().search(low, start, end) is not None


def events_of(low: str, start: int, titles: Sequence[tuple[int, int]] = ()) -> Iterator[Said]:
    """Yield the events that a sentence in lower case tells of, which begins at `start`; "từ ngày Nghị định này có hiệu lực" says when,
    and is none. `titles` are the spans of those of other documents in the sentence."""
    begin, verbs = 0, list(islice(_verbs(low, titles), _MOST))
    for n, (verb, known, event, told) in enumerate(verbs):
        parted = _parted(low, verb, verbs[n + 1][0], verbs[n + 1][3]) if n + 1 < len(verbs) else (len(low), 0)
        stop, following = parted or (len(low), 0)
        if told:
            yield Said(start + begin, start + stop, start + verb.start(), start + verb.end(), event, known)
        if parted is None and verbs[n + 1][3]:
            break
        # "có hiệu lực từ ngày … và hết hiệu lực từ ngày …": what is not named anew is the same
        # "Trong thời gian ngưng hiệu lực của A, B tiếp tục …": one clause
        apart = told or low.startswith(";", stop)
        if n + 1 < len(verbs) and apart and low[following : verbs[n + 1][0].start()].strip():
            begin = following


def _verbs(low: str, titles: Sequence[tuple[int, int]]) -> Iterator[tuple[re.Match[str], ForceVerb, str, bool]]:
    """Yield the verbs of force of a sentence, each with its row, its event here, and whether it tells of what is, and not of what
    is not or may be."""
    when = [at for m in OWN_BEGINNING.finditer(low) for at in m.span()]
    reached = 0
    for verb in _events().finditer(low):
        known = force_verbs()[" ".join(verb.group().split())]
        event = known.event
        if verb.start() < reached or bisect_right(when, verb.start()) % 2:  # between the start and the end of one
            continue
        told = not (_is_subject_matter(low, verb, titles) or _untold(low, verb, known))
        if event == "in_force" and told:
            if begins := FROM.match(low, verb.end()):
                reached, _ = bound(begins, None)  # "… và được thực hiện đến hết ngày …" is its end
                if begins["term"] and known.about == "used":
                    event = "continues"  # "được thực hiện trong 05 năm kể từ ngày …"
            else:
                event = "continues"  # "được thực hiện đến hết ngày 31/12/2027"
        if told or event != "in_force":
            yield verb, known, event, told


def _is_subject_matter(low: str, verb: re.Match[str], titles: Sequence[tuple[int, int]]) -> bool:
    """Does the sentence say by the verb what a document is about, or what is proposed? What a document that is named before it is called
    says nothing of it ("Quyết định A về nghiên cứu khoa học hết hiệu lực")."""
    begin, said = max(0, verb.start() - _SENTENCE), ""
    for start, end in titles:
        if begin < end <= verb.start():
            said += low[begin:start] + " "
            begin = end
    return _SUBJECT_MATTER.search(said + low[begin : verb.start()]) is not None


def _untold(low: str, verb: re.Match[str], known: ForceVerb) -> bool:
    """Is what a verb of the sentence says not so, or not said of what is?"""
    before = low[max(0, verb.start() - _SENTENCE) : verb.start()]
    if _NOT_SO.search(before):
        return True
    if known.event == "in_force":
        dated = FROM.match(low, verb.end()) or UNTIL_ONLY.match(low, verb.end())
        return _WHEN.search(before) is not None or dated is None
    if _SUPPOSED.search(before):
        return True
    if known.event == "continues" and _IN_THIS_MANNER.match(low, verb.end()):
        return True
    if known.event == "extended":
        return known.about != "behind" and _LENGTHENED.search(before) is None
    return _WHEN.search(before) is not None or (known.event == "expires" and _no_end(low, verb, before))


def _no_end(low: str, verb: re.Match[str], before: str) -> bool:
    """Did what a verb ends, with the words before it, end already, or does it only if something else comes?"""
    conditional = _CONDITION.match(low) if " thì " in before else _OPENING.match(before)
    past = before[-8:].split()[-1:] == ["đã"]  # what another document did: "Nghị định A đã hết hiệu lực" ends nothing
    return bool(past or conditional or _ONLY_IF.match(low, verb.end()))


def _parted(low: str, verb: re.Match[str], following: re.Match[str], told: bool) -> tuple[int, int] | None:
    """Where what a verb tells ends, and what the following one tells begins, in one sentence; None where nothing parts them. Of what is
    not `told` only a semicolon parts it."""
    day = FROM.match(low, verb.end())
    at = day_end(low, day) if day else verb.end()
    without = low.rfind(" trừ ", at, following.start())
    if without >= 0 and told:
        return len(low), without + len(" trừ ")  # what is excepted is part of what the first says
    semicolon = low.rfind("; ", at, following.start())
    if semicolon < 0 and not told:
        return None
    mark = _APART.search(low, semicolon if semicolon >= 0 else at, following.start())
    if mark is None:
        return None
    return mark.start(), mark.end()
