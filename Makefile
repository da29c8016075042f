# The way in: `make help`. Everything runs in .venv, installed from requirements.lock by hash.
MAKEFLAGS += --warn-undefined-variables --no-builtin-rules
.SHELLFLAGS := -eu -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := generate

PYTHON ?= python3
PYDANTIC ?= highest
VENV ?= .venv
SECONDS ?= 600
BASE ?=
DEST ?=
PAGE ?=
FORMAT ?= text
VERSION ?=
DRAFT ?=
DRY_RUN ?=
TEST ?= $(MAKE) test
PYTHONS ?= 3.10 3.11 3.12 3.13
SKIP ?=
# What this make was called with is not for the make that a test runs.
unexport PYTHON PYDANTIC VENV SECONDS BASE DEST PAGE FORMAT PYTHONS SKIP MARKS VERSION DRAFT DRY_RUN TEST

READY := $(VENV)/ready-$(PYDANTIC)
RUN := $(VENV)/bin/python
HASHED := --quiet --disable-pip-version-check --require-hashes --no-deps
# What is compiled is kept: each worker and each command that a test runs needs the same modules.
PYTEST := env -u MAKEFLAGS -u MFLAGS -u MAKEOVERRIDES -u PYTHONDONTWRITEBYTECODE $(RUN) -m pytest -n auto --dist loadscope --no-loadscope-reorder
INSTALL := $(RUN) -m pip install $(HASHED) -r
# The official JSON-Schema-Test-Suite, which the source distribution of jsonschema carries.
# To download one pip builds its metadata, with what requirements.lock installed before.
SUITE := $(VENV)/json-schema-test-suite
DOWNLOAD := $(RUN) -m pip download $(HASHED) --no-build-isolation --no-binary jsonschema
# Real schemas, which packages of other projects carry.
WORLD := $(VENV)/world
# Lowest, highest, and the line between that loses unknown keys (see takes_attributes_for_keys).
CELLS := $(filter-out $(SKIP),$(foreach python,$(PYTHONS),$(python)-lowest $(python)-highest) $(lastword $(PYTHONS))-2.13)
# Where the whole dialect is tried: with each pydantic once, and on the first and last Python.
WHOLE := $(firstword $(PYTHONS))-lowest $(lastword $(PYTHONS))-2.13 $(lastword $(PYTHONS))-highest
MARKS ?= $(if $(LOCK),not toolchain)
LOCK := $(wildcard tests/pydantic-$(PYDANTIC).lock)
# Interpreters that pyenv keeps off the PATH.
empty :=
PYENV := $(addprefix :,$(wildcard $(HOME)/.pyenv/versions/3.1*/bin))
export PATH := $(PATH)$(subst $(empty) :,:,$(PYENV))

.PHONY: generate
generate: $(READY) ## set up .venv, generate and prove generated/ (the default)
	$(RUN) scripts/generate.py

.PHONY: check
check: $(READY) ## what drifted in generated/, and whether a schema, the toolchain or a person moved it
	$(RUN) scripts/generate.py --check --format $(FORMAT)

.PHONY: compat
compat: $(READY) ## who breaks between BASE=… (a ref or a folder; the last release) and schemas/
	$(RUN) scripts/compat.py $(if $(BASE),"$(BASE)") --format $(FORMAT)

.PHONY: release
release: $(READY) ## commit, tag and build the version that the changes ask for; DRAFT=yes, DRY_RUN=yes, VERSION=…
	$(RUN) scripts/release.py $(if $(VERSION),--version "$(VERSION)") $(if $(DRAFT),--draft) $(if $(DRY_RUN),--dry-run) --test '$(TEST)'

.PHONY: source
source: $(READY) ## whether the reference page PAGE=… agrees with schemas/ and with itself
	@test -n "$(PAGE)" || { echo "make: name the page: make source PAGE=page.md" >&2; exit 2; }
	$(RUN) scripts/check_page.py $(PAGE) --format $(FORMAT)

.PHONY: vendor
vendor: ## copy the package to DEST=../app, which needs nothing installed
	@test -n "$(DEST)" || { echo "make: name the folder: make vendor DEST=../app" >&2; exit 2; }
	$(PYTHON) scripts/vendor.py "$(DEST)" --format $(FORMAT)

