"""What classes of filters have in common: each has the filters of one language, its public methods by their names."""

from __future__ import annotations

from jinja2 import Environment

from chidao.viz.words import words


class LanguageFilters:
    """The filters of one language; each public method is one."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._words = words(language)

    def install(self, environment: Environment) -> None:
        for name in dir(self):
            if not name.startswith("_") and name not in ("install", "language"):
                environment.filters[name] = getattr(self, name)
