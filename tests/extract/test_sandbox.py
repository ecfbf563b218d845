"""Readers in processes of their own: limits, whatever they raise, and that nothing of them outlives who started them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chidao.extract import extract_path
from chidao.extract.errors import ChidaoError, NotADocumentError, SourceError
from chidao.extract.formats.kinds import Kind
from chidao.extract.formats.limits import Limits, bounded, limits_of
from chidao.extract.formats.sandbox import Call, Guarded, Readers, convert

ODD = """
import os, socket, subprocess, sys, time
from chidao.extract.errors import ChidaoError, NotADocumentError, SourceError

def echo(bound, arguments, body):
    return body + repr(arguments).encode()

def sleep(bound, arguments, body):
    time.sleep(600)

def granted(bound, arguments, body):
    from chidao.extract.formats.limits import Limits
    bound(Limits(2**31, 600))
    time.sleep(3)
    return b"done"

def eat(bound, arguments, body):
    return bytes(2**40 if sys.platform != "linux" else 2**31)

def die(bound, arguments, body):
    os._exit(9)

def print_(bound, arguments, body):
    print("what a library has to say", flush=True)
    return b"answer"

def fail(bound, arguments, body):
    raise {"SourceError": SourceError("a", offset=3), "NotADocumentError": NotADocumentError("b"), "ChidaoError": ChidaoError("c"),
           "IndexError": IndexError("d"), "RecursionError": RecursionError()}[arguments[0]]

def fill(bound, arguments, body):
    with open("/dev/full", "w") as disk:
        disk.write("x")

def office(bound, arguments, body):
    import resource
    from chidao.extract.formats.office import read_office
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    return read_office(body, ".odt").text.encode()

def connect(bound, arguments, body):
    try:
        socket.create_connection(("127.0.0.1", arguments[0]), timeout=5).close()
    except OSError:
        return b"none"
    return b"connected"

def free(bound, arguments, body):
    from chidao.extract.formats.network import leave_network
    return str(leave_network()).encode()

def spawn(bound, arguments, body):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", *arguments])
    with open(arguments[0] + ".new", "w") as file:
        file.write(f"{os.getpid()} {child.pid} {os.environ.get('TMPDIR')}")
    os.replace(arguments[0] + ".new", arguments[0])
    time.sleep(600)
"""

WIDE = Limits(2**30, 120)


@pytest.fixture(autouse=True)
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of odd readers that children can import."""
    (tmp_path / "odd.py").write_text(ODD, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)


def ask(name: str, *arguments: object, limits: Limits = WIDE) -> bytes:
    with Guarded() as child:
        return child.ask(Call(f"odd:{name}", arguments, b"", limits))


def test_one_child_answers_again_and_again() -> None:
    with Guarded() as child:
        for body in (b"", b"a" * 3_000_000, b"b"):
            assert child.ask(Call("odd:echo", ["ủy", 1], body, WIDE)) == body + repr(["ủy", 1]).encode()
        assert child.fresh


def test_a_child_starts_without_what_no_format_needs() -> None:
    code = "import sys, chidao.extract.formats.worker; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "chidao.extract.formats.sandbox" in loaded
    assert not {"rdflib", "spacy", "ahocorasick_rs", "chidao.extract.language.patterns"} & set(loaded)


def test_what_libraries_print_is_no_answer() -> None:
    assert ask("print_") == b"answer"


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("SourceError", SourceError, "a"),
        ("NotADocumentError", NotADocumentError, "b"),
        ("ChidaoError", ChidaoError, "c"),
        (
            "IndexError",
            SourceError,
            "cannot be read, by a fault of chidao itself: please report it (IndexError, odd line",
        ),
        ("RecursionError", SourceError, "nested too deeply to be read"),
    ],
)
def test_whatever_is_raised_is_told(name: str, kind: type[ChidaoError], said: str) -> None:
    with pytest.raises(ChidaoError) as caught:
        ask("fail", name)
    assert type(caught.value) is kind and caught.value.message.startswith(said)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize(("reader", "why"), [("fill", "No space left on device"), ("office", "File too large")])
def test_a_full_disk_is_no_fault_of_the_file(
    reader: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n")  # as LibreOffice ends where it cannot write, without a word
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(SourceError, match=rf"^temporary files cannot be written \({why}\)"):
        ask(reader)


def test_without_a_place_for_temporary_files_nothing_is_said_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/dev/null")
    with pytest.raises(ChidaoError, match="^temporary files cannot be written") as caught:
        convert(Kind.RTF, b"{\\rtf1}")
    assert type(caught.value) is ChidaoError  # so a build ends, and leaves its graph as it is


def test_time_is_bounded() -> None:
    with pytest.raises(SourceError, match="more than 1 s"):
        ask("sleep", limits=Limits(2**30, 1))


def test_more_time_can_be_granted() -> None:
    with Guarded() as child:
        child.ask(Call("odd:echo", [], b"", WIDE))  # it is there: only what it does is timed
        assert child.ask(Call("odd:granted", [], b"", Limits(2**30, 2))) == b"done"


def test_memory_is_bounded() -> None:
    with pytest.raises(SourceError, match="more than 1,024 MB of memory"):
        ask("eat")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="where address space is limited")
