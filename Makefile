# Two commands for a fresh machine: `make site` and `make test`. The others are for working on sitegen.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
# The first Python on PATH that sitegen runs on.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
  $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

.PHONY: site serve test test-long bench lock clean

site: $(VENV)/site
	$(BIN)/sitegen build
	@echo "Open public/index.html in a browser."

serve: $(VENV)/site
	$(BIN)/sitegen serve --open

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "sitegen needs Python 3.11 or newer; none was found on PATH." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "Could not make $(VENV): on Debian, install python3-venv." >&2; exit 1; }

$(VENV)/site: pyproject.toml requirements.lock | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable .
	@touch $@

$(VENV)/test: pyproject.toml requirements.lock $(wildcard tests/browser/*.sh tests/browser/*.json tests/browser/chromium.py) | $(VENV)/site
	$(BIN)/pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[pdf]' --group test
	bash tests/browser/install.sh
	@touch $@

test: $(VENV)/test
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto -m 'not long'

test-long: $(VENV)/test
	$(BIN)/pytest -m long

bench: $(VENV)/test
	$(BIN)/python tests/bench/reading.py
	$(BIN)/python tests/bench/site.py --quick

lock: $(VENV)/test
	$(BIN)/pip freeze --exclude-editable --disable-pip-version-check | sort --ignore-case > requirements.lock

clean:
	rm -rf $(VENV) .sitegen
