"""What a file mentions, completed from the file itself: the step that turns what stands there into what may be joined with other files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chidao.extract.corpus.brief import Brief, Cited
from chidao.extract.corpus.series import file_mark, file_name, names_nobody
from chidao.extract.corpus.unnumbered import UNTITLED
from chidao.extract.corpus.within_file import Mention, complete
from chidao.extract.language.letters import slug
from chidao.extract.language.symbols import UNKNOWN, Issuer, had_ended, is_of_another, issuer_of
from chidao.extract.model import SELF
from chidao.ontology.authority import BodyEntry, types_of


def mentions_of(file: int, given: Brief, said: Mapping[int, Mapping[str, Any]]) -> list[Mention]:
    """Return the mentions of a file, its own document last where it has one; `said` is what people say of them by hand."""
    brief = given.said(said)
    mark = file_mark(brief.path, brief.sha256)
    mentions = [_mention(file, i, cited, brief, mark) for i, cited in enumerate(brief.cited)]
    own = _own(file, brief, mark)
    complete(mentions, own, brief.head)
    every = [*mentions, own] if own else mentions
    for m in every if said else ():
        m.by_hand = frozenset(said.get(m.index, ()))
    return every


def _mention(file: int, index: int, ref: Cited, brief: Brief, mark: str) -> Mention:
    return Mention(
        file, index, _scope(ref), ref.type, ref.number, ref.symbol, ref.year, ref.date, ref.issuer, ref.issuer_key, ref.title,
        brief.head.date, ref.kind, ref.name, ref.text, mark=mark, term=ref.term, called=ref.called,
    )  # fmt: skip


def _scope(ref: Cited) -> str | None:
    """Return the jurisdiction of a cited document by its symbol and the issuer that the text states."""
    issuer = issuer_of(ref.symbol) if ref.symbol else None
    if ref.kind == "numbered" and _of_one_series(ref.type, ref.symbol):
        return "vn"
    if names_nobody(ref.symbol) or _of_another(ref):
        return ref.scope
    if issuer and issuer.entry:
        # "KH-BTC" of a local festival's committee is not the Ministry of Finance's, whose symbol it has; only what a state organ
        # enacts has a year in its number.
        local = ref.issuer_key and ref.scope not in (None, "vn", "home") and not ref.year
        return ref.scope if local and _is_ministry(issuer.entry) else "vn"
    if issuer and issuer.template and ref.scope == "vn" and not _central_kind(ref.issuer_key, issuer):
        return None
    return ref.scope


def _of_one_series(kind: str | None, symbol: str | None) -> bool:
    """Is the document of a type that one central body numbers, and does its symbol say no more: "Nghị định 68", "Sắc lệnh số 20/SL"?"""
    return kind in types_of("sole-issuer") and (not symbol or symbol.isalpha())


def _of_another(ref: Cited) -> bool:
    """Does the text name an issuer that no table has, and that is not whose symbol it is?"""
    if not ref.symbol or not ref.issuer or ref.issuer_key:
        return False
    elsewhere = ref.scope == UNKNOWN and not ref.year
    return had_ended(ref.symbol, ref.date) or (elsewhere and is_of_another(ref.symbol, ref.issuer))


def _is_ministry(entry: BodyEntry) -> bool:
    return entry.key.startswith("vn/bo-")


def _central_kind(key: str | None, issuer: Issuer) -> bool:
    """Is the stated central issuer of the kind that the symbol names? "1440/CV-HĐTĐKT của Hội đồng … Trung ương" is central, though
    every province has one."""
    return bool(key and issuer.template and key.removeprefix("vn/").startswith(issuer.template.slug))


def _own(file: int, brief: Brief, mark: str) -> Mention | None:
    """The file's own document as a mention of itself; None when the heading states no type at all and nothing is assigned, or a
    register's row neither type nor symbol (a Party "QĐ" leaves open which type it is)."""
    heading = brief.head
    issuer = issuer_of(heading.symbol) if heading.symbol else None
    # "57-NQ/TW" is the Centre's, also over a copy that leaves the issuer out, in whatever folder
    central = issuer is not None and issuer.entry is not None and not names_nobody(heading.symbol)
    central = central or (heading.number is not None and _of_one_series(heading.type, heading.symbol))
    scope = "vn" if central and heading.issuer is None else heading.scope
    assigns = brief.row is None and brief.assigns  # a tracker, or a copy that begins in the middle
    if not heading.type and not assigns and not (brief.row is not None and heading.number and heading.symbol):
        return None
    numbered = heading.number is not None
    name = None
    if not numbered:
        text = heading.title or UNTITLED
        name = f"{slug(heading.type or 'van-ban')}/{slug(text)[:100]}"
    return Mention(
        file, SELF, scope, heading.type, heading.number, heading.symbol, heading.year, heading.date, heading.issuer,
        heading.issuer_key, heading.title, None, "numbered" if numbered else "named", name, file_name(brief.path), own=True,
        mark=mark, row=brief.row, month=heading.month,
    )  # fmt: skip