def test_who_starts_it_under_other_limits(tmp_path: Path, needs: Callable[..., str]) -> None:
    """A server's process may be held to little address space, of which LibreOffice takes much that it never uses."""
    needs("soffice")
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 Nghi quyet 57-NQ/TW}")
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (600 << 20, resource.getrlimit(resource.RLIMIT_AS)[1]))\n"
        "from chidao.extract import read_source; print(read_source(sys.argv[1]).text)"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "a.rtf")]
    assert "57-NQ/TW" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_death_is_told() -> None:
    with pytest.raises(SourceError, match="killed the reader"):
        ask("die")


def test_answers_come_in_order_and_failures_among_them() -> None:
    calls = [Call(f"odd:{name}", [name], b"", WIDE) for name in ("echo", "die", "echo", "eat", "echo")]
    with Readers(2) as readers:
        found = list(readers.each(calls))
    assert [isinstance(f, SourceError) for f in found] == [False, True, False, True, False]


def test_damage_is_told_in_plain_words() -> None:
    with pytest.raises(SourceError) as caught:
        convert(Kind.XLSX, b"PK\x03\x04")
    assert caught.value.message.startswith("damaged")


def test_a_small_file_is_granted_little() -> None:
    small, large = limits_of(Kind.DOC, 30_000), limits_of(Kind.DOC, 200_000_000)
    assert small.seconds <= 60 and small.memory < 1.5 * 2**30
    assert small.seconds < large.seconds <= 600 and small.memory < large.memory <= 2**32


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_command_bounds_itself() -> None:
    def work() -> None:
        while True:
            try:
                raise ValueError
            except Exception:  # as rules do that take any failure for an answer
                continue

    import resource

    before = resource.getrlimit(resource.RLIMIT_DATA), resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(SourceError, match="more than 1 s"), bounded(Limits(2**31, 1)):
        work()
    with pytest.raises(SourceError, match="fault of chidao itself"), bounded(Limits(2**31, 60)):
        [][0]
    assert (resource.getrlimit(resource.RLIMIT_DATA), resource.getrlimit(resource.RLIMIT_AS)) == before


def test_there_is_no_network() -> None:
    if ask("free") == b"False":
        pytest.skip("needs a system that lets a process give up the network")
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert ask("connect", server.getsockname()[1]) == b"none"


PARENT = """
import sys, threading
from chidao.extract.formats.limits import Limits
from chidao.extract.formats.sandbox import Call, Readers
with Readers(1) as readers:
    list(readers.each([Call("odd:spawn", [sys.argv[1]], b"", Limits(2**30, 600))]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"])
def test_nothing_outlives_the_parent(
    tmp_path: Path, how: str, interruptible: None, wait_until: Callable[[Callable[[], object]], None]
) -> None:
    temporary, said = tmp_path / "temporary", tmp_path / "pids"
    temporary.mkdir()
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(said)],
        env={**os.environ, "TMPDIR": str(temporary)},
        stderr=subprocess.DEVNULL,
    )
    wait_until(said.exists)
    pids = [int(word) for word in said.read_text().split()[:2]]
    assert all(map(alive, pids)) and any(temporary.iterdir())
    parent.send_signal(getattr(signal, how))
    parent.wait()
    wait_until(lambda: not any(map(alive, pids)) and not any(temporary.iterdir()))


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:1]  # dead and not fetched
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return Path("/proc/self").exists() is False


def test_a_workbook_comes_back_as_it_was() -> None:
    from chidao.extract.formats.sheets import Sheet, SheetRow, kept_sheets

    text = json.dumps([["Trang 1", [[3, ["12/KH-UBND", "Về bến thủy"]]]]])
    assert list(kept_sheets(text)) == [Sheet("Trang 1", (SheetRow(3, ("12/KH-UBND", "Về bến thủy")),))]


def test_a_text_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Nghị quyết số 57-NQ/TW", encoding="utf-8")
    monkeypatch.setattr("chidao.extract.paths.MAX_TEXT", 10)
    with pytest.raises(SourceError, match="a.txt: holds more than .* characters: split it"):
        extract_path(tmp_path / "a.txt")
