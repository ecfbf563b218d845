"""Read a draft as a proofreader does: wrong codes, contradicting dates, citations that are incomplete or out of force.

Every rule is a generator over a `Draft`; `check` runs them and puts their findings in text order. What a rule cannot be sure of it
leaves out: a false alarm costs more than a missed fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from chidao.extract import extract_path, resolve
from chidao.extract.errors import SourceError
from chidao.extract.model import Source
from chidao.extract.resolved import Corpus, File
from chidao.graph.proofread.citing import first_citation, later_date, year_and_date
from chidao.graph.proofread.draft import SEVERITIES, Draft, Finding
from chidao.graph.proofread.form import code_form, issuer_and_symbol, law_number, symbol_misprint, type_and_symbol
from chidao.graph.proofread.heading import own_blanks, own_code, own_heading, own_symbol
from chidao.graph.proofread.in_force import (
    ended_in_file,
    graph_ends,
    graph_partly_ended,
    laws_replaced,
    no_longer_in_force,
)
from chidao.graph.proofread.known import graph_disagrees, look_up, two_dates, two_issuers
from chidao.graph.proofread.provisions import cited_provisions
from chidao.graph.select import Store

__all__ = ["SEVERITIES", "Finding", "check", "check_path"]

RULES = (
    type_and_symbol,
    law_number,
    issuer_and_symbol,
    symbol_misprint,
    code_form,
    two_dates,
    two_issuers,
    later_date,
    year_and_date,
    first_citation,
    own_heading,
    own_blanks,
    own_code,
    own_symbol,
)

_SUSPICIONS = {
    "impossible-date": ("error", "Ngày, tháng không có thật: “{text}”."),
    "unreadable-code": ("error", "Không đọc được số, ký hiệu: “{text}”."),
    "unknown-symbol": ("warning", "Ký hiệu không phải của loại văn bản hay cơ quan nào đã biết: “{text}”."),
    "symbol-without-issuer": ("warning", "Ký hiệu thiếu cơ quan ban hành hoặc có khoảng trắng: “{text}”."),
    "ocr-number": ("warning", "Số, ký hiệu “{text}” nhận dạng từ bản quét, độ tin cậy thấp: cần xác nhận."),
    "ocr-date": ("warning", "Ngày ban hành “{text}” nhận dạng từ bản quét, độ tin cậy thấp: cần xác nhận."),
    "blank-number": ("hint", "Số văn bản còn để trống: “{text}”."),
}


def check(corpus: Corpus, file: File, store: Store | None = None, on: date | None = None) -> list[Finding]:
    """Everything to be said of one file of a corpus, in text order; `store` is a graph that knows more. What has ended is told as of
    the day `on`, by default that of the draft, or today where it has none."""
    draft = Draft(corpus, file)
    found = [finding for rule in RULES for finding in rule(draft)]
    told = {(f.start, f.end) for f in found if f.rule == "symbol-misprint"}
    found += (f for f in _suspicions(draft) if f.rule != "unknown-symbol" or (f.start, f.end) not in told)
    own = file.facts.heading.date
    day = on or (date.fromisoformat(own) if own else date.today())
    ends = laws_replaced(draft, day) | ended_in_file(draft)
    if store is not None:
        known = look_up(draft, store)
        ends |= graph_ends(store, known, day) | ended_in_file(draft)
        found += graph_partly_ended(draft, store, known, day)
        found += cited_provisions(draft, store, known, day)
        found += graph_disagrees(draft, known)
    found += no_longer_in_force(draft, ends)
    return sorted(set(found), key=lambda f: (f.start, SEVERITIES.index(f.severity), f.rule, f.end))


def check_path(
    path: str | Path, *, home: str | None = None, store: Store | None = None, on: date | None = None
) -> tuple[Source, list[Finding]]:
    """Return the file at `path` as read and what is to be said of it, as of a day (see `check`).

    Raises SourceError for a file that cannot be read and for a register, which is a list and no draft; ChidaoError for an unknown home.
    """
    facts = extract_path(path, home)
    if len(facts) != 1 or facts[0].row is not None:
        raise SourceError("a register is no draft: check takes one document", path=str(path))
    corpus = resolve(facts)
    return facts[0].source, check(corpus, corpus.files[0], store, on)


def _suspicions(draft: Draft) -> Iterator[Finding]:
    """What the reader of references and dates could not make out."""
    for s in draft.facts.suspicions:
        if s.rule == "younger-object":
            continue  # a cited day behind the draft's own is told of by its own rule
        severity, message = _SUSPICIONS.get(s.rule, ("warning", "Cần xem lại: “{text}”."))
        yield draft.finding(s.rule, severity, s.start, s.end, message.format(text=" ".join(s.text.split())))
