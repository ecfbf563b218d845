"""Both READMEs, followed by somebody who has just met them: every command and example, in order, with what they say to install."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the Windows way has no make and no source"),
]

ROOT = Path(__file__).parent.parent
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SYSTEM = ("env", "make", "python3", "sh", "touch")
"""What a machine has before chidao comes. No program of another package must be needed."""

SAYS = {
    "make demo": "16-CTr/TU",
    "chidao build": "12 (read|unchanged)|(đọc|không đổi) 12",
    "chidao implements": "16-CTr/TU",
    "chidao search": "1204/UBND-KGVX",
    "chidao show": "2022-08-26|26/08/2022",
    "chidao tasks": "2023-09-30|30/09/2023",
    "chidao ask": "who-acted",
    "chidao query": "nghi-quyet/15-nq-tw",
    "chidao graph": ".html",
    "chidao coverage": "1 (of|trên) 1",
    "chidao changes": "no generation before this one|Chưa có lần nạp nào trước",
    "chidao serve": "http://127.0.0.1:8000/",
    "chidao site": "index.html: .* (pages|trang)",
    "chidao mcp": "",
    "chidao check": "Không thấy gì phải sửa",
    "chidao extract": '^{"kind": "document"',
    "chidao text": "HƯỚNG DẪN",
    "chidao stats": "documents|văn bản",
    "chidao export": "chidao.ttl",
    "chidao validate": "0 (violations|chỗ sai)",
    "chidao correct": "2022-08-26 → 2022-08-30",
    "chidao demo": "16-CTr/TU",
}
"""For each command of a README a pattern of what in its answer shows that it did what is promised there."""
MADE = {"chidao graph": (".html",), "chidao site": ("usb/index.html", "stick/index.html"), "chidao export": (".ttl",)}


@dataclass
class Shell:
    """A terminal in a checkout: what is on its PATH grows as the README says."""

    folder: Path
    path: str
    locale: str = "C.UTF-8"

    def start(self, command: list[str]) -> subprocess.Popen[str]:
        environment = {"PATH": self.path, "HOME": str(self.folder), "LANG": self.locale}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, cwd=self.folder, env=environment, text=True, encoding="utf-8", **pipes)  # type: ignore[call-overload,no-any-return]

    def run(self, command: list[str], stdin: str = "") -> str:
        with self.start(command) as process:
            printed, errors = process.communicate(stdin)
        assert process.returncode == 0, f"{command}\n{printed}\n{errors}"
        return printed

    def type(self, line: str) -> str:
        """Run a line of a README, and return what it prints."""
        if line.startswith("source "):
            self.path = self.run(["/bin/bash", "-c", f'{line} && echo "$PATH"']).strip()
            return ""
        if line.startswith("chidao serve"):
            return self.serve(line)
        return self.run(["/bin/bash", "-c", line])

    def serve(self, line: str) -> str:
        """Start the server on a free port instead of 8000, and stop it as a person does."""
        with self.start(["/bin/bash", "-c", f"exec {line} --port 0"]) as process:
            assert process.stdout
            told = process.stdout.readline()
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate()
        assert "Traceback" not in errors
        return re.sub(r":\d+/", ":8000/", told)


def needed(name: str, extras: frozenset[str]) -> Iterator[Distribution]:
    """Yield a distribution and all that pip would install with it."""
    seen: set[tuple[str, frozenset[str]]] = set()
    open_ = [(name, extras)]
    while open_:
        name, extras = open_.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            found = distribution(name)
        except PackageNotFoundError:  # another Python's, in a marker that packaging cannot see through
            continue
        yield found
        for text in found.requires or ():
            wanted = Requirement(text)
            if wanted.marker is None or any(wanted.marker.evaluate({"extra": e}) for e in extras or {""}):
                open_.append((wanted.name, frozenset(wanted.extras)))


def install(folder: Path, extras: frozenset[str]) -> None:
    """Make folder/.venv as `pip install --editable .` with these extras would, out of what is installed here, without a network."""
    venv.create(folder / ".venv", symlinks=True, with_pip=False)
    (packages,) = (folder / ".venv" / "lib").glob("python*/site-packages")
    for found in needed("chidao", frozenset()):
        link(found, packages)
    for extra in extras:
        for found in needed("chidao", frozenset({extra})):
            link(found, packages)
    (packages / "chidao").unlink(missing_ok=True)
    (packages / "chidao").symlink_to(ROOT)
    command = folder / ".venv" / "bin" / "chidao"
    command.write_text(
        f"#!{folder}/.venv/bin/python\nfrom chidao.cli import main\nmain(prog_name='chidao')\n", encoding="utf-8"
    )
    command.chmod(0o755)
    (folder / ".venv" / ".for-use").touch()


def link(found: Distribution, packages: Path) -> None:
    """Put the top of everything that a distribution brought where the new environment finds it."""
    for name in {file.parts[0] for file in found.files or () if file.parts[0] not in ("..", "__pycache__")}:
        if not (packages / name).exists() and "editable" not in name:
            (packages / name).symlink_to(Path(str(found.locate_file(name))))


@pytest.fixture(params=["README.md", "README.vi.md"])
def readme(request: pytest.FixtureRequest) -> str:
    return (ROOT / str(request.param)).read_text(encoding="utf-8")


@pytest.fixture
def shell(readme: str, tmp_path: Path, interruptible: None) -> Shell:
    folder = tmp_path / "chidao"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "samples"):
        (folder / name).symlink_to(ROOT / name)
    install(folder, frozenset(re.findall(r"pip install --editable '\.\[(\w+)\]'", readme)))
    system = tmp_path / "system"
    system.mkdir()
    for name in SYSTEM:
        (system / name).symlink_to(shutil.which(name) or pytest.skip(f"needs {name}"))
    return Shell(folder, str(system), "vi_VN.UTF-8" if "Read in English" in readme else "C.UTF-8")


def test_a_newcomer_follows_it(readme: str, shell: Shell, pytestconfig: pytest.Config) -> None:
    """Examples in Python are as strict about warnings as this run of the tests: -W on its command line counts here too."""
    strict = [f"-W{rule}" for rule in ("error", *(pytestconfig.getoption("pythonwarnings") or ()))]
    kinds = []
    for kind, text in FENCED.findall(readme):
        if kind == "":
            for line in text.splitlines():
                follow(shell, line.partition("  #")[0].strip())
        elif kind == "console":
            for example in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, _, expected = example.partition("\n")
                assert shell.type(command).split() == expected.split(), command
        elif kind == "python":
            assert shell.run([f"{shell.folder}/.venv/bin/python", *strict, "-c", text]).strip()
        elif kind == "sparql":
            answer = shell.run([f"{shell.folder}/.venv/bin/chidao", "query", "--format", "csv", "-"], stdin=text)
            assert len(answer.splitlines()) > 1, "the example finds nothing"
        kinds.append(kind)
    assert set(kinds) == {"", "console", "python", "sparql", "powershell"}
    assert kinds.count("console") == 3


def follow(shell: Shell, line: str) -> None:
    """Type a line of a plain block, and look at what it prints and makes."""
    if line in ("make test", "make quick"):  # is running
        assert "pytest" in shell.run(["make", "--dry-run", line.removeprefix("make ")])
        return
    printed = shell.type(line)
    if line.startswith("source "):
        assert shell.path.startswith(f"{shell.folder}/.venv/bin{os.pathsep}")
        return
    command = " ".join(line.split()[:2])
    assert re.search(SAYS[command], printed), f"{line}\n{printed}"
    if command in MADE:
        made = [path for path in shell.folder.rglob("*") if str(path).endswith(MADE[command])]
        assert made and all(path.stat().st_size for path in made), line
    if command == "make demo":
        assert "chidao" not in shell.path, "nobody has said yet where it lies"
        browse = printed.splitlines()[-1].partition(": ")[2]
        assert "http://127.0.0.1:8000/" in shell.serve(browse), "what it says last can be typed"


def test_what_windows_needs_is_in_it(readme: str) -> None:
    (text,) = (text for kind, text in FENCED.findall(readme) if kind == "powershell")
    assert [line.split()[0] for line in text.splitlines()] == ["py", ".venv\\Scripts\\activate", "pip", "chidao"]
    assert "pip install --editable .\n" in text
