"""Which verbs of a clause govern the document behind them, and which of these are acts.

"chỉ đạo thực hiện A", "giám sát việc thực hiện A": the governing verb is the act; "công tác kiểm tra", "Đoàn công tác kiểm tra" are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chidao.extract.language.composing import either, lowered, one_of, rules
from chidao.extract.language.compounds import by_itself
from chidao.extract.language.letters import UPPER
from chidao.extract.language.patterns import (
    BASIS,
    DENIES,
    GROUND,
    MANNER,
    NOUN,
    PROPOSES,
    SOME,
    TYPE,
    UNIT,
    WEIGHS,
)
from chidao.extract.language.tables import CHANGES, words
from chidao.extract.language.verbs import Said, acts, find_acts, verbs
from chidao.extract.statements.actions.actors import clause_start
from chidao.extract.statements.actions.done import ruled
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.predicates import UNDERGOES

# Words before a verb, in lower case: those that make it a noun ("công tác kiểm tra", "Ban Chỉ đạo") and so no act of the subject.
_NOUN_BEFORE = re.compile(
    rf"(?:{NOUN}|{one_of(words('opinion'))}|{one_of(words('who leads'))}|đoàn|ban|qua|tổ|"
    rf"(?:(?:từ|sau|trước|đến)\s+|^)ngày|cơ\s+quan|các|về|(?<!tiếp\s)theo)\s+$"
)
_TEAM = re.compile(r"(?<!\w)(?:đoàn|tổ)\s+công\s+tác\s+$")
"""Of "Đoàn công tác | kiểm tra việc thực hiện A", which speaks of no work."""
_MEETS = ["tổ", "chức", "hội", "nghị"]
"""Of "tổ chức Hội nghị | tổng kết 05 năm thực hiện A", which is how it is done."""
# Between two verbs of one chain: a comma, "và", adverbs.
_CHAIN = re.compile(
    rf"\s*(?:,|và|,\s*và|;)?\s*(?:(?:{MANNER}|tổ\s+chức|tập\s+trung|tiếp\s+tục|đẩy\s+mạnh|có|"
    r"xây\s+dựng|thảo\s+luận|,|và)\s*)*",
    re.IGNORECASE,
)


LONGEST_CLAUSE = 1000
"""Characters before a footnote's mark that may say what acts on its documents."""
_LONGEST_GAP = 160
"""Characters between a verb and the document that it governs."""
_NEAR = 120
"""Characters before a verb in which a bracket opens that holds it."""
_BESIDE_IT = len(" việc  ")
OUTER = frozenset(["inspect", "review"])
"""Acts that take another one for their object: "kiểm tra việc thực hiện A"."""
INNER = frozenset(["implement", "disseminate", "concretize"])
"""Acts that can be such an object."""


# What is not done, or is done to the document by another: no act of the sentence's subject.
_NOT_DONE = re.compile(
    rf"(?:{DENIES}|sẽ|cần|phải|kèm)\s+(?:(?:kịp\s+thời|tổ\s+chức|thể|phải|gắn(?:\s+chặt)?\s+với|việc)\s+){{0,3}}$"
)


_WORDS = r"(?:\s+(?!(?<!người\s)đã\s|và\s+được\s)[^\s,;.:]+){0,10}"
_UNSIGNED = re.compile(
    rf"(?<!\w)(?:(?P<alone>đăng|chữ|thẩm\s+quyền|người(?:\s+đã)?|{by_itself('trình')}{_WORDS})|"
    rf"sớm|(?:{PROPOSES}|để){_WORDS}|(?:{PROPOSES}|{WEIGHS}|báo\s+cáo|gửi|chờ|xin|giao){_WORDS}\s+xem\s+xét,?)\s+\Z"
)
"""Of "đề nghị Chủ tịch xem xét, | ký", "sớm ký", and `alone`, where no "ban hành" follows, of "đăng ký", "chữ ký", "người ký", "trình ký"
and "trình Chủ tịch | ký Quyết định A", in lower case: the sentence's subject signs nothing. What was proposed
"và Chủ tịch đã ký" is signed."""
_PAPER_BEHIND = re.compile(rf"\s+(?:các\s+)?{lowered(TYPE)}(?!\w)")
"""What is signed, in lower case; and no complaint or treaty that speaks of it ("ký đơn khiếu nại Quyết định A")."""


def _signs_not(low: str, start: int, verb: Said) -> bool:
    """Does a verb of signing ("ký", "ký ban hành") say of nobody that he has signed a paper?"""
    unsigned = _UNSIGNED.search(low, max(start, verb.start - _NEAR), verb.start)
    if verb.trigger.lower() == "ký":
        return unsigned is not None or not _PAPER_BEHIND.match(low, verb.end)
    return unsigned is not None and not unsigned["alone"]


