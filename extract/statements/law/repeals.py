"""The ends of documents that a clause repeals or replaces, each on the day that the clause or its lead-in states."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chidao.extract.language.dates import iso_date
from chidao.extract.language.letters import lower
from chidao.extract.language.patterns import PARTLY
from chidao.extract.language.verbs import orders
from chidao.extract.mentions.provisions import Clause
from chidao.extract.model import SELF, Force, Relation
from chidao.extract.statements.law.days import Known, awaits, ordered_day
from chidao.extract.statements.law.events import told_by
from chidao.extract.statements.law.exemptions import Exempt, ends_in_part, left_out, of_another, read_exemption
from chidao.extract.statements.law.own_rules import BEFORE, OBLIQUE, ByCode, OwnRules
from chidao.extract.statements.relations.annexed import RULE, annex_leads


def find_ends(rules: OwnRules, documents: Sequence[int], found: Sequence[Force], known: Known) -> Iterator[Force]:
    """Yield the end of each document that a clause repeals or replaces, unless something was said of it, or only a part ends."""
    told = rules.by_code((f.document, 0) for f in found if f.event in ("expires", "partly_expires"))
    within: dict[int, tuple[Exempt, bool, ByCode]] = {}
    codes = {rules.code(i) for i in documents}
    read: dict[tuple[int, int], tuple[bool, str | None]] = {}
    for i in documents:
        f = rules.passage.references[i]
        clause = rules.clause(f.start)
        if clause is None or OBLIQUE.search(
            lower(rules.passage.text[max(clause.paragraph.body, f.start - BEFORE) : f.start])
        ):
            continue
        body = clause.paragraph.body
        if body not in within:
            parts = rules.by_code((p.document, named.end) for named in clause.named for p in named.provisions)
            exception = read_exemption(rules, clause, told_by(clause.paragraph, "expires"))
            if not exception.words and (lead := rules.above.get(body)):
                above = told_by(lead.paragraph, "expires")
                exception = replace(read_exemption(rules, lead, above), cut=exception.cut)
            within[body] = exception, of_another(rules, exception, codes), parts
        exception, beside, parts = within[body]
        if rules.is_one_of(i, told) or rules.is_one_of(i, parts, f.start + 1):
            continue
        if f.start < exception.cut or 0 <= exception.closed < f.start:
            told.setdefault(rules.code(i), []).append((i, 0))
            apart = left_out(rules, exception, i, beside=beside)
            event = "partly_expires" if apart or ends_in_part(rules, body, i) else "expires"
            day = _ordered(rules, clause, i, known, read)
            yield Force(f.start, f.extent, "", i, event, day, (), apart, None, -1, "ended")


def find_parts(rules: OwnRules, relations: Sequence[Relation], known: Known) -> Iterator[Force]:
    """Yield the end of a part of each document that a list of such names whole: "Bãi bỏ một phần các văn bản sau:" / "1. Thông tư A"."""
    read: dict[tuple[int, int], tuple[bool, str | None]] = {}
    for i in dict.fromkeys(
        r.object for r in relations if r.subject == SELF and r.predicate == "amends" and r.object >= 0
    ):
        f = rules.passage.references[i]
        clause = rules.clause(f.start)
        lead = rules.above.get(clause.paragraph.body) if clause else None
        if clause is None or lead is None or clause.named:
            continue
        if _PARTS_OF.match(rules.passage.layout.low, lead.paragraph.body, lead.paragraph.end):
            day = _ordered(rules, clause, i, known, read)
            yield Force(f.start, f.extent, "", i, "partly_expires", day, (), (), None, -1, "ended")


def find_annexed(
    rules: OwnRules, relations: Sequence[Relation], found: Sequence[Force], known: Known
) -> Iterator[Force]:
    """Yield the end of each document that an annex lists for an article, on the day that the article states or that of the effect."""
    ended = [r for r in relations if r.rule == RULE]
    told = rules.by_code((f.document, 0) for f in found if f.event in ("expires", "partly_expires"))
    leads = [(lead, _words(rules, lead.start())) for lead in annex_leads(rules.passage)] if ended else []
    if any(awaits(words) for _, words in leads):
        return
    days = [iso_date(lead) if lead["d"] else ordered_day(words, known) for lead, words in leads]
    for r in ended:
        if not rules.is_one_of(r.object, told):
            f = rules.passage.references[r.object]
            day = known.effective if not any(days) else days[0] if len(days) == 1 else None
            yield Force(f.start, f.extent, "", r.object, "expires", day, (), (), None, -1, "ended")


def _words(rules: OwnRules, at: int) -> str:
    """The sentence of a clause, in lower case."""
    return rules.passage.layout.low[slice(*rules.passage.layout.sentence(at))].strip()


_PARTS_OF = re.compile(rf"(?:[^.;:]{{0,60}}\s)?{orders('repeal')}\s+{PARTLY}\s")
"""In lower case."""


def _ordered(
    rules: OwnRules, clause: Clause, i: int, known: Known, read: dict[tuple[int, int], tuple[bool, str | None]]
) -> str | None:
    """Return the day on which reference `i` ends: that which its clause or the lead-in above states, else that of the effect. `read`
    keeps what the spans say."""
    f = rules.passage.references[i]
    start, end = rules.passage.layout.sentence(f.start)
    start, end = max(start, clause.paragraph.body), min(end, clause.paragraph.end)
    earlier = bisect_left(rules.semicolons, f.start - 1)
    before = rules.semicolons[earlier - 1] if earlier else -1
    behind = bisect_left(rules.semicolons, f.extent)
    until = rules.semicolons[behind] if behind < len(rules.semicolons) else end
    spans = [(max(start, before + 1), min(until, end))]
    if above := rules.above.get(clause.paragraph.body):
        spans.append((above.paragraph.body, above.paragraph.end))
    for span in spans:
        if span not in read:
            words = rules.passage.layout.low[slice(*span)].strip()
            day = None if rules.tells(*span) else ordered_day(words, known)
            read[span] = awaits(words), day
        waits, day = read[span]
        if waits or day:
            return None if waits else day
    return known.effective
