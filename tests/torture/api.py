"""Requests that schemathesis makes from the API's own description: what this says is answered is answered, and nothing else is.

They go to a server that was started as users start it. Operations without a fault are counted; a fault ends with schemathesis's own account
of it, with a curl command.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from chidao.graph.write.build import build

_SAMPLES = Path(__file__).parents[2] / "samples"
_BOUNDARIES = 20
"""From so many requests on for each operation also those at the boundaries of every parameter are made."""


def asked(address: str, seed: int, times: int, folder: Path) -> str:
    """Make so many requests for each operation of the API at an address; what schemathesis counts. Raises AssertionError with its account.

    It keeps its notes in `folder`."""
    phases = "examples,fuzzing" + (",coverage" if times >= _BOUNDARIES else "")
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{address}/api/openapi.json", "--phases", phases, "--max-examples", str(times),
        "--seed", str(seed), "--no-color", "--request-timeout", "300",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-10_000:] + done.stderr[-2_000:]
    counted = re.search(r"(\d+) generated, (\d+) passed", done.stdout)
    operations = re.search(r"Tested: (\d+)", done.stdout)
    assert counted and operations, done.stdout[-10_000:]
    return f"{int(counted[1]):,} requests to {operations[1]} operations, {int(counted[2]):,} answered as described"


def attack(seed: int, times: int) -> str:
    """Return a line of figures. Raises AssertionError when an answer is not as described."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        build([_SAMPLES], folder / "graph")
        command = [sys.executable, "-m", "chidao.cli", "serve", "--graph", str(folder / "graph"), "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            try:
                return asked(server.stdout.readline().split()[0].rstrip("/"), seed, times, folder)
            finally:
                server.terminate()
