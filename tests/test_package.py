"""What is shipped: every package and table, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SUBPACKAGES = {"ontology", "extract", "graph", "viz"}


@pytest.fixture(scope="module")
def tracked(root: Path) -> list[str]:
    """The files of the checkout that are or may come under version control."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\0")
    return [name for name in names if name and (root / name).is_file()]


BUNDLE = "viz/web/static/built/graph.js"
SCRIPTS = "viz/web/frontend/"
"""What the bundles are made from: in the sdist, and of no use in a wheel."""


@pytest.fixture(scope="module")
def built(root: Path, tracked: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel that was made from it."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in tracked:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes((root / name).read_bytes())
    # As `make frontend` leaves it: ignored by git, and shipped where it is there.
    (copy / BUNDLE).parent.mkdir(parents=True, exist_ok=True)
    (copy / BUNDLE).write_text("// made by npm", encoding="utf-8")
    dist = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(dist), str(copy)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return dist


def test_packages_are_listed(root: Path) -> None:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    with_code = {path.parent.relative_to(root) for name in SUBPACKAGES for path in (root / name).rglob("*.py")}
    listed = {"chidao"} | {".".join(("chidao", *folder.parts)) for folder in with_code}
    assert set(settings["packages"]) == listed, "pyproject.toml lists other folders than have code"


def test_no_stray_module_in_the_root(root: Path) -> None:
    assert {path.name for path in root.glob("*.py")} <= {"__init__.py", "cli.py"}, "it would be shipped"


def test_wheel_holds_the_package_and_nothing_else(built: Path, tracked: list[str]) -> None:
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"chidao"}
    shipped = {name.removeprefix("chidao/") for name in names if name.startswith("chidao/")}
    assert {name.split("/")[0] for name in shipped if "/" in name} == SUBPACKAGES | {"samples"}
    wanted = {name for name in tracked if name.split("/")[0] in SUBPACKAGES | {"samples"}} | {"py.typed", "__init__.py"}
    wanted = {name for name in wanted if not name.startswith(SCRIPTS)} | {BUNDLE}
    assert not any(name.startswith(SCRIPTS) for name in shipped)
    assert wanted <= shipped, f"not shipped: {sorted(wanted - shipped)}"
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_sdist_holds_what_it_takes_to_test(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"Makefile", "LICENSE", "CHANGELOG.md", "tests/conftest.py", "docs/generate.py", ".ci/run"} <= names
    assert {BUNDLE, SCRIPTS + "package.json", SCRIPTS + "build.mjs"} <= names
    assert not [name for name in names if name.startswith((".venv", ".git/")) or name.endswith(".pyc")]


def test_wheel_runs_from_elsewhere(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = "import chidao, chidao.cli, sys; print(chidao.__file__); chidao.cli.main(['--help'])"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {code}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(tmp_path)) and "extract" in done.stdout


ELSEWHERE = """
import importlib, os, pkgutil, signal, sys
import chidao

rooms = ("cli", "extract", "graph", "ontology", "viz")
names = [one.name for one in pkgutil.walk_packages(chidao.__path__, "chidao.") if one.name.split(".")[1] in rooms]
for name in names:
    importlib.import_module(name)  # and so what others wrote, which is not looked at
for name in [name for name in sys.modules if name.split(".")[0] == "chidao"]:
    del sys.modules[name]
for name in ("fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"):
    sys.modules[name] = None
for where, name in (
    *((os, name) for name in ("fork", "geteuid", "getuid", "killpg", "setpgid", "sysconf")),
    *((signal, name) for name in ("SIGALRM", "SIGHUP", "SIGKILL", "SIGUSR1", "setitimer")),
):
    delattr(where, name)
for name in names:
    importlib.import_module(name)
print(len(names))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there nothing needs to be hidden")
def test_no_module_needs_unix_to_be_imported() -> None:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", ELSEWHERE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 200
