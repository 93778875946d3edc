# The commands people use. `make` lists them; what each promises stands in docs/operations.md.
PORT ?= 8000
PYTHON3 ?= python3.11
VENV := .venv
PYTHON := $(VENV)/bin/python
EHR_DEMO ?= 1
export PORT PYTHON3 EHR_DEMO
# Python keeps what it compiled: else each start and each test worker would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE
export UV_PYTHON_DOWNLOADS := never
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
MAKEFLAGS += --no-print-directory

# Runs a command with PostgreSQL and Redis: those of DATABASE_URL and REDIS_URL, else embedded ones.
SERVED := $(PYTHON) -m ehr.embedded
MANAGE := $(SERVED) $(PYTHON) manage.py
PYTEST := $(PYTHON) -m pytest
SIDE_BY_SIDE := -n 2 --dist loadgroup --no-loadscope-reorder

.PHONY: help run worker beat shell demo-reset messages quick check check-law test bench soak lint types contracts fast-tests \
	system-run system-develop system-test ready ready-dev format

help:
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: ready  ## everything, at http://127.0.0.1:8000 (PORT=…); Ctrl-C stops it
	@$(MAKE) var/demo.env
	@exec $(MANAGE) up

worker: ready  ## the worker alone
	@$(MANAGE) up worker

beat: ready  ## the clock that rings the worker, alone
	@$(MANAGE) up beat

shell: ready  ## a Python shell inside the product
	@$(MANAGE) shell

demo-reset: ready  ## throw the demo's data away and build them again
	@$(MAKE) var/demo.env
	@$(MANAGE) demo_reset

messages: ready  ## collect the texts to translate into */locale
	@$(PYTHON) manage.py makemessages --locale zh_Hans --no-location --no-obsolete --ignore node_modules --ignore .venv

quick: system-develop ready-dev  ## lint, types, contracts and fast tests: before every commit
	@$(MAKE) -j2 lint types contracts fast-tests

check: ready-dev  ## what CI runs: quick, migrations, templates, and the whole suite
	@$(MAKE) -j2 lint types contracts
	@$(PYTHON) manage.py makemigrations --check --dry-run
	@$(MAKE) test

test: system-test ready-dev  ## the whole suite: real PostgreSQL, Redis and browser
	@$(PYTEST) $(SIDE_BY_SIDE)

bench: ready-dev  ## measure; one JSON object per line
	@$(PYTHON) -m benchmarks $(ONLY)

check-law: ready-dev  ## the law: every property 10,000 times, and every kept mistake in the rules caught
	@LAW_PROFILE=check-law $(PYTEST) tests/offboarding/rules/compliance
	@$(PYTHON) -m tests.offboarding.rules.compliance.mutants.run

soak: system-test ready-dev  ## every mutant is caught, and the fault tests again and again (TIMES=5)
	@$(PYTHON) -m tests.faults.mutants.run
	@for round in $$(seq $(or $(TIMES),5)); do $(PYTEST) tests/faults || exit 1; done

format: ready-dev  ## put the code into its form
	@$(VENV)/bin/ruff check --fix --quiet . ; $(VENV)/bin/ruff format --quiet .

lint:
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/ruff format --check --quiet .
	@$(VENV)/bin/djlint templates $(wildcard */templates) --lint --quiet

types:
	@$(VENV)/bin/mypy

contracts:
	@$(VENV)/bin/lint-imports

fast-tests:
	@$(PYTEST) $(SIDE_BY_SIDE) -m "not slow" --hypothesis-profile=quick

# --- what the commands stand on; each file is a stamp, so that nothing is done twice ---------------------------
ready: system-run
	@$(MAKE) -j3 $(VENV)/.base node_modules/.built var/.static var/.messages

ready-dev: ready
	@$(MAKE) $(VENV)/.dev

system-run:
	@bin/system-packages run

system-develop:
	@bin/system-packages run develop

system-test:
	@bin/system-packages run develop browse

$(VENV)/.uv: requirements/uv.txt
	@echo "Creating $(VENV)"
	@$(PYTHON3) -m venv $(VENV)
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.base: requirements/base.txt $(VENV)/.uv
	@echo "Installing Python packages"
	@$(VENV)/bin/uv pip install --quiet --require-hashes -r $<
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@echo "Installing Python packages for development"
	@$(VENV)/bin/uv pip install --quiet --require-hashes -r $<
	@touch $@

node_modules/.installed: package-lock.json
	@echo "Installing front-end packages"
	@npm ci --ignore-scripts --silent --no-audit --no-fund </dev/null
	@touch $@

node_modules/.built: node_modules/.installed package.json $(shell find frontend ehr/static/ehr -type f 2>/dev/null)
	@npm run build --silent </dev/null
	@touch $@

# ehr/css and ehr/js are the sources of the bundles in vendor/, which are what a browser gets.
var/.static: node_modules/.built $(VENV)/.base ehr/settings.py $(wildcard */static/*/*)
	@mkdir -p var
	@$(PYTHON) manage.py collectstatic --no-input --clear --ignore 'ehr/css/*' --ignore 'ehr/js/*' --verbosity 0
	@touch $@

var/.messages: $(VENV)/.base $(wildcard */locale/*/LC_MESSAGES/*.po)
	@mkdir -p var
	@for po in $(wildcard */locale/*/LC_MESSAGES/*.po); do msgfmt --check-format -o "$${po%.po}.mo" "$$po" || exit 1; done
	@touch $@

var/demo.env: $(VENV)/.base
	@$(PYTHON) -m ehr.environment
