# Every target makes its own virtual environment first. PYTHON chooses the interpreter, EXTRAS what is installed for the
# checks: EXTRAS=dev,piper,simpleaudio also builds simpleaudio, which needs a C compiler and the headers of ALSA.
PYTHON ?= python3
VENV ?= .venv
EXTRAS ?= dev,piper
BIN := $(VENV)/bin

.PHONY: morning check test package bench bench-live audio golden clean

# The morning session as a file for the phone: feet-morning.m4a
morning: $(VENV)/.installed
	$(BIN)/voicecoach render feet-morning -o feet-morning.m4a

# Everything that must hold before a commit.
check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

# Only the tests.
test: $(VENV)/.installed-dev
	$(BIN)/pytest

# The wheel in an empty environment outside the checkout, used once.
package:
	set -e; folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	$(PYTHON) -m venv "$$folder/venv"; \
	"$$folder/venv/bin/python" -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir "$$folder" .; \
	"$$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$$folder"/*.whl; \
	cd "$$folder"; VOICECOACH_CACHE_DIR="$$folder/cache" venv/bin/voicecoach render feet-morning; \
	test -s feet-morning.m4a

# Ratios against their physical floors; prints a table.
bench: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench

# What must hold of a live session, measured on the recorder rig; half an hour on a quiet machine.
bench-live: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench live

# Makes the built-in sounds again, byte for byte.
audio: $(VENV)/.installed
	$(BIN)/python -m voicecoach.export.toneset_files audio

# Makes the golden timelines again; review the diff.
golden: $(VENV)/.installed-dev
	$(BIN)/python -m tests.golden

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.installed-dev: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[$(EXTRAS)]"
	touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
