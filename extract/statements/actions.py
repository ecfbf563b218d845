"""Actions: what a body does about a document, read from the verbs that govern the reference.

Vietnamese official prose strings verbs before their common object ("quán triệt, ban hành Quy định …"), and lets one verb
govern another ("chỉ đạo thực hiện", "giám sát việc thực hiện", "sơ kết 05 năm thực hiện"): the governing verb is the
act, the governed one is not a second act. A list of documents shares the verbs before it. A document in a footnote is
governed by the words that carry the mark ("Quán triệt nghiêm túc các văn bản của Trung ương³¹").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from chidao.extract.language.letters import LETTER, SUPERSCRIPTS
from chidao.extract.language.tables import action_triggers, alternation, key
from chidao.extract.model import BodyMention, Reference, Relation
from chidao.extract.reading.layout import Layout
from chidao.extract.statements.passage import Passage


@dataclass(frozen=True, slots=True)
class Act:
    """`document` is an index of the references; `start`..`end` from the verb through the document (reading offsets)."""

    actor: BodyMention | None
    stated: bool
    action: str
    document: int
    start: int
    end: int
    trigger: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Verb:
    start: int
    end: int
    action: str
    trigger: str
    noun: bool


# Words that make a verb a noun ("công tác kiểm tra", "Ban Chỉ đạo") and so no act of the sentence's subject.
_NOUN_BEFORE = re.compile(
    r"(?:công\s+tác|việc|hoạt\s+động|cuộc|đoàn|ủy\s+ban|uỷ\s+ban|ban|sự|văn\s+bản|chương\s+trình|kế\s+hoạch|"
    r"hội\s+nghị|báo\s+cáo|phương\s+thức|nội\s+dung|chất\s+lượng|quy\s+chế|"
    r"kết\s+quả|qua|quá\s+trình|biện\s+pháp|tổ|cơ\s+quan|các|về)\s+$",
    re.IGNORECASE,
)
_NOUNS_KEPT = frozenset(["issue"])
# Between two verbs of one chain: a comma, "và", adverbs.
_CHAIN = re.compile(
    r"\s*(?:,|và|,\s*và|;)?\s*(?:(?:tổ\s+chức|tập\s+trung|sớm|kịp\s+thời|chủ\s+động|tiếp\s+tục|nghiêm\s+túc|"
    r"quyết\s+liệt|đẩy\s+mạnh|tốt|hiệu\s+quả|có|đồng\s+bộ|xây\s+dựng|thảo\s+luận|,|và)\s*)*",
    re.IGNORECASE,
)
# A list goes on over these words; the documents behind share the acts before.
_LIST = re.compile(
    rf"[{SUPERSCRIPTS}*_”\")]*\s*(?:[,;]\s*)?(?:và\s+|gắn\s+với\s+|cùng\s+với\s+)?(?:(?:các|"
    rf"những)\s+[^.;:\n]{{3,60}}?(?:như|gồm|là)\s*:?\s*)?(?:việc\s+)?$",
    re.IGNORECASE,
)
_BY_NAME = re.compile(
    r"(?:nổi\s+bật\s+là|nội\s+bật\s+là|trong\s+đó\s+có|trọng\s+tâm\s+là|tiêu\s+biểu\s+là|điển\s+hình\s+là|"
    r"đặc\s+biệt\s+là|nhất\s+là|như)\s*:?\s*$",
    re.IGNORECASE,
)
_COMMITTEE = re.compile(rf"Ban\s+[Cc]hỉ\s+đạo(?:\s+(?:thực\s+hiện|triển\s+khai))?(?:\s+[{LETTER}]+)?\s*$")
_CLAUSE = re.compile(r"[;.:]\s|\n")
_OUTER = frozenset(["inspect", "review"])
_INNER = frozenset(["implement", "disseminate", "concretize"])
_TARGET_ONLY = re.compile(r"(?:chỉ\s+tiêu|mục\s+tiêu|nhiệm\s+vụ)\s+(?:của\s+|theo\s+)?$", re.IGNORECASE)


@cache
def _verb_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![{LETTER}])(?P<verb>{alternation(action_triggers())})(?![{LETTER}])", re.IGNORECASE)


_NOT_THEO = re.compile(r"\s+(?:dõi|hướng|đó|từng|chức\s+năng|thẩm\s+quyền|phân\s+cấp)", re.IGNORECASE)


# "nghiên cứu, xây dựng Luật Thủ đô (sửa đổi)" drafts a document; it does not study one.
_DRAFTING = re.compile(r"\s*(?:,|và)?\s*(?:xây\s+dựng|đề\s+xuất|soạn\s+thảo|sửa\s+đổi)", re.IGNORECASE)


# What is not done, or is done to the document by another: no act of the sentence's subject.
_NOT_DONE = re.compile(r"(?:chưa|không|sẽ|cần|kèm)\s+(?:kịp\s+thời\s+)?$", re.IGNORECASE)
_PASSIVE = re.compile(r"(?:được|bị)\s+$", re.IGNORECASE)


def _verbs(text: str, start: int, end: int) -> list[_Verb]:
    """The verbs of the tables in text[start:end], each said to be a noun where its surroundings make it one."""
    found: list[_Verb] = []
    for match in _verb_pattern().finditer(text, start, end):
        printed = key(match["verb"])
        if printed == "nghiên cứu" and _DRAFTING.match(text, match.end()):
            continue
        if printed == "theo" and _NOT_THEO.match(text, match.end()):
            continue
        before = text[max(start, match.start() - 24) : match.start()]
        if _NOT_DONE.search(before) or (action_triggers()[printed].action == "amend" and _PASSIVE.search(before)):
            continue
        noun = _NOUN_BEFORE.search(before[-20:]) is not None
        if not noun and found and found[-1].noun and _CHAIN.fullmatch(text, found[-1].end, match.start()):
            noun = True
        found.append(_Verb(match.start(), match.end(), action_triggers()[printed].action, match["verb"], noun))
    return found


def find_actions(
    passage: Passage, bodies: Sequence[BodyMention], links: Sequence[Relation], *, legal: bool = False
) -> list[Act]:
    """Every action on a referred document, in text order.

    `legal`: the text is a law, decree or circular; there "theo …" cites what rules something and tells of no act.
    """
    layout, found, text = passage.layout, list(passage.references), passage.text
    parents = passage.parents
    objects = {
        k.object for k in links if k.subject >= 0 and k.rule.startswith(("joined", "title", "amending", "apposition"))
    }
    starts = [b.start for b in bodies]
    acts: list[Act] = []
    previous: tuple[int, list[_Verb], int] | None = None  # sentence start, verbs, extent
    for i, f in enumerate(found):
        if parents[i] >= 0:
            continue
        sentence, _ = layout.sentence(f.start)
        if previous and previous[0] != sentence:
            previous = None
        begin = max(sentence, previous[2]) if previous else sentence
        if _COMMITTEE.search(text[max(begin, f.start - 60) : f.start]):
            previous = (sentence, [], f.extent)
            continue
        if i in objects:
            if previous:
                previous = (sentence, previous[1], max(previous[2], f.extent))
            continue
        verbs = _governing(text, begin, f.start)
        inherited = False
        if verbs is None:
            if previous and (previous[1] or _LIST.fullmatch(text, previous[2], f.start)):
                if _LIST.fullmatch(text, previous[2], f.start):
                    broken = ";" in text[previous[2] : f.start]
                    verbs = [v for v in previous[1] if not (broken and v.action == "amend")]
                    inherited = True
                else:
                    verbs = []
            else:
                note = layout.footnote(f.start)
                verbs = []
                if (note is not None and note.anchor >= 0 and not previous) or (
                    note is not None and note.anchor >= 0 and f.start - note.start < 6
                ):
                    anchor = note.anchor
                    clause, _ = layout.sentence(anchor)
                    verbs = _governing(text, max(clause, _clause(text, clause, anchor)), anchor, footnote=True) or []
                    inherited = True
        elif previous and previous[1] and _governed_on(text[previous[2] : f.start], previous[1], verbs):
            verbs, inherited = previous[1], True
        for verb in verbs:
            if legal and verb.trigger.lower() == "theo":
                continue
            at = min(verb.start, f.start) if not inherited else f.start
            rule = "inherited" if inherited else "governed"
            for actor, stated in _actors(text, layout, bodies, starts, verb.start):
                near = actor is not None and stated and not inherited and 0 <= at - actor.end < 40
                begin = actor.start if actor is not None and near else at
                acts.append(Act(actor, stated, verb.action, i, begin, f.end, verb.trigger, rule))
        previous = (sentence, verbs, f.extent)
    return _amended(found, links, acts)


def _governed_on(between: str, before: Sequence[_Verb], verbs: Sequence[_Verb]) -> bool:
    """Does what governed the last document govern this one too, over a verb of its own?

    "chỉ đạo … theo A và rà soát … theo B", "sơ kết 05 năm thực hiện A và 06 năm thực hiện B".
    """
    if ";" in between or not verbs or any(v.action not in _INNER for v in verbs):
        return False
    if any(v.action in _OUTER for v in before):
        return re.match(r"\s*(?:,|và)\s", between) is not None
    return [v.trigger.lower() for v in verbs] == ["theo"] and any(v.action == "direct" for v in before)


def _amended(found: list[Reference], links: Sequence[Relation], acts: list[Act]) -> list[Act]:
    """ "Quy định số 01-QĐ/TU và sửa đổi, ban hành Quy định số 11-QĐ/TU": the act of amending falls on the first."""
    for link in links:
        if link.predicate == "amends" and link.trigger.lower().startswith("và") and link.subject >= 0 <= link.object:
            acts = [a for a in acts if not (a.action == "amend" and a.document == link.subject)]
            issue = next((a for a in acts if a.document == link.subject), None)
            acts.append(
                Act(
                    issue.actor if issue else None,
                    False,
                    "amend",
                    link.object,
                    link.start,
                    link.end,
                    "sửa đổi",
                    "amending",
                )
            )
    return sorted(acts, key=lambda a: (a.start, a.document))


def _clause(text: str, start: int, end: int) -> int:
    """Where the clause that ends at `end` begins: behind the last semicolon, colon or footnote mark."""
    last = start
    for match in _CLAUSE.finditer(text, start, end):
        last = match.end()
    return last


# "chưa ban hành kế hoạch thực hiện …": nothing was done.
_NEVER = re.compile(
    r"(?:chưa|không)\s+(?:kịp\s+thời\s+)?(?:ban\s+hành|xây\s+dựng|triển\s+khai|thực\s+hiện|có)\s", re.IGNORECASE
)


def _governing(text: str, begin: int, end: int, *, footnote: bool = False) -> list[_Verb] | None:
    """The verbs that govern what stands at `end`; None when the words before it hold no verb of the clause."""
    clause = _clause(text, begin, end)
    verbs = _verbs(text, clause, end)
    if not verbs:
        return None
    last = verbs[-1]
    gap = text[last.end : end]
    if _NEVER.search(text, clause, last.start):
        return []
    if last.noun:
        # A noun governs only where a verb before it takes it for its object: "Kiểm tra công tác quán triệt … Nghị quyết".
        outer = next((v for v in reversed(verbs) if not v.noun), None)
        if outer is None:
            if len(gap) < 12 and last.action in _INNER and not _BY_NAME.search(gap):
                return [last]
            return None
        if outer.action in _OUTER or outer.action == "direct":
            return [outer]
        if outer.action == "issue" and last.action in _INNER and not _BY_NAME.search(gap):
            # "ban hành Kế hoạch triển khai thực hiện Nghị quyết số 57-NQ/TW": the plan is issued, the resolution carried out.
            return [last]
        if outer.action == "issue" and (_BY_NAME.search(gap) or len(gap) > 1):
            return [outer]
        return [outer] if len(gap) < 60 else []
    if len(gap) > 160 and not _BY_NAME.search(gap) and not footnote:
        return []
    if not footnote and len(gap.strip()) > 0 and _closed(gap):
        return []
    chain = [last]
    for verb in reversed(verbs[:-1]):
        if verb.noun:
            break
        if not _CHAIN.fullmatch(text, verb.end, chain[0].start):
            break
        chain.insert(0, verb)
    before = [v for v in verbs if v.start < chain[0].start and not v.noun]
    return _acts(text, chain, before, clause)


_CLOSING = re.compile(r",\s+(?:đã|được|góp\s+phần|tạo)\s|\s(?:đã|được)\s", re.IGNORECASE)


def _closed(gap: str) -> bool:
    """Do the words between verb and document close the verb's own object, so that it does not reach the document?"""
    return _CLOSING.search(gap) is not None