.PHONY: test
test: $(READY) $(VENV)/node_modules ## prove that models and schemas agree, in about two minutes
	$(PYTEST) -m "not full and not world$(if $(MARKS), and $(MARKS))"

.PHONY: test-full
test-full: $(READY) $(VENV)/node_modules ## the same with all that there is to try, before a release
	$(PYTEST) -m "not world$(if $(MARKS), and $(MARKS))"

.PHONY: test-deep
test-deep: $(READY) ## the same with random documents for SECONDS=600
	CONTRACT_SECONDS=$(SECONDS) $(RUN) -m pytest tests/schemas/test_models.py

.PHONY: test-world
test-world: $(WORLD)/ready ## prove real schemas of other projects, in about a minute
	$(PYTEST) --dist worksteal -m world tests/proof/test_world.py

.PHONY: test-matrix
test-matrix: $(CELLS:%=matrix-%) ## the contract on PYTHONS with lowest and highest pydantic, all tests with each pydantic

.PHONY: $(CELLS:%=matrix-%)
$(CELLS:%=matrix-%): matrix-%:
	$(MAKE) test VENV=.matrix/$* PYTHON=python$(firstword $(subst -, ,$*)) \
		PYDANTIC=$(lastword $(subst -, ,$*)) $(if $(filter $*,$(WHOLE)),,MARKS="not toolchain and not dialect")

.PHONY: lint
lint: $(READY) ## ruff, mypy --strict and pyright strict, on what is written and what is generated
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy scripts generated tests
	$(RUN) -m pyright --pythonpath $(RUN)

.PHONY: bench
bench: $(READY) ## documents per second beside the peers, as ratios
	$(RUN) scripts/bench.py

.PHONY: lock
lock: $(READY) ## resolve anew and pin everything by hash
	$(RUN) -m uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
		--python-version 3.10 --upgrade --group dev pyproject.toml -o requirements.lock
	$(RUN) -m uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
		--python-version 3.10 --resolution lowest-direct pyproject.toml -o tests/pydantic-lowest.lock
	echo pydantic==2.13.5 | $(RUN) -m uv pip compile --quiet --universal --generate-hashes --no-header \
		--no-annotate --python-version 3.10 - -o tests/pydantic-2.13.lock
	$(RUN) -m uv pip compile --quiet --universal --fork-strategy fewest --generate-hashes --no-header \
		--no-annotate --python-version 3.10 --upgrade --no-deps --group world -o tests/world.lock

.PHONY: clean
clean: ## remove what the targets installed
	rm -rf .venv .matrix

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

# They judge the conformance corpus in tests/output/test_conformance.py; without npm they are left out.
$(VENV)/node_modules: tests/peers/package-lock.json $(READY)
	@mkdir -p $@
	@if command -v npm >/dev/null; then cp tests/peers/package*.json $(VENV) && \
		npm ci --prefix $(VENV) --no-audit --no-fund --silent; fi
	@touch $@

# Nothing of these packages is installed.
$(WORLD)/ready: tests/world.lock $(READY)
	rm -rf $(WORLD)
	$(RUN) -m pip download $(HASHED) --only-binary :all: --dest $(WORLD) -r tests/world.lock
	for wheel in $(WORLD)/*.whl; do $(RUN) -m zipfile -e "$$wheel" $(WORLD); done
	touch $@

$(READY): requirements.lock $(LOCK)
	@test ! -L $(VENV) || { echo "make: $(VENV) is a link, and what it leads to would be emptied; remove it"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit("make: Python 3.10 or newer is needed; name one: make PYTHON=python3.12" if sys.version_info < (3, 10) else 0)'
	$(PYTHON) -m venv --clear $(VENV)
	$(INSTALL) requirements.lock
	$(if $(LOCK),$(INSTALL) $(LOCK))
	sed -n '/^jsonschema==/,/[^\\]$$/p' requirements.lock > $(VENV)/suite.lock
	$(DOWNLOAD) --dest $(SUITE) -r $(VENV)/suite.lock
	$(RUN) -c 'import shutil, sys; shutil.unpack_archive(*sys.argv[1:])' $(SUITE)/*.tar.gz $(SUITE)
	touch $@
