"""Actions: what a body does about a document, read from the verbs that govern the reference.

Vietnamese official prose strings verbs before their common object ("quán triệt, ban hành Quy định …"), and lets one verb
govern another ("chỉ đạo thực hiện", "giám sát việc thực hiện", "sơ kết 05 năm thực hiện"): the governing verb is the
act, the governed one is not a second act. A list of documents shares the verbs before it. A document in a footnote is
governed by the words that carry the mark ("Quán triệt nghiêm túc các văn bản của Trung ương³¹").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chidao.extract.frozen import quick
from chidao.extract.language.composing import either, lowered, one_of, rules
from chidao.extract.language.compounds import by_itself
from chidao.extract.language.letters import LETTER, UPPER
from chidao.extract.language.patterns import (
    BASIS,
    BESIDE,
    CLOSES,
    DENIES,
    GROUND,
    MANNER,
    NOUN,
    PASSIVE,
    PROPOSES,
    SOME,
    TYPE,
    UNIT,
    WEIGHS,
    WHOSE,
    WITH,
)
from chidao.extract.language.symbols import issuer_fits, issuer_part, names_issuer
from chidao.extract.language.tables import CHANGES, words
from chidao.extract.language.verbs import CARRIES_OUT, Said, acts, find_acts, verbs
from chidao.extract.mentions.subjects import signs_for_others
from chidao.extract.mentions.whole_names import KINDS
from chidao.extract.model import SELF, Action, BodyMention, Heading, Reference, Relation
from chidao.extract.statements.actions.actors import Actors, clause_start
from chidao.extract.statements.actions.done import Told, ruled
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.predicates import UNDERGOES


@quick
@dataclass(frozen=True, slots=True)
class _Governed:
    """What acts on a document of the sentence that begins at `sentence`; the words behind it go on at `extent`.

    `inherited`: the verbs were handed on by a list, or by the footnote mark at which the document is named. `of_document`: they are
    said of the document before, and not of a body."""

    sentence: int
    extent: int
    verbs: tuple[Said, ...] = ()
    inherited: bool = False
    of_document: bool = False


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
# A list goes on over these words; the documents behind share the acts before.
_LIST = re.compile(
    rf"{CLOSES}(?:{WHOSE}\s*)?(?:[,;]\s*)?(?:(?:{BESIDE}|{WITH})\s+)?(?:(?:các|"
    rf"những)\s+[^.;:\n]{{3,60}}?(?:như|gồm|là)\s*:?\s*)?(?:việc\s+|(?:hơn\s+)?[0-9]{{1,2}}\s+năm\s+)?$",
    re.IGNORECASE,
)
_OF_ITS_OWN = re.compile(rf"{CLOSES}(?:{WHOSE})?\s+(?:được|bị|có|đã|là|cũng|không|chưa|nêu|yêu\s+cầu|quy\s+định)\s")
"""Behind a document of which a clause of its own tells: "ban hành A; Công văn B có nội dung khác"."""
_COMMITTEE = re.compile(rf"Ban\s+[Cc]hỉ\s+đạo(?:\s+{CARRIES_OUT})?(?:\s+[{LETTER}]+)?\s*$")
_LONGEST_CLAUSE = 1000
"""Characters before a footnote's mark that may say what acts on its documents."""
_LONGEST_GAP = 160
"""Characters between a verb and the document that it governs."""
_NEAR = 120
"""Characters before a verb in which a bracket opens that holds it."""
_BESIDE_IT = len(" việc  ")
_OUTER = frozenset(["inspect", "review"])
_INNER = frozenset(["implement", "disseminate", "concretize"])


# What is not done, or is done to the document by another: no act of the sentence's subject.
_NOT_DONE = re.compile(
    rf"(?:{DENIES}|sẽ|cần|phải|kèm)\s+(?:(?:kịp\s+thời|tổ\s+chức|thể|phải|gắn(?:\s+chặt)?\s+với|việc)\s+){{0,3}}$"
)


_UNSIGNED = re.compile(
    rf"(?<!\w)(?:(?P<alone>đăng|chữ|thẩm\s+quyền|người(?:\s+đã)?|{by_itself('trình')}(?:\s+[^\s,;.:]+){{0,10}})|"
    rf"sớm|xem\s+xét,?|(?:{PROPOSES}|kiến\s+nghị|để)(?:\s+[^\s,;.:]+){{0,10}})\s+\Z"
)
"""Of "đề nghị Chủ tịch xem xét, | ký", "sớm ký", and `alone`, where no "ban hành" follows, of "đăng ký", "chữ ký", "người ký", "trình ký"
and "trình Chủ tịch | ký Quyết định A", in lower case: the sentence's subject signs nothing."""
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


def find_actions(
    passage: Passage, actors: Actors, relations: Sequence[Relation], *, legal: bool = False
) -> list[Action]:
    """Return every action on a referred document, in text order (reading offsets).

    `legal`: the text is a law, decree or circular, which rules and tells of no act but of what itself changes. What a text orders
    for the future is a task, and no act.
    """
    heading = passage.heading
    told = Told(passage, frozenset(r.object for r in relations if r.subject == SELF and r.predicate in CHANGES))
    actions: list[Action] = []
    # A law tells only of what it changes itself: in one that changes nothing there is no act.
    for i, governed in () if legal and not told.changed else _governed(passage, relations):
        f = passage.references[i]
        rule = "inherited" if governed.inherited else "governed"
        for verb in governed.verbs:
            acting, stated = actors.of(verb.start, heading.issuer)
            if not told.done(i, verb, legal=legal, stated=stated):
                continue
            at = f.start if governed.inherited else min(verb.start, f.start)
            for named in acting:
                actor = actors.doing(verb.means, f.symbol, named)
                if governed.inherited and verb.means == "issue" and not _may_issue(actor, f):
                    continue  # "UBND tỉnh ban hành Kế hoạch A thực hiện B và Kế hoạch C của Tỉnh ủy"
                near = stated and not governed.inherited and 0 <= at - actor.end < 40
                begin = actor.start if near else at
                actions.append(
                    Action(actor.name, actor.key or None, stated, verb.means, i, begin, f.end, verb.trigger, rule)
                )
            if not acting:
                who = _unsaid(heading, stated=stated)
                actions.append(Action(*who, False, verb.means, i, at, f.end, verb.trigger, rule))
    return _amended(relations, actions, heading)


def _unsaid(heading: Heading, *, stated: bool) -> tuple[str | None, str | None]:
    """Who does what no body is named for: the issuer, unless somebody is stated of whom nobody can say which one it is."""
    return (None, None) if stated else (heading.issuer, heading.issuer_key)


def _may_issue(actor: BodyMention, f: Reference) -> bool:
    """Can a body have issued a document that its sentence lists behind one that it has issued? What is printed as another's it has not."""
    if f.symbol and not issuer_fits(f.symbol, actor.key):
        return False
    return f.issuer is None or ((f.issuer_key or f.issuer) == (actor.key or actor.name))


_UNDERGONE = re.compile(rf"{PASSIVE}\s|.{{1,80}}\s(?:bởi|bằng|tại)$", re.IGNORECASE | re.DOTALL)
_LISTED = (",", ";", " và")


def find_issuers(passage: Passage, actors: Actors, actions: Sequence[Action]) -> list[Reference]:
    """Return the references with the issuers that sentences state ("Bộ Chính trị ban hành Nghị quyết 15-NQ/TW").

    The body must stand right before its verb, and nothing else name an issuer; a symbol of the centre is the centre's alone.
    """
    attributed = list(passage.references)
    for act in actions:
        f = attributed[act.document]
        if act.action != "issue" or not act.actor_stated or act.rule != "governed":
            continue
        if f.issuer and f.issuer_key != act.actor_key:
            continue
        body = actors.subject(act)
        central = f.symbol is not None and "/" in f.symbol and f.symbol.endswith("TW")
        if body and not _issues_it(body, f.symbol):
            continue  # "Tỉnh ủy X ban hành Nghị quyết A; HĐND tỉnh ban hành Nghị quyết số 13/2022/NQ-HĐND"
        if body and _stands_by(passage.text, body, f) and (body.scope == "vn" or not central):
            mine = () if f.issuer else (act.document,)
            for i in (*mine, *_listed_with(passage, act.document)):
                scope = attributed[i].scope or body.scope
                attributed[i] = replace(attributed[i], issuer=body.name, issuer_key=body.key or None, scope=scope)
    return attributed


_ANOTHER = re.compile(
    rf"(?<![\w/-])(?:{one_of((*KINDS, 'Ủy ban nhân dân'))}(?!\w)|(?i:{UNIT})\s+[{UPPER}])"
    rf"|[;,]\s+(?:(?:và|đồng\s+thời|trong\s+đó),?\s+)?(?:(?:các|toàn|riêng)\s+)?"
    rf"(?:{UNIT}|địa\s+phương|đơn\s+vị|{one_of(words('many who act'))})(?!\w)"
)
"""Of "UBND tỉnh A đã phát động …; | xã đã ban hành Kế hoạch B" too."""


