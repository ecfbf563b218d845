"""A draft that a visitor hands in, read and forgotten. A served site does it in a process of its own, under bounds (`apart`)."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_multipart.exceptions import FormParserError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message

from chidao.extract.model import Source
from chidao.graph.proofread.draft import SEVERITIES, Finding
from chidao.viz.web.catalogue import N_
from chidao.viz.web.request import params
from chidao.viz.web.snapshots import snapshot_of

FORMS = ("json", "docx")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")


@dataclass(frozen=True, slots=True)
class Upload:
    """What was handed in: the name is words for people, never a path."""

    name: str
    data: bytes
    home: str | None
    form: str
    level: str


@dataclass(frozen=True, slots=True)
class Checked:
    """`docx` is the copy with comments, when that was asked for."""

    source: Source
    findings: list[Finding]
    docx: bytes | None


async def receive(request: Request) -> Upload:
    """Return the draft in a request: a form with `file` or `text`, JSON {"text": …}, or the bytes of a file.

    Raises HTTPException: 413 as soon as more comes than the server grants, 400 for what cannot be understood, 415 for an unknown
    kind of body."""
    limit: int = request.app.state.limits.upload
    within = Request(request.scope, bounded(request.receive, limit, _too_much(limit)))
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > limit:
        raise _too_much(limit)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    name, home = params.text(request, "name") or "draft", params.text(request, "home")
    form, level = (
        params.one_of(request, "format", FORMS) or FORMS[0],
        params.one_of(request, "level", SEVERITIES) or "hint",
    )
    if kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        return await _from_form(within, home, form, level)
    body = await within.body()
    if kind == "application/json":
        try:
            given = json.loads(body)
            text = given["text"]
            home = given.get("home", home)
            if not isinstance(text, str) or not (home is None or params.says_something(home)):
                raise TypeError
        except (ValueError, KeyError, TypeError, RecursionError):
            raise HTTPException(400, 'a draft as JSON is {"text": "…"}, with "home" if need be') from None
        return Upload("draft.txt", _encoded(text), home, form, level)
    if kind.startswith(("application/", "text/", "image/")) or not kind:
        if not body:
            raise HTTPException(400, N_("No draft was sent: give a file or a text."))
        return Upload(name, body, home, form, level)
    raise HTTPException(
        415, f"a draft is sent as multipart/form-data, application/json or as it is, not as {kind[:60]!r}"
    )


async def _from_form(request: Request, home: str | None, form_: str, level: str) -> Upload:
    """`home`, `form_` and `level` hold where the form does not say otherwise."""
    try:
        async with request.form(max_files=1, max_fields=20, max_part_size=request.app.state.limits.upload) as form:
            file, text = form.get("file"), form.get("text")
            options = (
                str(form.get("home") or "") or home,
                _one_of("format", form.get("format") or form_, FORMS),
                _one_of("level", form.get("level") or level, SEVERITIES),
            )
            if isinstance(text, str):
                without_control(text)
            if isinstance(file, UploadFile) and (file.filename or file.size):
                return Upload(file.filename or "draft", await file.read(), *options)
            if isinstance(text, str) and text.strip():
                return Upload("draft.txt", _encoded(text), *options)
    except (MultiPartException, FormParserError) as error:
        raise HTTPException(400, f"the form cannot be read: {getattr(error, 'message', error)}") from None
    raise HTTPException(400, N_("No draft was sent: give a file or a text."))


def without_control(text: str) -> None:
    """Raises HTTPException 400 for a text with characters that no document has."""
    if _CONTROL.search(text):
        raise HTTPException(400, "the text holds control characters")


def _encoded(text: str) -> bytes:
    without_control(text)
    if not text.strip():
        raise HTTPException(400, N_("No draft was sent: give a file or a text."))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise HTTPException(400, "the text holds halves of characters that are no Unicode") from None


def bounded(
    receive: Callable[[], Awaitable[Message]], limit: int, problem: HTTPException
) -> Callable[[], Awaitable[Message]]:
    """Return what gives the same messages, and raises `problem` once more than `limit` bytes have come."""
    seen = 0

    async def next_message() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body") or b"")
        if seen > limit:
            raise problem
        return message

    return next_message


def _too_much(limit: int) -> HTTPException:
    return HTTPException(
        413,
        f"a draft may have {limit >> 20} MB at most" if limit >= 1 << 20 else f"a draft may have {limit} bytes at most",
    )


async def check(request: Request, upload: Upload) -> Checked:
    """Read the draft and say what is to be said of it, beside the event loop. Nothing of it stays.

    Raises SourceError for a file that cannot be read, ChidaoError for a register or an unknown home."""
    from chidao.graph.proofread.check import check_path

    store = snapshot_of(request).store

    def run() -> Checked:
        with tempfile.TemporaryDirectory(prefix="chidao-") as folder:
            ending = _ENDING.search(upload.name)
            path = Path(folder) / f"draft{ending.group().lower() if ending else ''}"
            path.write_bytes(upload.data)
            source, findings = check_path(path, home=upload.home, store=store)
            worst = SEVERITIES[: SEVERITIES.index(upload.level) + 1]
            kept = [f for f in findings if f.severity in worst]
            return Checked(source, kept, _commented(path, source, kept) if upload.form == "docx" else None)

    return await run_in_threadpool(run)


def _one_of(name: str, value: object, known: Sequence[str]) -> str:
    if value not in known:
        raise HTTPException(400, f"{name} is one of {', '.join(known)}, not {str(value)[:60]!r}")
    return str(value)


def _commented(path: Path, source: Source, findings: list[Finding]) -> bytes:
    from chidao.viz.documents.comments import write_comments

    return write_comments(path, source, findings).read_bytes()
