# Newsroom. `make run` serves the site with demo content; `make test` runs the whole suite.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run test check lint fmt types contracts bench lock clean

help: ## What can be made here
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/run.stamp ## Serve the site with demo content on http://localhost:8000
	@exec $(BIN)/python -m newsroom.run

test: $(VENV)/dev.stamp ## Run every test; prints what was skipped and why
	@$(BIN)/python -m tests.run

check: lint types contracts ## Lint, types, import contracts, system checks, migrations
	@$(BIN)/python -m tests.check_site

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --target-version 5.2 --check $$(find templates -name '*.html')
	$(BIN)/djlint --quiet --lint templates

types: $(VENV)/dev.stamp ## mypy --strict
	LOCAL=1 VAR_DIR=var/check $(BIN)/mypy

contracts: $(VENV)/dev.stamp ## Import contracts
	$(BIN)/lint-imports

fmt: $(VENV)/dev.stamp ## Format the code
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: $(VENV)/dev.stamp ## Run the benchmarks (tests/bench); results go to docs/performance.md
	@for bench in pages cache search embeds embed_reading photos reactions; do $(BIN)/python tests/bench/$$bench.py || exit 1; done

lock: ## Compile requirements*.txt from the short lists in pyproject.toml
	$(PYTHON) -m venv var/lock && var/lock/bin/pip install -q pip-tools
	var/lock/bin/pip-compile -q --no-emit-index-url --no-emit-find-links --strip-extras --generate-hashes --no-header -o requirements.txt pyproject.toml
	var/lock/bin/pip-compile -q --no-emit-index-url --no-emit-find-links --strip-extras --generate-hashes --no-header --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean: ## Remove the virtual environment and caches; var/ (your site) stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage*

# Debian's python3 comes without ensurepip; root (or sudo) can add it, anyone else is told how.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || sh deploy/install-venv.sh
	@echo "Making the virtual environment …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	@echo "Installing packages …"
	@$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt | $(VENV)/bin/python
	@echo "Installing packages for development …"
	@$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp
