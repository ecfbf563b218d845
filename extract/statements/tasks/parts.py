"""The parts of a report, a submission or minutes in which others get something to do.

    III. PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM    what lies ahead: whom it names has work
    IV. PHÂN CÔNG THỰC HIỆN                         who carries it out: behind what lies ahead, or in what is laid before those who decide
    III. KẾT LUẬN CỦA GIÁM ĐỐC                      how a meeting was concluded, in its minutes
    V. KIẾN NGHỊ                                    what is asked of others; of a superior it is a proposal, and nobody's work

All the rest tells what was done.
"""

from __future__ import annotations

import re
from functools import cache

from chidao.extract.language.letters import early_tones
from chidao.extract.model import Addressee, Heading
from chidao.extract.statements.sections import section_of
from chidao.ontology.authority import body_templates, types_of, units

CARRYING = "carrying out"
ASKS = "asks"
_AHEAD = "ahead"
_CONCLUDES = "concludes"
GIVES = (ASKS, _AHEAD, CARRYING, _CONCLUDES, "work")
"""Sections that give work; one that speaks of work does so only within another."""
_MINUTES = "Biên bản"
_CONCLUDED = re.compile(
    r"(?:kết\s+luận(?:,?\s+(?:và\s+)?(?:phân\s+công|giao)(?:\s+nhiệm\s+vụ)?)?|^\W*phân\s+công(?:\s+nhiệm\s+vụ)?)(?:[^.;:]{0,60}\s+(?:như\s+)?sau)?\s*:$",
    re.IGNORECASE,
)
"""The end of "Đồng chí Giám đốc kết luận:", "Chủ trì kết luận, phân công:"."""


class Parts:
    """Tells the sections of a document with this heading, from top to bottom."""

    def __init__(self, heading: Heading) -> None:
        self._minutes = heading.type == _MINUTES
        self._proposes = heading.type in types_of("proposing")
        self._looked_ahead = False

    def below(self, said: str, above: str, *, lead_in: bool) -> str:
        """Return the kind of section below a heading or lead-in that says that; `above` is the one in which it stands."""
        kind = section_of(said)
        if self._minutes:
            concludes = kind == _CONCLUDES or (lead_in and _CONCLUDED.search(said) is not None)
            return _CONCLUDES if concludes else above if kind in ("", _CONCLUDES, *GIVES) else kind
        if kind == _AHEAD and not self._proposes:
            self._looked_ahead = True
        if kind == CARRYING:
            return kind if self._proposes or self._looked_ahead else "account"
        if kind in (ASKS, _AHEAD) and self._proposes:
            return "account"
        return above if kind in ("", _CONCLUDES) or (kind == "work" and above not in GIVES) else kind


_HIGH = re.compile(
    r"(?<!\w)(?:trung\s+ương|cấp\s+trên|có\s+thẩm\s+quyền|(?:các\s+|^)bộ(?:,|\s+ngành|$))", re.IGNORECASE
)
"""In the name of a group that stands above whoever reports."""
_OF_A_PLACE = re.compile(
    r"(?P<provinces>Sở\s|(?:Tỉnh|Thành) ủy)|(?:Quận|Huyện|Thị) ủy|"
    r"(?!.*\scác\s).*\s(?:(?P<province>tỉnh|thành phố)|quận|huyện|thị xã)$",
    re.IGNORECASE,
)
"""A body of a province that the document leaves unsaid, and of a district, for one of its communes: "Đề nghị UBND quận bố trí kinh phí"."""
_COMMUNES = tuple(f"{unit.slug}-" for unit in units() if unit.level == "commune")
_COMMITTEES = ("cap-uy", "ban-thuong-vu-cap-uy", "thuong-truc-cap-uy", "ban-chap-hanh-dang-bo")
_COUNCILS = ("hoi-dong-nhan-dan", "thuong-truc-hoi-dong-nhan-dan")
_OFFICES = ("uy-ban-nhan-dan", "thuong-truc-uy-ban-nhan-dan")


def is_superior(addressee: Addressee, heading: Heading) -> bool:
    """Return whether an addressee stands above whoever issues: the centre, the province for its communes, and in one place its Party
    committee, council and people's committee, in this order."""
    own = heading.issuer_key
    if addressee.key is None:
        name = early_tones(addressee.name)
        placed = _OF_A_PLACE.match(name)
        of_province = placed is not None and (placed["provinces"] or placed["province"]) is not None
        below = own is not None and _rank(own) >= (2, 0) if of_province else placed is not None and _is_communes(own)
        return below or _HIGH.search(name) is not None
    return own is not None and addressee.key != own and _rank(addressee.key) < _own_rank(own)


def _is_communes(key: str | None) -> bool:
    """Is it the key of a commune's body?"""
    return key is not None and key.rpartition("/")[0].rpartition("/")[2].startswith(_COMMUNES)


def same_committee(addressee: Addressee, heading: Heading) -> bool:
    """Return whether an addressee is another organ of the Party committee that issues, or the one whose office does."""
    place, _, slug = (heading.issuer_key or "").rpartition("/")
    theirs, _, organ = (addressee.key or "").rpartition("/")
    return place == theirs and (slug.startswith("van-phong") or {slug, organ} <= set(_COMMITTEES))


def works_for_issuer(addressee: Addressee, heading: Heading) -> bool:
    """Return whether an addressee is a body of the people's committee that issues ("Sở Y tế", "Chi cục Kiểm lâm")."""
    place, _, slug = (heading.issuer_key or "").rpartition("/")
    theirs, _, body = (addressee.key or "").rpartition("/")
    return place == theirs and slug in _OFFICES and body in _of_government()


@cache
def _of_government() -> frozenset[str]:
    own = {template.slug for template in body_templates() if template.parent in _OFFICES}
    return frozenset(own | {template.slug for template in body_templates() if template.parent in own})


def _own_rank(key: str) -> tuple[int, float]:
    """The rank of whoever issues: boards of a council come behind it, and not below the people's committee, which they oversee."""
    place, within = _rank(key)
    board = key.rpartition("/")[2] in _boards() and place > 0
    return (place, min(within, 1.5)) if board else (place, within)


@cache
def _boards() -> frozenset[str]:
    return frozenset(template.slug for template in body_templates() if template.parent in _COUNCILS)


def _rank(key: str) -> tuple[int, float]:
    place, _, slug = key.rpartition("/")
    within = next((n for n, slugs in enumerate((_COMMITTEES, _COUNCILS, _OFFICES)) if slug in slugs), 3)
    return (0, 0) if place == "vn" else (1 + place.count("/"), within)
