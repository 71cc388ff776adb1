"""Starts a run: its first record, its spool, its threads."""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Callable, Optional
from urllib.parse import quote

from ._contact import contact_with
from ._declare import config_body, declared, policies
from ._http import Client
from ._limits import LOST_S, MAX_NAME_CHARS, RESUME_WAIT_S
from ._outlet import Branch, Outlet
from ._plain import Json, text
from ._poller import Poller
from ._requests import Inbox
from ._run import Run
from ._say import info, warn, warn_once
from ._sender import Sender
from ._settings import Settings
from ._spool import Spool, spool_folders
from ._spool_places import open_new_spool

_RESUME = {True: "allow", "auto": "allow", "allow": "allow", "must": "must", "never": "never", False: None, None: None}


def start_run(project: object, id: object, resume: Any, said: Mapping[str, Any], settings: Settings) -> Run:
    body = _body(project, id, resume, said)
    url = f"{settings.url}/projects/{quote(str(body['project']), safe='')}/runs/{body['id']}"
    client = _client(settings)
    mode = "offline" if client is None and settings.mode == "online" else settings.mode
    details = {"url": settings.url, "body": body, "own_id": id is None}
    spool = None if mode == "disabled" else open_new_spool(settings, details)
    outlet, inbox = Outlet(spool), Inbox()
    run = Run(body, url, mode, outlet, inbox)
    run.kept_in(None if spool is None else settings.dir)
    if spool is not None:
        outlet.of_child = lambda: _branch(settings, details, online=mode == "online")
    if spool is not None and client is not None and mode == "online":
        _go_online(run, spool, client, settings, outlet, inbox, known_id=id is not None)
    else:
        outlet.start(None, None)
    return run


def _branch(settings: Settings, details: Mapping[str, Any], online: bool) -> Branch:
    """For a forked child: a spool of its own with the same run, and what sends it."""
    spool = open_new_spool(settings, {**details, "branch": True})
    client = _client(settings) if online else None
    if client is None:
        return spool, None
    contact = contact_with(settings.url)
    return spool, Sender(spool, client, lambda _: None, lambda _: None, lambda: None, [], contact)


def _go_online(
    run: Run, spool: Spool, client: Client, settings: Settings, outlet: Outlet, inbox: Inbox, known_id: bool
) -> None:
    created: list[Mapping[str, Any]] = []

    def on_created(reply: Mapping[str, Any]) -> None:
        run.named(reply.get("name"))
        created.append(reply)

    def on_reply(reply: Mapping[str, Any]) -> None:
        inbox.offer(reply.get("control"))
        run.told_whether_policies_apply(reply.get("applies"))
        warnings = reply.get("warnings")
        for warning in warnings if isinstance(warnings, list) else []:
            warn_once(f"server {warning}", f"the server says: {warning}")

    earlier = _folders_of(settings.dir, run.id, spool.folder) if known_id else []
    contact = contact_with(settings.url)
    sender = Sender(spool, client, on_reply, on_created, run.save_changes, earlier, contact)
    outlet.start(
        sender,
        lambda: Poller(Client(settings.url, settings.token), run.id, lambda: sender.last_reply, inbox.offer),
    )
    info(f"logging to {run.url}")
    if known_id and spool.info["body"].get("resume") in ("allow", "must"):
        wait = LOST_S if contact.given_up else RESUME_WAIT_S
        _await(sender, lambda: bool(created) or spool.run_refused, wait)
        if created:
            run.goes_on(created[-1])


def _await(sender: Sender, answered: Callable[[], bool], seconds: float) -> None:
    """A resumed run counts its steps on from the last one, which only the server knows. Not for long."""
    deadline = time.monotonic() + seconds
    sender.hurry()
    while not answered() and time.monotonic() < deadline and not sender.failed.wait(0.02):
        pass


def _body(project: object, id: object, resume: Any, said: Mapping[str, Any]) -> dict[str, Json]:
    body = declared(said)
    body["project"] = text(project or "uncategorized", MAX_NAME_CHARS).strip() or "uncategorized"
    body["id"] = uuid.uuid4().hex if id is None else _id(id)
    try:
        chosen = _RESUME[resume]
    except (KeyError, TypeError):
        warn(f"resume={resume!r} is not one of never, allow and must; it is left out")
        chosen = None
    if chosen is not None:
        body["resume"] = chosen
    if said.get("config") is not None:
        body["config"] = config_body(said["config"])
    if said.get("plateau") is not None:
        chosen_policies = policies(said["plateau"])
        if chosen_policies is not None:
            body["plateau"] = chosen_policies
    return body


def _id(value: object) -> str:
    raw = str(value)
    clean = re.sub(r"[^A-Za-z0-9_.-]", "-", raw).lstrip("_.-")[:64] or uuid.uuid4().hex
    if clean != raw:
        warn(f"the id {raw[:100]!r} becomes {clean!r}: letters, digits, _ . and - are allowed, at most 64")
    return clean


def _client(settings: Settings) -> Optional[Client]:
    try:
        return Client(settings.url, settings.token)
    except ValueError as error:
        warn(f"{error}; the run stays on this machine")
        return None


def _folders_of(root: Path, run_id: str, but: Path) -> list[Path]:
    """What dead processes of the same run have left here."""
    return [folder for folder in spool_folders(root) if folder != but and run_id_of(folder) == run_id]


def run_id_of(folder: Path) -> Optional[str]:
    try:
        return str(json.loads((folder / "run.json").read_text())["body"]["id"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
