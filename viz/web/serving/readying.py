"""What first requests would wait for, made while nobody asks: a step takes some hundredths of a second, and a question that comes
meanwhile waits for no more than that."""

from __future__ import annotations

from collections.abc import Iterator

from chidao.viz.drawing.scheme_html import scheme_template
from chidao.viz.web.rendering.render import environment
from chidao.viz.web.sitemap import PAGES
from chidao.viz.words import DEFAULT, words


def readying() -> Iterator[None]:
    """Load what pages need in the language that a visitor gets who has chosen none, a step at a time."""
    for template in dict.fromkeys(page.template for page in PAGES.values()):
        environment(DEFAULT).get_template(template)
        yield
    scheme_template(DEFAULT)
    yield
    words(DEFAULT).relations  # noqa: B018
