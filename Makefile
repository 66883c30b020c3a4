# What a person runs. Each target says what it does; the second run of each is fast.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EVENTS ?= .

.PHONY: help run test quick heavy fuzz states wheel check check-js bench screenshots clean
help: ## Show what can be run
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/'

run: $(VENV)/.app ## Install what is needed and open the dashboard (EVENTS=path for another table or case)
	@echo "Opening the dashboard on $(EVENTS); stop it with Ctrl+C."
	$(BIN)/attest open "$(EVENTS)"

test: $(VENV)/.test $(VENV)/.browser ## Install what is needed, a browser included, and run the tests
	@echo "Running the tests; the browser tests start the real server with the network blocked."
	$(BIN)/python -m pytest -n 2 --dist loadfile

quick: $(VENV)/.test ## Run the unit tests that draw no pages and open no browser, in half a minute
	$(BIN)/python -m pytest tests/unit -m "not slow" -n 2 --dist loadfile

heavy: $(VENV)/.test $(VENV)/.browser ## Run what make test leaves out: all but the main walks in a browser, every page, file and print of several tables
	$(BIN)/python -m pytest -m heavy -n 2 --dist loadfile

fuzz: $(VENV)/.test ## Open ten thousand mutated tables of every kind; one that fails is kept, and its seed is told
	$(BIN)/python -m pytest -m fuzz -s

states: $(VENV)/.test $(VENV)/.browser ## Drive the page through two hundred random actions and compare it with its address after each
	$(BIN)/python -m pytest -m states

wheel: $(VENV)/.test ## Build the package, install it apart from this folder, and open the shipped case and another
	$(BIN)/python -m pytest -m wheel

check: $(VENV)/.check check-js ## Style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# What ESLint asks of Node; without it the scripts run in the browser all the same, and only their checks are left out.
NODE_IS_NEW = npm --version && node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'

check-js: ## Types, style and tests of the scripts, where there is npm
	@if ($(NODE_IS_NEW)) >/dev/null 2>&1; then $(MAKE) --no-print-directory node_modules/.check && npm run --silent check && npm test --silent; \
	else echo "The scripts are not checked: that takes npm and Node 20.19 or newer, which are not here."; fi

bench: $(VENV)/.test $(VENV)/.browser ## Measure the time map beside what a user would pick instead; writes benchmarks/RESULTS.md
	@echo "Measuring; this takes about twenty minutes and wants a quiet machine."
	$(BIN)/python -m benchmarks

screenshots: $(VENV)/.test $(VENV)/.browser ## Take the pictures in docs/
	$(BIN)/python -m tests.screenshots

clean: ## Remove what was installed
	rm -rf $(VENV) node_modules

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

node_modules/.check: package.json package-lock.json
	@echo "Installing the checkers of the scripts into node_modules."
	npm ci --silent
	@touch $@

$(VENV)/.browser: $(VENV)/.test
	@echo "Looking for a browser for the browser tests."
	$(BIN)/python -m tests.chromium
	@touch $@
