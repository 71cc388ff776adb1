"""A proxy in front of the real server that does to requests what networks and bad servers do."""

from __future__ import annotations

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Callable, Optional

Fault = Callable[["Exchange"], None]


class Exchange(BaseHTTPRequestHandler):
    """One request, on its way through."""

    protocol_version = "HTTP/1.1"
    body: bytes

    def _handle(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("content-length") or 0))
        proxy: FaultyProxy = self.server.proxy  # type: ignore[attr-defined]
        fault = proxy.next_fault(self.command, self.path, self.body)
        (fault or well)(self)

    do_GET = do_POST = do_PATCH = do_PUT = _handle

    def forwarded(self) -> tuple[int, bytes]:
        """The real server's answer."""
        proxy: FaultyProxy = self.server.proxy  # type: ignore[attr-defined]
        connection = http.client.HTTPConnection("127.0.0.1", proxy.target, timeout=300)
        try:
            headers = {"content-type": "application/json"} if self.body else {}
            connection.request(self.command, self.path, self.body or None, headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def reply(self, status: int, body: bytes, headers: Optional[dict[str, str]] = None) -> None:
        self.send_response(status)
        for name, value in {"content-type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # Clients that leave are part of the plan.


class FaultyProxy:
    """`faults` are used up one by one by requests to log points; all others, and all after that, pass."""

    def __init__(self, target: int, faults: Optional[list[Fault]] = None, only: str = "/metrics") -> None:
        self.target = target
        self.faults = list(faults or [])
        self.requests: list[tuple[str, str, bytes]] = []
        self._only = only
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), Exchange)
        self._server.proxy = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def next_fault(self, method: str, path: str, body: bytes) -> Optional[Fault]:
        with self._lock:
            self.requests.append((method, path, body))
            return self.faults.pop(0) if self.faults and path.endswith(self._only) else None

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def well(exchange: Exchange) -> None:
    """Nothing happens to this one."""
    exchange.reply(*exchange.forwarded())


def hang_up(exchange: Exchange) -> None:
    exchange.close_connection = True


def commit_then_hang_up(exchange: Exchange) -> None:
    exchange.forwarded()
    exchange.close_connection = True


def half_a_reply(exchange: Exchange) -> None:
    """The server has the points; the client gets the beginning of the answer."""
    status, body = exchange.forwarded()
    exchange.send_response(status)
    exchange.send_header("content-length", str(len(body)))
    exchange.end_headers()
    exchange.wfile.write(body[: len(body) // 2])
    exchange.close_connection = True


def not_http(exchange: Exchange) -> None:
    exchange.wfile.write(b"\x00\xff here be dragons\r\n\r\n")
    exchange.close_connection = True


def answer(status: int, body: bytes, **headers: str) -> Fault:
    """Says so without having done anything."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda exchange: exchange.reply(status, body, named)


def commit_then_answer(status: int, body: bytes) -> Fault:
    """Has done everything, and says something else."""

    def fault(exchange: Exchange) -> None:
        exchange.forwarded()
        exchange.reply(status, body)

    return fault


def hold_until(event: threading.Event) -> Fault:
    """A server that takes its time."""

    def fault(exchange: Exchange) -> None:
        event.wait(60)
        exchange.reply(*exchange.forwarded())

    return fault
