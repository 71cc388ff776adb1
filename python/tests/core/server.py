"""The real server, built, on a port and a database of its own. LRSCOPE_TEST_ROOT names another checkout's build."""

from __future__ import annotations

import atexit
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import urllib.parse
from pathlib import Path
from typing import Any, Optional

REPOSITORY = Path(__file__).resolve().parents[3]
ROOT = Path(os.environ.get("LRSCOPE_TEST_ROOT") or REPOSITORY)
_READY = re.compile(r"lrscope is ready:\s+(\S+)")


class Server:
    def __init__(self) -> None:
        self.data = tempfile.mkdtemp(prefix="lrscope-data-")
        self.port = 0
        self._process: Optional[subprocess.Popen[str]] = None
        self.start()
        atexit.register(self.stop)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """On the port that it had before."""
        env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        env.update(PORT=str(self.port), LRSCOPE_DATA=self.data, LRSCOPE_LOG="warn", NODE_ENV="production")
        command = ["node", "scripts/serve.mjs"]
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        self._process = subprocess.Popen(command, cwd=ROOT, env=env, text=True, **pipes)  # type: ignore[call-overload]
        output = ""
        for line in self._process.stdout or ():
            output += line
            found = _READY.search(line)
            if found:
                self.port = urllib.parse.urlsplit(found[1]).port or 0
                return
        raise RuntimeError(f"the server did not start:\n{output}")

    def kill(self) -> None:
        """Not even its database is closed."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGKILL)
            process.wait()
            if process.stdout:
                process.stdout.close()

    def stop(self) -> None:
        self.kill()
        shutil.rmtree(self.data, ignore_errors=True)

    def forget_all(self) -> None:
        """As when somebody removes the data folder."""
        self.kill()
        shutil.rmtree(self.data)
        self.start()

    def call(self, method: str, path: str, body: Optional[object] = None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            text = None if body is None else json.dumps(body)
            connection.request(method, f"/api/v1{path}", text, {"content-type": "application/json"} if text else {})
            response = connection.getresponse()
            reply = json.loads(response.read() or b"null")
            assert response.status < 300, (response.status, reply)
            return reply
        finally:
            connection.close()

    def run(self, run_id: str) -> Any:
        return self.call("GET", f"/runs/{run_id}")

    def observations(self, run_id: str, key: str) -> list[tuple[int, Any]]:
        """Every observation of a metric as it is stored, (step, value), so that a doubled one shows."""
        found: list[tuple[int, Any]] = []
        cursor = ""
        while True:
            path = f"/runs/{run_id}/metrics/{urllib.parse.quote(key, safe='')}?raw=1&limit=10000{cursor}"
            page = self.call("GET", path)
            found += [(item["step"], item["value"]) for item in page["items"]]
            if page["next_cursor"] is None:
                return found
            cursor = f"&cursor={urllib.parse.quote(page['next_cursor'])}"


_shared: list[Server] = []


def shared_server() -> Server:
    """One for all tests that do it no harm."""
    if not _shared:
        _shared.append(Server())
    return _shared[0]
