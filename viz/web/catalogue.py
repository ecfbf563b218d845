"""The languages of the pages: gettext catalogues, read from their .po files when a process first needs one.

The messages in code and templates are English; Vietnamese, the language that the site opens in, is a translation like any
other. No compiled catalogue is kept, so none can be out of date.
"""

from __future__ import annotations

import gettext
import io
from functools import cache
from importlib.resources import files

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
"""Every language by its tag, the first is the one that a visitor gets who has chosen none."""
DEFAULT = next(iter(LANGUAGES))


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language. Raises KeyError for one that there is none of."""
    if language not in LANGUAGES:
        raise KeyError(language)
    entry = files("chidao.viz.web").joinpath("locale", f"{language}.po")
    if not entry.is_file():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(entry.read_bytes()), locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
