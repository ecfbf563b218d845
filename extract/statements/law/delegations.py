"""Who is to make which rules: "Chính phủ quy định chi tiết Điều này", "mức thu do Hội đồng nhân dân cấp tỉnh quy định"; and what a document
says that it details: "Nghị định này quy định chi tiết khoản 3 Điều 5 Luật …".

Only orders to make rules count. "theo quy định của Chính phủ" points at rules, "trừ trường hợp Chính phủ quy định khác" allows for some,
and what a body decides case by case is its ordinary work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import whitespace

from chidao.extract.language.composing import one_of
from chidao.extract.language.compounds import by_itself
from chidao.extract.language.letters import LETTER, trimmed
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.patterns import ALSO, AS_FOLLOWS, DIVISION, HELPS, LEADS, ORGANIZES, SEVERAL, SOME
from chidao.extract.language.tables import words
from chidao.extract.language.verbs import CARRIES_OUT, verbs
from chidao.extract.mentions.bodies import BodyFinder
from chidao.extract.mentions.provision_owners import Named
from chidao.extract.mentions.provisions import Clause
from chidao.extract.model import SELF, Addressee, Delegation, Fulfilment
from chidao.extract.reading.divisions import articled, path_of
from chidao.extract.statements.addressees.addressees import read_addressees
from chidao.extract.statements.passage import Passage
from chidao.ontology.authority import types_of

# "… quy định chi tiết …", "có trách nhiệm hướng dẫn …", "ban hành danh mục …"
_CARRYING = rf"{ORGANIZES}{CARRIES_OUT}[^.;]{{0,60}};"
_RULES = re.compile(
    rf"[\s,]*(?:(?:có\s+trách\s+nhiệm|{_CARRYING}|{HELPS}[^.;]{{3,120}}?|{LEADS}[^.;]{{0,120}}?)\s+)?"
    r"(?:(?:quy\s+định|hướng\s+dẫn|quy\s+định\s+và\s+hướng\s+dẫn|quy\s+định,\s*hướng\s+dẫn)(?!\s+(?:tại|của|này|khác|trên|ở))|"
    rf"(?:ban\s+hành|công\s+bố)\s+(?:(?:(?!\stheo\s)[^.;,]){{0,40}}?\s)?(?:văn\s+bản|mẫu|{one_of(words('attached'))}|tiêu\s+chuẩn|quy\s+(?:chế|trình|định)|khung|(?:mức\s+)?giá))"
    rf"(?![{LETTER}])"
)
_MAKES = re.compile(rf"\s*(?:{_CARRYING}\s+)?{one_of(words('makes rules'))}(?!\s+tại|[{LETTER}])")
"""What "do X …" and "giao X …" order, whatever it is of."""
_NO_RULES = re.compile(
    rf"(?<!\w)(?:{one_of(types_of('plan') | types_of('correspondence'))}|giấy\s+phép|{by_itself('trừ')})\s"
    r"(?:[^.;:,]{0,80}\s)?do\s+$",
    re.IGNORECASE,
)
"""What a body issues that is no rule, "phương án điều tra do Cục Thống kê ban hành", and what is left out since it rules it anyway, "trừ
đối tượng do Bộ Tài chính quy định"."""

_STARTS = re.compile(rf"(?P<by>{one_of(('do', 'giao', 'ủy quyền cho'), whole=True)})\s+|[;:]\s+(?:{ALSO}\s+)?")
"""Behind these, in lower case, may stand who is told."""
_DETAILS = re.compile(
    rf"(?:quy\s+định\s+{SOME}|{verbs('active', ['guides'])})(?:\s+và\s+(?:hướng\s+dẫn|biện\s+pháp|tổ\s+chức)\s+[^.;,]{{0,40}}?"
    rf"(?=\s+(?:{SEVERAL}|{DIVISION}|của|luật|nghị)\s))?"
    rf"(?:\s+(?:thi\s+hành\s+)?(?:{SOME}(?:\s+(?:và\s+biện\s+pháp\s+[^.;,]{{0,40}}?)?(?:của)?)?|của))?"
)
_LISTING = re.compile(rf"[\s,;:]*(?:(?:và|các|gồm|bao\s+gồm|cụ\s+thể|{AS_FOLLOWS})[\s,;:]+)*")
"""What may stand before the next provision of a list."""
_TRIGGERS = tuple(verb.split()[-1] for verb in words("makes rules"))
"""One of these ends each verb of making rules; who approves what another has made ("phê duyệt") makes none."""
_VERB = re.compile(rf"{one_of(words('makes rules'))}(?!\s+tại\s)")
"""Each of them; what is "quy định tại" a provision has been made."""
_LONGEST = 600
"""Characters of the words that order to make rules."""
_BEFORE = 80
"""Characters before "quy định chi tiết" that may say that the document itself does."""


def _makes_rules(addressee: Addressee) -> bool:
    """Is it a body that the tables know, or one of each level ("Hội đồng nhân dân cấp tỉnh")? "Cơ quan ban hành" is neither."""
    return addressee.key is not None or addressee.name.startswith(
        (*words("at each level"), "Sở ", "Bộ ", "Ban ", *(f"{office} Sở " for office in words("office")))
    )


