"""The whole loop by ``airflow dags test``: the built jar, a real spark-submit, 300 sentences."""

from __future__ import annotations

import json


def test_loop_runs_to_the_gate(loop_run):
    assert loop_run.exit == 0, loop_run.log[-8000:]
    statuses = sorted((loop_run.workspace / "attempts").glob("*.json"))
    assert [path.name.split("-")[0] for path in statuses] == ["curate", "label", "report", "score", "train"]
    assert {json.loads(path.read_text())["exit"] for path in statuses} == {0}


def test_report_counts_every_document(loop_run):
    report = json.loads((loop_run.workspace / "report.json").read_text())
    assert report["curate"]["read"] == len(loop_run.documents)
    assert report["score"]["documents"] == len(loop_run.documents)


def test_log_of_the_run_holds_no_document(loop_run):
    assert not [text for text in loop_run.documents.values() if text in loop_run.log]
