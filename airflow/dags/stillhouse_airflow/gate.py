"""Judges the report of a run by thresholds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from airflow.sdk import ObjectStoragePath
from airflow.sdk.exceptions import AirflowFailException


def check_report(path: str, required: Mapping[str, Mapping[str, float]], conn_id: str | None = None) -> None:
    """
    Raise AirflowFailException unless the report meets every requirement.

    :param path: the report.json, a local file or an object
    :param required: figure, as a dotted path into the report, to its bounds: ``{"student.retained": {"min": 0.97}}``
    :param conn_id: the Airflow connection to the object store; absent for local paths
    """
    try:
        report = json.loads(ObjectStoragePath(path, conn_id=conn_id).read_text())
    except FileNotFoundError as missing:
        raise AirflowFailException(f"Cannot judge the run: there is no {path}") from missing
    except ValueError as malformed:
        raise AirflowFailException(f"Cannot judge the run: {path} is not JSON") from malformed
    unmet = [line for figure, bounds in required.items() for line in _unmet(figure, _figure(report, figure), bounds)]
    if unmet:
        raise AirflowFailException("Gate not met: " + "; ".join(unmet))


def _figure(report: Any, path: str) -> Any:
    for key in path.split("."):
        report = report.get(key) if isinstance(report, dict) else None
    return report


def _unmet(figure: str, value: Any, bounds: Mapping[str, float]) -> list[str]:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return [f"{figure} is not in the report"]
    unmet = []
    # Written so that a figure that is not a number meets nothing.
    if "min" in bounds and not value >= bounds["min"]:
        unmet.append(f"{figure} is {value} (must be at least {bounds['min']})")
    if "max" in bounds and not value <= bounds["max"]:
        unmet.append(f"{figure} is {value} (must be at most {bounds['max']})")
    return unmet
