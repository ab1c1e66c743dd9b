# The commands. Each does its own set-up into .venv.
#   make run    a local Label Studio with the seed articles, pre-annotated   (ARGS=--no-browser …)
#   make test   everything that proves it works                              (ARGS=-k …, -x …)
#   make audit  known weaknesses of the locked libraries; asks on the network
.PHONY: run test check fast faults lock audit clean
.DEFAULT_GOAL := run

# The matrices are small: more threads would only wait for each other, and for the other processes.
export OMP_NUM_THREADS = 1
export OPENBLAS_NUM_THREADS = 1

# Where the cache of compiled modules is switched off, each of the hundreds of processes that the tests
# start would compile scikit-learn and Label Studio again.
unexport PYTHONDONTWRITEBYTECODE

run:
	@scripts/setup run
	@.venv/bin/newsledger up $(ARGS)

test: check
	@PLAYWRIGHT_BROWSERS_PATH=$(CURDIR)/.venv/browsers .venv/bin/python scripts/tests.py $(ARGS)

# What needs no server, no browser and no package index, and trains on little: the suite to run all the time.
# Each core gets a run of neighbours, which share what they set up, and takes over from another at the end.
FAST = not server and not browser and not wheel and not slow
fast:
	@scripts/setup test
	@.venv/bin/python -m pytest -n auto --dist worksteal -m "$(FAST)" $(ARGS)

# A thousand faults and a hundred kills, while somebody labels: an hour.   (SEED=… for others)
faults:
	@scripts/setup test
	@FAULTS=$${FAULTS:-1000} KILLS=$${KILLS:-100} .venv/bin/python -m pytest -s tests/faults $(ARGS)

check:
	@scripts/setup test
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

lock:
	@scripts/lock $(ARGS)

# Asks a database on the network, so it is no part of `test`. uv keeps pip-audit apart from .venv.
# Strict: what could not be asked about fails, for an index without that database would let all through.
audit:
	@scripts/setup test
	@.venv/bin/uv tool run pip-audit --strict --disable-pip --require-hashes --requirement requirements/run.txt $(ARGS)

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
