"""The commands that read, build, count, write out and check, as a user meets them: what is printed where, and exit codes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock
from pyoxigraph import Literal, Quad

from chidao.cli import main
from chidao.extract.errors import ChidaoError
from chidao.graph.store import all_quads, read_store
from chidao.tests.graph.small_builds import DECISION
from chidao.tests.torture.forged import forged_store

Wait = Callable[[Callable[[], object]], None]


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return tmp_path / "graph"


@pytest.fixture(scope="module")
def built(sample_graph: Path) -> Path:
    return sample_graph


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def chidao(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, as the shell starts it."""
    command = [sys.executable, "-m", "chidao.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **options)  # type: ignore[call-overload,no-any-return]


def one_line(error: str) -> bool:
    return error.count("\n") == 1 and error.startswith("chidao: ") and "Traceback" not in error


def running(name: object) -> list[Path]:
    """Processes that have a name in their command, where the system shows them as files."""
    return [p for p in Path("/proc").glob("[0-9]*/cmdline") if str(name).encode() in _bytes(p)]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""  # it is gone


def lines(graph: Path) -> set[str]:
    return {str(q) for q in all_quads(read_store(graph))}


class TestExtract:
    def test_one_object_a_line_kind_first(self, samples: Path) -> None:
        result = run("extract", *sorted(samples.iterdir())[:2])
        records = [json.loads(line) for line in result.stdout.splitlines()]
        assert result.exit_code == 0 and not result.stderr
        assert {r["kind"] for r in records} == {"document", "reference", "body", "relation", "action", "task", "force"}
        assert all(line.startswith('{"kind": "') for line in result.stdout.splitlines())
        assert all("file" in r for r in records)

    def test_offsets_lie_in_the_text_and_in_order(self, samples: Path) -> None:
        path = sorted(samples.iterdir())[2]
        text = path.read_text(encoding="utf-8")
        records = [json.loads(line) for line in run("extract", path).stdout.splitlines()]
        starts = [r["start"] for r in records if "start" in r]
        assert starts == sorted(starts) and "file" not in records[0]
        assert all(text[r["start"] : r["end"]] == r["text"] for r in records if "start" in r)

    @pytest.mark.parametrize(
        ("name", "data", "said"),
        [
            ("missing.txt", None, "no such file"),
            ("empty.txt", b"", "empty"),
            ("binary.bin", bytes(range(256)) * 9, "binary"),
            ("photo.png", b"\x89PNG\r\n\x1a\n12345678", "damaged picture"),
        ],
    )
    def test_the_others_are_done(self, docs: Path, name: str, data: bytes | None, said: str) -> None:
        if data is not None:
            (docs / name).write_bytes(data)
        result = run("extract", docs / "1.txt", docs / name, docs / "2.txt")
        assert result.exit_code == 1
        assert one_line(result.stderr) and name in result.stderr and said in result.stderr
        files = {Path(json.loads(line)["file"]).name for line in result.stdout.splitlines()}
        assert files == {"1.txt", "2.txt"}

    @pytest.mark.parametrize(
        ("encoding", "said"), [("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-8-sig", "")]
    )
    def test_which_encoding_was_read_is_said(self, docs: Path, encoding: str, said: str) -> None:
        (docs / "x.txt").write_bytes(DECISION.format(7).encode(encoding))
        result = run("extract", docs / "x.txt")
        assert result.exit_code == 0 and "7/2023/NĐ-CP" in result.stdout
        assert said in result.stderr and bool(said) == bool(result.stderr)

    def test_output_is_utf8_whatever_the_terminal_says(self, docs: Path) -> None:
        done = chidao("extract", docs / "1.txt", env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
        assert done.returncode == 0, done.stderr
        assert "NĐ-CP" in done.stdout

    def test_a_reader_that_stops_early_is_no_error(self, docs: Path) -> None:
        (docs / "long.txt").write_text(DECISION.format(5) * 400, encoding="utf-8")
        command = [sys.executable, "-m", "chidao.cli", "extract", str(docs / "long.txt")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout and process.stderr
            process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b""


class TestBuild:
    def test_says_what_was_found(self, docs: Path, graph: Path) -> None:
        result = run("build", docs, "--graph", graph)
        assert result.exit_code == 0
        assert "files       3 read, 0 unchanged, 0 skipped, 0 failed" in result.stdout
        assert f"{graph}: {len(lines(graph))} quads written" in result.stdout
        assert result.stderr.splitlines() == ["reading …", "resolving …", "writing …"]

    def test_twice(self, docs: Path, graph: Path) -> None:
        run("build", docs, "--graph", graph, "--jobs", "1")
        before = lines(graph)
        result = run("build", docs, "--graph", graph, "--jobs", "1", "--quiet")
        assert result.exit_code == 0 and result.stderr == ""
        assert f"{graph}: nothing changed" in result.stdout and lines(graph) == before

    def test_failing_files_are_named_and_the_others_done(self, docs: Path, graph: Path) -> None:
        (docs / "empty.txt").write_bytes(b"")
        (docs / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n12345678")
        (docs / "program").write_bytes(b"\x7fELF" + bytes(20))
        result = run("build", docs, docs / "none.txt", "--graph", graph, "--jobs", "1", "--quiet")
        assert result.exit_code == 1
        said = sorted(result.stderr.splitlines())
        assert said[0] == f"chidao: {docs / 'empty.txt'}: is empty"
        assert said[1].startswith(f"chidao: {docs / 'image.png'}: damaged picture")
        assert said[2:] == [f"chidao: {docs / 'none.txt'}: no such file"]
        assert "3 read, 0 unchanged, 1 skipped, 3 failed" in result.stdout
        assert f"skipped     {docs / 'program'}: not a document: ELF program" in result.stdout

    @pytest.mark.parametrize(
        "arguments",
        [("--home", "Atlantis"), ("--base", "no iri"), ("--base", "")],
    )
    def test_bad_options(self, docs: Path, graph: Path, arguments: tuple[str, ...]) -> None:
        result = run("build", docs, "--graph", graph, *arguments)
        if arguments == ("--base", ""):  # nothing given is the default
            assert result.exit_code == 0
            return
        assert result.exit_code == 1 and one_line(result.stderr) and not graph.exists()

    @pytest.mark.parametrize("arguments", [("build", "x", "--jobs", "0"), ("extract",), ("nonsense",)])
    def test_usage(self, arguments: tuple[str, ...]) -> None:
        result = run(*arguments)
        assert result.exit_code == 2 and "Usage:" in result.stderr

    def test_a_file_where_the_graph_should_be(self, docs: Path, graph: Path) -> None:
        graph.write_text("x")
        result = run("build", docs, "--graph", graph, "--jobs", "1")
        assert result.exit_code == 1 and one_line(result.stderr)
        assert graph.read_text() == "x"

    @pytest.mark.slow
    def test_one_build_at_a_time(self, docs: Path, graph: Path) -> None:
        run("build", docs / "1.txt", "--graph", graph)
        before = lines(graph)
        with FileLock(graph / "lock"):
            done = chidao("build", docs, "--graph", graph)
        assert done.returncode == 1 and one_line(done.stderr), done.stderr
        assert "another build" in done.stderr and lines(graph) == before
        assert chidao("build", docs, "--graph", graph).returncode == 0

    def test_fresh(self, docs: Path, graph: Path) -> None:
        run("build", docs, "--graph", graph, "--jobs", "1")
        assert run("build", docs / "1.txt", "--graph", graph, "--fresh").exit_code == 0
        assert "2/2023" not in "".join(lines(graph))


class TestKilled:
    """A build that is killed or interrupted leaves the old graph, and the next build works."""

    @pytest.fixture
    def process(
        self, samples: Path, graph: Path, tmp_path: Path, interruptible: None
    ) -> Iterator[subprocess.Popen[str]]:
        run("build", samples, "--graph", graph, "--quiet")
        many = tmp_path / "many"
        many.mkdir()
        text = "\n".join(p.read_text(encoding="utf-8") for p in sorted(samples.iterdir()))
        for i in range(60):
            (many / f"{i:04}.txt").write_text(f"{text}\nCăn cứ Nghị định {i + 1}/2020/NĐ-CP\n", encoding="utf-8")
        command = [sys.executable, "-m", "chidao.cli", "build", str(many), "--graph", str(graph), "--jobs", "2"]
        (tmp_path / "temporary").mkdir()
        options: dict[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        options["env"] = {**os.environ, "TMPDIR": str(tmp_path / "temporary")}
        process = subprocess.Popen(command, start_new_session=True, encoding="utf-8", **options)  # type: ignore[call-overload]
        yield process
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()

    @pytest.mark.slow
    @pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
    @pytest.mark.parametrize("step", ["reading", "resolving", "writing"])
    @pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["kill -9", "Ctrl-C"])
    def test_the_old_graph_stays(
        self, process: subprocess.Popen[str], step: str, how: signal.Signals, graph: Path, docs: Path, wait_until: Wait
    ) -> None:
        temporary = graph.parent / "temporary"
        before, pointer = lines(graph), (graph / "current").read_bytes()
        assert process.stderr
        for line in process.stderr:
            if line.startswith(step):
                break
        os.killpg(process.pid, how)  # as a terminal does: to all processes of the command
        rest = process.stderr.read()
        assert process.wait() != 0, "it was over too soon"
        if how == signal.SIGINT:
            assert process.returncode == 130
            said = [s for s in rest.splitlines() if not s.endswith("…")]
            assert said == ["chidao: interrupted; nothing was changed"]
        wait_until(lambda: not running(temporary) and not any(temporary.iterdir()))
        assert (graph / "current").read_bytes() == pointer and lines(graph) == before
        done = chidao("build", docs, "--graph", graph)
        assert done.returncode == 0, done.stderr
        assert before < lines(graph) or len(lines(graph)) > len(before)


def test_an_interrupt_stays_one_whatever_fails_on_its_way_out(
    docs: Path, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*arguments: object, **options: object) -> None:
        try:
            try:
                raise KeyboardInterrupt
            finally:
                threading.Lock().release()  # RuntimeError, as of a wait that is interrupted at its very beginning
        except RuntimeError as error:
            raise ChidaoError("damaged") from error

    monkeypatch.setattr("chidao.graph.write.build.build", interrupted)
    result = run("build", docs, "--graph", graph)
    assert (result.exit_code, result.stderr) == (130, "chidao: interrupted; nothing was changed\n")


class TestOthers:
    def test_stats(self, built: Path) -> None:
        result = run("stats", "--graph", built, "--format", "json")
        figures = {row["what"]: int(row["count"]) for row in json.loads(result.stdout)}
        assert figures["files"] == 12 and figures["documents"] > 20
        assert sum(n for what, n in figures.items() if what.startswith("documents: ")) == figures["documents"]
        assert sum(n for what, n in figures.items() if what.startswith("statements: ")) == figures["statements"]

    @pytest.mark.parametrize("format_", ["table", "json", "csv"])
    def test_stats_formats(self, built: Path, format_: str) -> None:
        result = run("stats", "--graph", built, "--format", format_)
        assert result.exit_code == 0 and "documents" in result.stdout

    @pytest.mark.parametrize("format_", ["turtle", "trig", "nquads", "json-ld", "graphml", "gexf", "csv"])
    def test_export_says_where(
        self, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: str
    ) -> None:
        monkeypatch.chdir(tmp_path)
        result = run("export", "--graph", built, "--format", format_)
        assert result.exit_code == 0 and Path(result.stdout.strip()).exists()
        given = tmp_path / "a folder" / "ra"
        assert run("export", "--graph", built, "--format", format_, "-o", given).stdout.strip() == str(given)
        assert given.exists() and not list(given.parent.glob("*.new"))

    def test_export_where_nothing_can_be_written(self, built: Path, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x")
        for format_ in ("turtle", "csv", "graphml"):
            result = run("export", "--graph", built, "--format", format_, "-o", tmp_path / "file" / "x")
            assert result.exit_code == 1 and one_line(result.stderr)

    def test_validate(self, built: Path) -> None:
        result = run("validate", "--graph", built)
        assert result.exit_code == 0 and result.stdout.endswith(" 0 violations\n")

    @pytest.mark.slow
    @pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
    def test_a_name_breaks_no_line_and_commands_no_terminal(self, docs: Path, graph: Path) -> None:
        for name, data in (
            ("a\nchidao: b.txt", b"\0"),
            ("c\x1b[31m\u202e.txt", b""),
            ("d\re.txt", b"Lu\xe1\xba\xadt\0"),
        ):
            (docs / name).write_bytes(data)
        done = chidao("build", docs, "--graph", graph)
        assert done.returncode == 1 and not {"\r", "\x1b", "\u202e"} & {*done.stdout, *done.stderr}
        assert r"a\nchidao: b.txt: " in done.stderr and r"c\x1b[31m\u202e.txt: is empty" in done.stderr
        assert done.stderr.count("chidao: /") == 3

    COMMANDS = (("stats",), ("export", "-o", "x"), ("validate",))

    @pytest.mark.parametrize("command", COMMANDS)
    def test_no_graph(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
        monkeypatch.chdir(tmp_path)
        result = run(*command)
        assert result.exit_code == 1 and one_line(result.stderr) and "chidao build" in result.stderr
        assert not list(tmp_path.iterdir())

    @pytest.mark.slow
    @pytest.mark.parametrize("command", [("stats",), ("tasks",), ("validate",), ("show", "15-NQ/TW")])
    def test_a_forged_graph(self, built: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
        """Numbers in it are none, and its checksums are right."""
        graph = shutil.copytree(built, tmp_path / "graph")

        def forged(quad: Quad) -> Quad:
            said = quad.object
            if not (isinstance(said, Literal) and said.datatype.value.endswith("nteger")):
                return quad
            return Quad(quad.subject, quad.predicate, Literal("\n", datatype=said.datatype), quad.graph_name)

        forged_store(graph, forged)
        done = chidao(*command, "--graph", graph)
        assert done.returncode in (0, 1) and "Traceback" not in done.stderr + done.stdout
        assert done.stderr.count("\n") <= 1 and (command[0] == "stats" or done.returncode == 1)

    @pytest.mark.slow
    @pytest.mark.parametrize("command", COMMANDS)
    @pytest.mark.parametrize("broken", ["pointer", "tables"])
    def test_damaged_graph(self, built: Path, tmp_path: Path, command: tuple[str, ...], broken: str) -> None:
        copy = Path(shutil.copytree(built, tmp_path / "graph"))
        for file in [copy / "current"] if broken == "pointer" else list(copy.glob("generations/*/*.sst")):
            file.write_bytes(b"")
        result = chidao(*command, "--graph", copy, cwd=tmp_path)
        assert result.returncode == 1 and one_line(result.stderr), result.stderr
        assert "--fresh" in result.stderr and not (tmp_path / "x").exists()

    def test_help_of_every_command(self) -> None:
        for name in main.commands:
            result = run(name, "--help")
            assert result.exit_code == 0 and "Usage:" in result.stdout

    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_help_answers_at_once(self, language: str) -> None:
        """Nothing heavy is imported for it."""
        asked = ["--lang", language, "--help"]
        code = f"import sys; from chidao.cli import main; main({asked}, standalone_mode=False); print(*sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        heavy = {
            "spacy",
            "rdflib",
            "pyoxigraph",
            "networkx",
            "pyvis",
            "rich",
            "jinja2",
            "ahocorasick_rs",
            "pyshacl",
            "chidao.extract",
        }
        assert not heavy & set(done.stdout.split())
