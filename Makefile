# What a person runs. Each target says what it does; the second run of each is fast.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EVENTS ?= .

.PHONY: help run test quick wheel check bench screenshots clean
help: ## Show what can be run
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

run: $(VENV)/.app ## Install what is needed and open the dashboard (EVENTS=path for another table or case)
	@echo "Opening the dashboard on $(EVENTS); stop it with Ctrl+C."
	$(BIN)/attest open "$(EVENTS)"

test: $(VENV)/.test $(VENV)/.browser ## Install what is needed, a browser included, and run all tests
	@echo "Running all tests; the browser tests start the real server with the network blocked."
	$(BIN)/python -m pytest -n 2 --dist loadfile

quick: $(VENV)/.test ## Run the unit tests that draw no pages and open no browser, in half a minute
	$(BIN)/python -m pytest tests/unit -m "not slow" -n 2 --dist loadfile

wheel: $(VENV)/.test ## Build the package, install it apart from this folder, and open the shipped case and another
	$(BIN)/python -m pytest -m wheel

check: $(VENV)/.check ## Style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.test $(VENV)/.browser ## Measure the time map beside what a user would pick instead; writes benchmarks/RESULTS.md
	@echo "Measuring; this takes about twenty minutes and wants a quiet machine."
	$(BIN)/python -m benchmarks

screenshots: $(VENV)/.test $(VENV)/.browser ## Take the pictures in docs/
	$(BIN)/python -m tests.screenshots

clean: ## Remove what was installed
	rm -rf $(VENV)

$(VENV)/bin/python:
	@echo "Making a virtual environment in $(VENV)."
	$(PYTHON) -m venv $(VENV)

$(VENV)/.app: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing the dashboard's packages into $(VENV); the first time takes a few minutes."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.test: $(VENV)/.app
	@echo "Installing the test packages."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test]"
	@touch $@

$(VENV)/.check: $(VENV)/.app
	@echo "Installing the linter and the type checker."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test,check]"
	@touch $@

$(VENV)/.browser: $(VENV)/.test
	@echo "Looking for a browser for the browser tests."
	$(BIN)/python -m tests.chromium
	@touch $@