def _stands_by(text: str, body: BodyMention, f: Reference) -> bool:
    """Does the body stand right before the document, or before it in the sentence with none other between, and is the symbol known to be
    its own: "UBND tỉnh A đã phát động …; đồng thời ban hành Kế hoạch số 140/KH-UBND"?"""
    if f.start - body.end < 90:
        return True
    own = f.symbol is not None and names_issuer(f.symbol) and bool(body.key)
    return own and f.start - body.end < _LONGEST_CLAUSE and not _ANOTHER.search(text, body.end, f.start)


def _issues_it(body: BodyMention, symbol: str | None) -> bool:
    """May the body have issued what has the symbol, if any? One of the tables is nobody's who stands in none of them."""
    if signs_for_others(body):
        return False
    return symbol is None or not names_issuer(symbol) or (bool(body.key) and issuer_fits(symbol, body.key))


def _listed_with(passage: Passage, first: int) -> Iterator[int]:
    """The references that its sentence lists behind the first one: "ban hành Kế hoạch số 74/KH-UBND …, Quyết định số 211/QĐ-UBND"."""
    references, text = passage.references, passage.layout.text
    one, (_, end) = references[first], passage.sentences[first]
    for i in range(first + 1, len(references)):
        other = references[i]
        if other.start >= end:
            return
        if not one.symbol or not other.symbol or issuer_part(other.symbol) != issuer_part(one.symbol):
            continue
        if other.issuer or not text[max(0, other.start - 8) : other.start].rstrip().endswith(_LISTED):
            return  # "… thực hiện Kế hoạch số 10/KH-UBND, Kế hoạch số 12/KH-UBND": another's
        yield i


def _governed(passage: Passage, relations: Sequence[Relation]) -> Iterator[tuple[int, _Governed]]:
    """Yield what acts on each document that is no part of another one's title, nor another document's object."""
    # "Luật A đã được sửa đổi theo Luật B": B did it, and nobody carries it out; what acts on A still does.
    undergone = {r for r in relations if r.subject > r.object >= 0 and _UNDERGONE.match(r.trigger)}
    related = {r.subject for r in undergone} | {
        r.object
        for r in relations
        if r.subject >= 0 and r not in undergone and r.rule.startswith(("joined", "title", "amending", "apposition"))
    }
    last: _Governed | None = None
    for i, f in enumerate(passage.references):
        if passage.parents[i] >= 0:
            continue
        sentence, _ = passage.sentences[i]
        if last and last.sentence != sentence:
            last = None
        begin = max(sentence, last.extent) if last else sentence
        near = max(begin, f.start - 60), f.start
        if passage.text.find("Ban", *near) >= 0 and _COMMITTEE.search(passage.text, *near):
            last = _Governed(sentence, f.extent)
        elif i in related:
            last = replace(last, extent=max(last.extent, f.extent)) if last else None
        else:
            verbs, inherited = _acting_on(passage, f, begin, last)
            said = not inherited and _said_of(passage.text, last, verbs)
            last = _Governed(sentence, f.extent, tuple(verbs), inherited, of_document=said)
            yield i, last


def _said_of(text: str, before: _Governed | None, verbs: Sequence[Said]) -> bool:
    """Do the verbs stand right behind the document before, which is their subject?"""
    return before is not None and bool(verbs) and not text[before.extent : verbs[0].start].strip()


def _acting_on(passage: Passage, f: Reference, begin: int, last: _Governed | None) -> tuple[Sequence[Said], bool]:
    """Return the verbs that act on `f`, whose clause begins at `begin`, and whether they are handed on to it.

    `last` tells of the document before it in the sentence.
    """
    text = passage.text
    verbs = _governing(passage, begin, f.start)
    if verbs is not None:
        if last and last.verbs and _governed_on(text[last.extent : f.start], last.verbs, verbs):
            return last.verbs, True
        return verbs, False
    if last and _LIST.fullmatch(text, last.extent, f.start):
        broken = ";" in text[last.extent : f.start]
        if broken and (last.of_document or _OF_ITS_OWN.match(text, f.extent)):
            return (), False
        return [v for v in last.verbs if not (broken and v.means == "amend")], True
    if last and last.verbs:
        return (), False
    note = passage.layout.footnote(f.start)
    if note is None or note.anchor < 0 or (last and f.start - note.start >= 6):
        return (), False
    sentence, _ = passage.layout.sentence(note.anchor)
    clause = clause_start(text, max(sentence, note.anchor - _LONGEST_CLAUSE), note.anchor)
    return _governing(passage, clause, note.anchor, footnote=True) or (), True