def _verbs(text: str, low: str, start: int, end: int) -> list[Said]:
    """Return the verbs of text[start:end], each said to be a noun where its surroundings make it one."""
    found: list[Said] = []
    for verb in find_acts(text, low, start, end):
        before = low[max(start, verb.start - 24) : verb.start]
        before = _TEAM.sub("", before) if "tác" in before else before
        if low[verb.start : verb.start + 2] == "ký" and _signs_not(low, start, verb):
            continue
        if _NOT_DONE.search(before) or (verb.means == "amend" and UNDERGOES.search(before)):
            continue
        handed_on = found and found[-1].noun and _CHAIN.fullmatch(text, found[-1].end, verb.start)
        noun = handed_on or (_NOUN_BEFORE.search(before[-20:]) and before.split()[-4:] != _MEETS)
        found.append(Said(verb.start, verb.end, verb.means, verb.trigger, True) if noun else verb)
    return found


# "chưa ban hành kế hoạch thực hiện …": nothing was done.
_NEVER = re.compile(
    rf"{DENIES}\s+(?:(?:kịp\s+thời|tổ\s+chức)\s+){{0,2}}(?:{acts('issue', 'implement', 'disseminate')}|xây\s+dựng|có)[\s,]",
    re.IGNORECASE,
)
_ANOTHERS_WORD = re.compile(
    either(
        *rules(
            ("quoted", r"“[^”]{8,}$", "Theo Điều 38, “Nghị định này thay thế "),
            ("what came of it", rf"(?<!\w){TYPE}\s+(?:(?:nêu|nói|kể)\s+)?(?:trên|này|đó)\s*\([^()]*$", "cụ thể hóa Chỉ thị nêu trên ("),
            flags=re.IGNORECASE,
        )
    )
)  # fmt: skip
"""Between a verb and a document that the verb is not told of."""
_NOT_ISSUED = rules(
    ("what it changes", rf"(?<!\w){verbs('active', CHANGES)}(?:\s+{SOME}(?:\s+của)?)?\s*$", "ban hành Nghị định thay thế "),
    ("what it rests on", rf"(?<!\w)(?:{BASIS}|trên\s+cơ\s+sở)\s", "ban hành kế hoạch trên cơ sở "),
    flags=re.IGNORECASE,
)  # fmt: skip
"""What names a document that is not the one that is issued."""
_OF_ANOTHER = re.compile(either(*_NOT_ISSUED))
# The words between verb and document close the verb's own object, so that it does not reach the document.
_CLOSED = re.compile(
    rf",\s+(?:đã|được|góp\s+phần|tạo)\s|(?<!nắm)\s(?:đã|được)\s|[.–-]\s+(?-i:{GROUND})|\s\|\s|"
    rf",\s+(?-i:[{UPPER}])[^,;.:\n]{{2,80}}?\s(?:{WEIGHS}|{PROPOSES})\s",
    re.IGNORECASE,
)


def governing_verbs(passage: Passage, begin: int, end: int, *, footnote: bool = False) -> Sequence[Said] | None:
    """Return the verbs that govern what stands at `end`; None when the words before it hold no verb of the clause."""
    text = passage.text
    clause = clause_start(text, begin, end)
    verbs = _verbs(text, passage.layout.low, clause, end)
    if not verbs:
        return None
    last = verbs[-1]
    gap = text[last.end : end]
    if not footnote and _of_others(text, clause, end, last):
        return []
    if _NEVER.search(text, clause, last.start):
        return []
    if last.noun:
        return _governing_noun(verbs, gap)
    if not footnote and (len(gap) > _LONGEST_GAP or _CLOSED.search(gap)):
        return []
    if last.trigger.lower() == "theo" and len(verbs) > 1 and all(v.noun for v in verbs[:-1]):
        return []  # "sự chỉ đạo của A theo B kịp thời"
    chain = [last]
    for verb in reversed(verbs[:-1]):
        if verb.noun or not _CHAIN.fullmatch(text, verb.end, chain[-1].start):
            break
        chain.append(verb)
    chain.reverse()
    return _acts(text, chain, [v for v in verbs if v.start < chain[0].start and not v.noun])


