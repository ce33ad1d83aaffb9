# The two commands of the README. Nothing is needed but Python 3.11+, git and a C++ compiler.
#
#   make run [FOLDER=path/to/pictures]   set up, then open the app (without a screen: the same job in the terminal)
#   make test                            set up, then run everything that CI runs
#
#   make bundle                          a folder that runs without Python, in dist/ (ten minutes)

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
FOLDER ?= resources/sample

.PHONY: run test check bundle clean

run: $(VENV)/.run
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "No screen here, so the same job in the terminal:"; \
		$(BIN)/relsim tour "$(FOLDER)"; \
	else \
		$(BIN)/relsim-desktop "$(FOLDER)"; \
	fi

test: check
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bundle: $(VENV)/.dev
	$(BIN)/pyinstaller --noconfirm --log-level WARN bundle/relsim-desktop.spec

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Relsim Desktop needs Python 3.11 or newer; set PYTHON=/path/to/it")'
	$(PYTHON) -m venv $(VENV)

# torch goes first and alone: a resolver that meets it later may take another build.
$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Setting up $(VENV) (once; a few minutes) ..."
	$(PIP) "$$(grep '^torch==' constraints.txt)"
	$(PIP) -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	$(PIP) -e ".[dev]"
	@touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info
