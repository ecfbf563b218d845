"""A graph made on a cluster is that of one machine: a real Spark master and two workers, on this one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner

from chidao.cli import main
from chidao.extract.errors import ChidaoError
from chidao.graph.export import export
from chidao.graph.store import read_store

pytestmark = [pytest.mark.spark, pytest.mark.slow]


@pytest.fixture(scope="module")
def master(
    tmp_path_factory: pytest.TempPathFactory, wait_until: Callable[[Callable[[], object]], None]
) -> Iterator[str]:
    """The URL of a master with two workers."""
    import pyspark

    folder = tmp_path_factory.mktemp("spark")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"spark://127.0.0.1:{port}"
    worker = "worker.Worker --host 127.0.0.1 --webui-port 0 --cores 1 --memory 1g --work-dir"
    commands = [
        ["master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"],
        *([*worker.split(), str(folder / f"work-{n}"), url] for n in (1, 2)),
    ]
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    running: list[subprocess.Popen[bytes]] = []
    try:
        for n, (name, *arguments) in enumerate(commands):
            log = folder / f"{n}.log"
            with log.open("wb") as stream:
                started = [
                    str(Path(str(pyspark.__file__)).parent / "bin" / "spark-class"),
                    f"org.apache.spark.deploy.{name}",
                ]
                running.append(subprocess.Popen([*started, *arguments], stdout=stream, stderr=stream))
            ready = b"successfully registered" if n else b"i have been elected leader"
            wait_until(partial(is_said, log, ready))
        yield url
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(60)


def is_said(log: Path, words: bytes) -> bool:
    return words in log.read_bytes().lower()


def run(*arguments: str | Path) -> str:
    done = CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_same_quads(master: str, sample_graph: Path, samples: Path, tmp_path: Path) -> None:
    files = tmp_path / "files"
    shutil.copytree(samples, files)
    (files / "broken.docx").write_bytes(b"PK\x03\x04 is no document")
    graph = tmp_path / "graph"
    arguments = ["build", str(files), "--graph", str(graph), "--engine", "spark", "--master", master, "--quiet"]
    done = CliRunner().invoke(main, [*arguments, "--shards", str(tmp_path / "shards")], catch_exceptions=False)
    assert done.exit_code == 1 and "broken.docx" in done.output  # told of as on one machine
    here = tmp_path / "here"
    assert CliRunner().invoke(main, ["build", str(files), "--graph", str(here), "--quiet"]).exit_code == 1
    assert set(read_store(graph)) == set(read_store(here))
    assert len(read_store(here)) > 1000

    whole = export(here, "nquads", tmp_path / "whole.nq").read_text("utf-8").splitlines()
    shards = sorted((tmp_path / "shards" / "nquads").glob("part-*"))
    lines = [line for shard in shards for line in shard.read_text("utf-8").splitlines()]
    assert {quad(line) for line in lines} == {quad(line) for line in whole}
    assert lines == sorted(lines)
    assert list((tmp_path / "shards" / "parquet").glob("*.parquet"))


def quad(line: str) -> pyoxigraph.Quad:
    found: list[pyoxigraph.Quad] = list(pyoxigraph.parse(line.encode(), format=pyoxigraph.RdfFormat.N_QUADS))
    assert len(found) == 1
    return found[0]


def test_what_is_unchanged_is_not_read_again(master: str, samples: Path, tmp_path: Path) -> None:
    said: list[str | Path] = [
        "build",
        samples,
        "--graph",
        tmp_path / "graph",
        "--engine",
        "spark",
        "--master",
        master,
        "--quiet",
    ]
    assert "12 read, 0 unchanged" in run(*said)
    assert "0 read, 12 unchanged" in run(*said)


def test_no_master_is_one_line(tmp_path: Path) -> None:
    from chidao.graph.cluster.session import Cluster

    with pytest.raises(ChidaoError, match="no Spark at nowhere:1"):
        Cluster("nowhere:1")


def test_shards_are_not_written_over(master: str, sample_graph: Path, tmp_path: Path) -> None:
    from chidao.graph.cluster.session import Cluster
    from chidao.graph.cluster.shards import write_shards

    (tmp_path / "there").write_text("something", "utf-8")
    with Cluster(master) as cluster, pytest.raises(ChidaoError, match="is there already"):
        write_shards(cluster, sample_graph, tmp_path)
