"""Who issued a document that a sentence says somebody has issued ("Bộ Chính trị ban hành Nghị quyết 15-NQ/TW")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import UPPER
from chidao.extract.language.patterns import (
    UNIT,
)
from chidao.extract.language.symbols import issuer_fits, issuer_part, names_issuer
from chidao.extract.language.tables import words
from chidao.extract.mentions.subjects import signs_for_others
from chidao.extract.mentions.whole_names import KINDS
from chidao.extract.model import Action, BodyMention, Reference
from chidao.extract.statements.actions.actors import Actors
from chidao.extract.statements.actions.governing import LONGEST_CLAUSE
from chidao.extract.statements.passage import Passage

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
    return own and f.start - body.end < LONGEST_CLAUSE and not _ANOTHER.search(text, body.end, f.start)


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
