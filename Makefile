# make demo    build every story into build/ and say what was checked
# make test    all tests, lint, types, import rules, and the wheel in an empty environment
#
# Needs Python 3.11 or newer, git and make. All else is installed into this folder (.venv, .tools, node_modules);
# only the browsers of `make test` are system packages. There is nothing to activate.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
BIN := .venv/bin
WORKERS ?= 2
CHECKS := lint types imports client wheel unit

# In .venv, so that they vanish with it.
RUNTIME := .venv/.ready-to-run
DEV := .venv/.ready-to-test
NODE := node_modules/.ready

.PHONY: demo test test-all setup browser bench format $(CHECKS)
.DELETE_ON_ERROR:

demo: $(RUNTIME)
	@$(BIN)/storymap build

# Every check runs, also after one that fails; pytest comes last, so that its summary is the last line.
test: setup
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)

test-all: test
	@$(MAKE) --no-print-directory bench

setup: $(DEV) $(NODE) browser

lint: $(DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(DEV)
	$(BIN)/mypy

imports: $(DEV)
	$(BIN)/lint-imports --no-logo

client: $(NODE)
	sh tools/setup/npm.sh exec -- tsc

wheel: $(DEV)
	$(BIN)/python -m tools.smoke_wheel

unit: setup
	$(BIN)/pytest -n $(WORKERS)

bench: $(DEV) $(NODE)
	@$(PYTHON) tools/setup/environment.py dev bench
	$(BIN)/python -m bench.bench_build
	$(BIN)/python -m bench.bench_earth
	$(BIN)/python -m bench.bench_steps
	sh tools/setup/npm.sh ci --prefix bench/readers --ignore-scripts
	$(BIN)/python -m bench.bench_readers
	$(BIN)/python -m bench.bench_long

format: $(DEV)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

$(RUNTIME): pyproject.toml uv.lock tools/setup/environment.py
	@$(if $(PYTHON),,echo 'storymap needs Python 3.11 or newer; name it with: make PYTHON=/path/to/python3' >&2; exit 1)
	@$(PYTHON) tools/setup/environment.py
	@touch $@

$(DEV): $(RUNTIME)
	@$(PYTHON) tools/setup/environment.py dev
	@touch $@

$(NODE): package.json package-lock.json tools/setup/npm.sh $(DEV)
	sh tools/setup/npm.sh ci
	@touch $@

# Looked for each time: the system may have lost it since.
browser: $(DEV)
	@$(BIN)/python tools/setup/chromium.py
	@$(BIN)/python -m tools.setup.engines
