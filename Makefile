# What a person runs. Each target says what it does; the second run of each is fast.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EVENTS ?= .
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMMA := ,
# Compiled modules are kept between runs (__pycache__, which git ignores), whatever the shell says: the tests start many servers.
export PYTHONDONTWRITEBYTECODE =
# With LOCKED=1, as CI does, every file that is installed must have the sum that locked.txt names.
ifdef LOCKED
install = $(PIP) --require-hashes -r locked.txt && $(PIP) --no-deps --no-build-isolation -e .
else
install = $(PIP) -c constraints.txt -e ".$(1)"
endif

# With ATTEST_ENGINES=required, as CI has it, make test installs what tests/engines needs, and a server that is missing fails.
ifeq ($(ATTEST_ENGINES),required)
ENGINES := $(VENV)/.engines
endif

.PHONY: help run test quick heavy engines attack fuzz states wheel check check-js bench load soak screenshots pythons lock bill release clean
help: ## Show what can be run
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/'

run: $(VENV)/.app ## Install what is needed and open the dashboard (EVENTS=path for another table or case)
	@echo "Opening the dashboard on $(EVENTS); stop it with Ctrl+C."
	$(BIN)/attest open "$(EVENTS)"

test: $(VENV)/.test $(VENV)/.browser $(ENGINES) ## Install what is needed, a browser included, and run the tests
	@echo "Running the tests; the browser tests start the real server with the network blocked."
	$(BIN)/python -m pytest -n 2 --dist loadfile

quick: $(VENV)/.test ## Run the unit tests that draw no pages and open no browser, in half a minute
	$(BIN)/python -m pytest tests/unit -m "not slow" -n 2 --dist loadfile

heavy: $(VENV)/.test $(VENV)/.browser ## Run what make test leaves out: all but the main walks in a browser, every page, file and print of several tables
	$(BIN)/python -m pytest -m heavy -n 2 --dist loadfile

engines: $(VENV)/.engines ## Install PostgreSQL and Spark (400 MB) and ask both, and a Spark of two workers, what DuckDB is asked
	ATTEST_ENGINES=required $(BIN)/python -m pytest tests/engines -m "engines or not engines"

attack: $(VENV)/.test $(VENV)/.browser ## Try hostile tables beside a canary, foreign pages, proxies, signing in, and mutated files of each kind
	$(BIN)/python -m pytest -m attack -n 2 --dist loadfile

fuzz: $(VENV)/.test ## Open ten thousand mutated tables of every kind; one that fails is kept, and its seed is told
	$(BIN)/python -m pytest -m fuzz -s

states: $(VENV)/.test $(VENV)/.browser ## Drive the page through two hundred random actions and compare it with its address after each
	$(BIN)/python -m pytest -m states -s

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
	@echo "Measuring; this takes about an hour, 8 GB of disk, and wants a quiet machine."
	$(BIN)/python -m benchmarks

load: $(VENV)/.test ## Measure many readers at once on this machine, three minutes; writes its part of benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks.load

soak: $(VENV)/.test ## The same for an hour on the shipped table: does the server's memory stay?
	$(BIN)/python -m benchmarks.load --soak 60 --no-output

screenshots: $(VENV)/.test $(VENV)/.browser ## Take the pictures in docs/
	$(BIN)/python -m tests.screenshots

OTHERS = 3.12 3.13
pythons: ## Run the quick tests on every other Python of the project that is here
	@for version in $(OTHERS); do \
	  if python$$version --version >/dev/null 2>&1; then $(MAKE) --no-print-directory quick PYTHON=python$$version VENV=.venv-$$version || exit 1; \
	  else echo "Python $$version is not here: not tried."; fi; done

lock: $(VENV)/.release ## Write locked.txt: the versions of constraints.txt with the sums of their files
	$(BIN)/uv pip compile --quiet pyproject.toml --extra engines --extra signed-in --extra test --extra check --extra release --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header --no-emit-index-url -c constraints.txt -o locked.txt

bill: $(VENV)/.release ## Write what a release is made of into build/: bill of materials and licences
	$(BIN)/python -m tools.bill

release: check heavy attack wheel test $(VENV)/.release ## Build, describe and tag the version of geodata/__init__.py (its entry in CHANGELOG.md comes first)
	$(BIN)/python -m tools.release

clean: ## Remove what was installed
	rm -rf $(VENV) node_modules build dist

$(VENV)/bin/python:
	@echo "Making a virtual environment in $(VENV)."
	$(PYTHON) -m venv $(VENV)

$(VENV)/.app: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing the dashboard's packages into $(VENV); the first time takes a few minutes."
	$(call install)
	@touch $@

$(VENV)/.test: $(VENV)/.app
	@echo "Installing the test packages."
	$(call install,[test])
	@touch $@

$(VENV)/.check: $(VENV)/.app
	@echo "Installing the linter and the type checker."
	$(call install,[test$(COMMA)check])
	@touch $@

$(VENV)/.release: $(VENV)/.test
	@echo "Installing what builds and describes a release."
	$(call install,[test$(COMMA)release])
	@touch $@

node_modules/.check: package.json package-lock.json
	@echo "Installing the checkers of the scripts into node_modules."
	npm ci --silent
	@touch $@

$(VENV)/.engines: $(VENV)/.test
	@echo "Installing PostgreSQL's driver and Spark, and looking for PostgreSQL and Java."
	$(call install,[test$(COMMA)engines])
	$(BIN)/python -m tests.engines.programs
	@touch $@

$(VENV)/.browser: $(VENV)/.test
	@echo "Looking for a browser for the browser tests."
	$(BIN)/python -m tests.chromium
	@touch $@
