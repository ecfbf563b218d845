"""Print a constraints file with the lowest version of each direct dependency that pyproject.toml allows."""

import re
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
for requirement in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
    name, bound, version = re.fullmatch(r"([\w.-]+)(?:(>=)([\d.]+))?.*", requirement).groups()
    if bound:
        print(f"{name}=={version}")
