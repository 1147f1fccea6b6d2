# Every target does its own set-up: `.venv` holds the packages, pinned by hash in requirements/.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
PORT ?= 8000

VENV := .venv
RUN := $(VENV)/bin/python
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev

# Packages are compiled when first imported, and only those that are.
unexport PYTHONDONTWRITEBYTECODE
export PORT

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test check fix bench messages requirements clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(RUNTIME) ## Run the whole application with the year 2017 and today's worklist (PORT=8000)
	@$(RUN) -m tools.demo

demo-reset: $(RUNTIME) ## Wipe what the demo has stored
	@$(RUN) -m tools.demo --reset

test: $(DEV) ## Run every test, browser and fault tests included (ARGS="..." for pytest)
	@$(RUN) -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(DEV) ## Format, lint, types, import directions, templates, translations, migrations, deployment, docs
	@$(RUN) -m tools.check $(ARGS)

fix: $(DEV) ## Mend what ruff can mend by itself
	@$(RUN) -m ruff format .
	@$(RUN) -m ruff check --fix .

bench: $(DEV) ## Measure: a table on screen, the same as JSON in var/bench/latest.json (ARGS="inbox" for some)
	@$(RUN) -m tools.bench $(ARGS)

messages: $(DEV) ## Bring the translation catalogues, .env.example and docs/api/ up to date with the code
	@$(RUN) -m tools.translations
	@$(RUN) -m tools.env_example
	@$(RUN) -m tools.api_reference

requirements: ## Pin the newest releases that fit requirements/*.in
	@PYTHON="$(PYTHON)" tools/pin --upgrade

clean: ## Remove the packages and everything under var/
	rm -rf $(VENV) var

$(RUNTIME): requirements/demo.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3 ..."; exit 1; }
	@echo "Installing packages into $(VENV) ..."
	@$(PYTHON) tools/install.py $<
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME)
	@echo "Installing the developers' packages into $(VENV) ..."
	@$(or $(PYTHON),$(RUN)) tools/install.py $<
	@touch $@
