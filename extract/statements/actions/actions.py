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
from chidao.extract.language.letters import LETTER, UPPER
from chidao.extract.language.patterns import (
    BESIDE,
    CLOSES,
    PASSIVE,
    WHOSE,
    WITH,
)
from chidao.extract.language.symbols import issuer_fits
from chidao.extract.language.tables import CHANGES
from chidao.extract.language.verbs import CARRIES_OUT, Said
from chidao.extract.model import SELF, Action, BodyMention, Heading, Reference, Relation
from chidao.extract.statements.actions.actors import Actors, clause_start
from chidao.extract.statements.actions.done import Told
from chidao.extract.statements.actions.governing import INNER, LONGEST_CLAUSE, OUTER, governing_verbs
from chidao.extract.statements.passage import Passage


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


# A list goes on over these words; the documents behind share the acts before.
_LIST = re.compile(
    rf"{CLOSES}(?:{WHOSE}\s*)?(?:[,;]\s*)?(?:(?:{BESIDE}|{WITH})\s+)?(?:(?:các|"
    rf"những)\s+[^.;:\n]{{3,60}}?(?:như|gồm|là)\s*:?\s*)?(?:việc\s+|(?:hơn\s+)?[0-9]{{1,2}}\s+năm\s+)?$",
    re.IGNORECASE,
)
_OF_ITS_OWN = re.compile(rf"{CLOSES}(?:{WHOSE})?\s+(?:được|bị|có|đã|là|cũng|không|chưa|nêu|yêu\s+cầu|quy\s+định)\s")
"""Behind a document of which a clause of its own tells: "ban hành A; Công văn B có nội dung khác"."""
_COMMITTEE = re.compile(rf"Ban\s+[Cc]hỉ\s+đạo(?:\s+{CARRIES_OUT})?(?:\s+[{LETTER}]+)?\s*$")


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
                who = _unsaid(heading, verb, f, stated=stated)
                actions.append(Action(*who, False, verb.means, i, at, f.end, verb.trigger, rule))
    return _amended(relations, actions, heading)


def _unsaid(heading: Heading, verb: Said, f: Reference, *, stated: bool) -> tuple[str | None, str | None]:
    """Who does what no body is named for: the issuer, unless somebody is stated of whom nobody can say which one it is, or another one
    issued it by its symbol: "Bộ trưởng đã ký Thông tư số 5/2026/TT-BTC"."""
    another = not stated and verb.means == "issue" and not issuer_fits(f.symbol or "", heading.issuer_key or "")
    return (None, None) if stated or another else (heading.issuer, heading.issuer_key)


def _may_issue(actor: BodyMention, f: Reference) -> bool:
    """Can a body have issued a document that its sentence lists behind one that it has issued? What is printed as another's it has not."""
    if f.symbol and not issuer_fits(f.symbol, actor.key):
        return False
    return f.issuer is None or ((f.issuer_key or f.issuer) == (actor.key or actor.name))


_UNDERGONE = re.compile(rf"{PASSIVE}\s|.{{1,80}}\s(?:bởi|bằng|tại)$", re.IGNORECASE | re.DOTALL)


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
    verbs = governing_verbs(passage, begin, f.start)
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
    clause = clause_start(text, max(sentence, note.anchor - LONGEST_CLAUSE), note.anchor)
    return governing_verbs(passage, clause, note.anchor, footnote=True) or (), True


# "sơ kết A và 06 năm thực hiện B", "sơ kết 05 năm thực hiện A; 06 năm thực hiện B", but "sơ kết A, tiếp tục thực hiện B" are two acts.
_SAME_CLAUSE = re.compile(
    rf"\s*;\s+(?:và\s+)?(?:hơn\s+)?[0-9]{{1,2}}\s+(?:năm|tháng)\s|\s*(?:,|và)\s+(?!tiếp\s+tục|tổ\s+chức|triển\s+khai|đẩy\s+mạnh|ban\s+hành)(?!(?-i:[{UPPER}]))",
    re.IGNORECASE,
)


def _governed_on(between: str, before: Sequence[Said], verbs: Sequence[Said]) -> bool:
    """Does what governed the last document govern this one too, over a verb of its own?

    "chỉ đạo … theo A và rà soát … theo B", "sơ kết 05 năm thực hiện A và 06 năm thực hiện B".
    """
    if not verbs or any(v.means not in INNER for v in verbs):
        return False
    if any(v.means in OUTER for v in before):
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
