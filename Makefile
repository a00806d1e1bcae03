# Everything a person needs: `make run` and `make test`, each complete by itself.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO := .run/seeds.db

.PHONY: run test check format bench clean

run: $(STAMP)
	@mkdir -p .run
	@test -s $(DEMO) || $(BIN)/postilla -L $(DEMO) import seeds/codebook.csv
	$(BIN)/postilla -L $(DEMO) open seeds/news

test: check
	$(BIN)/python -m pytest

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP)
	@for script in adding first_paint keys search search_screen lists reader retrieval kwic cooccurrence \
		purging undoing aliases; do \
		$(BIN)/python tests/bench/$$script.py || exit 1; done

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		-c constraints.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) .run build dist
