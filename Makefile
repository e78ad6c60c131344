# The commands of the project. `make help` lists them.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
STAMP := .venv/.installed
SUITE := pytest -n auto --dist loadgroup
REACHED := var/coverage.json
LOWEST_VENV := .venv/lowest
# What runs with the lowest versions: publication, workflow, fact sheets, PO files, uploads.
LOWEST := tests/practices/test_publication.py tests/practices/moderation/test_workflow.py \
	tests/practices/factsheets/test_files.py tests/practices/translation/test_po.py \
	tests/practices/files/test_uploads.py

.DEFAULT_GOAL := help
.PHONY: help setup demo test suite check bench build lowest messages compile constraints

help: ## List the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: $(STAMP) compile ## Install everything into .venv

$(STAMP): pyproject.toml constraints.txt
	@test -d .venv || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt --editable . --group dev
	@touch $@

compile:
	@$(BIN)/python -m tools.catalogues compile

demo: setup ## Serve the demo on http://127.0.0.1:8000 (PORT changes it)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demo --port $(PORT)
	@$(BIN)/python -m tools.demo $(PORT)

test: setup ## Run the whole suite, with the coverage gate
	@mkdir -p $(dir $(REACHED))
	@$(BIN)/python -m slipcover --json --out $(REACHED) -m $(SUITE)
	@$(BIN)/python -m slipcover --merge $(REACHED) --out $(REACHED) --skip-covered --fail-under 95

suite: setup ## Run the whole suite without the gate, as on a second database
	@$(BIN)/$(SUITE)

check: setup ## Lint, types, templates, migrations, catalogues, Django's checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	git ls-files -z -- '*.html' '*.txt' ':!:constraints.txt' | xargs -0 $(BIN)/djade --target-version 5.2 --check
	$(MANAGE) makemigrations --check --dry-run
	$(BIN)/python -m tools.catalogues check
	$(MANAGE) check
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	ALLOWED_HOSTS=osumi.example WAGTAILADMIN_BASE_URL=https://osumi.example \
	EMAIL_URL=smtp://127.0.0.1:25 DJANGO_SETTINGS_MODULE=osumi_site.settings.production \
	$(MANAGE) check --deploy --fail-level WARNING

bench: setup ## Measure search beside SQL by hand, and fact sheets (SIZES="1000 10000" chooses)
	@$(BIN)/python -m bench $(SIZES)

build: setup ## Make the wheel and the sdist of the plugin, in dist/
	@rm -rf build dist
	@$(BIN)/python -m build --quiet .
	@ls dist

lowest: setup ## Run a part of the suite with the lowest versions that pyproject.toml allows
	@test -d $(LOWEST_VENV) || $(PYTHON) -m venv $(LOWEST_VENV)
	@$(LOWEST_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(LOWEST_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints-lowest.txt --editable . --group lowest
	@DATABASE_URL=sqlite:///$(CURDIR)/var/lowest.sqlite3 $(LOWEST_VENV)/bin/python -m pytest $(LOWEST)

messages: setup ## Refresh the message catalogues (needs GNU gettext)
	@$(BIN)/python -m tools.catalogues refresh

constraints: ## Pin the newest versions that pyproject.toml allows
	@rm -rf var/pins && $(PYTHON) -m venv var/pins
	@var/pins/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	@var/pins/bin/python -m pip install --quiet --editable . --group dev
	@var/pins/bin/python -m pip freeze --exclude-editable > constraints.txt
	@rm -rf var/pins
