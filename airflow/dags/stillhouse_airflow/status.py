"""Reads the status that a command of Stillhouse leaves behind."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass

from airflow.sdk import ObjectStoragePath

USAGE = 2
DATA = 3

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Status:
    """
    How a command ended.

    :param stage: the stage that was running, or the command where none was
    :param exit: 0 done, 2 usage or configuration, 3 data or a gate not met, 1 anything else
    :param reason: why it failed; empty where it did not
    """

    stage: str
    exit: int
    reason: str


def read_status(path: str, conn_id: str | None = None) -> Status | None:
    """Give the status in a local file or an object; None where there is none that can be read."""
    try:
        content = json.loads(ObjectStoragePath(path, conn_id=conn_id).read_text())
        return Status(str(content["stage"]), int(content["exit"]), str(content["reason"]))
    except FileNotFoundError:
        return None
    except Exception as failure:
        # Whatever the store's client throws, the failure of the command itself must be what the task ends with.
        log.warning("Cannot read the status in %s: %s", path, failure)
        return None
