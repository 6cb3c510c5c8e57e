# Study Finder. `make help` lists what can be made. What is made lies in var/, .venv/ and .venv-rasa/;
# stamps in var/stamps/ keep a second run from doing again what has not changed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# Models come with the packages: nothing is fetched from a hub, and nothing is sent home.
export HF_HUB_OFFLINE := 1
export TRANSFORMERS_OFFLINE := 1
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export TOKENIZERS_PARALLELISM := false
export PYTHONUNBUFFERED := 1

APP := .venv/bin/python
RASA := .venv-rasa/bin/python
# Rasa reads endpoints.yml whatever it does; nothing is called.
RASA_CLI := ACTIONS_URL=http://127.0.0.1:1 TRACKER_DATABASE=:memory: $(RASA) -W ignore -m rasa
STAMPS := var/stamps
PYTEST := $(APP) -m pytest

# A prerequisite on everything below a folder; folders are in it, so that a deleted file counts too.
under = $(shell find $(wildcard $(1)) -not -name '*.pyc' -not -name __pycache__ 2>/dev/null)
code_of = $(shell find $(wildcard $(1)) -name '*.py' 2>/dev/null)
# A stamp whose result is gone is worth nothing: FORCE makes it anew.
unless = $(if $(wildcard $(1)),,FORCE)

.PHONY: help run setup model danger catalogue train test test-unit test-bot test-rules test-service lint audit nlu-report understand bench sync places soak lock clean FORCE

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## set up what is missing or has changed, then start the service (Ctrl-C stops it)
	@exec $(APP) -m service

setup: $(STAMPS)/app $(STAMPS)/rasa $(STAMPS)/model $(STAMPS)/danger $(STAMPS)/catalogue $(STAMPS)/trained ## make both environments, the embedding model, the catalogue and the assistant

model: $(STAMPS)/model ## export the embedding model for search and for Rasa

catalogue: $(STAMPS)/catalogue ## build the demonstration catalogue (never over one of real registries)

danger: $(STAMPS)/danger ## train the learnt half of the danger check

train: $(STAMPS)/trained ## train the assistant (log: var/logs/train.log)

test: setup test-unit test-bot test-service ## set up, then run every test

test-unit: $(STAMPS)/app $(STAMPS)/model $(STAMPS)/danger $(STAMPS)/catalogue ## quick tests of the rooms in the app environment
	$(PYTEST) $(wildcard tests/index tests/api tests/actions tests/service tests/contract)

test-bot: $(STAMPS)/rasa $(STAMPS)/model ## tests of the room bot/, in the Rasa environment
	$(if $(wildcard tests/bot),$(RASA) -m pytest --confcutdir=tests/bot tests/bot,@echo "no tests of bot/ yet")

test-rules: $(STAMPS)/trained ## Rasa's own checks: the data is sound, the stories in tests/stories/ are predicted
	$(RASA_CLI) data validate --fail-on-warnings --domain domain.yml --config config.yml --data data/nlu data/rules data/responses
	$(RASA_CLI) test core --fail-on-prediction-errors --model var/rasa/model.tar.gz --stories tests/stories --out var/bench/core --no-plot

test-service: setup ## whole conversations, a browser and short attacks, against the whole service
	$(PYTEST) tests/conversations tests/browser tests/soak

soak: setup ## attacks, load and faults in full, about two hours (TESTS=FILE for one of them)
	SOAK=1 $(PYTEST) -s $(if $(TESTS),$(TESTS),tests/soak tests/index/sync/test_soak.py)

lint: $(STAMPS)/app ## ruff, mypy over the rooms of the app environment, list of parts, known faults
	$(APP) -m ruff check .
	$(APP) -m mypy settings.py json_logs.py $(foreach room,index api actions service bench,$(if $(call code_of,$(room)),$(room)))
	@$(MAKE) audit

audit: $(STAMPS)/app ## write the list of parts (SBOM) to var/sbom, and look for known faults where the network allows
	$(APP) scripts/supply_chain.py sbom
	$(APP) scripts/supply_chain.py audit

nlu-report: $(STAMPS)/trained ## how well messages of people never met are understood (var/bench/nlu.html)
	@$(RASA) -W ignore -m bot.evaluate

understand: $(STAMPS)/trained ## how one message is understood (SAY="the message")
	@$(RASA) -W ignore -m bot.evaluate --say "$(SAY)"

bench: setup ## measure search, wording, the danger check and a turn's cost (RECORDS=FOLDER of registry files, QUERIES=FILE)
	$(APP) -m bench $(if $(RECORDS),--records $(RECORDS)) $(if $(QUERIES),--queries $(QUERIES))

sync: $(STAMPS)/app $(STAMPS)/model ## bring the catalogue up to date from the registries, once
	@$(APP) -m index sync --once

# `make places codepo_gb.zip` means the same as `make places FILE=codepo_gb.zip`.
places: FILE ?= $(if $(filter places,$(firstword $(MAKECMDGOALS))),$(word 2,$(MAKECMDGOALS)))
places: $(STAMPS)/app ## load a postcode file: make places FILE=codepo_gb.zip
	@test -n "$(FILE)" || { echo "Say which file: make places FILE=codepo_gb.zip (or onspd.zip, GB_full.txt)"; exit 2; }
	@$(APP) -m index places "$(FILE)"

lock: ## pin both environments anew (requirements/*.txt)
	python3 scripts/environment.py lock

clean: ## remove everything that was made but the environments and downloaded files
	rm -rf $(STAMPS) var/catalogue var/models var/bot var/rasa var/cache var/logs var/screenshots
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .rasa

# --- what the names above stand for

$(STAMPS)/app: requirements/app.txt requirements/torch.txt scripts/environment.py $(call unless,$(APP))
	@mkdir -p $(@D)
	python3 scripts/environment.py app
	@touch $@

$(STAMPS)/rasa: requirements/rasa.txt scripts/environment.py $(call unless,$(RASA))
	@mkdir -p $(@D)
	python3 scripts/environment.py rasa
	@touch $@

# The name changes only when another model is chosen.
$(STAMPS)/embedding-name: FORCE
	@mkdir -p $(@D)
	@echo "$${STUDY_FINDER_EMBEDDING_MODEL:-}" | cmp -s - $@ || echo "$${STUDY_FINDER_EMBEDDING_MODEL:-}" > $@

$(STAMPS)/model: $(STAMPS)/app $(STAMPS)/embedding-name index/encoder.py $(wildcard .env) $(call unless,var/models/embedding/model.onnx)
	@$(APP) -m service.quietly "Exporting the embedding model" var/logs/model.log $(APP) -m index export-model
	@touch $@

$(STAMPS)/danger: $(STAMPS)/app $(call under,data/safety data/nlu data/lexicon) $(call code_of,api/danger) $(call unless,var/models/danger.npz)
	@$(APP) -m service.quietly "Training the danger check" var/logs/danger.log $(APP) -m api.danger.train
	@touch $@

$(STAMPS)/catalogue: $(STAMPS)/model $(call under,data/studies data/lexicon data/places data/plain_english) $(call code_of,index) $(call unless,var/catalogue/current/manifest.json)
	@$(APP) -m service.demo_catalogue
	@touch $@

$(STAMPS)/trained: $(STAMPS)/rasa $(STAMPS)/model $(wildcard config.yml domain.yml) $(call code_of,bot) $(call under,data/nlu data/rules data/stories data/responses data/lexicon data/places) $(call unless,var/rasa/model.tar.gz)
	@$(APP) -m service.quietly "Training the assistant" var/logs/train.log $(RASA) -m bot.train
	@touch $@
