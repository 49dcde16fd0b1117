# make demo   the three example scenes, rendered into out/
# make test   everything that must hold: build, format, tests, conformance with the reference programs
PREFIX ?= /usr/local
VENV ?= $(HOME)/.cache/posemap/conformance
BUILD = swift build -c release --product posemap
# The tests run against the release build: skinning without optimisation is a hundred times slower.
FLAGS = -c release -Xswiftc -enable-testing
TEST = swift test $(FLAGS) --skip-build
# One build for all parts of the tests: with other flags, or for one product, everything is built anew.
# REUSE=1 draws the demo with that build too.
test unit conformance generators integrations golden $(if $(REUSE),demo): BUILD = swift build $(FLAGS) --build-tests

.PHONY: demo build human test unit conformance generators integrations editor gimp fuzz lint format golden pictures bench install clean

demo: build human
	@for scene in Examples/*/scene.json; do \
	  name=$$(basename $$(dirname $$scene)); \
	  .build/release/posemap render $$scene -o out/$$name -q || exit 1; \
	  .build/release/posemap sheet $$scene -o out/$$name/sheet.png >/dev/null || exit 1; \
	  echo "$$scene → out/$$name/ (sheet.png shows all its maps)"; \
	done
	@.build/release/posemap body sheet -o out/bodies.png >/dev/null && echo "posemap body sheet → out/bodies.png" || true
	@echo "Three scenes rendered into $(CURDIR)/out"

# The parametric human, into the user's cache. Without a network all else works with the mannequins.
human: build
	@.build/release/posemap body install || echo "Going on without the parametric human"

build:
	@scripts/setup.sh
	$(BUILD)

test: lint unit conformance generators integrations

unit: human
	@scripts/setup.sh tests
	$(TEST)

conformance: human
	@scripts/setup.sh tests
	@Tests/conformance/setup.sh "$(VENV)"
	"$(VENV)/venv/bin/python" Tests/conformance/run.py --tool .build/release/conformance-tool \
	  --posemap .build/release/posemap --wheel "$(VENV)/cnaux/controlnet_aux"
	"$(VENV)/venv/bin/python" Tests/fuzz/fuzz.py --posemap .build/release/posemap --count 60
	python3 Tests/batch/interrupt.py .build/release/posemap

# What is written for generators, against a stand-in server and the generators' own sources.
generators: build
	@scripts/setup.sh tests
	@Tests/generators/setup.sh "$(VENV)/generators"
	Tests/generators/run.sh .build/release/posemap "$(VENV)/generators"

# The Python package, also on Ray, and the ComfyUI nodes.
integrations: human
	@scripts/setup.sh tests
	Tests/integrations/run.sh .build/release/posemap "$(VENV)/integrations"

# Layers as GIMP sees them. Apart from the tests, since GIMP is large. Debian 12's reads XCF only, Debian 13's OpenRaster too.
gimp: build
	@scripts/setup.sh gimp
	python3 Tests/conformance/gimp.py --posemap .build/release/posemap

# Workflows in ComfyUI's own editor, in Chromium. Apart from the tests, since both are large.
editor: build
	@scripts/setup.sh editor
	@Tests/generators/setup.sh "$(VENV)/generators" editor
	"$(VENV)/generators/venv/bin/python" Tests/generators/editor.py --posemap .build/release/posemap \
	  --frontend "$(VENV)/generators/comfyui-frontend-package" --picture out/editor.png

# Two thousand damaged models: each must end in a report or in one sentence.
fuzz: build
	@Tests/conformance/setup.sh "$(VENV)"
	"$(VENV)/venv/bin/python" Tests/fuzz/fuzz.py --posemap .build/release/posemap --count 2000

lint:
	@scripts/setup.sh tests
	swift format lint --strict -r Sources Tests Benchmarks/Sources Package.swift Benchmarks/Package.swift

format:
	swift format -i -r Sources Tests Benchmarks/Sources Package.swift Benchmarks/Package.swift

golden: build
	@# A test that records fails on purpose, lest a recording pass for a comparison.
	-POSEMAP_RECORD=all $(TEST) --filter MapRenderTests >/dev/null 2>&1
	@git status --short Tests/*/Golden

pictures: human
	@Tests/conformance/setup.sh "$(VENV)"
	@Tools/pictures/maps.sh "$(CURDIR)/.build/release/posemap" "$(VENV)/venv/bin/python"

# BASE=…/posemap compares another build, COMPARE=1 other programs.
bench: build
	cd Benchmarks && swift build -c release
	@mkdir -p out && Benchmarks/.build/release/benchmark . > out/stages.jsonl
	@python3 Benchmarks/run.py .build/release/posemap --stages out/stages.jsonl --json out/bench.json \
	  $(if $(BASE),--base $(BASE)) $(if $(COMPARE),--compare)

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/posemap"
	install -m 755 .build/release/posemap "$(DESTDIR)$(PREFIX)/bin/posemap"
	cp -R Rigs "$(DESTDIR)$(PREFIX)/share/posemap/"

clean:
	rm -rf .build Benchmarks/.build out
