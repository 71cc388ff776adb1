"""The command `lrscope`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Optional

from ._backoff import Backoff
from ._delivery import Delivery, is_branch
from ._http import Client, Later
from ._settings import default_folder
from ._spool import Spool, open_spool, refused_of, spool_folders, waiting_of
from ._start import run_id_of
from ._version import __version__

_PATIENCE_S = 20.0


def main(arguments: Optional[list[str]] = None) -> int:
    """0 when nothing is left to send, 1 when something is."""
    parser = argparse.ArgumentParser(prog="lrscope", description="The experiment tracker's client.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    sync = commands.add_parser("sync", help="send what crashed and offline processes left")
    sync.add_argument("dir", nargs="?", help="the spool folder; LRSCOPE_DIR, WANDB_DIR or .lrscope when absent")
    sync.add_argument("--url", help="the server, when it is not the one that the run was made for")
    sync.add_argument("--timeout", type=float, default=_PATIENCE_S, help="seconds to try for when the server is away")
    options = parser.parse_args(arguments)
    root = Path(options.dir or default_folder())
    return sync_all(root, options.url or os.environ.get("LRSCOPE_URL"), options.timeout)


def sync_all(root: Path, url: Optional[str], patience: float) -> int:
    left = 0
    folders = spool_folders(root)
    for folder in folders:
        run_id = run_id_of(folder)
        spool = open_spool(folder)
        if spool is None:
            print(f"{folder.name}: in use by a running job, or removed meanwhile")
            continue
        others = any(run_id_of(other) == run_id for other in folders if other != folder)
        crashed = not others and not is_branch(spool.info)
        try:
            problem = _send(spool, url, patience, may_end=crashed)
        finally:
            spool.close()
        if problem is not None:
            left += 1
            print(f"{folder.name}: run {run_id}: {waiting_of(folder)} record(s) left: {problem}", file=sys.stderr)
        else:
            print(f"{folder.name}: run {run_id}: sent {spool.settled - spool.refused} record(s)")
    for path in refused_of(root):
        print(f"{path}: what the server refused, with its reasons")
    if not folders:
        print(f"nothing to send in {root}")
    return 1 if left else 0


def _send(spool: Spool, url: Optional[str], patience: float, may_end: bool) -> Optional[str]:
    """None when all was sent, else why not."""
    try:
        client = Client(url or spool.info["url"], os.environ.get("LRSCOPE_TOKEN"))
    except ValueError as error:
        return str(error)
    delivery = Delivery(spool, client, lambda _: None, lambda _: None)
    backoff = Backoff()
    deadline = time.monotonic() + patience
    while True:
        try:
            if delivery.send_next() is None:
                if may_end:
                    delivery.end_crashed()
                return None
            deadline = time.monotonic() + patience
            backoff.reset()
        except Later as later:
            delay = backoff.next_delay(later.retry_after)
            if time.monotonic() + delay > deadline:
                return str(later)
            time.sleep(delay)
