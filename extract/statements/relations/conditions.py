"""Changes that a text binds to what may come: "Bãi bỏ A sau khi Hội đồng nhân dân thông qua nghị quyết mới", "… thay thế A nếu có nội dung
trái với Quyết định này", "Nếu được chấp thuận, Quyết định này thay thế A". Nothing of it has been done.

What is so from the day on which a document takes effect ("khi Luật B có hiệu lực") does come, and is no condition.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from chidao.extract.language.composing import one_of
from chidao.extract.language.letters import UPPER
from chidao.extract.language.patterns import ARTICLE, CLOSES, EFFECT, ISSUES, ITEM, PASSIVE, SUPPOSES, WHOSE
from chidao.extract.language.verbs import verbs
from chidao.extract.statements.passage import Passage
from chidao.extract.statements.programme import ARTICLES
from chidao.extract.statements.relations.clauses import listed
from chidao.ontology.authority import types_of

_ONCE = rf"khi\s(?![^.;,\n]{{2,120}}?{EFFECT})"
_HAPPENS = rf"(?:(?:chỉ|ngay|sau|trước|cho|đến|kể|từ)\s+){{0,3}}(?:{_ONCE}|(?:trong\s+)?(?<!trừ\s){SUPPOSES}\s)"
CONDITION = re.compile(rf"(?<!\w){_HAPPENS}", re.IGNORECASE)
BEHIND = re.compile(rf"{CLOSES}(?:\s*\([^()\n]{{0,90}}\))?\s*(?:{WHOSE})?,?\s*(?<![^\s,]){_HAPPENS}", re.IGNORECASE)
"""A condition, right behind the last document of a clause."""
BEFORE = re.compile(rf"(?:[\s*_]*{ARTICLE})?{ITEM}[*_]*{_HAPPENS}", re.IGNORECASE)
"""A condition that begins a sentence."""
_MOST = 100
"""Documents of a list at most that share a condition behind the last of them."""
_DONE = re.compile(rf"{CLOSES}\s*đã\s", re.IGNORECASE)
""" "Trường hợp áp dụng A đã được sửa đổi theo Luật này thì …": A was changed."""
_PAPERS = r"(?:trái|mới|thay\s+thế|quy\s+định|văn\s+bản|nghị\s+quyết|nội\s+dung|thông\s+qua|phê\s+duyệt|chấp\s+thuận|ban\s+hành)"
"""Of what such a condition speaks; "về xử lý tài sản nếu chủ sở hữu từ chối nhận" is a title."""
_IN_TITLE = re.compile(
    rf"\s(?:nếu\s[^.;,\n]{{0,60}}?(?<!\w){_PAPERS}(?!\w)|"
    rf"sau\s+khi\s(?:[^.;,\n]{{2,80}}?\s{ISSUES}\s+\S|(?-i:[{UPPER}])[^.;,\n]{{2,80}}?\s{ISSUES}(?!\w))|"
    rf"khi\s(?:[^.;,\n]{{2,80}}?\s{ISSUES}|có\s+(?:văn\s+bản|quy\s+định))\s(?:[^.;,\n]{{2,60}}?\s)?(?:mới|khác|thay\s+thế)(?!\w))",
    re.IGNORECASE,
)
"""What has run into the title of a document, and no title says: "… về giá đất sau khi Hội đồng nhân dân thông qua nghị quyết mới"; but "về
kiểm tra văn bản sau khi cấp xã ban hành" is one."""


_OF_THOSE_ABOVE = re.compile(
    rf"\n(?i:{ITEM}[*_]*(?:các|những)\s+(?:văn\s+bản|{one_of(types_of('rule') | types_of('direct'))})\s+[^.\n]{{0,80}}?"
    rf"(?:trên|tại\s[^.\n]{{2,40}}?)\s+(?:chỉ\s+)?(?:hết\s+{EFFECT}|{PASSIVE}\s+{verbs('passive', ['repeals', 'replaces'])})\s+{_HAPPENS})",
)
"""A paragraph of its own behind a list: "Các văn bản nêu trên chỉ hết hiệu lực khi Hội đồng nhân dân ban hành quy định mới"."""


def held_back(passage: Passage) -> list[tuple[int, int]]:
    """Return where documents stand whose end waits for something, as a paragraph behind them in the same article says."""
    closings = [closing.start() for closing in _OF_THOSE_ABOVE.finditer(passage.text)]
    articles = [0, *(article.start() for article in ARTICLES.finditer(passage.text))] if closings else []
    return [(articles[bisect_right(articles, closing) - 1], closing) for closing in closings]


def depends(passage: Passage, i: int, at: int) -> bool:
    """Does what the clause around reference `i` says of it, in words that end at `at`, depend on what may come?"""
    text, found = passage.text, passage.references
    start, end = passage.sentences[i]
    if BEFORE.match(text, start, end) and not _DONE.match(text, found[i].extent, end):
        return True
    last = i
    for k in range(i + 1, min(i + _MOST, len(found))):
        if found[k].start >= end or not listed(passage, last, k):
            break
        last = k
    return _behind(passage, last, max(at, found[last].extent), end)


def _behind(passage: Passage, i: int, at: int, end: int) -> bool:
    """Does a condition follow what ends at `at`, the last of it reference `i`, or has it run into its title?"""
    f = passage.references[i]
    in_title = f.title_start >= 0 and _IN_TITLE.search(passage.text, f.title_start - 1, f.extent)
    return bool(in_title or BEHIND.match(passage.text, at, end))
