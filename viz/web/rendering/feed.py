"""Feeds in the Atom format (RFC 4287), to which a program subscribes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

NAMESPACE = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `name` is what tells it from every other one, for ever; `link` the address of a page."""

    name: str
    title: str
    link: str
    category: str


def atom(
    entries: Iterable[Entry], *, name: str, title: str, subtitle: str, updated: datetime, address: str, page: str, language: str
) -> bytes:  # fmt: skip
    """Return the feed that `address` gives, of what `page` shows; all its entries are of one time, which has a zone."""
    at = updated.isoformat(timespec="seconds")
    feed = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": language})
    _told(feed, "id", _id(name))
    _told(feed, "title", title)
    _told(feed, "subtitle", subtitle)
    _told(feed, "updated", at)
    ET.SubElement(feed, "link", rel="self", type="application/atom+xml", href=address)
    ET.SubElement(feed, "link", rel="alternate", type="text/html", href=page)
    _told(ET.SubElement(feed, "author"), "name", "chidao")
    for one in entries:
        entry = ET.SubElement(feed, "entry")
        _told(entry, "id", _id(one.name))
        _told(entry, "title", one.title)
        _told(entry, "updated", at)
        ET.SubElement(entry, "link", rel="alternate", type="text/html", href=one.link)
        ET.SubElement(entry, "category", term=one.category)
        _told(entry, "content", one.title)
    made: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return made


def _told(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _NOT_XML.sub("", text)


def _id(name: str) -> str:
    return uuid5(NAMESPACE_URL, name.encode("utf-8", "replace").decode()).urn
