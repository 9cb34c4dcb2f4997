# Two commands do everything: `make run` and `make test`. The environment makes itself.
PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(p) -c 'import sys; sys.version_info >= (3, 11) and print("$(p)")' 2>/dev/null)))
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TESTABLE := $(VENV)/.testable
OTHERS := .venv-benchmarks

.DEFAULT_GOAL := help
.PHONY: help setup run index test check format measure compare screenshots lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(TESTABLE) ## make the environment (the other commands do it too)

# uv comes out of the lock like everything else, with its hashes, and then does the rest in seconds.
$(READY): requirements.lock
	@test -n "$(PYTHON)" || { echo "Passo needs Python 3.11 or newer: \
	install one, or name it with \`make PYTHON=/path/to/python3\`" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo "Passo needs Python 3.11 or newer, and $(PYTHON) is older" >&2; exit 1; }
	@echo "Making the environment in $(VENV)…" >&2
	@$(PYTHON) -m venv --clear $(VENV)
	@awk '/^uv==/ { on = 1 } on { print } on && !/\\$$/ { exit }' requirements.lock > $(VENV)/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
	  --requirement $(VENV)/uv.lock
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@touch $(READY)

# What tests need comes on top: those who just run it needn't wait for a browser's driver.
$(TESTABLE): requirements-dev.lock | $(READY)
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.lock
	@touch $@

run: $(READY) ## answer: on Telegram with a token in .env, otherwise in your browser and the terminal
	@$(BIN)/python -m bot

index: $(READY) ## bring the store up to date with docs_store/sources
	@$(BIN)/python -m retrieval index

test: $(TESTABLE) ## run the tests
	@$(BIN)/python -m pytest

check: $(TESTABLE) ## lint, formatting and types, as CI does
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(TESTABLE) ## put the code in shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

measure: $(TESTABLE) ## run the long measurements in full (DATA=folder adds your own questions)
	@$(BIN)/python -m benchmarks.measure $(DATA)

compare: $(OTHERS)/.ready ## rank the same passages with others side by side (DATA=folder)
	@$(OTHERS)/bin/python -m benchmarks.side_by_side $(DATA)

screenshots: $(TESTABLE) ## picture the chat page for the README (needs Chromium)
	@$(BIN)/python -m benchmarks.screenshots

# What others need comes on top of our own lock, and only here.
$(OTHERS)/.ready: requirements.lock benchmarks/requirements.lock | $(READY)
	@echo "Making the environment of the comparison in $(OTHERS)…" >&2
	@$(PYTHON) -m venv --clear --without-pip $(OTHERS)
	@$(BIN)/uv pip sync --quiet --python $(OTHERS)/bin/python --require-hashes \
	  requirements.lock benchmarks/requirements.lock
	@touch $@

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

# What `make run` has: a library's extras, all of them.
EXTRAS = --extra documents --extra watch --extra setup

lock: $(TESTABLE) ## resolve the dependencies anew
	@$(COMPILE) $(EXTRAS) --output-file requirements.lock pyproject.toml
	@$(COMPILE) $(EXTRAS) --extra dev --constraints requirements.lock \
	  --output-file requirements-dev.lock pyproject.toml
	@$(COMPILE) --constraints requirements.lock --overrides benchmarks/overrides.in \
	  $$(sed -n 's/^\([a-z0-9._-]*\)==.*/--no-emit-package \1/p' requirements.lock) \
	  --output-file benchmarks/requirements.lock benchmarks/requirements.in

clean: ## remove the environment and all caches, never the documents
	@rm -rf $(VENV) $(OTHERS) .mypy_cache .pytest_cache .ruff_cache .hypothesis
