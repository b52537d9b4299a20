# Steelyard. `make` alone says what there is.

SHELL       := bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS   += --no-print-directory

export CGO_ENABLED := 0

OUT    := out
LISTEN ?= 127.0.0.1:8080
DB     ?= $(OUT)/demo.db
LINTER := .cache/bin/golangci-lint

.DEFAULT_GOAL := help

.PHONY: help
help: ## say what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-8s %s\n", $$1, $$2 }'

.PHONY: build
build: ## build bin/steelyard
	go build -o bin/steelyard ./cmd/steelyard

.PHONY: run
run: build ## the demo bank: create it, score its last month, write the workbook, serve a page
	@mkdir -p $(OUT)
	./bin/steelyard demo --db $(DB) --out $(OUT) --serve $(LISTEN)

.PHONY: setup
setup: ## install what tests need and is missing (Debian's packages, Go modules)
	.tools/setup

.PHONY: test
test: setup ## set up, then vet and all tests on SQLite and PostgreSQL
	go vet ./...
	go test -timeout 15m ./...

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
