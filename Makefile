# The two commands of the README. Nothing is needed but Python 3.11+, git and a C++ compiler.
#
#   make run [FOLDER=path/to/pictures]   set up, then open the app (without a screen: the same job in the terminal)
#   make test                            set up, then run everything that CI runs
#
#   make bundle                          a folder that runs without Python, in dist/ (some minutes)
#   make translations                    bring the window's texts into resources/translations, and compile them
#   make screens                         picture every page into docs/screens (needs xvfb)

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
FOLDER ?= resources/sample
WORKERS ?= 2

.PHONY: run test check bundle translations screens clean

run: $(VENV)/.run
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "No screen here, so the same job in the terminal:"; \
		$(BIN)/relsim tour "$(FOLDER)"; \
	else \
		$(BIN)/relsim-desktop "$(FOLDER)"; \
	fi

# A file's tests stay together, because they share what is slow to make.
test: check
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bundle: $(VENV)/.dev
	$(BIN)/pyinstaller --noconfirm --log-level WARN bundle/relsim-desktop.spec

# lupdate reads the texts from the source; what is not translated yet stands as "unfinished" in the .ts.
translations: $(VENV)/.dev
	$(BIN)/pyside6-lupdate $$(find relsim_desktop -name '*.py' | sort) -ts resources/translations/relsim_de.ts \
		-no-obsolete -locations none -source-language en -target-language de
	$(BIN)/pyside6-lupdate $$(find relsim_desktop -name '*.py' | sort) -ts resources/translations/relsim_en.ts \
		-no-obsolete -locations none -pluralonly -source-language en -target-language en
	for language in de en; do \
		$(BIN)/pyside6-lrelease resources/translations/relsim_$$language.ts -qm resources/translations/relsim_$$language.qm; \
	done

screens: $(VENV)/.dev
	xvfb-run -a -s "-screen 0 3200x2000x24" $(BIN)/python tests/screens/take_screens.py

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
