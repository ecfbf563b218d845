"""In whose series a document's number counts. A number is only one document's within the series of the body that gave it.

Most symbols name that body, once the jurisdiction is known: "KH-UBND" in Lào Cai. Others name only an organ that many bodies
have: every Party committee writes "KH/ĐU", every Front "KH-MTTQ-BTT" (Hướng dẫn 36-HD/VPTW; Nghị định 30/2020/NĐ-CP, Phụ lục
III), and a school's or a cell's stands in no table. There the issuing body that the text states is part of the identity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath

from chidao.extract.language.letters import slug
from chidao.extract.language.lexicon import lexicon
from chidao.extract.language.organs import organs
from chidao.extract.language.symbols import UNKNOWN, issuer_of
from chidao.extract.language.tables import generic_symbols, words

# Organs that issue in the name of the body behind them: "Ban Thường vụ Đảng ủy Chính phủ" and "Đảng ủy Chính phủ" number together.
_ORGANS = [organ.slug for organ in organs().values() if not organ.central]
_ORGAN = re.compile(rf"^(?:(?:{'|'.join([*_ORGANS, 'chu-tich'])})-)+(?=[a-z])")
_FRONT = re.compile(r"(?:uy-ban-)?(?:trung-uong-)?mat-tran-to-quoc(?:-viet-nam)?")
_NO_NAME = frozenset([*_ORGANS, *map(slug, words("no body's own name"))])
"""Names that say what kind of body it is and not which: "Ban Thường vụ", "Chi bộ"."""


@dataclass(frozen=True, slots=True)
class Series:
    """Whose numbers: `key` is that body's or jurisdiction's. `sure`: no other body can be meant, so that the same number in
    another file is the same document."""

    key: str
    sure: bool


@cache
def names_nobody(symbol: str | None) -> bool:
    """Return whether a symbol says nothing of the issuer, or only which organ of it.

    >>> names_nobody("KH/ĐU"), names_nobody("KH-UBND"), names_nobody("KH-THPTNT"), names_nobody("SL"), names_nobody(None)
    (True, False, True, False, False)
    """
    if not symbol:
        return False
    parts = [part for part in re.split("[-/]", symbol.lower()) if part]
    if len(parts) > 1 and parts[0] in lexicon().type_tokens:
        del parts[0]
    generic = generic_symbols()
    if symbol in words("one series of all"):
        return False
    if parts and parts[0] in generic:
        return True
    return all(part in generic or issuer_of(part) is None for part in parts)


def body_of(key: str) -> str:
    """Return the body in whose series an issuer numbers: the one that an organ belongs to, or the jurisdiction of its committee.

    >>> body_of("vn/ban-thuong-vu-dang-uy-chinh-phu"), body_of("lao-cai/ban-thuong-truc-uy-ban-mat-tran-to-quoc")
    ('vn/dang-uy-chinh-phu', 'lao-cai/mat-tran-to-quoc')
    >>> body_of("dong-nai/xa-tan-phu/cap-uy")
    'dong-nai/xa-tan-phu'
    """
    scope, _, name = key.rpartition("/")
    name = _ORGAN.sub("", name)
    if _FRONT.fullmatch(name):
        name = "mat-tran-to-quoc"
    return scope if name == "cap-uy" else f"{scope}/{name}"


def is_placed(scope: str | None) -> bool:
    """Return whether a jurisdiction is known for certain: a commune whose province is not known shares its name with others."""
    return scope is not None and scope.split("/")[0] != UNKNOWN


def series(symbol: str | None, scope: str | None, issuer_key: str | None) -> Series:
    """Return in whose series a number with this symbol counts, as far as jurisdiction and issuer are known.

    >>> series("KH-UBND", "lao-cai", None), series("KH/ĐU", "vn", "vn/dang-uy-quoc-hoi")
    (Series(key='lao-cai', sure=True), Series(key='vn/dang-uy-quoc-hoi', sure=True))
    >>> series("KH/ĐU", "vn", None).sure, series("KH-UBND", "unknown/xa-tan-phu", None).sure
    (False, False)
    """
    implied = issuer_of(symbol) if symbol else None
    # "KH-BTC" of a festival's committee; "TB-TA" of the courts of regions, which are below the Supreme Court and no province's
    of_others = bool(implied and scope is not None and (implied.template if scope == "vn" else implied.entry))
    if not names_nobody(symbol) and not of_others:
        return Series(scope or UNKNOWN, is_placed(scope))
    if issuer_key and is_placed(issuer_key) and issuer_key.rpartition("/")[2] not in _NO_NAME:
        return Series(body_of(issuer_key), True)
    return Series(scope or UNKNOWN, False)


def file_name(path: str) -> str:
    """Return the name of a file, or of a member of an archive, without its folders.

    >>> file_name("a/b.zip!x/46-TB.pdf"), file_name("C:\\\\a\\\\b.txt")
    ('46-TB.pdf', 'b.txt')
    """
    return PurePath(path.rpartition("!")[2].replace("\\", "/")).name


def file_mark(path: str, sha256: str) -> str:
    """Return what tells a file's document from others of its name: the beginning of its content's sum, or its path."""
    return sha256[:8] or slug(path)
