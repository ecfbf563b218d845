"""Sentences by language: gettext catalogues, read from the .po files of a room's `locale` when a process first needs one.

The messages in code and templates are English; Vietnamese is a translation like any other. No compiled catalogue is kept, so none can
be out of date.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog


def N_(message: str) -> str:
    """Mark a message for the catalogue."""
    return message


@cache
def messages(room: str, language: str) -> Mapping[str, str]:
    """Return the messages of a room that have no plural, each with what it is in a language; none where there is no catalogue."""
    read = _read(room, language)
    return {m.id: m.string for m in read or () if isinstance(m.id, str) and isinstance(m.string, str) and m.id}


@cache
def catalogue(room: str, language: str) -> gettext.NullTranslations:
    """Return the catalogue of a room (a package) in a language, an empty one where there is none."""
    from babel.messages.mofile import write_mo

    if (read := _read(room, language)) is None:
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _read(room: str, language: str) -> Catalog | None:
    from babel.messages.pofile import read_po

    entry = files(room).joinpath("locale", f"{language}.po")
    return read_po(io.BytesIO(entry.read_bytes()), locale=language) if entry.is_file() else None
