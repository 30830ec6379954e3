"""The gate: which reports let a run through."""

from __future__ import annotations

import json

import pytest
from airflow.sdk.exceptions import AirflowFailException

from stillhouse_airflow.gate import check_report

REPORT = {"student": {"retained": 0.97, "ece": 0.03, "kind": "lexical"}, "score": {"documents": 300}}


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.json"
    path.write_text(json.dumps(REPORT))
    return str(path)


@pytest.mark.parametrize(
    "required",
    [
        {},
        {"student.retained": {"min": 0.97}},
        {"student.ece": {"max": 0.03}},
        {"student.retained": {"min": 0.9, "max": 1.1}, "score.documents": {"min": 1}},
    ],
)
def test_report_within_its_bounds_passes(report, required):
    check_report(report, required)


@pytest.mark.parametrize(
    ("required", "said"),
    [
        ({"student.retained": {"min": 0.98}}, r"student.retained is 0.97 \(must be at least 0.98\)"),
        ({"student.ece": {"max": 0.02}}, r"student.ece is 0.03 \(must be at most 0.02\)"),
        ({"student.recall": {"min": 0.1}}, "student.recall is not in the report"),
        ({"student.kind": {"min": 0.1}}, "student.kind is not in the report"),
        ({"student.retained.low": {"min": 0.1}}, "student.retained.low is not in the report"),
        ({"student.retained": {"min": 1}, "student.ece": {"max": 0}}, "student.retained.*; student.ece"),
    ],
)
def test_report_out_of_bounds_fails_without_a_retry(report, required, said):
    with pytest.raises(AirflowFailException, match=said):
        check_report(report, required)


def test_figure_that_is_not_a_number_meets_nothing(tmp_path):
    path = tmp_path / "report.json"
    path.write_text('{"student": {"retained": NaN}}')
    for bounds in ({"min": 0}, {"max": 1}):
        with pytest.raises(AirflowFailException, match="student.retained is nan"):
            check_report(str(path), {"student.retained": bounds})


@pytest.mark.parametrize("content", [None, '{"student": ', "[]"])
def test_missing_or_malformed_report_fails_without_a_retry(tmp_path, content):
    path = tmp_path / "report.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(AirflowFailException):
        check_report(str(path), {"student.retained": {"min": 0.5}})


def test_report_is_read_from_an_object_store(report):
    check_report(f"file://{report}", {"student.retained": {"min": 0.97}})
