"""Print a constraints file: the lowest version of each package that chidao needs to run, as pyproject.toml allows."""

import re
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
for requirement in project["dependencies"]:
    match = re.fullmatch(r"([\w.-]+)>=([\d.]+)(?:;.*)?", requirement)
    if not match:
        raise SystemExit(f"pyproject.toml: {requirement!r} names no lower bound")
    print(f"{match[1]}=={match[2]}")
