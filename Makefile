# `make demo` and `make test` are all a new machine needs: Python 3.11+, git and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
endif
RUN := $(BIN)/python

.PHONY: demo test check lint fix bench dist lock clean

demo: $(VENV)/ready ## build a small start-up repository with planted faults and examine it
	$(RUN) -m tests.demo

test: $(VENV)/ready ## run all tests
	$(RUN) -m pytest -n auto

check: lint test ## format, lint, types, generated files, tests

lint: $(VENV)/ready ## all of check but the tests
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(RUN) -m launchready.generate --check
	$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml actions/*/action.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --check-metaschema schemas/*.json
	$(BIN)/zizmor --offline --strict-collection --persona auditor .

fix: $(VENV)/ready ## mend what can be mended by program
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(RUN) -m launchready.generate

bench: $(VENV)/ready ## print the measured figures
	$(RUN) -m tests.bench

dist: $(VENV)/ready ## build dist/launchready.pyz and the mirror tree of every action
	$(RUN) -m launchready.generate.dist

# The lock is universal: CPython 3.11 to 3.14, Linux, macOS, Windows. Needs uv.
UV_LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate
lock:
	$(UV_LOCK) $(UPGRADE) -o requirements/run.txt pyproject.toml
	$(UV_LOCK) $(UPGRADE) -c requirements/run.txt -o requirements/native.txt requirements/native.in
	$(UV_LOCK) $(UPGRADE) -c requirements/run.txt --extra native --extra rehearsal --extra browser --group dev -o requirements/dev.txt pyproject.toml

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# A private environment, so that a system Python that refuses system-wide installs does not matter.
# Where Python comes without ensurepip (Debian without python3-venv), its own pip fills the folder.
$(VENV)/ready: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "error: launchready needs Python 3.11 or newer; name one with make PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || $(PYTHON) -m venv --without-pip $(VENV)
	@if $(BIN)/python -m pip --version >/dev/null 2>&1; then pip="$(BIN)/python -m pip"; \
		else pip="$(PYTHON) -m pip --python $(BIN)/python"; fi; \
	set -e; \
	$$pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt; \
	$$pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
