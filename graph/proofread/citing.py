"""The proofreader's rules about a citation's place in its document: when it may be dated, what its first mention states.

Nghị định 30/2020/NĐ-CP, Phụ lục I, on quoting documents: the first citation states type, number, symbol, date, issuer and
title, of a law or an ordinance only type and name; later ones type, number and symbol. Hướng dẫn 36-HD/VPTW asks the same of
Party documents. Nghị định 78/2025/NĐ-CP, Điều 68 (as amended by 187/2025/NĐ-CP), asks no date of those that cite in legal
normative documents: their numbers carry the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chidao.extract.language.dates import printed_day
from chidao.extract.language.letters import SUPERSCRIPTS
from chidao.extract.language.patterns import DAY_BEGINS, FOOTNOTE, NUMBER_SIGN
from chidao.extract.language.symbols import issuer_fits, names_issuer
from chidao.extract.model import SELF, Reference
from chidao.extract.resolved import Document
from chidao.graph.proofread.draft import Draft, Finding
from chidao.graph.proofread.form import has_form
from chidao.ontology.authority import types_of

_YEAR_IS_ENOUGH_FROM = "2025-04-01"
"""When Nghị định 78/2025/NĐ-CP took effect."""
_LIST = re.compile(rf"{FOOTNOTE}\s*(?:[,;]|và|,\s*và|hoặc)\s*(?:các\s+|số\s+)*", re.IGNORECASE)


def later_date(draft: Draft) -> Iterator[Finding]:
    """A document cannot cite what is dated after itself. A consolidated text's footnotes can."""
    own = draft.facts.heading.date
    if own is None or draft.consolidated:
        return
    for i, r in draft.mentions():
        wrong_year = r.year is not None and r.date is not None and int(r.date[:4]) != r.year
        if r.date and r.date > own and not wrong_year and not draft.in_quotation(r.start):
            message = f"Văn bản được viện dẫn ghi ngày {printed_day(r.date)}, sau ngày của chính văn bản này ({printed_day(own)})."
            known = draft.document(i)
            right = known.date if known.date and known.date <= own else None
            yield draft.finding(
                "later-date", "error", r.start, r.extent, message, f"ngày {printed_day(right)}" if right else None
            )


def year_and_date(draft: Draft) -> Iterator[Finding]:
    """ "Nghị định số 94/2024/NĐ-CP ngày 24 tháng 7 năm 2025": the number holds the year of the day that it is signed."""
    for _, r in draft.mentions():
        if r.date and r.year and int(r.date[:4]) != r.year:
            message = f"Số văn bản là của năm {r.year}, nhưng ngày ban hành ghi {printed_day(r.date)}."
            day = f"{r.year}{r.date[4:]}"
            right = None if day.endswith("-02-29") else f"ngày {printed_day(day)}, hoặc số khác"
            yield draft.finding("year-date", "error", r.start, r.extent, message, right)


def first_citation(draft: Draft) -> Iterator[Finding]:
    """The first citation of each document with what it lacks: a warning where its date does, else a hint."""
    if draft.consolidated:
        return
    mentions = draft.mentions()
    # What the title names in full already needs no more.
    seen = {draft.file.documents[i] for i, r in mentions if r.date and r.issuer and _in_title(draft, r)}
    inner = _inside_titles([r for _, r in mentions])
    grounds = _grounds(draft)
    for n, (i, r) in enumerate(mentions):
        key = draft.file.documents[i]
        if key in seen or not _is_cited_in_full(r) or _is_own(draft, key, r):
            continue
        if r.start in inner or _names_in_its_own_way(draft, r):
            continue
        seen.add(key)
        if _has_a_note(draft, r):
            continue  # which says the rest
        missing = _missing(draft, n, mentions)
        if missing == ["trích yếu"] and i not in grounds:
            continue  # what a document rests on is named in full; elsewhere a title left out misleads nobody
        if missing and not _amending(draft, n, mentions):
            yield _incomplete(draft, draft.document(i), r, missing)


def _grounds(draft: Draft) -> set[int]:
    """What the document rests on or carries out."""
    relations = draft.facts.relations
    return {k.object for k in relations if k.subject == SELF and k.predicate in ("based_on", "implements")}


def _has_a_note(draft: Draft, r: Reference) -> bool:
    behind = (draft.text[at : at + 1] for at in (r.end, r.extent))
    return any(mark and mark in SUPERSCRIPTS for mark in behind)


def _is_cited_in_full(r: Reference) -> bool:
    """Does the rule ask for the whole citation? Of a law only its name, of a code that stands alone nothing."""
    if (
        r.symbol is None
        or not has_form(r.symbol)
        or r.type in types_of("named")
        or r.rule in ("code-alone", "standard")
    ):
        return False  # a technical regulation has its year and its body in its number
    return r.type is not None or "QH" not in r.symbol


