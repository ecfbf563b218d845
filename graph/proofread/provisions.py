"""The proofreader's rules about provisions, by a graph's word: one that its document does not have, that was repealed, or amended."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from chidao.extract.language.dates import printed_day
from chidao.extract.language.provision_paths import members, path_words, split_attached, split_step, within
from chidao.extract.model import SELF, Provision
from chidao.graph.answers.force import Amendment, amendments, force_events
from chidao.graph.answers.standing import Standing, contents, standing
from chidao.graph.proofread.draft import Draft, Finding
from chidao.graph.proofread.known import Known, short
from chidao.graph.select import Store, rows_of_each

_TELLS = re.compile(r"sửa\s+đổi|bổ\s+sung|bãi\s+bỏ|thay\s+thế|hết\s+hiệu\s+lực|đính\s+chính|trước\s+đây", re.IGNORECASE)
_DONE = {
    "replace": "được sửa đổi", "repeal": "bị bãi bỏ", "phrase": "được thay cụm từ", "renumber": "được đánh số lại",
    "insert": "được bổ sung",
}  # fmt: skip
_NOT_APPLIED = {
    "suspended": ("provision-suspended", "warning", "ngưng hiệu lực"),
    "not-yet": ("provision-not-yet", "hint", "chưa có hiệu lực; có hiệu lực"),
}
"""States of a cited provision in which it is not applied, each with the rule, how grave it is, and what is said."""
_FEWEST = 3
"""Articles of a document whose text is known as a whole."""


def cited_provisions(draft: Draft, store: Store, known: Mapping[str, Known], on: date) -> Iterator[Finding]:
    """A provision that the document in the graph does not have ("Điều 45" of a decree with 40), or that was amended or repealed by the
    day, unless the sentence says so itself."""
    cited: dict[str, list[Provision]] = defaultdict(list)
    for mention in draft.facts.provisions:
        if mention.document != SELF and not draft.in_quotation(mention.start):
            key = draft.file.documents[mention.document]
            if key in known:
                cited[key].append(mention)
    iris = {known[key].iri: key for key in cited}
    own, held = _own_paths(store, iris), contents(store, iris)
    changes, events = amendments(store, iris), force_events(store, iris)
    for iri, key in iris.items():
        made = [a for a in changes.get(iri, []) if a.path and not _by_draft(draft, a)]
        inserted = {a.path for a in changes.get(iri, []) if a.operation in ("insert", "renumber")}
        told: set[str] = set()
        for mention in cited[key]:
            for path in members(mention.path):
                if path in told:
                    continue
                if missing := _missing(path, own.get(iri, frozenset()), inserted):
                    told.add(path)
                    yield _not_there(draft, mention, path, missing, known[key].label)
                    continue
                state = standing(events.get(iri, ()), made, on.isoformat(), path, held.get(iri, {}), own.get(iri, ()))
                if state.state in _NOT_APPLIED:
                    told.add(path)
                    yield _not_applied(draft, mention, path, state, known[key].label)
                elif change := _changed(draft, mention, path, made, on):
                    told.add(path)
                    yield _was_changed(draft, mention, path, change, known[key].label)


def _not_applied(draft: Draft, mention: Provision, path: str, state: Standing, label: str) -> Finding:
    rule, severity, said = _NOT_APPLIED[state.state]
    since = f" từ ngày {printed_day(state.since)}" if state.since else ""
    until = f" đến hết ngày {printed_day(state.until)}" if state.until else ""
    by = f" theo {state.label}" if state.label else ""
    message = f"{path_words(path)} {label} {said}{since}{until}{by}."
    return draft.finding(rule, severity, mention.start, mention.end, message)


def _own_paths(store: Store, iris: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """By document: the provisions that its own text has, where the graph has it whole: its articles are counted without a gap."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows_of_each(store, "internal/document-own-paths", "document", iris):
        found[row["document"]].add(row["path"])
    return {iri: frozenset(paths) for iri, paths in found.items() if _whole(paths)}


def _whole(paths: set[str]) -> bool:
    numbers = {
        int(n) for p in paths if "/" not in p and (n := split_step(p)[1]).isdecimal() and split_step(p)[0] == "dieu"
    }
    return len(numbers) >= _FEWEST and numbers == set(range(1, max(numbers) + 1))


def _missing(path: str, own: frozenset[str], inserted: set[str]) -> str | None:
    """Return the largest provision of a path in articles that the document does not have; None where it has all, or it is not known."""
    if not own or split_step(path.split("/")[0])[0] != "dieu":
        return None
    if any(split_attached(p)[1] == path for p in own):
        return None  # "Điều 10 Quyết định số 12", of the rules that it carries along
    steps = path.split("/")
    for depth in range(1, len(steps) + 1):
        here = "/".join(steps[:depth])
        if here in own or any(within(here, added) or within(added, here) for added in inserted):
            continue
        above = "/".join(steps[: depth - 1])
        unit = split_step(steps[depth - 1])[0]
        beside = [p for p in own if p.rpartition("/")[0] == above and split_step(p.rpartition("/")[2])[0] == unit]
        # Where the text is divided into none of the kind, its division may not have been read.
        return here if depth == 1 or beside else None
    return None


def _not_there(draft: Draft, mention: Provision, path: str, missing: str, label: str) -> Finding:
    message = f"{label} không có {path_words(missing)} theo toàn văn trong kho."
    return draft.finding("no-such-provision", "warning", mention.start, mention.end, message)


def _by_draft(draft: Draft, change: Amendment) -> bool:
    """Is the change the draft's own? Its file may be in the graph."""
    return draft.file.own is not None and change.by.endswith(f"/document/{draft.file.own}")


def _changed(draft: Draft, mention: Provision, path: str, made: list[Amendment], on: date) -> Amendment | None:
    """Return the last change by the day of this very provision, or of what it is part of."""
    sentence = draft.facts.sentences[mention.sentence].text if mention.sentence >= 0 else ""
    if _TELLS.search(sentence):
        return None
    day = on.isoformat()
    found = [a for a in made if within(path, a.path) and a.happened(day)]
    inserted = max((a.since or a.by_date or "" for a in found if a.operation == "insert"), default="")
    found = [a for a in found if a.operation != "insert" and (a.since or a.by_date or "") >= inserted]
    return max(found, key=lambda a: (a.operation == "repeal", a.since or a.by_date or ""), default=None)


def _was_changed(draft: Draft, mention: Provision, path: str, change: Amendment, label: str) -> Finding:
    since = f" từ ngày {printed_day(change.since)}" if change.since else ""
    said = change.evidence
    message = (
        f"{path_words(path)} {label} đã {_DONE[change.operation]} bởi {change.label}{since}: “{short(said.sentence)}” "
        f"({said.source}, dòng {said.line})."
    )
    rule = "provision-repealed" if change.operation == "repeal" else "provision-amended"
    return draft.finding(
        rule, "warning" if change.operation == "repeal" else "hint", mention.start, mention.end, message
    )
