# The two commands of the README do all the set-up: make demo, make test.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: demo test check format bench clean

demo: $(STAMP)  ## register -> printed publication, in ./demo
	@$(BIN)/prikk demo demo

test: $(STAMP)  ## all tests
	$(BIN)/pytest -n auto

check: $(STAMP)  ## everything that must hold before a change lands
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP)  ## measure; see benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(STAMP): pyproject.toml constraints.txt tests/readers/package.json
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "prikk needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,pdf,postgres,read,serve]'
	@$(BIN)/python -m prikk.auditing  # compiles the search once, instead of at the first audit
	@$(BIN)/python -m prikk.protect
	@command -v npm >/dev/null && npm --prefix tests/readers install --no-audit --no-fund --silent || true  # a reader for tests
	@touch $@