def _names_in_its_own_way(draft: Draft, r: Reference) -> bool:
    """A title, one's own or another document's, names documents in its own way, and so do words that are quoted; a table has columns for
    the rest; a heading ("# Nghị quyết số …") is no citation; what cannot be read is another rule's business."""
    return _in_title(draft, r) or draft.in_quotation(r.start) or _stands_apart(draft, r) or _doubtful(draft, r)


def _in_title(draft: Draft, r: Reference) -> bool:
    title = draft.facts.heading.places.title or (0, 0)
    return title[0] <= r.start < title[1]


def _incomplete(draft: Draft, document: Document, r: Reference, missing: list[str]) -> Finding:
    undated = "ngày ban hành" in missing
    rule = "first-citation-undated" if undated else "first-citation-incomplete"
    severity = "warning" if undated and r.year is None else "hint"
    message = f"Viện dẫn lần đầu thiếu {_joined(missing)}."
    return draft.finding(rule, severity, r.start, r.extent, message, _full(document, r))


# Behind the citation: nothing more of it, but the sentence's own words or end.
_OVER = re.compile(
    r"[*_”\"]*\s*(?:[.,;:)(/]|$|\n\s*\n|(?:và|hoặc|theo|đã|được|có|kể|tại|để|trong|nhằm|đến|là|thì|cho|cùng|từ)\s)",
    re.IGNORECASE,
)
_OF = re.compile(r"[*_]*\s*,?\s*(?:của|do)\s", re.IGNORECASE)
_GOES_ON = re.compile(rf"\s*[,;]\s*(?:{NUMBER_SIGN})?[0-9]{{1,5}}[/-]", re.IGNORECASE)
_DAY = re.compile(DAY_BEGINS, re.IGNORECASE)


def _missing(draft: Draft, n: int, mentions: list[tuple[int, Reference]]) -> list[str]:
    """What mention `n` and those listed with it leave out ("các Nghị quyết số 18, 19-NQ/TW ngày … của …")."""
    r = mentions[n][1]
    listed, following = _listed(draft, n, mentions)
    behind = _behind(draft, listed[-1].extent, following)
    date, issuer, title = (any(getattr(m, part) for m in listed) for part in ("date", "issuer", "title"))
    # A body that the tables do not know: "của Hội nghị Trung ương lần thứ sáu", with whatever stands behind it; or a list of codes of
    # which a later one could not be read: what stands behind it holds for all.
    if _OF.match(behind) or _GOES_ON.match(behind):
        issuer = title = True
        date = date or _DAY.search(behind) is not None
    if draft.bodies_in(listed[-1].extent, listed[-1].extent + 8):
        title = True  # "của Bộ Tư pháp và Bộ Công an về …": joint issuers stand between
    date = date or _dated_around(draft, r, behind, mentions[n - 1][1].extent if n else 0)
    # A footnote's issuer and matter stand in the sentence that carries its mark.
    noted = draft.facts.sentences[r.sentence].footnote is not None
    sent = noted or r.type in types_of("correspondence") or r.text.lower().startswith("văn bản")
    lacking = {
        "ngày ban hành": not date and not _year_is_enough(draft, r),
        "cơ quan ban hành": not (issuer or sent or _names_issuer(draft, listed)),
        "trích yếu": not title and not sent and _OVER.match(behind) is not None,
    }
    return [part for part, lacks in lacking.items() if lacks]


def _names_issuer(draft: Draft, listed: list[Reference]) -> bool:
    """Is the issuer printed, of whatever place ("của UBND tỉnh"), or does the sentence or the document say who it is?"""
    ends = (m.title_start if m.title_start >= 0 else m.extent for m in listed)
    printed = any(_OF.search(draft.text, m.end, end) for m, end in zip(listed, ends, strict=True))
    return printed or _named_before(draft, listed[0]) or _of_own_house(draft, listed[0])


def _listed(draft: Draft, n: int, mentions: list[tuple[int, Reference]]) -> tuple[list[Reference], int]:
    """Mention `n` with those that go on its list, up to the one that completes it; and where the mention behind them begins."""
    listed = [mentions[n][1]]
    for _, r in mentions[n + 1 :]:
        whole = all(any(getattr(m, part) for m in listed) for part in ("date", "issuer", "title"))
        last = listed[-1].extent
        if whole or r.start < last or not _LIST.fullmatch(draft.text, last, r.start):
            return listed, r.start
        listed.append(r)
    return listed, len(draft.text)


