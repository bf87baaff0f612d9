# Tasks of the project. `make` alone prints them.
# Everything runs inside .venv, which the first target that needs it creates.
#
# To take packages from a mirror, set pip's own variable: PIP_INDEX_URL=https://… make run

.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.PHONY: help run test check bench eval format lock clean compiled

VENV := .venv
PY := $(VENV)/bin/python
APP := $(VENV)/bin/policy-assistant
# pip compiles on one core; COMPILE_PACKAGES does it on all of them, without the packages' own tests.
PIP := $(PY) -m pip install --disable-pip-version-check --no-compile
COMPILE_PACKAGES := $(PY) -m compileall -qq -j 0 -x '/tests?/' $(VENV)/lib || true
# The stamps say which extras are installed; a change of the versions makes them stale.
RUN_STAMP := $(VENV)/.installed-run
DEV_STAMP := $(VENV)/.installed-dev
VERSIONS := pyproject.toml requirements.lock
# torch stands in the same command as the project, so that pip settles its pinned version once.
TORCH := torch==2.13.0
PIP_OLDEST := 23.1
# Tests, checks and benchmarks keep to this folder; the user's own library is never touched.
TEST_HOME := $(CURDIR)/.test-home
# A process for each core, but each may take 2 GB of memory. The tests of a file stay together:
# they share what is costly to make; in their own order, which puts the longest files early.
PYTEST := $(PY) -m pytest -rfEs -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

help: ## Print this list
	@echo "policy-assistant: make TARGET"
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  \1\t/' | expand -t 12

run: $(RUN_STAMP) compiled ## Install what is missing, prepare the library, open the page
	@echo "[4/5] Preparing the embedding model and the starter policies (about a minute, first time only)"
	@$(APP) documents list
	@echo "[5/5] Serving the page; stop it with Ctrl-C"
	@$(APP) serve

test: $(DEV_STAMP) compiled ## Run the tests (browser tests are skipped where no chromium is found)
	@POLICY_ASSISTANT_TEST_HOME="$(TEST_HOME)" $(PYTEST)

check: $(DEV_STAMP) compiled ## Exactly what CI runs: lint, format, types, tests with the evaluation gate
	@failed=(); types=$$(mktemp); \
	step() { name=$$1; shift; echo "== $$name"; "$$@" || failed+=("$$name"); }; \
	export POLICY_ASSISTANT_TEST_HOME="$(TEST_HOME)"; \
	step "ruff check" $(PY) -m ruff check .; \
	step "ruff format" $(PY) -m ruff format --check .; \
	: "The types are checked beside the tests, which wait for a good part of their time."; \
	$(PY) -m mypy >"$$types" 2>&1 & mypy=$$!; \
	step "pytest" $(PYTEST); \
	echo "== mypy"; wait "$$mypy" || failed+=("mypy"); cat "$$types"; rm -f "$$types"; \
	if [ "$${#failed[@]}" -gt 0 ]; then \
	    printf 'check: FAILED:'; printf ' [%s]' "$${failed[@]}"; printf '\n'; exit 1; \
	fi; \
	echo "check: all passed"

bench: $(DEV_STAMP) compiled ## Measure speed: start-up, questions per second, ingestion
	@POLICY_ASSISTANT_HOME="$(TEST_HOME)" $(APP) bench

eval: $(DEV_STAMP) compiled ## Ask the starter suite and report per case and in sum
	@POLICY_ASSISTANT_HOME="$(TEST_HOME)" $(APP) eval starter

format: $(DEV_STAMP) ## Put the code into its form
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

lock: $(DEV_STAMP) ## Write requirements.lock from what is installed
	@{ echo "# Versions that the test-suite ran with, made by: make lock"; \
	   echo "# Used as constraints (pip install -c): a package that the platform does not need is ignored."; \
	   $(PY) -m pip freeze --exclude-editable | sed -E 's/\+cpu$$//' | grep -v '^#'; } > requirements.lock

clean: ## Remove the environment, caches and the tests' folder (never the user's library)
	@rm -rf $(VENV) .test-home .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Where Python may write no bytecode, each process would compile the project anew.
compiled: | $(PY)
	@$(PY) -m compileall -qq assistant knowledge ui evals || true

# Environment --------------------------------------------------------------------------------

$(PY):
	@echo "[1/5] Creating $(VENV)"
	@for candidate in python3 python3.13 python3.12 python3.11; do \
	    if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        "$$candidate" -m venv $(VENV) && exit 0; \
	        rm -rf $(VENV); \
	        echo "The environment could not be created. On Debian or Ubuntu install: python3-venv" >&2; \
	        exit 1; \
	    fi; \
	done; \
	echo "Python 3.11 or newer is needed and was not found. Install it, then run this again." >&2; \
	echo "需要 Python 3.11 或更新的版本，请安装后重试。" >&2; \
	exit 1

$(VENV)/.pip: $(PY)
	@echo "[2/5] Checking pip"
	@$(PY) -c 'import pip, sys; v = lambda t: tuple(int(p) for p in t.split(".")[:2]); \
	    sys.exit(v(pip.__version__) < v("$(PIP_OLDEST)"))' || $(PIP) --upgrade "pip>=$(PIP_OLDEST)"
	@touch $@

$(RUN_STAMP): $(VERSIONS) | $(VENV)/.pip
	@echo "[3/5] Installing pinned packages (about 2 GB on disk; several minutes the first time)"
	@$(PIP) -c requirements.lock "$(TORCH)" -e .
	@$(COMPILE_PACKAGES)
	@touch $@

$(DEV_STAMP): $(VERSIONS) | $(VENV)/.pip
	@echo "[3/5] Installing pinned packages with the developers' tools"
	@$(PIP) -c requirements.lock "$(TORCH)" -e ".[dev]"
	@$(COMPILE_PACKAGES)
	@touch $@ $(RUN_STAMP)
