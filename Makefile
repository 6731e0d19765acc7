# Two commands do most: `make run` and `make test`. `make` alone lists them all.
PYTHON ?= python3
PORT ?= 8000
SIZE ?= 2928
PYTEST_ARGS ?=
export PORT

BIN := .venv/bin
# A machine without Python, or with an old one, gets one line instead of a traceback.
CHECK_PYTHON = @command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed; $(PYTHON) is not installed."; exit 1; }
DEV = $(CHECK_PYTHON); $(PYTHON) -m scripts.environment requirements-dev.txt
TEMPLATES = $$(find templates -name '*.html')

.DEFAULT_GOAL := help
.PHONY: help run test lint format messages bench screenshots pictures demo elasticsearch

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: ## start the portal on 127.0.0.1 with the starter site (PORT=8000)
	$(CHECK_PYTHON)
	@exec $(PYTHON) -m scripts.run

test: ## install what tests need and run them all (PYTEST_ARGS="tests/search -x")
	$(DEV)
	@$(BIN)/python -m pytest -n 2 --dist loadgroup $(PYTEST_ARGS)

lint: ## ruff, djhtml, mypy, import layers, missing migrations, message catalogue
	$(DEV)
	@$(BIN)/python -m scripts.lint

format: ## put Python and templates into the project's form
	$(DEV)
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .
	@$(BIN)/djhtml -t 2 $(TEMPLATES)

messages: ## renew the message catalogue (locale/en) after a change of texts
	$(DEV)
	@$(BIN)/python -m scripts.messages update

bench: ## measure search, pages and import; docs/benchmarks.md explains the numbers
	$(DEV)
	@$(BIN)/python -m scripts.bench

screenshots: ## every page type, 360 and 1280 px, light and dark, into screenshots/
	$(DEV)
	@$(BIN)/python -m scripts.screenshots

pictures: ## the pictures of the editors' handbook, into docs/handbook/
	$(DEV)
	@$(BIN)/python -m scripts.handbook_pictures

elasticsearch: ## start an Elasticsearch 9 on 127.0.0.1:9200 without Docker; the first time fetches 950 MB
	$(CHECK_PYTHON)
	@$(PYTHON) scripts/elasticsearch install
	@$(PYTHON) scripts/elasticsearch start

demo: ## start a large synthetic site in a database of its own (SIZE=2928)
	$(CHECK_PYTHON)
	@exec env DEMO_SIZE=$(SIZE) $(PYTHON) -m scripts.run
