"""Documents that may prove that a task is done: offered with the sentence that says so, and counted when a person has confirmed it.

"Tỉnh ủy … xây dựng, ban hành kế hoạch thực hiện Kết luận số 21-KL/TW" is offered a plan of this Tỉnh ủy, or of its standing organ,
that carries out that conclusion, or the document that assigns the task. Of a task with several leads nothing is offered, nor of a group:
what one of them has issued is not what all have to.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from chidao.extract.corpus.series import body_of
from chidao.graph.answers.tasks import TaskRow, these_tasks
from chidao.graph.evidence import Evidence
from chidao.graph.select import Store, node, rows

_MOST = 3
"""Documents that are offered for one task."""
_MAKES = r"(?:xây dựng|ban hành|soạn thảo|lập)"
_ELSEWHERE = r"(?:theo|thực hiện|triển khai|cụ thể hóa|trong|tại|về|của|để)"
"""Behind these words a document's kind belongs to something else: "xây dựng nông thôn mới theo kế hoạch"."""
_OF_IT = r"(?:cụ thể|chi tiết|hành động|của|tổ chức|thực hiện|triển khai|nhằm|để|trước|trong|chậm nhất|xong|hoàn thành)"
"""Only with these words, or with nothing, is it one for the directive as a whole, and not "kế hoạch đầu tư"."""
_ASKS = re.compile(rf"\b{_MAKES}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offer:
    """A document that may be what a task asks for, with the sentence that says that the body has issued it or that it carries out the
    directive."""

    document: str
    label: str
    date: str
    evidence: Evidence


def offers(store: Store) -> dict[str, tuple[Offer, ...]]:
    """Return what is offered for tasks, the earliest first, by the task's IRI."""
    may_ask = these_tasks(store, (row["task"] for row in rows(store, "internal/asking-tasks")))
    asking = [task for task in may_ask if task.date and _one_body(task) and _ASKS.search(task.text)]
    about = _about(store, asking)
    carrying = _carrying(store, set().union(*about.values()))
    issued = _issued(store, {document for of in carrying.values() for document in of})
    found: dict[str, tuple[Offer, ...]] = {}
    for task in asking:
        named = sorted(about[task.iri])
        said = {document: evidence for iri in named for document, evidence in carrying.get(iri, {}).items()}
        fitting = [
            offer for document, evidence in said.items() if document not in named
            if (offer := _fitting(task, issued.get((document, _one_body(task)), ()), evidence))
        ]  # fmt: skip
        if fitting:
            found[task.iri] = tuple(sorted(fitting, key=lambda o: (o.date, o.document)))[:_MOST]
    return found


def _fitting(task: TaskRow, issued: Iterable[dict[str, Any]], said: Evidence) -> Offer | None:
    """What the body has issued, where it is of the kind that is asked for and not older than the task."""
    for row in issued:
        if row["date"] >= (task.date or "") and asks_for(task.text, row["type"]):
            return Offer(row["document"], row["label"], row["date"], Evidence.of(row) if row["sentence"] else said)
    return None


def _about(store: Store, asking: Iterable[TaskRow]) -> dict[str, set[str]]:
    """The documents that a plan asked for may carry out, by task: the one that assigns it, and those that it names."""
    found = {task.iri: {task.document} for task in asking}
    for row in rows(store, "internal/task-about") if found else ():
        if row["task"] in found:
            found[row["task"]].add(row["directive"])
    return found


def _one_body(task: TaskRow) -> str | None:
    """The body that alone leads, as the one in whose name its organs act."""
    (only,) = task.lead if len(task.lead) == 1 else ("",)
    return _body(task.bodies[only]) if only in task.bodies else None


def _body(iri: str) -> str:
    return body_of(iri.rpartition("/body/")[2])


def _carrying(store: Store, directives: Iterable[str]) -> dict[str, dict[str, Evidence]]:
    """The documents that carry out each directive, as is said of them in so many words."""
    found: dict[str, dict[str, Evidence]] = defaultdict(dict)
    terms = [node(iri) for iri in sorted(directives)]
    for row in rows(store, "internal/implementations", directive=terms) if terms else ():
        if row["predicate"] == "implements" and row["certainty"] == "explicit":
            found[row["directive"]].setdefault(row["document"], Evidence.of(row))
    return found


def _issued(store: Store, documents: Iterable[str]) -> dict[tuple[str, str | None], Sequence[dict[str, Any]]]:
    """What is said of who issued these documents, by document and body; a sentence of another file comes first."""
    found: dict[tuple[str, str | None], list[dict[str, Any]]] = defaultdict(list)
    terms = [node(iri) for iri in sorted(documents)]
    for row in rows(store, "internal/issued", document=terms) if terms else ():
        found[row["document"], _body(row["body"])].append(row)
    return {key: sorted(said, key=lambda row: row["sentence"] is None) for key, said in found.items()}


def asks_for(text: str, kind: str) -> bool:
    """Return whether a task's sentence asks for a document of this kind to be made.

    >>> asks_for("Xây dựng, ban hành kế hoạch thực hiện Kết luận số 21-KL/TW", "Kế hoạch")
    True
    >>> asks_for("Xây dựng nông thôn mới theo kế hoạch", "Kế hoạch"), asks_for("Ban hành Kế hoạch số 5/KH-UBND", "Kế hoạch")
    (False, False)
    >>> asks_for("Lập kế hoạch đầu tư hạ tầng khung, thực hiện trong quý I/2023", "Kế hoạch")
    False
    """
    return bool(_asking(kind).search(text))


@cache
def _asking(kind: str) -> re.Pattern[str]:
    between = rf"(?:(?!\b{_ELSEWHERE}\b)[^.;:()]){{0,60}}?"
    behind = rf"(?=\s*(?:$|[.,;:()/]|{_OF_IT}\b))"
    return re.compile(rf"\b{_MAKES}\b{between}\b{re.escape(kind)}\b{behind}", re.IGNORECASE)
