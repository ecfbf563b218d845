"""What several test modules need: the real documents where they are, a browser, and no silent skips on a server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"
ON_SERVER = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample documents."""
    return ROOT / "samples"


@pytest.fixture(scope="session")
def sample_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph built from the sample documents. Nobody may write to it."""
    from chidao.graph.build import build

    folder = tmp_path_factory.mktemp("samples") / "graph"
    build([ROOT / "samples"], folder)
    return folder


@pytest.fixture(scope="session")
def site(sample_graph: Path) -> Iterator[TestClient]:
    """The site over the samples' graph, as a client asks it without a network."""
    from starlette.testclient import TestClient

    from chidao.viz.web.app import make_app

    with TestClient(make_app(sample_graph), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real documents beside the checkout; the test is skipped where there is none."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("needs the real documents in ../shared/data")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium or Chrome."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return path
    pytest.skip("needs Chromium (.ci/run installs it)")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
    """On an integration server nothing is skipped, but for what only the real documents can show."""
    report = yield
    if ON_SERVER and report.skipped and not hasattr(report, "wasxfail") and "../shared" not in str(report.longrepr):
        report.outcome = "failed"
    return report