@dataclass(frozen=True)
class _Finder:
    passage: Passage
    finder: BodyFinder

    def sentences(self, clause: Clause) -> Iterator[tuple[int, int]]:
        at = clause.paragraph.body
        while at < clause.paragraph.end:
            _, end = self.passage.layout.sentence(at)
            yield at, min(end, clause.paragraph.end)
            at = max(end, at + 1)

    def orders(self, clause: Clause) -> Iterator[Delegation]:
        """Yield the orders of a clause, one for each body and provision."""
        for start, end in self.sentences(clause):
            if not _orders_rules(self.passage.layout.low, start, end):
                continue
            orders = list(self.delegates(start, end))
            stop = trimmed(self.passage.text, start, end, '.;/”"')
            for n, (who, begin, behind) in enumerate(orders):
                following = orders[n + 1][1] if n + 1 < len(orders) else end
                detailed = self._detailed(clause, behind, following)
                for a in who:
                    for document, path in detailed:
                        yield Delegation(begin, stop, "", document, path, a.name, a.key, -1, "delegated")

    def _detailed(self, clause: Clause, start: int, end: int) -> list[tuple[int, str]]:
        """The provisions that the rules are to detail; where none is named, the one in which the order stands."""
        own = (
            (p.document, p.path)
            for named in clause.naming(start, end)
            for p in named.provisions
            if p.document == clause.document or self.passage.same(p.document, clause.document)
        )
        return list(dict.fromkeys(own)) or [(clause.document, path_of(clause.position))]

    def delegates(self, start: int, end: int) -> Iterator[tuple[tuple[Addressee, ...], int, int]]:
        """Yield who is told to make rules in text[start:end], where that begins, and where the words of the rules do."""
        text, low = self.passage.text, self.passage.layout.low
        opening = len(text[start:end]) - len(text[start:end].lstrip(f'{whitespace}*_“"'))
        starts = list(_STARTS.finditer(low, start, end))
        told_at = {m.end() for m in starts if m["by"]}
        begins = [start + opening, *(m.end() for m in starts)]
        reached = start
        for begin in sorted(set(begins)):
            if begin < reached:
                continue
            who, stop = read_addressees(text, begin, self.finder, end, heading=False)
            if not who or not all(_makes_rules(a) for a in who):
                continue
            told = begin in told_at
            rules = (_MAKES if told else _RULES).match(low, stop, min(end, stop + _LONGEST))
            if rules is None or (told and _NO_RULES.search(low, max(start, begin - _LONGEST), begin)):
                continue
            reached = rules.end()
            yield who, begin, reached


def _orders_rules(low: str, start: int, end: int) -> bool:
    """May low[start:end], in lower case, order to make rules? Most sentences have none of the verbs."""
    ended = any(low.find(trigger, start, end) >= 0 for trigger in _TRIGGERS)
    return ended and _VERB.search(low, start, end) is not None


def find_delegations(passage: Passage, clauses: Sequence[Clause], finder: BodyFinder) -> list[Delegation]:
    """Return every order to make rules of a document that is divided into articles, in text order (reading offsets)."""
    divided = any(articled(clause.position) for clause in clauses if clause.position)
    if not (divided or passage.heading.type in types_of("rule")):
        return []
    reader = _Finder(passage, finder)
    ordering = (
        c for c in clauses if c.position and not c.instructs and c.position[0][0] != "phu-luc" and _speaks(c, divided)
    )
    return [order for clause in ordering for order in reader.orders(clause)]


def _speaks(clause: Clause, divided: bool) -> bool:
    """Do the rules speak there, those of the document in its articles or those of one whose new text it is?"""
    return clause.document != SELF if clause.paragraph.quoted else articled(clause.position) or not divided


def find_fulfilments(passage: Passage, clauses: Sequence[Clause]) -> list[Fulfilment]:
    """Return where the document says which provisions of others it details ("Thông tư này quy định chi tiết khoản 2 Điều 5 Luật …")."""
    found: list[Fulfilment] = []
    for clause in clauses:
        if clause.paragraph.quoted or not (clause.position and clause.named):
            continue
        start, end = clause.paragraph.body, clause.paragraph.end
        low = passage.layout.low[start:end]
        for details in _DETAILS.finditer(low):
            if not _of_this(low[max(0, details.start() - _BEFORE) : details.start()]):
                continue
            for chain in _detailed(passage, clause, start + details.end()):
                found += [
                    Fulfilment(start + details.start(), chain.end, "", p.document, p.path, -1, "details-provision")
                    for p in chain.provisions
                ]
            break
    return found


def _detailed(passage: Passage, clause: Clause, at: int) -> Iterator[Named]:
    """Yield the provisions of others that are listed from `at` on."""
    for chain in clause.naming(at, clause.paragraph.end):
        document = chain.provisions[0].document
        if document == SELF:
            return
        named = passage.references[document]
        if at <= named.start and named.end <= chain.start and not _LISTING.fullmatch(passage.text, at, named.start):
            return
        if at <= named.start and named.end <= chain.start:
            at = named.end  # "một số điều của Nghị định A, gồm: khoản 2 Điều 5, …"
        if not _LISTING.fullmatch(passage.text, at, chain.start):
            return
        yield chain
        at = chain.end


def _of_this(before: str) -> bool:
    """Do the words before end with "Thông tư này", as the subject?"""
    words = before.rstrip()
    if words.endswith("("):
        return True  # "Điều 4. Quy hoạch vùng (quy định chi tiết khoản 3 Điều 8 Luật …)"
    if not words.endswith("này"):
        return False
    words = words.removesuffix("này").rstrip()
    window = words[-30:]
    return any(end == len(window) for _, _, end in lexicon().find_types(window))
