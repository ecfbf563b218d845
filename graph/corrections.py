"""The corrections that an office keeps in its workspace: read, and looked at before anything is done with them.

The file may have been written by anybody. Each of its lines is data: a value that cannot stand where it is to be put is an error that names
the line's entry, and nothing of the file is used.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from chidao.extract.errors import ChidaoError
from chidao.extract.resolved import Correction
from chidao.graph.journal import Journal
from chidao.graph.workspace import Workspace

FIELDS = ("number", "symbol", "date", "issuer", "title", "type")
"""What of a document can be corrected."""
OF_TASKS = ("lead", "support", "deadline")
"""What of a task can be corrected."""
FACTS = ("relation", "action", "task", "force")
"""What can be rejected."""
RELATIONS = (
    "implements", "continues", "based_on", "guides", "amends", "replaces", "repeals", "corrects", "consolidates", "reviews", "cites",
)  # fmt: skip
"""Relations that can be added."""
_NAME = re.compile(r"[0-9A-Za-z-]{1,40}")
_SUM = re.compile(r"[0-9a-f]{64}")
_SYMBOL = re.compile(r"[^\W_][\w&./-]{0,40}")
_DEADLINE = re.compile(
    r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?|-Q[1-4])?|daily|weekly|(?:monthly|quarterly)(?:-[0-3][0-9])?|half-yearly"
    r"|yearly(?:-[01][0-9]-[0-3][0-9])?|ongoing"
)
_LONGEST = 10_000
"""Characters of one value."""


def journal(workspace: Workspace) -> Journal[Correction]:
    """Return the journal of a workspace's corrections."""
    return Journal(workspace.corrections, Correction)


def read_corrections(workspace: Workspace | None) -> list[Correction]:
    """Return the corrections that hold, each looked at; none without a workspace. Raises ChidaoError."""
    if workspace is None:
        return []
    found = journal(workspace).read()
    for correction in found:
        if not correction.id:
            raise ChidaoError("a correction has no name (“id”)", path=str(workspace.corrections))
        check(correction, workspace.corrections)
    return found


def checksum(corrections: Iterable[Correction]) -> str:
    """Return what tells these corrections from others, "" for none: what was undone leaves no trace in it."""
    said = [json.dumps(asdict(c), ensure_ascii=True, sort_keys=True) for c in corrections]
    return hashlib.sha256("\n".join(said).encode()).hexdigest() if said else ""


def check(c: Correction, path: Path | None = None) -> None:
    """Raises ChidaoError for a correction that says nothing which could be done. What cannot be is an error only where it is new (without
    the file's `path`): a file of an earlier version may have it, and a build lists it for review."""
    wrong = _wrong(c)
    if wrong is None and path is None:
        wrong = _impossible(c)
    if wrong is not None:
        raise ChidaoError(f"correction {c.id[:40]!a}: {wrong}" if c.id else wrong, path=str(path) if path else None)


def _impossible(c: Correction) -> str | None:
    """Why what a correction says cannot be, in words."""
    from chidao.extract.corpus.by_hand import (
        cannot_be,
    )  # with the rules, which who has nothing to correct need not load

    why = cannot_be(c)
    return _IMPOSSIBLE[why, c.kind] if why == "not-two" else f"no day: {c.new!a}; write 2026-02-03" if why else None


def _wrong(c: Correction) -> str | None:
    """What is wrong with a correction, in words."""
    values = [value for value in asdict(c).values() if isinstance(value, str)] + list(c.bodies)
    if any(len(value) > _LONGEST or not _is_text(value) for value in values):
        return "a value is too long, or no text"
    if (c.id and not _NAME.fullmatch(c.id)) or (c.at and not _is_moment(c.at)):
        return "its name or its moment cannot be read"
    if (c.file and not _SUM.fullmatch(c.file)) or (c.row is not None and not 0 <= c.row < 10**9):
        return "its file or row cannot be read"
    if c.kind not in _KINDS:
        return f"no such kind: {c.kind[:40]!a}"
    return _KINDS[c.kind](c)


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in value


def _is_moment(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _is_day(value: str) -> bool:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return False
    return day.isoformat() == value


def _field(c: Correction) -> str | None:
    from chidao.extract.corpus.by_hand import (
        read_number,  # with the rules, which who has nothing to correct need not load
    )

    if not c.document:
        return "it names no document"
    if c.field not in FIELDS:
        return f"no such field; there are {', '.join(FIELDS)}"
    if c.field == "date" and c.new and not _is_day(c.new):
        return f"no day: {c.new!a}; write 2026-02-03"
    if c.field == "number" and not read_number(c.new or ""):
        return f"no number of a document: {(c.new or '')!a}"
    if c.field == "symbol" and not _SYMBOL.fullmatch(c.new or ""):
        return f"no symbol: {(c.new or '')!a}"
    return None


def _reject(c: Correction) -> str | None:
    if c.fact not in FACTS:
        return f"no such fact; there are {', '.join(FACTS)}"
    return None if c.told and c.quote and c.file else "it does not say which fact it is, and in which sentence and file"


def _task(c: Correction) -> str | None:
    from chidao.extract.corpus.facts_by_hand import parties  # likewise

    if c.field not in OF_TASKS:
        return f"no such field; there are {', '.join(OF_TASKS)}"
    if c.field == "deadline" and c.new and not _DEADLINE.fullmatch(c.new):
        return f"no deadline: {c.new!a}; write 2026-06-30, 2026-06, 2026-Q2, 2026, monthly, ongoing …"
    if c.field == "lead" and not parties(c.new):
        return "a task needs somebody who leads it"
    return None if c.told and c.quote and c.file else "it does not say which task it is, and in which sentence and file"


def _same(c: Correction) -> str | None:
    return None if (c.body or c.document) and c.other else "it does not say which two documents or bodies are one"


def _apart(c: Correction) -> str | None:
    return None if c.document and c.file else "it does not say which file means another document"


def _name(c: Correction) -> str | None:
    return None if c.body and " ".join((c.new or "").split()) else "it does not say which body is called what"


def _relation(c: Correction) -> str | None:
    if c.field not in RELATIONS:
        return f"no such relation; there are {', '.join(RELATIONS)}"
    return None if c.document and c.other and c.why.strip() else _IMPOSSIBLE["not-two", "relation"]


_IMPOSSIBLE = {
    ("not-two", "relation"): "a relation needs two documents, and a note that says why",
    ("not-two", "same"): "it does not say which two documents or bodies are one",
}
_KINDS: dict[str, Callable[[Correction], str | None]] = {
    "field": _field, "reject": _reject, "task": _task, "same": _same, "apart": _apart, "name": _name, "relation": _relation,
}  # fmt: skip
