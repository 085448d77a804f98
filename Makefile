# Milepost. On a fresh machine only Python 3.11 (or newer), make and a package registry are needed.
#
#   make demo    three worked roadmaps, as text and in demo-output/
#   make test    every test, in a real browser and on a real PostgreSQL
#   make check   format, lint, types, import contract, content, lock file
#   make bench   speeds and qualities as ratios against peers
#   make serve   the web app on this computer
#   make docs    the documentation as a site, in build/docs
#   make lock    work the lock files out again

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo test check bench serve docs lock format browser java sandbox clean

help:
	@sed -n 's/^#   //p' Makefile

.venv/.ready: requirements.lock.txt pyproject.toml
	@echo "[1/3] uv, which reads the lock file"
	@$(PYTHON) -c 'import sys; sys.exit("Milepost needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.11 …") if sys.version_info < (3, 11) else None'
	@test -x .uv/bin/uv || ($(PYTHON) -m venv .uv && .uv/bin/python -m pip install --quiet --disable-pip-version-check uv)
	@echo "[2/3] the locked packages"
	@.uv/bin/uv venv --quiet --clear --python $(PYTHON) .venv
	@VIRTUAL_ENV=.venv .uv/bin/uv pip sync --require-hashes --compile-bytecode requirements.lock.txt
	@echo "[3/3] Milepost itself"
	@VIRTUAL_ENV=.venv .uv/bin/uv pip install --quiet --no-deps --editable .
	@touch .venv/.ready

demo: .venv/.ready
	$(BIN)/milepost demo --out demo-output
	@echo "Open demo-output/alex.html, jordan.html, sam.html and comparison.html."

test: .venv/.ready browser java sandbox
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

check: .venv/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m milepost.files.content
	@! grep -n '://' requirements.lock.txt bench/requirements.lock.txt || (echo "a lock file holds an address" && false)

bench: .venv/.ready .venv/.bench
	$(BIN)/python -m bench

# The peers that figures are measured against; nothing of Milepost needs them.
.venv/.bench: bench/requirements.lock.txt .venv/.ready
	@VIRTUAL_ENV=.venv .uv/bin/uv pip install --require-hashes -r bench/requirements.lock.txt
	@touch .venv/.bench

serve: .venv/.ready
	$(BIN)/milepost serve --open

docs: .venv/.ready
	$(BIN)/python tools/make_reference.py
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs build/docs
	@echo "Open build/docs/index.html."

lock: .venv/.ready
	.uv/bin/uv pip compile pyproject.toml --universal --generate-hashes --group docs --group lint --group test \
		--no-header --no-annotate --quiet --output-file requirements.lock.txt
	.uv/bin/uv pip compile pyproject.toml --universal --generate-hashes --group bench --constraint requirements.lock.txt \
		--no-header --no-annotate --quiet --output-file bench/requirements.lock.txt

format: .venv/.ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The page tests need Chromium. Debian's is installed where this user may do so; elsewhere the tests say what they skip.
browser:
	@command -v chromium >/dev/null || \
		(test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo "Installing Debian's Chromium for the page tests" && \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes chromium >/dev/null) || \
		echo "NOTE: no Chromium here; the page tests will be skipped (in CI they fail)."

# The cluster engine is tested on Java 17, in one process; elsewhere the tests say what they skip.
java:
	@command -v java >/dev/null || \
		(test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo "Installing Debian's Java 17 for the cluster tests" && \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes openjdk-17-jre-headless >/dev/null) || \
		echo "NOTE: no Java here; the tests on Spark will be skipped (in CI they fail)."

# Submitted code runs in a room of bubblewrap only; elsewhere the tests say what they skip.
sandbox:
	@command -v bwrap >/dev/null || \
		(test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo "Installing Debian's bubblewrap for the practical tasks" && \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes bubblewrap >/dev/null) || \
		echo "NOTE: no bubblewrap here; the tests of the sandbox will be skipped (in CI they fail)."

clean:
	rm -rf .venv .uv demo-output .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
