# make run | test | ingest | eval | bench | lint | clean
# PYTHON chooses the interpreter that makes the virtual environment; PORT the app's port.

PYTHON ?= $(shell command -v python3 || command -v python || echo python3)
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Most of the 20,000 installed modules are never imported; those that are, are compiled then.
INSTALL := $(PIP) install --no-compile

.PHONY: run test ingest eval bench lint clean

run: $(VENV)/.installed
	@$(BIN)/python assistant/preflight.py port $(PORT)
	@$(BIN)/python -m ingest build
	@echo "Open http://127.0.0.1:$(PORT) (stop with Ctrl+C)"
	@$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/.installed-dev lint
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

ingest: $(VENV)/.installed
	@$(BIN)/python -m ingest build

eval: ingest
	@$(BIN)/python -m evals

bench: $(VENV)/.installed
	@$(BIN)/python -m evals.bench

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) assistant/preflight.py install
	@echo "Installing (a few minutes the first time) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(INSTALL) -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(INSTALL) -e '.[dev]'
	@touch $@
