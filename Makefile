# Needs: this checkout, Python 3.11 or newer, make. Everything else goes into .venv. With npm also the scripts of the pages, which
# are plainer without.
#   make demo    build a graph from samples/, list who implements a central directive, write the HTML graph
#   make test    all checks and all tests
#   make quick   all checks and the fast tests, while one works
#   make torture attacks on what SECURITY.md promises, for many minutes; SHORT=1: for half a minute
#   make frontend    the scripts of the pages, from npm's packages into viz/web/static/built
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

FRONTEND := viz/web/frontend
BUILT := viz/web/static/built/licenses.txt
# An integration server has to have npm; elsewhere what is missing is left out.
SCRIPTS := $(if $(or $(CI),$(shell command -v npm 2>/dev/null)),frontend lint-js)

.PHONY: demo test quick torture spark frontend lint lint-js format bench docs screenshots lock dist test-lowest clean

demo: $(VENV)/.for-use
	$(BIN)/chidao demo

# What Python and pytest compile is kept, whatever the machine says: the tests start many processes.
test quick: export PYTHONDONTWRITEBYTECODE :=

test: lint $(SCRIPTS)
	$(BIN)/pytest

# Each process takes its half in one piece, so that what a file's tests share is made once, and helps the other at the end. Of what
# hypothesis makes up a fifth is tried.
quick: lint
	$(BIN)/pytest -n auto --dist worksteal --hypothesis-profile quick -m "not browser and not slow"

torture: $(VENV)/.for-work
	$(BIN)/python tests/torture/run.py $(if $(SHORT),--short) $(if $(SEED),--seed $(SEED))

# The graph of a cluster is that of one machine: a real master and two workers on this one. Needs a Java runtime.
spark: $(VENV)/.for-work
	$(PIP) install --quiet --editable '.[spark]'
	SPARK=1 $(BIN)/pytest tests/graph/test_cluster.py

lint: $(VENV)/.for-work
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# The gate of the scripts: the types that their comments state, and the tests of what they decide.
lint-js: $(FRONTEND)/node_modules/.package-lock.json
	cd $(FRONTEND) && npm run --silent check && npm run --silent test

frontend: $(BUILT)

$(BUILT): $(FRONTEND)/node_modules/.package-lock.json $(FRONTEND)/build.mjs $(wildcard $(FRONTEND)/src/* viz/drawing/assets/*.mjs)
	cd $(FRONTEND) && npm run --silent build

$(FRONTEND)/node_modules/.package-lock.json: $(FRONTEND)/package.json $(FRONTEND)/package-lock.json
	cd $(FRONTEND) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

format: $(VENV)/.for-work
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/.for-bench
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/graph.py
	$(BIN)/python benchmarks/builds.py
	$(BIN)/python benchmarks/web.py

# Versions and hashes of all that is installed; written with uv, for every system and Python.
lock: $(VENV)/.for-work
	$(PIP) install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --quiet --extra notebook --extra mcp --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --output-file constraints.txt

docs: $(VENV)/.for-work
	$(BIN)/python docs/generate.py

screenshots: $(VENV)/.for-work frontend
	$(BIN)/python docs/screenshots.py

dist: $(VENV)/.for-work $(filter frontend,$(SCRIPTS))
	rm -rf build dist
	$(BIN)/python -m build --no-isolation
	$(BIN)/python .ci/sbom.py dist

# The lower bounds in pyproject.toml are true: the tests pass with exactly these versions (which warn about their own dependencies).
test-lowest: $(VENV)-lowest/.for-work
	$(VENV)-lowest/bin/pytest -W ignore::DeprecationWarning

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("chidao needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.for-use: pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --editable .
	touch $@

$(VENV)/.for-work: pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --editable '.[dev]'
	touch $@ $(VENV)/.for-use

$(VENV)/.for-bench: pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --editable '.[dev,bench]'
	touch $@ $(VENV)/.for-work $(VENV)/.for-use

$(VENV)-lowest/.for-work: pyproject.toml .ci/lowest.py
	rm -rf $(VENV)-lowest
	$(PYTHON) -m venv $(VENV)-lowest
	$(PYTHON) .ci/lowest.py > $(VENV)-lowest/constraints.txt
	$(VENV)-lowest/bin/python -m pip --disable-pip-version-check install --quiet --editable '.[dev]' --constraint $(VENV)-lowest/constraints.txt
	touch $@

clean:
	rm -rf viz/web/static/built $(FRONTEND)/node_modules
	rm -rf build dist chidao-demo chidao-graph *.egg-info .*_cache .hypothesis
