# make graph   set up .venv, build the graph of the shipped articles, print its meetings
# make test    linters, types, import rules, all tests
# make bench   measure all, beside peers: tables, and build/bench.json (hours)
# make bench-quick    the same with small sizes (some minutes)
# make score   precision, recall and F1 on the project's own gold facts; fails below a floor
# make score-report   what was missed and what is spurious there, by kind and cause
# make raise-floors   raise the floors to what is reached now
# make confidence     measure each rule's precision and write seeds/confidence.json
# The first Python that is new enough.
PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11,$(shell $(p) -c \
	'import sys; sys.version_info >= (3, 11) and print("$(p)")' 2>/dev/null)) python3)
BIN := .venv/bin
STAMP := .venv/.installed
OUT ?= build
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help graph test bench bench-quick bench-tools score score-report raise-floors confidence clean

help: ## List what can be made.
	@grep -E '^# make' Makefile | sed 's/^# //'

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "cfm-kg needs Python 3.11 or later; try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

graph: $(STAMP)
	$(BIN)/cfm-kg build --out $(OUT)

test: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n $(JOBS) --dist worksteal

bench: bench-tools
	$(BIN)/python bench --json build/bench.json

bench-quick: bench-tools
	$(BIN)/python bench --quick --json build/bench-quick.json

bench-tools: $(STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'

score: $(STAMP)
	$(BIN)/python tests/score.py

score-report: $(STAMP)
	@$(BIN)/python tests/score.py --report

raise-floors: $(STAMP)
	$(BIN)/python tests/score.py --raise-floors

confidence: $(STAMP)
	$(BIN)/python tests/confidence.py

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
