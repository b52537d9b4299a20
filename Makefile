# Steelyard. `make` alone says what there is.

SHELL       := bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS   += --no-print-directory

export CGO_ENABLED := 0

OUT    := out
LISTEN ?= 127.0.0.1:8080
DB     ?= $(OUT)/demo.db
WEB    := app/web
LINTER := .cache/bin/golangci-lint

.DEFAULT_GOAL := help

.PHONY: help
help: ## say what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-9s %s\n", $$1, $$2 }'

.PHONY: build
build: ## build bin/steelyard with its web application (Node.js ≥ 20.19; without it the program alone)
	.tools/web
	go build -o bin/steelyard ./cmd/steelyard

.PHONY: run
run: build ## the demo bank: create it, score its last month, write the workbook, serve a page
	@mkdir -p $(OUT)
	./bin/steelyard demo --db $(DB) --out $(OUT) --serve $(LISTEN)

.PHONY: dev
dev: ## the demo bank with the web application as it is being written: hot reload, Ctrl-C ends it
	@mkdir -p $(OUT)
	@STEELYARD_LISTEN=$(LISTEN) .tools/dev $(DB) $(OUT)

.PHONY: setup
setup: ## install what tests need and is missing (Debian's packages, Go modules)
	.tools/setup

.PHONY: test
test: setup test-web ## set up, then the tests of the pages, and all tests on SQLite and PostgreSQL
	go vet ./...
	go test -timeout 15m ./...

.PHONY: test-web
test-web: build ## the web application: types, lint, unit tests
	cd $(WEB) && npm run --silent check && npm run --silent lint && npm run --silent test

.PHONY: test-browser
test-browser: build ## the pages in a browser, against the real server
	cd $(WEB) && npx --no-install playwright test

.PHONY: axe
axe: ## every page and state in both languages, light and dark, wide and narrow: is it accessible?
	cd $(WEB) && STEELYARD_AXE=all npx --no-install playwright test accessible

.PHONY: screens
screens: ## every page in both languages, wide and narrow, to out/screens/
	cd $(WEB) && STEELYARD_SCREENS=../../$(OUT)/screens npx --no-install playwright test screens

.PHONY: bench-web
bench-web: build ## print the budgets of the web application, each with what was measured
	cd $(WEB) && STEELYARD_BENCH=1 npx --no-install playwright test --workers 1 --reporter line bench

.PHONY: lint
lint: $(LINTER) ## golangci-lint
	$(LINTER) run ./...

$(LINTER): .tools/go.mod .tools/go.sum
	@mkdir -p $(@D)
	go build -modfile=.tools/go.mod -o $@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	@touch $@

.PHONY: verify
verify: ## formatting, go.mod and generated files are up to date
	.tools/verify

.PHONY: bench
bench: ## print the table of speeds, each against its yardstick
	go run ./app/bench

.PHONY: crash
crash: build ## kill the program at random, and look whether the database is whole
	go run ./app/bench/crash
