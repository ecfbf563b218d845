"""Write the bill of materials of the package, in CycloneDX: `python .ci/sbom.py FOLDER`.

It holds what constraints.txt names, each version with the hashes of its files, and what package-lock.json names, whose parts stand in
the bundled scripts. The same sources give the same bytes.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
_PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)


def bill() -> dict[str, Any]:
    """Return the bill as JSON objects."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    this = {
        "type": "application",
        "name": "chidao",
        "version": project["version"],
        "purl": f"pkg:pypi/chidao@{project['version']}",
    }
    parts = [*_python(), *_scripts()]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**this, "licenses": [{"expression": project["license"]}]}},
        "components": sorted(parts, key=lambda part: part["purl"]),
    }


def _python() -> Iterator[dict[str, Any]]:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    places = [*_PIN.finditer(text)]
    for pin, after in zip(places, [*places[1:], None], strict=True):
        lines = text[pin.end() : after.start() if after else len(text)]
        purl = f"pkg:pypi/{pin[1].lower().replace('_', '-')}@{pin[2]}"
        yield _component(pin[1], pin[2], purl) | {"externalReferences": [*_files(lines)]}


def _files(lines: str) -> Iterator[dict[str, Any]]:
    for digest in re.findall(r"--hash=sha256:([0-9a-f]{64})", lines):
        hashes = [{"alg": "SHA-256", "content": digest}]
        yield {"type": "distribution", "url": f"urn:sha256:{digest}", "hashes": hashes}


def _scripts() -> Iterator[dict[str, Any]]:
    lock = json.loads((ROOT / "viz" / "web" / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    found = {}
    for place, told in lock["packages"].items():
        name = place.rpartition("node_modules/")[2]
        if name:
            algorithm, _, digest = told["integrity"].partition("-")
            hashes = [{"alg": algorithm.upper().replace("SHA", "SHA-"), "content": base64.b64decode(digest).hex()}]
            purl = f"pkg:npm/{name.replace('@', '%40')}@{told['version']}"
            found[purl] = _component(name, told["version"], purl) | {"hashes": hashes}
            if "license" in told:
                found[purl]["licenses"] = [{"expression": told["license"]}]
    yield from found.values()


def _component(name: str, version: str, purl: str) -> dict[str, Any]:
    return {"type": "library", "name": name, "version": version, "purl": purl, "bom-ref": purl}


if __name__ == "__main__":
    made = bill()
    path = Path(sys.argv[1]) / f"chidao-{made['metadata']['component']['version']}.cdx.json"
    path.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(path)
