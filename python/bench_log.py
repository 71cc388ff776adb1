"""What a call of log() costs the training loop: `python3 python/bench_log.py [url]`, one JSON line a figure.

Calls in a row, with a spool on this disk; with `url` a sender works beside them, as in a real run. Microseconds.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))

import lrscope

CALLS = 20_000
WARM_UP = 1000


def measure(mode: str, url: str | None) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        run = lrscope.init("bench", mode=mode, url=url, dir=folder)
        taken = []
        for step in range(CALLS + WARM_UP):
            point = {"train/loss": 1 / (step + 1), "train/accuracy": 0.5, "lr": 0.1}
            began = time.perf_counter()
            run.log(point)
            taken.append((time.perf_counter() - began) * 1e6)
        run.finish(timeout=60)
    return sorted(taken[WARM_UP:])


def main() -> None:
    os.environ["LRSCOPE_QUIET"] = "1"
    url = sys.argv[1] if len(sys.argv) > 1 else None
    for mode in ("offline", "online") if url else ("offline",):
        taken = measure(mode, url)
        for name, share in (("median", 0.5), ("p99", 0.99)):
            value = round(taken[int(len(taken) * share)], 2)
            about = {"metrics": 3, "calls": CALLS, "python": platform.python_version()}
            print(json.dumps({"name": f"client log() {mode}, {name}", "value": value, "unit": "us", **about}))


main()
