"""The sentences of the pages in each language; what the graph's own names are called stands in viz/words.toml."""

from __future__ import annotations

import gettext

from chidao.viz.catalogue import N_, catalogue
from chidao.viz.words import LANGUAGES

__all__ = ["N_", "translations"]


def translations(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language. Raises KeyError for one that there is none of."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return catalogue("chidao.viz.web", language)
