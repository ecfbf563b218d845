"""What an event of force leaves out of a document, and whether it means only a part: "… hết hiệu lực, trừ Điều 40"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from chidao.extract.language.compounds import by_itself
from chidao.extract.language.letters import LETTER, lower
from chidao.extract.language.patterns import PARTLY
from chidao.extract.language.verbs import verbs
from chidao.extract.mentions.provision_owners import Named
from chidao.extract.mentions.provisions import Clause
from chidao.extract.model import SELF, Provision
from chidao.extract.statements.law.events import Said
from chidao.extract.statements.law.own_rules import BEFORE, LISTED, NEAR, THIS, OwnRules
from chidao.extract.statements.relations.clauses import shares

_EXCEPT = re.compile(rf"(?:,\s*)?{by_itself('trừ')}(?P<what>\s+[^.;\n]{{4,400}}|\s*:)")
_PART = re.compile(
    rf"(?<![{LETTER}])(?:(?:quy\s+định|nội\s+dung|{PARTLY})\s(?:[^\s.;:,]+\s+){{0,12}}?(?:của|tại|trong|thuộc)|{PARTLY})\s+$"
)
"""What makes of a document's end that of a part that no path names ("những quy định về phí tại Nghị định A")."""

_ENDING = re.compile(rf"(?<!\w){verbs('clause', ['replaces', 'repeals'])}\s")
_AND = (",", ";", "và", ", và")


@dataclass(frozen=True, slots=True)
class Exempt:
    """What a sentence takes out from `cut` on, in its `words`, with the `provisions` (document, path) that these name; `own` are those that
    are said to be the document's own ("khoản 3 Điều 2 Quyết định này")."""

    cut: int
    words: str = ""
    provisions: tuple[tuple[int, str], ...] = ()
    own: frozenset[str] = frozenset()
    explicit: bool = False
    """Is a document named in it?"""
    of: Mapping[Hashable, Sequence[int]] = field(default_factory=dict)
    """Which of the provisions are of each document, by its code."""
    unnamed: tuple[str, ...] = ()
    """Paths that are said to be of no document."""
    closed: int = -1
    """Where the bracket ends in which it stands: it is of the document before that alone."""
    only: int = -1
    """The last document of a list, of which alone it is."""


def read_exemption(rules: OwnRules, clause: Clause, said: Said) -> Exempt:
    """Return what the sentence takes out."""
    text = rules.passage.text
    match = _EXCEPT.search(text, said.start, said.end)
    if match is None:
        return Exempt(said.end)
    if (aside := _aside(text, match)) >= 0:
        match = _EXCEPT.search(text, match.start(), aside) or match
    named = list(_named(rules, clause, match))
    another = _ends_another(rules, said.behind, match.start())
    if said.event == "in_force" and (another or (named and all(p.document != SELF for _, p in named))):
        return Exempt(match.start())  # "… và thay thế A, trừ Điều 5 tiếp tục được áp dụng": taken out of A
    own = frozenset(
        p.path for n, p in named if p.document == SELF and THIS.search(text, n.start, min(n.end + NEAR, match.end()))
    )
    words = " ".join(match["what"].split()).rstrip(" :")
    first, behind = (bisect_left(rules.starts, at) for at in match.span())
    provisions = tuple((p.document, p.path) for _, p in named)
    of: dict[Hashable, list[int]] = {}
    for n, (i, _) in enumerate(provisions):
        of.setdefault(rules.code(i), []).append(n)
    unnamed = tuple(path for i, path in provisions if i == SELF and path not in own)
    explicit = behind > first or aside >= 0
    exempt = Exempt(match.start(), words, provisions, own, explicit, of, unnamed, aside)
    return replace(exempt, only=_last_of_list(rules, said, exempt))


def _aside(text: str, without: re.Match[str]) -> int:
    """Where the bracket ends in which an exception stands ("A, B (trừ Điều 5), C"); -1 where it stands in none."""
    opened = without.start() > 0 and text[without.start() - 1] == "("
    return text.find(")", *without.span()) if opened else -1


def _last_of_list(rules: OwnRules, said: Said, exempt: Exempt) -> int:
    """ "A ngày …; B ngày …, trừ Điều 5": behind a semicolon an exception is of the document before it, as in an item of its own; -1 where
    none parts them."""
    last = bisect_left(rules.starts, exempt.cut) - 1
    if exempt.explicit or said.event == "in_force" or last < 1 or rules.starts[last - 1] < said.start:
        return -1
    references = rules.passage.references
    parted = rules.passage.text.find(";", references[last - 1].end, references[last].start) >= 0
    return last if parted else -1


def _named(rules: OwnRules, clause: Clause, without: re.Match[str]) -> Iterator[tuple[Named, Provision]]:
    """Yield the provisions that an exception names, or that the items below it do ("… trừ các quy định sau:")."""
    spans = [(clause, *without.span())]
    if rules.spares(clause):
        items = rules.items.get(clause.paragraph.body, ())
        spans += [(item, item.paragraph.body, item.paragraph.end) for item in items]
    for told_in, start, end in spans:
        for named in told_in.naming(start, end):
            yield from ((named, provision) for provision in named.provisions)


def _ends_another(rules: OwnRules, start: int, end: int) -> bool:
    """Is another document replaced or repealed there?"""
    named = range(bisect_left(rules.starts, start), bisect_left(rules.starts, end))
    return bool(named) and _ENDING.search(lower(rules.passage.text[start : rules.starts[named[0]]])) is not None


def of_another(rules: OwnRules, exception: Exempt, ending: Set[Hashable]) -> bool:
    """Is an exception of one of the `ending` documents, given by their codes, and names it?"""
    return exception.explicit and any(i != SELF and rules.code(i) in ending for i, _ in exception.provisions)


def left_out(rules: OwnRules, exception: Exempt, document: int, *, beside: bool) -> tuple[str, ...]:
    """Return what an exception takes out of a document: paths of it, or words; nothing where it is of one that ends `beside` it."""
    every = exception.provisions
    if exception.only >= 0:
        of_it = rules.code(exception.only) == rules.code(document)
        return (tuple(path for _, path in every) or (exception.words,)) if of_it else ()
    paths = exception.unnamed
    if alike := [n for n in exception.of.get(rules.code(document), ()) if rules.alike(every[n][0], document)]:
        both = sorted({*alike, *(n for n in exception.of.get(SELF, ()) if every[n][1] not in exception.own)})
        paths = tuple(every[n][1] for n in both)
    if paths or not exception.words:
        return paths
    return () if beside else (exception.words,)


def ends_in_part(rules: OwnRules, start: int, i: int) -> bool:
    """Is only something in reference `i`, or in the list of documents that it ends, meant by the words from `start` on?"""
    text, references = rules.passage.text, rules.passage.references
    for _ in range(LISTED):
        if i == 0 or " ".join(text[references[i - 1].extent : references[i].start].split()) not in _AND:
            break
        i -= 1
    before = lower(text[max(start, references[i].start - BEFORE) : references[i].start])
    return _PART.search(before) is not None and "whole" not in shares(before)
