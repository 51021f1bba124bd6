# `make run` opens the dashboard, `make test` checks everything; each sets up whatever it needs on a fresh machine
# with Python 3.11 or newer, make and access to the package registries.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8501

# What was compiled is kept, whatever the shell says: the tests start hundreds of processes, and compiling all modules anew
# is about a fifth of the start of each.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test programs lint types floors unit gazetteer demo browser postgresql coverage docs requirements wheel clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

# The pip that comes with Python 3.11 spends half of an installation on looking through all releases there ever were.
PIP = pip==26.3
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12 run"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(PIP) || echo "It will take longer with the pip that came with Python."

# `make test` says --no-compile: of ten thousand modules the tests import some, and compile those when they do.
COMPILE :=
INSTALL  = $(BIN)/python -m pip install --quiet --disable-pip-version-check $(COMPILE)

$(VENV)/.run: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing the packages (a minute or two, once) ..."
	$(INSTALL) --requirement requirements.txt
	$(INSTALL) --no-deps --editable .
	@touch $@

# In a second call, so that the gazetteer is built beside it. The pins of both are the same: nothing is put anew.
$(VENV)/.test: $(VENV)/.run requirements-dev.txt requirements-docs.txt
	@echo "Installing the packages for testing (a minute or two, once) ..."
	$(INSTALL) --requirement requirements-dev.txt --requirement requirements-docs.txt
	@touch $@

run: $(VENV)/.run ## Build the gazetteer, read in the demo articles, open the dashboard
	$(BIN)/conflict-map run --port $(PORT)

# All that is installed, built and read goes before the tests, two at a time; each begins when what it needs is there
# (apt-get admits one at a time, and so does a virtual environment).
TOGETHER = $(MAKE) --no-print-directory -j 2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target) COMPILE=--no-compile
test: ## Run every check: style, types, floors, unit, property, contract and browser tests
	@$(TOGETHER) programs types gazetteer lint floors
	@$(MAKE) --no-print-directory unit

programs:
	@$(MAKE) --no-print-directory browser
	@$(MAKE) --no-print-directory postgresql

lint: $(VENV)/.test ## Check style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test ## Check types
	$(BIN)/mypy

floors: $(VENV)/.test ## Check that imports go downwards only
	$(BIN)/lint-imports --no-cache

gazetteer: $(VENV)/.run ## Build the gazetteer where it is absent or its inputs changed
	@$(BIN)/conflict-gazetteer build

demo: $(VENV)/.run ## Read in the demo articles
	@$(BIN)/conflict-map demo

# Of what Chromium recommends, its font and its drawing; not the printers, the network shares and a hundred more.
APT = apt-get install -y -qq --no-install-recommends
BESIDE_CHROMIUM = fonts-liberation libgl1-mesa-dri

# Browser tests need a Chromium, best without the browser around it, which spends less; Debian's is installed where it is
# absent and this user may. Where there is none they are skipped.
browser:
	@if command -v chromium-headless-shell >/dev/null; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing Chromium for the browser tests ..."; \
	  { apt-get update -qq && export DEBIAN_FRONTEND=noninteractive && \
	    { $(APT) chromium-headless-shell $(BESIDE_CHROMIUM) >/dev/null || $(APT) chromium $(BESIDE_CHROMIUM) >/dev/null; }; } || \
	  command -v chromium >/dev/null || echo "Chromium could not be installed: the browser tests will be skipped."; \
	elif command -v chromium >/dev/null; then :; \
	else \
	  echo "No Chromium found: the browser tests will be skipped. Install it (Debian: sudo apt-get install chromium-headless-shell) to run them."; \
	fi

# The same for the tests of a store on PostgreSQL; they start a server of their own.
postgresql:
	@if ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing PostgreSQL with PostGIS for the tests ..."; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(APT) postgresql-postgis gdal-bin >/dev/null; } || \
	  echo "PostGIS could not be installed: the tests on PostgreSQL will be skipped."; \
	else \
	  echo "No PostGIS found: the tests on PostgreSQL will be skipped. Install it (Debian: sudo apt-get install postgresql-postgis) to run them."; \
	fi

# Two runs side by side, one of them in the browser. The one that is done first takes its share of what the other has not
# begun (tests/sharing.py): all are run once.
SHARING = $(BIN)/python -m pytest -p tests.sharing --share=
unit: $(VENV)/.test
	@log=$$(mktemp); taken=$$(mktemp -d); \
	{ $(SHARING)"$$taken" tests/browser; seen=$$?; \
	  $(SHARING)"$$taken" --from-the-end --ignore tests/browser; shared=$$?; exit $$((seen ? seen : shared)); } >"$$log" 2>&1 & \
	beside=$$!; $(SHARING)"$$taken"; rest=$$?; \
	echo "The tests that ran beside these, those in the browser first:"; \
	wait $$beside; other=$$?; cat "$$log"; rm -rf "$$log" "$$taken"; \
	if [ $$rest -ne 0 ]; then echo "Tests of the first run failed: see above."; exit $$rest; fi; exit $$other

coverage: $(VENV)/.test ## Run the tests and show what they leave out (tracing every line takes its time)
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered --cov-report=xml

# The dashboard's packages are not needed for it: the reference is read out of the docstrings, nothing is imported.
$(VENV)/.docs: requirements-docs.txt | $(VENV)/bin/python
	$(INSTALL) --requirement requirements-docs.txt
	@touch $@

docs: $(VENV)/.docs ## Build the documentation into site/ (without a network; warnings are errors)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet
	@echo "site/index.html"

requirements: $(VENV)/.test ## Resolve requirements*.in into exact pins
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate --upgrade requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate --upgrade requirements-dev.in -c requirements.txt -o requirements-dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate --upgrade requirements-docs.in -c requirements-dev.txt -o requirements-docs.txt

wheel: $(VENV)/.test ## Build the wheel and the source archive into dist/ (docs/release.md)
	rm -rf dist
	$(BIN)/hatchling build

clean: ## Remove the virtual environment, the caches and the built gazetteer (the store is kept)
	rm -rf $(VENV) .cache dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* coverage.xml