def _of_others(text: str, clause: int, end: int, verb: Said) -> bool:
    """Does the document that stands at `end`, behind the verb, rule what is told, does another's word name it, or another document change
    it?"""
    gap = text[verb.end : end]
    if ruled(text, clause, end) or _ANOTHERS_WORD.search(gap):
        return True
    if verb.trigger.lower() == "theo":
        near = max(0, verb.start - _NEAR)
        return text.rfind("(", near, verb.start) > text.rfind(")", near, verb.start)
    another = _OF_ANOTHER if verb.means == "issue" else _NOT_ISSUED[0].pattern if verb.means in INNER else None
    return another is not None and another.search(gap) is not None


def _governing_noun(verbs: Sequence[Said], gap: str) -> Sequence[Said] | None:
    """A noun governs only where a verb before it takes it for its object: "Kiểm tra công tác quán triệt … Nghị quyết".

    `gap` are the words between the noun, the last of the verbs, and the document."""
    noun = verbs[-1]
    carried_out = noun.means in INNER
    outer = next((v for v in reversed(verbs) if not v.noun), None)
    if outer is None:
        if any(v.means == "direct" for v in verbs):
            return []  # "công tác lãnh đạo, chỉ đạo triển khai B được tăng cường"
        if (
            len(verbs) > 1
            and verbs[-2].means in OUTER
            and noun.trigger.lower() != "theo"
            and noun.start - verbs[-2].end < _BESIDE_IT
        ):
            return []  # "nội dung giám sát việc thực hiện B"
        return [noun] if carried_out and len(gap) < 12 else None
    if outer.means in OUTER or outer.means == "direct":
        return [outer]
    if outer.means == "issue" and carried_out:
        # "ban hành Kế hoạch triển khai thực hiện Nghị quyết số 57-NQ/TW": the plan is issued, the resolution carried out.
        return [noun]
    return [outer] if len(gap) < 60 or (outer.means == "issue" and len(gap) > 1) else []


_OTHERS = re.compile(
    rf"\s+(?:[0-9]|(?:các|những|một\s+số)\s|(?:{UNIT}|chi\s+bộ|đảng\s+viên|cơ\s+sở|dấu\s+hiệu)(?!\w))", re.IGNORECASE
)
"""What is inspected or reviewed where it is no document's being carried out."""


def _acts(text: str, chain: Sequence[Said], before: Sequence[Said]) -> Sequence[Said]:
    """Return what the chain means once governed verbs are taken out of it; `before` are the clause's verbs before it."""
    outer = [v for v in chain if v.means in OUTER]
    if outer:
        return outer[:1] if len({v.means for v in outer}) == 1 else outer
    by = chain[0].trigger.lower() == "theo"  # "kiểm tra 12 chi bộ theo B": others are inspected, in the way of B
    reviewing = [v for v in before if v.means in OUTER and not (by and _OTHERS.match(text, v.end))]
    if reviewing and _all_inner(chain):
        return reviewing[-1:]
    directs = [v for v in chain if v.means == "direct"]
    if directs:
        return _directed(text, directs[-1], [v for v in chain if v.means != "direct"])
    governor = next((v for v in reversed(before) if v.means == "direct"), None)
    return _under(text, governor, chain, before) if governor else _unique(chain)


def _directed(text: str, direct: Said, rest: Sequence[Said]) -> Sequence[Said]:
    """ "chỉ đạo thực hiện …" is one act, "chỉ đạo, triển khai …" are two."""
    if not rest:
        return [direct]
    joint = text[direct.end : rest[0].start]
    joined = "," in joint or ("và" in joint.split() and rest[0].means != "implement")
    told = "và" in joint.split() or _all_inner(rest)
    return [direct] if told and not joined else [direct, *_unique(rest)]


def _under(text: str, governor: Said, chain: Sequence[Said], before: Sequence[Said]) -> Sequence[Said]:
    """ "Chỉ đạo các sở thực hiện A", "chỉ đạo, triển khai … theo A": what is told to others is the act of telling."""
    if chain[0].trigger.lower() == "theo" or _all_inner(chain):
        second = next((v for v in before if v.start > governor.start and v.means == "implement"), None)
        joint = text[governor.end : second.start] if second else ""
        return [governor, second] if second and "," in joint and len(joint) < 6 else [governor]
    between = text[governor.end : chain[0].start]
    return [governor, *_unique(chain)] if len(between) < 80 and "," not in between else _unique(chain)


def _all_inner(verbs: Sequence[Said]) -> bool:
    return all(v.means in INNER for v in verbs)


def _unique(verbs: Sequence[Said]) -> list[Said]:
    """Return the first verb of each act."""
    first: dict[str, Said] = {}
    for verb in verbs:
        first.setdefault(verb.means, verb)
    return list(first.values())
