"""Where a document holds what it approves, or attaches, to be carried out: there "2. Sửa đổi Thông tư A" is yet to be done.

Điều 1. Phê duyệt Đề án … với các nội dung chủ yếu sau: … 2. Bãi bỏ Quyết định A.       up to the next article
KẾ HOẠCH … (Ban hành kèm theo Quyết định số …) … 2. Sửa đổi Thông tư A.                  where it rules by no articles
"""

from __future__ import annotations

import re

from chidao.extract.language.patterns import ALONG, ARTICLE, DIVISION
from chidao.extract.language.verbs import verbs
from chidao.extract.statements.passage import Passage

ARTICLES = re.compile(rf"\n[\s*_]*{ARTICLE}[\s*_]*(?P<said>[^\n]{{0,600}})")
_APPROVES = re.compile(rf"(?:phê\s+duyệt|(?!{ALONG})ban\s+hành|thông\s+qua)\s[^\n]{{3,500}}:[\s*_]*$", re.IGNORECASE)
_CHANGES = re.compile(rf"{verbs('clause')}\s|{DIVISION}\s+[0-9]", re.IGNORECASE)
_ATTACHED = re.compile(rf"\n[\s*_]*\([\s*_]*{ALONG}\s", re.IGNORECASE)
"""The line below the title of what a decision attaches."""


def programme(passage: Passage) -> list[tuple[int, int]]:
    """Return where in the text such contents begin and end, in text order.

    What changes another document article by article ("Phê duyệt điều chỉnh khoản 2 Điều 1 Quyết định A như sau:") is none.
    """
    text = passage.text
    articles = list(ARTICLES.finditer(text))
    attached = _ATTACHED.search(text)
    end = attached.start() if attached else len(text)
    found: list[tuple[int, int]] = []
    for article, behind in zip(articles, [*(a.start() for a in articles[1:]), end], strict=False):
        said = article["said"]
        if _APPROVES.match(said) and not _CHANGES.search(said):
            found.append((article.end(), max(behind, article.end())))
    if attached:
        first = next((a.start() for a in articles if a.start() > attached.start()), len(text))
        found.append((attached.start(), first))
    return found


def holds(spans: list[tuple[int, int]], place: int) -> bool:
    """Return whether a place is in one of the spans."""
    return any(start <= place < end for start, end in spans)
