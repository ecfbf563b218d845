"""The scripts of pages that need no npm: ES modules that import one another, joined into one that a page can hold.

An import stands on one line and takes names as they are; an export stands before what it names.
"""

from __future__ import annotations

import posixpath
import re
from importlib.resources import files

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "(\.[^"]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function|const|class) (\w+))", re.MULTILINE)


def joined(name: str) -> str:
    """Return a module of `chidao.viz`, named by its path there, as one classic script with those that it imports, each once and before what
    needs it, in a scope of its own."""
    parts: dict[str, str] = {}
    _collect(name, parts)
    return '"use strict";\n' + "".join(parts.values())


def _collect(name: str, parts: dict[str, str]) -> None:
    text = files("chidao.viz").joinpath(*name.split("/")).read_text(encoding="utf-8")

    def path_of(found: re.Match[str]) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(name), found[2]))

    for found in _IMPORT.finditer(text):
        if path_of(found) not in parts:
            _collect(path_of(found), parts)
    exports = ", ".join(found[2] for found in _EXPORT.finditer(text))
    body = _EXPORT.sub(r"\1", _IMPORT.sub(lambda found: f"const {found[1]} = {_variable(path_of(found))};", text))
    parts[name] = f"const {_variable(name)} = (function () {{\n{body}return {{ {exports} }};\n}})();\n"


def _variable(name: str) -> str:
    """What a module is called in the joined script."""
    return "module_" + re.sub(r"\W", "_", name)
