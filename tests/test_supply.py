"""What is installed with the package: named versions with hashes, known licences, and nothing that names a registry."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_PIN = re.compile(r"([\w.-]+)==([^\s;\\]+)(?: ; [^\\]+)? \\\n((?: {4}--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)")


@pytest.fixture(scope="module")
def constraints(root: Path) -> str:
    return (root / "constraints.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def test_every_version_has_hashes(constraints: str) -> None:
    assert _PIN.sub("", constraints) == "" and len(_PIN.findall(constraints)) > 50


def test_no_registry_is_named(constraints: str, root: Path) -> None:
    assert "://" not in constraints and "index" not in constraints.replace("importlib", "")
    lock = json.loads((root / "viz" / "web" / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: told for name, told in lock["packages"].items() if name}
    assert [name for name, told in packages.items() if not told.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, told in packages.items() if "resolved" in told] == []


def test_they_are_what_the_project_asks_for(constraints: str, project: dict[str, Any]) -> None:
    pinned: dict[str, list[str]] = {}
    for name, version, _ in _PIN.findall(constraints):
        pinned.setdefault(canonicalize_name(name), []).append(version)
    extras = project["optional-dependencies"]
    for requirement in map(
        Requirement, [*project["dependencies"], *extras["dev"], *extras["mcp"], *extras["notebook"]]
    ):
        versions = pinned[canonicalize_name(requirement.name)]
        assert [v for v in versions if v not in requirement.specifier] == [], requirement.name


@pytest.mark.parametrize(
    "bound",
    [
        "filelock>=3.20.3",
        "jinja2>=3.1.6",
        "lxml>=5.4",
        "pillow>=11.3",
        "python-multipart>=0.0.22",
        "starlette>=0.49.1",
        "setuptools>=78.1.1",
    ],
)
def test_versions_with_known_holes_are_left_out(project: dict[str, Any], bound: str) -> None:
    asked = Requirement(bound)
    named = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    (found,) = {str(r.specifier) for r in map(Requirement, named) if r.name == asked.name}
    assert found.removeprefix(">=") in asked.specifier


def test_licences_are_those_that_the_packages_state(root: Path) -> None:
    told = tomllib.loads((root / "docs" / "dependencies.toml").read_text(encoding="utf-8"))
    for name, (licence, _) in [item for group in told.values() for item in group.items()]:
        try:
            said = metadata(name).json
        except PackageNotFoundError:
            continue  # for benchmarks only
        stated = str([said.get(key, "") for key in ("license_expression", "license", "classifier")])
        if "license" in said or "license_expression" in said:
            words = re.findall(r"MIT|BSD|Apache|MPL|Unlicense", licence)
            assert any(word.lower() in stated.lower() for word in words), (name, stated[:80])


def test_the_bill_of_materials_names_all(root: Path, constraints: str, project: dict[str, Any]) -> None:
    spec = importlib.util.spec_from_file_location("sbom", root / ".ci" / "sbom.py")
    assert spec and spec.loader
    sbom = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sbom)
    made = sbom.bill()
    parts = {part["purl"]: part for part in made["components"]}
    assert made["bomFormat"] == "CycloneDX" and made["metadata"]["component"]["version"] == project["version"]
    assert len(parts) == len(made["components"])
    for name, version, hashes in _PIN.findall(constraints):
        files = parts[f"pkg:pypi/{canonicalize_name(name)}@{version}"]["externalReferences"]
        assert [f["hashes"][0]["content"] for f in files] == re.findall(r"[0-9a-f]{64}", hashes)
    assert any(purl.startswith("pkg:npm/sigma@") for purl in parts)
    assert all(part["hashes"][0]["alg"] == "SHA-512" for purl, part in parts.items() if purl.startswith("pkg:npm/"))


def test_licences_of_bundled_scripts_have_their_text(root: Path) -> None:
    """As `make frontend` made them; it fails for a package that names no licence or has no text of it."""
    made = root / "viz" / "web" / "static" / "built" / "licenses.txt"
    if not made.is_file():
        pytest.skip("needs the bundled scripts (.ci/run makes them)")
    text = made.read_text(encoding="utf-8")
    assert "no text of its license" not in text and "not named" not in text
    lines = text.split("\n")
    titles = [
        i for i, line in enumerate(lines[1:], 1) if line == "-" * len(lines[i - 1]) and lines[i - 1].endswith(")")
    ]
    assert len(titles) > 50 and [lines[i - 1] for i in titles if not lines[i + 1].strip()] == []