def _acts(text: str, chain: list[_Verb], before: list[_Verb], clause: int) -> list[_Verb]:
    """What the chain means once governed verbs are taken out of it."""
    outer = [v for v in chain if v.action in _OUTER]
    if outer:
        return outer[:1] if len({v.action for v in outer}) == 1 else outer
    reviewed = [v for v in before if v.action in _OUTER and v.start >= clause]
    if reviewed and all(v.action in _INNER for v in chain):
        return [reviewed[-1]]
    directs = [v for v in chain if v.action == "direct"]
    rest = [v for v in chain if v.action != "direct"]
    if directs and rest:
        # "chỉ đạo thực hiện …" is one act, "chỉ đạo, triển khai …" are two.
        joint = text[directs[-1].end : rest[0].start]
        if "," in joint or "và" in joint.split():
            return [*directs[-1:], *_unique(rest)] if rest[0].action != "implement" or "," in joint else directs[-1:]
        return directs[-1:] if all(v.action in _INNER for v in rest) else [*directs[-1:], *_unique(rest)]
    if directs:
        return directs[-1:]
    governor = next((v for v in reversed(before) if v.action == "direct"), None)
    if governor:
        between = text[governor.end : chain[0].start]
        if chain[0].trigger.lower() == "theo" or all(v.action in _INNER for v in chain):
            second = next((v for v in before if v.start > governor.start and v.action == "implement"), None)
            if second and "," in text[governor.end : second.start] and len(text[governor.end : second.start]) < 6:
                return [governor, second]
            return [governor]
        if len(between) < 80 and "," not in between:
            return [governor, *_unique(chain)]
    return _unique(chain)


