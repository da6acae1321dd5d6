# Makefile - the two commands of the README. Meson does the work.

BUILD = build
SUITES = unit cases golden property script review lint fuzz

.PHONY: all demo test bench install-packages install-test-packages clean

all: $(BUILD)/build.ninja
	meson compile -C $(BUILD)

$(BUILD)/build.ninja:
	meson setup $(BUILD)

# Blacks out the made-up dossier.
demo: install-packages
	test -f $(BUILD)/build.ninja || meson setup $(BUILD) -Dtests=false
	meson compile -C $(BUILD)
	$(BUILD)/cli/lakwerk redact fixtures/dossier -o $(BUILD)/disclosure --force || test $$? -eq 3
	@echo
	@find $(BUILD)/disclosure -type f | sort
	@echo
	@echo 'Open $(BUILD)/disclosure/besluit.pdf beside fixtures/dossier/besluit.pdf.'
	@echo 'What was done and why: $(BUILD)/disclosure/redaction-log.csv and inventarislijst.csv.'
	@echo 'Keys and hashes, never to be published: $(BUILD)/disclosure.internal'

# Closes with "N passed, N failed".
test: install-packages install-test-packages
	test -f $(BUILD)/build.ninja || meson setup $(BUILD)
	meson configure $(BUILD) -Dtests=true
	meson compile -C $(BUILD)
	@.ci/suites $(BUILD) $(SUITES)

# CPU time and memory against pdftotext.
bench: all
	meson test -C $(BUILD) --benchmark --suite bench --verbose

install-packages:
	@.ci/install build

install-test-packages:
	@.ci/install test

clean:
	rm -rf $(BUILD)
