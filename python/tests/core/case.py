"""What the tests share: a folder of their own, a fresh run, processes to kill, and waiting on conditions."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any, Callable, Optional

import lrscope
from lrscope._spool import spool_folders

SOURCE = Path(__file__).resolve().parents[2] / "src"
# Only ends a wait for what never comes: a busy machine may take minutes for what takes a second here.
PATIENCE_S = 300.0


class ClientCase(unittest.TestCase):
    def setUp(self) -> None:
        self.dir = Path(tempfile.mkdtemp(prefix="lrscope-spool-"))
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        self.addCleanup(lrscope.finish, timeout=0.1)
        os.environ["LRSCOPE_QUIET"] = "1"

    def init(self, url: Optional[str] = None, **said: Any) -> lrscope.Run:
        return lrscope.init("client tests", url=url, dir=self.dir, **said)

    def spools(self) -> list[Path]:
        return spool_folders(self.dir)

    def wait_for(self, condition: Callable[[], Any]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            self.assertLess(time.monotonic(), deadline, "it did not happen")
            time.sleep(0.01)

    def start(self, script: str, *arguments: object) -> subprocess.Popen[str]:
        """A process of its own that runs `script`, with `sys.argv[1:]` as given."""
        env = {**os.environ, "PYTHONPATH": str(SOURCE), "LRSCOPE_DIR": str(self.dir)}
        command = [sys.executable, "-c", script, *map(str, arguments)]
        process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(_reap, process)
        return process

    def finish(self, process: subprocess.Popen[str]) -> tuple[int, str, str]:
        out, err = process.communicate(timeout=PATIENCE_S)
        return process.returncode, out, err

    def sync(self, url: Optional[str] = None) -> tuple[int, str, str]:
        """`lrscope sync` in a process of its own: exit code and what it printed."""
        arguments = ["sync", str(self.dir), *(["--url", url] if url else []), "--timeout", "2"]
        return self.finish(
            self.start("import sys; from lrscope._cli import main; sys.exit(main(sys.argv[1:]))", *arguments)
        )


def _reap(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe:
            pipe.close()


def steps_of(observations: list[tuple[int, Any]]) -> list[int]:
    return [step for step, _ in observations]