def _unique(verbs: list[_Verb]) -> list[_Verb]:
    found: dict[str, _Verb] = {}
    for verb in verbs:
        found.setdefault(verb.action, verb)
    return list(found.values())


def _actors(
    text: str, layout: Layout, bodies: Sequence[BodyMention], starts: list[int], verb: int
) -> list[tuple[BodyMention | None, bool]]:
    """Who acts: the body, or the bodies listed, at the head of the clause or sentence; else the paragraph's acting body."""
    sentence, _ = layout.sentence(verb)
    clause = _clause(text, sentence, verb)
    for begin in dict.fromkeys((clause, sentence)):
        subjects = _subjects(text, bodies, starts, begin, verb)
        if subjects:
            return [(s, True) for s in subjects]
    paragraph, _ = layout.paragraph(verb)
    i = bisect_left(starts, verb) - 1
    while i >= 0 and bodies[i].start >= paragraph:
        body = bodies[i]
        if _is_subject(text, body, layout.sentence(body.start)[0]):
            return [(body, False)]
        i -= 1
    return [(None, False)]


_FILLER = re.compile(
    r"[\s*+•–-]*(?:[0-9]+[.)]\s*)?(?:(?:đặc\s+biệt|đồng\s+thời|trong\s+đó|từ\s+đầu\s+nhiệm\s+kỳ\s+đến\s+nay|"
    r"hằng\s+năm|nhiệm\s+kỳ\s+[0-9\s–-]+|sau\s+đại\s+hội|cơ\s+bản\s+đến\s+nay|đến\s+nay|ngày\s+[0-9/]+|"
    r"các\s+đồng\s+chí|đồng\s+chí|và)\s*,?\s*)*",
    re.IGNORECASE,
)


