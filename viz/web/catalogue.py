"""The sentences of the pages: gettext catalogues, read from their .po files when a process first needs one.

The messages in code and templates are English; Vietnamese, the language that the site opens in, is a translation like any
other; what the graph's own names are called stands in viz/words.toml. No compiled catalogue is kept, so none can be out of date.
"""

from __future__ import annotations

import gettext
import io
from functools import cache
from importlib.resources import files

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from chidao.viz.words import LANGUAGES


def N_(message: str) -> str:
    """Mark a message for the catalogue."""
    return message


@cache
def translations(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language. Raises KeyError for one that there is none of."""
    if language not in LANGUAGES:
        raise KeyError(language)
    entry = files("chidao.viz.web").joinpath("locale", f"{language}.po")
    if not entry.is_file():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(entry.read_bytes()), locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
