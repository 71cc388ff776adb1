"""What wandb reads from the environment and from its Settings. lrscope's own variables come first."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Optional

_ARGUMENTS = {
    "project": "WANDB_PROJECT",
    "name": "WANDB_NAME",
    "id": "WANDB_RUN_ID",
    "group": "WANDB_RUN_GROUP",
    "notes": "WANDB_NOTES",
    "tags": "WANDB_TAGS",
    "resume": "WANDB_RESUME",
}
_SETTINGS = {
    "project": "project",
    "name": "run_name",
    "id": "run_id",
    "group": "run_group",
    "notes": "run_notes",
    "tags": "run_tags",
    "resume": "resume",
    "mode": "mode",
    "dir": "root_dir",
    "reinit": "reinit",
}
_MODES = {"run": "online", "shared": "online", "dryrun": "offline"}
_OFF = ("", "0", "false", "no", "off")

_used_ids: set[str] = set()


def from_environment() -> dict[str, Any]:
    """Arguments of init that stand in variables. An id is taken once: the next run of the process is another."""
    found: dict[str, Any] = {key: os.environ[name] for key, name in _ARGUMENTS.items() if os.environ.get(name)}
    if "tags" in found:
        found["tags"] = [tag.strip() for tag in found["tags"].split(",")]
    if found.get("id") in _used_ids:
        del found["id"]
    return found


def use_id(id: object) -> None:
    _used_ids.add(str(id))


def from_settings(settings: Any) -> dict[str, Any]:
    """Arguments of init that stand in wandb.Settings, or in a mapping of the same names."""
    items: Mapping[str, Any] = settings if isinstance(settings, Mapping) else getattr(settings, "__dict__", {})
    found = {key: items.get(name) for key, name in _SETTINGS.items()}
    if found["name"] is None:
        found["name"] = items.get("name")
    return {key: value for key, value in found.items() if value is not None}


def wandb_mode() -> Optional[str]:
    if not is_off(os.environ.get("WANDB_DISABLED")):
        return "disabled"
    return os.environ.get("WANDB_MODE") or None


def lrscope_mode(mode: str) -> str:
    """wandb's words for our modes."""
    return _MODES.get(mode.lower(), mode.lower())


def is_off(value: Optional[str]) -> bool:
    return value is None or value.strip().lower() in _OFF
