"""The proofreader's page: hand in a draft, read what is to be said of it, take the commented copy away."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from chidao.extract.errors import ChidaoError
from chidao.viz.web.catalogue import translations
from chidao.viz.web.changing.own_body import own_body
from chidao.viz.web.pages import views
from chidao.viz.web.rendering.render import language_of, page
from chidao.viz.web.request import upload
from chidao.viz.web.sitemap import route

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def ask(request: Request) -> Response:
    own = own_body(request)
    home = views.province_name((own.scope or "").split("/")[0]) if own else None
    return page(request, "check", done=None, problem=None, draft=None, home=home)


async def answer(request: Request) -> Response:
    """Return the findings as a page, or with `format=docx` as a copy of the draft with comments."""
    draft: upload.Upload | None = None
    try:
        draft = await upload.receive(request)
        done = await upload.check(request, draft)
    except ChidaoError as error:
        return page(request, "check", 400, done=None, problem=error.message, draft=draft)
    except HTTPException as error:
        if error.status_code != 400:
            raise
        problem = translations(language_of(request)).gettext(error.detail)
        return page(request, "check", 400, done=None, problem=problem, draft=draft)
    if done.docx is not None:
        headers = {"Content-Disposition": 'attachment; filename="draft-check.docx"'}
        return Response(done.docx, media_type=_DOCX, headers=headers)
    counts = {level: sum(f.severity == level for f in done.findings) for level in ("error", "warning", "hint")}
    return page(request, "check", done=done, counts=counts, problem=None, draft=draft)


routes: list[BaseRoute] = [Route(route("check"), ask, methods=["GET"]), Route(route("check"), answer, methods=["POST"])]
