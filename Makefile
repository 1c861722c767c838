# Everything a person types. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install demo test test-long eval lint format clean

help:  ## List these commands
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: $(STAMP)  ## Make .venv and install everything into it

$(STAMP): pyproject.toml constraints.txt
	@bash scripts/make-venv.sh "$(PYTHON)" "$(VENV)"
	@echo "Installing some 170 packages under constraints.txt (2.2 GB on disk; the first time some minutes)..."
	@$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

demo: $(STAMP)  ## Run the whole road once on the sample newsroom and print what landed
	@$(BIN)/python -m examples.newsroom.demo

test: $(STAMP)  ## Run the tests
	@$(BIN)/python -m pytest

eval: $(STAMP)  ## Measure the engine on the labelled articles (some minutes: it trains five models)
	@$(BIN)/python -m evaluation.claims --folds --mistakes 15

test-long: $(STAMP)  ## Run the tests that take minutes
	@$(BIN)/python -m pytest -m long

lint: $(STAMP)  ## Check style, types and the import arrows
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(STAMP)  ## Rewrite the code in the project's format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:  ## Remove what the demo and the tests wrote (not .venv, not var/primary.duckdb)
	@rm -rf var/demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
