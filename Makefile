# Everything a user needs: make demo, make test. The virtual environment is made on demand, with the versions in constraints.txt.
# the first of these that runs and is new enough
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
# Debian packages that tests use: a browser for the pages of the history, LibreOffice for the Word files (86 MB to fetch)
SYSTEM := chromium libreoffice-writer-nogui

.PHONY: help demo test bench soak system clean

help:
	@echo "make demo         watch made-up vendors change their policies, on a site of our own (KEEP=1 leaves it running)"
	@echo "make test         lint, types, rules of the house, tests"
	@echo "make bench        how long things take"
	@echo "make soak         a daemon against 300 hosts that misbehave, killed again and again (some 15 minutes)"
	@echo "make system       install the Debian packages that the tests use (as root)"
	@echo "make clean        remove the virtual environment and what was made in it"

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Clausewatch needs Python 3.11 or newer: make PYTHON=/path/to/python $(MAKECMDGOALS)"; exit 1; }
	@echo "Making the virtual environment .venv …"
	@"$(PYTHON)" -m venv .venv

.venv/installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Clausewatch and what it builds on …"
	@$(PIP) --editable .
	@touch $@

.venv/installed-dev: pyproject.toml constraints.txt | .venv/installed
	@echo "Installing what the tests need …"
	@$(PIP) --editable '.[dev]'
	@touch $@

# beside the environment, which has the released one: PYTHONPATH chooses
NEXT := $(CURDIR)/.venv/datasette-next
.venv/installed-next: datasette-next.txt | .venv/installed-dev
	@echo "Installing the pre-release of Datasette …"
	@rm -rf $(NEXT)
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --target $(NEXT) --requirement datasette-next.txt
	@touch $@

demo: .venv/installed
	@$(BIN)/python -m demo.run $(if $(KEEP),--keep)

# on all cores; the tests of a file share what they set up
PARALLEL := --numprocesses auto --maxprocesses 8 --dist loadfile

test: .venv/installed-dev .venv/installed-next
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest $(PARALLEL)
	PYTHONPATH=$(NEXT) $(BIN)/python -c 'from datasette import __version__ as v; print("Once more, in Datasette", v); assert v >= "1"'
	PYTHONPATH=$(NEXT) $(BIN)/pytest $(PARALLEL) tests/tracker/browsing --ignore-glob='*browser*' --ignore-glob='*keys*'

bench: .venv/installed-dev
	$(BIN)/pytest bench --benchmark-only
	$(BIN)/python -m bench.pages
	$(BIN)/python -m bench.bulk
	$(BIN)/python -m bench.growth
	$(BIN)/python -m bench.browsing

soak: .venv/installed
	$(BIN)/python -m bench.soak

system:
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(SYSTEM)

clean:
	rm -rf .venv demo/run .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .benchmarks
