"""Runs the client's tests: `python3 python/tests/run.py [--report counts.json] [part of a name …]`.

The server has to be built (`node scripts/setup.mjs --build`). Exit code 1 when a test fails.
"""

from __future__ import annotations

import argparse
import json
import sys
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import Union

TESTS = Path(__file__).resolve().parent


def each(suite: Union[unittest.TestSuite, unittest.TestCase]) -> Iterator[unittest.TestCase]:
    if isinstance(suite, unittest.TestCase):
        yield suite
    else:
        for part in suite:
            yield from each(part)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    sys.path[:0] = [str(TESTS), str(TESTS.parent / "src")]
    found = each(unittest.defaultTestLoader.discover(str(TESTS), top_level_dir=str(TESTS)))
    chosen = [test for test in found if not options.names or any(name in test.id() for name in options.names)]
    result = unittest.TextTestRunner(verbosity=1, buffer=True).run(unittest.TestSuite(chosen))
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    counts = {"passed": max(result.testsRun - failed - len(result.skipped), 0), "failed": failed}
    if options.report:
        options.report.write_text(json.dumps({**counts, "skipped": len(result.skipped)}))
    return 0 if result.wasSuccessful() and chosen else 1


sys.exit(main())
