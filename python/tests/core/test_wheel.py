"""What the server offers can be installed, and works where nothing else is."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import subprocess
import sys
import unittest
import urllib.request
import venv
import zipfile
from pathlib import Path

from lrscope import __version__

from .case import ClientCase
from .server import REPOSITORY, shared_server

WHEEL = f"lrscope-{__version__}-py3-none-any.whl"

SCRIPT = """
import sys, lrscope
assert "site-packages" in lrscope.__file__, lrscope.__file__
lrscope.init("client tests", url=sys.argv[1], id=sys.argv[2])
lrscope.log({"loss": 0.5})
lrscope.finish(timeout=300)
"""


class WheelTest(ClientCase):
    def setUp(self) -> None:
        super().setUp()
        self.server = shared_server()
        self.url = f"{self.server.url}/clients/{WHEEL}"

    def test_it_holds_the_package_and_says_so(self) -> None:
        with urllib.request.urlopen(self.url) as reply:
            archive = zipfile.ZipFile(io.BytesIO(reply.read()))
        self.assertIsNone(archive.testzip())
        names = set(archive.namelist())
        source = REPOSITORY / "python" / "src"
        modules = {path.relative_to(source).as_posix() for path in source.rglob("*.py")}
        self.assertLessEqual(modules | {"lrscope/py.typed"}, names)
        info = f"lrscope-{__version__}.dist-info"
        record = archive.read(f"{info}/RECORD").decode().splitlines()
        self.assertEqual({line.split(",")[0] for line in record}, names)
        for line in record[:-1]:
            name, digest, size = line.split(",")
            data = archive.read(name)
            want = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            self.assertEqual((digest, int(size)), (f"sha256={want}", len(data)))
        self.assertIn(f"Version: {__version__}\n", archive.read(f"{info}/METADATA").decode())

    def test_pip_installs_it_from_the_server(self) -> None:
        home = self.dir / "venv"
        try:
            venv.create(home, with_pip=True)
        except (subprocess.CalledProcessError, OSError) as error:
            raise unittest.SkipTest("this Python makes no virtual environments with pip") from error
        scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
        env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

        def call(program: Path, *arguments: str) -> str:
            return subprocess.run(
                [program, *arguments], env=env, cwd=self.dir, check=True, capture_output=True, text=True
            ).stdout

        call(scripts / "python", "-m", "pip", "install", "--no-index", "--disable-pip-version-check", self.url)
        call(scripts / "python", "-c", SCRIPT, self.server.url, f"wheel-{os.getpid()}")
        self.assertEqual(self.server.observations(f"wheel-{os.getpid()}", "loss"), [(0, 0.5)])
        self.assertEqual(call(scripts / "lrscope", "--version").strip(), __version__)
        self.assertIn("nothing to send", call(scripts / "lrscope", "sync"))
