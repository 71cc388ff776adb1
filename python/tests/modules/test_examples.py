"""The examples run as they are, and their runs follow what they declare."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from core.case import SOURCE

from .case import ModuleCase, needs

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@needs("sklearn")
class Examples(ModuleCase):
    def check(self, name: str, family: str, **env: str) -> None:
        told = {"LRSCOPE_URL": self.server.url, "LRSCOPE_DIR": str(self.dir), "PYTHONPATH": str(SOURCE), **env}
        command = [sys.executable, str(EXAMPLES / f"{name}.py"), "--epochs", "2"]
        done = subprocess.run(command, env={**os.environ, **told}, cwd=self.dir, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        project = f"digits-{name.partition('_')[0]}"
        [run] = self.server.call("GET", f"/runs?project={project}")["items"]
        self.assertEqual((run["status"], run["schedule_family"]), ("finished", family))
        audit = self.server.call("GET", f"/runs/{run['id']}/audit")
        self.assertEqual((audit["verdict"], audit["offset"]), ("match", 0))

    @needs("torch")
    def test_pytorch(self) -> None:
        self.check("pytorch_plateau", "constant")

    @needs("torch", "transformers", "accelerate")
    def test_transformers(self) -> None:
        self.check("transformers_trainer", "warmup + cosine")

    @needs("torch", "lightning")
    def test_lightning(self) -> None:
        self.check("lightning_digits", "one-cycle")

    @needs("keras", "jax")
    def test_keras(self) -> None:
        self.check("keras_digits", "warmup + cosine", KERAS_BACKEND="jax")

    @needs("jax", "optax")
    def test_optax(self) -> None:
        self.check("optax_digits", "warmup + cosine")