# "sơ kết A và 06 năm thực hiện B", "sơ kết 05 năm thực hiện A; 06 năm thực hiện B", but "sơ kết A, tiếp tục thực hiện B" are two acts.
_SAME_CLAUSE = re.compile(
    rf"\s*;\s+(?:và\s+)?(?:hơn\s+)?[0-9]{{1,2}}\s+(?:năm|tháng)\s|\s*(?:,|và)\s+(?!tiếp\s+tục|tổ\s+chức|triển\s+khai|đẩy\s+mạnh|ban\s+hành)(?!(?-i:[{UPPER}]))",
    re.IGNORECASE,
)


def _governed_on(between: str, before: Sequence[Said], verbs: Sequence[Said]) -> bool:
    """Does what governed the last document govern this one too, over a verb of its own?

    "chỉ đạo … theo A và rà soát … theo B", "sơ kết 05 năm thực hiện A và 06 năm thực hiện B".
    """
    if not verbs or any(v.means not in _INNER for v in verbs):
        return False
    if any(v.means in _OUTER for v in before):
        return _SAME_CLAUSE.match(between) is not None
    return (
        ";" not in between
        and [v.trigger.lower() for v in verbs] == ["theo"]
        and any(v.means == "direct" for v in before)
    )


def _amended(relations: Sequence[Relation], actions: Sequence[Action], heading: Heading) -> list[Action]:
    """ "Quy định số 01-QĐ/TU và sửa đổi, ban hành Quy định số 11-QĐ/TU": the act of amending falls on the first."""
    of: dict[int, list[Action]] = defaultdict(list)
    for act in actions:
        of[act.document].append(act)
    for r in relations:
        if r.predicate == "amends" and r.trigger.lower().startswith("và") and r.subject >= 0 <= r.object:
            others = of[r.subject] = [act for act in of[r.subject] if act.action != "amend"]
            actor = (others[0].actor, others[0].actor_key) if others else (heading.issuer, heading.issuer_key)
            of[r.object].append(Action(*actor, False, "amend", r.object, r.start, r.end, "sửa đổi", "amending"))
    return sorted((act for group in of.values() for act in group), key=lambda act: (act.start, act.document))


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


def _governing(passage: Passage, begin: int, end: int, *, footnote: bool = False) -> Sequence[Said] | None:
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
    another = _OF_ANOTHER if verb.means == "issue" else _NOT_ISSUED[0].pattern if verb.means in _INNER else None
    return another is not None and another.search(gap) is not None


def _governing_noun(verbs: Sequence[Said], gap: str) -> Sequence[Said] | None:
    """A noun governs only where a verb before it takes it for its object: "Kiểm tra công tác quán triệt … Nghị quyết".

    `gap` are the words between the noun, the last of the verbs, and the document."""
    noun = verbs[-1]
    carried_out = noun.means in _INNER
    outer = next((v for v in reversed(verbs) if not v.noun), None)
    if outer is None:
        if any(v.means == "direct" for v in verbs):
            return []  # "công tác lãnh đạo, chỉ đạo triển khai B được tăng cường"
        if (
            len(verbs) > 1
            and verbs[-2].means in _OUTER
            and noun.trigger.lower() != "theo"
            and noun.start - verbs[-2].end < _BESIDE_IT
        ):
            return []  # "nội dung giám sát việc thực hiện B"
        return [noun] if carried_out and len(gap) < 12 else None
    if outer.means in _OUTER or outer.means == "direct":
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
    outer = [v for v in chain if v.means in _OUTER]
    if outer:
        return outer[:1] if len({v.means for v in outer}) == 1 else outer
    by = chain[0].trigger.lower() == "theo"  # "kiểm tra 12 chi bộ theo B": others are inspected, in the way of B
    reviewing = [v for v in before if v.means in _OUTER and not (by and _OTHERS.match(text, v.end))]
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
    return all(v.means in _INNER for v in verbs)


def _unique(verbs: Sequence[Said]) -> list[Said]:
    """Return the first verb of each act."""
    first: dict[str, Said] = {}
    for verb in verbs:
        first.setdefault(verb.means, verb)
    return list(first.values())