def _behind(draft: Draft, start: int, end: int) -> str:
    """What follows a citation, up to the next one, a semicolon or the paragraph's end."""
    return draft.text[start : max(start, min(end, start + 200))].partition(";")[0].partition("\n\n")[0]


def _year_is_enough(draft: Draft, r: Reference) -> bool:
    own = draft.facts.heading
    normative = own.year is not None or own.type in types_of("legal")
    return r.year is not None and normative and (own.date or "9999") >= _YEAR_IS_ENOUGH_FROM


_ISSUED = re.compile(r"ban\s+hành\s+(?:vào\s+)?ngày\s+[0-9]", re.IGNORECASE)


def _dated_around(draft: Draft, r: Reference, behind: str, previous: int) -> bool:
    """ "Ngày 24/02/2020, Chính phủ ban hành Nghị định số …", "Nghị định số … đã được ban hành ngày 10/01/2026"."""
    start = max(draft.facts.sentences[r.sentence].start, previous)
    return _DAY.search(draft.text, start, max(start, r.start)) is not None or _ISSUED.search(behind) is not None


_BY = re.compile(
    r"(?:sửa\s+đổi|bổ\s+sung|thay\s+thế|bãi\s+bỏ|đính\s+chính)\s+(?:[^\s;.:]+\s+){0,8}?(?:bởi|bằng|tại|theo)\s+(?:các\s+|[^\s;.:]+\s+){0,8}$",
    re.IGNORECASE,
)


def _amending(draft: Draft, n: int, mentions: list[tuple[int, Reference]]) -> bool:
    """ "… được sửa đổi, bổ sung bởi Nghị định số 123/2018/NĐ-CP và Nghị định số 33/2026/NĐ-CP": type, number and symbol are
    enough for what amends (Nghị định 78/2025/NĐ-CP, Điều 68)."""
    while n and _LIST.fullmatch(draft.text, mentions[n - 1][1].extent, mentions[n][1].start):
        n -= 1
    start = mentions[n][1].start
    return _BY.search(draft.text, max(0, start - 120), start) is not None


def _is_own(draft: Draft, key: str, r: Reference) -> bool:
    """The document itself ("Kèm theo Quyết định số … của …"), also where too little of its heading is known for a key."""
    own = draft.facts.heading
    return key == draft.file.own or (own.number is not None and (own.number, own.symbol) == (r.number, r.symbol))


def _named_before(draft: Draft, r: Reference) -> bool:
    """ "… được Thủ tướng Chính phủ phê duyệt tại Quyết định số 866/QĐ-TTg": the sentence names the issuer in front."""
    symbol = r.symbol or ""
    start = draft.facts.sentences[r.sentence].start
    return names_issuer(symbol) and any(issuer_fits(symbol, b.key) for b in draft.bodies_in(start, r.start))


def _of_own_house(draft: Draft, r: Reference) -> bool:
    """A document of the citing document's own issuer: its symbol says so."""
    key = draft.facts.heading.issuer_key
    return key is not None and names_issuer(r.symbol or "") and issuer_fits(r.symbol or "", key)


def _stands_apart(draft: Draft, r: Reference) -> bool:
    """In a table row, alone on its line, or in an example of how to write one."""
    line = draft.text_line(r.start)
    before = draft.text[draft.text.rfind("\n", 0, r.start) + 1 : r.start].strip(" *_|\t").lower()
    if before in ("số", "số:"):
        return True  # a heading's number
    if line.lstrip(" *_-").startswith("Ví dụ"):
        return True
    return "\t" in line or line.count("|") > 1 or line.strip("#*_ \r.:") == r.text.strip()


def _doubtful(draft: Draft, r: Reference) -> bool:
    """Does a suspicion touch the citation, or is its code cut ("152/2025/TT-" at the end of a line, "501/TTr-NV.IV")?"""
    behind = draft.text[r.end : r.end + 2]
    cut = behind[:1] in ("-", "/") or (behind[:1] == "." and behind[1:].isalnum())
    return cut or draft.suspected(r.start, r.extent + 24)


def _inside_titles(references: list[Reference]) -> set[int]:
    """Starts of the mentions that stand inside another one's title."""
    inner = set()
    end = 0
    for r in references:
        if r.start < end:
            inner.add(r.start)
        end = max(end, r.extent)
    return inner


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} và {parts[-1]}"


def _full(document: Document, r: Reference) -> str | None:
    """The whole citation as far as the files know it; None where they know no more than the mention says."""
    if not (document.date and not r.date) and not (document.title and not r.title):
        return None
    text = document.label
    date = r.date or document.date
    if date:
        text += f" ngày {printed_day(date)}"
    if issuer := r.issuer or document.issuer:
        text += f" của {issuer}"
    if title := r.title or document.title:
        text += f" {title}"
    return text
