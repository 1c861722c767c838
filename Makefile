# Everything a person types. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install demo test test-long test-duckdb2 eval lint format clean

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

# Much of a run is waiting for servers and processes: three workers fill two cores.
test: $(STAMP)  ## Run the tests
	@$(BIN)/python -m pytest -n 3 --dist loadfile

eval: $(STAMP)  ## Measure the engine on the labelled articles (the first time an hour and more: it trains five models)
	@$(BIN)/python -m evaluation.entities
	@$(BIN)/python -m evaluation.claims --folds --mistakes 15

test-long: $(STAMP)  ## Run the tests that take minutes
	@$(BIN)/python -m pytest -m long

# The newer DuckDB comes before the pinned one in the path; everything else is shared.
test-duckdb2: $(STAMP)  ## Run the warehouse's tests on DuckDB 2, and pass a file to and fro between the two
	@bash scripts/make-venv.sh "$(BIN)/python" .venv-duckdb2
	@.venv-duckdb2/bin/python -m pip install --disable-pip-version-check -q --no-deps "duckdb==2.0.0"
	@$(BIN)/python -c "import site; print(site.getsitepackages()[0])" > "$$(.venv-duckdb2/bin/python -c "import site; print(site.getsitepackages()[0])")/shared.pth"
	@MARSAD_OTHER_PYTHON=$(BIN)/python .venv-duckdb2/bin/python -m pytest tests/warehouse

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