def _is_subject(text: str, body: BodyMention, begin: int) -> bool:
    return _FILLER.fullmatch(text, begin, body.start) is not None


def _subjects(text: str, bodies: Sequence[BodyMention], starts: list[int], begin: int, verb: int) -> list[BodyMention]:
    """The bodies that stand at the head of text[begin:verb], listed with commas."""
    i = bisect_left(starts, begin)
    found: list[BodyMention] = []
    while i < len(bodies) and bodies[i].end <= verb:
        body = bodies[i]
        if not found:
            if not _is_subject(text, body, begin):
                # "Chỉ đạo UBND Thành phố ban hành …": the body right before the verb does it.
                nearest = bodies[bisect_left(starts, verb) - 1]
                if nearest.start >= begin and re.fullmatch(
                    r"\s*(?:\((?:khóa|khoá)\s+[IVX]+\)|(?:khóa|khoá)\s+[IVX]+)?\s*(?:đã\s+|sớm\s+|kịp\s+thời\s+|"
                    r"sẽ\s+)*",
                    text[nearest.end : verb],
                ):
                    return [nearest]
                return []
        elif not re.fullmatch(r"\s*(?:,|và|,\s*và)\s*", text[found[-1].end : body.start]):
            break
        found.append(body)
        i += 1
    return found
