# make run    set up what is missing and open the workbench on http://localhost:8501
# make test   set up what is missing and pass the tests
# make lint   formatting, types, import rules
# make lock   write the exact versions again after editing a requirements*.in

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: run test lint lock

run: .venv/run.stamp
	@mkdir -p data
	@nohup $(BIN)/python cli.py worker --defaults >> data/worker.log 2>&1 &
	@exec $(BIN)/python -m streamlit run app.py

test: .venv/test.stamp
	$(BIN)/python -m pytest

lint: .venv/test.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.venv/run.stamp: requirements.txt requirements-data.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing (a minute or two, once) ..."
	$(PIP) -r requirements.txt
	$(PIP) --no-deps -r requirements-data.txt
	@touch $@

.venv/test.stamp: .venv/run.stamp requirements-dev.txt requirements-dev-data.txt
	$(PIP) -r requirements-dev.txt
	$(PIP) --no-deps -r requirements-dev-data.txt
	@touch $@

lock:
	uv pip compile --universal --python-version 3.11 --quiet --no-header --no-annotate --no-emit-index-url requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --quiet --no-header --no-annotate --no-emit-index-url requirements-dev.in -o requirements-dev.txt
	uv pip compile --universal --python-version 3.11 --quiet --no-header --no-annotate --no-emit-index-url requirements-ocr.in -o requirements-ocr.txt
	uv pip compile --universal --python-version 3.11 --quiet --no-header --no-annotate --no-emit-index-url requirements-bench.in -o requirements-bench.txt
