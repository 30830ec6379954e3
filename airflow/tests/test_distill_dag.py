"""The DAG as Airflow loads it: structure, parameters, and the arguments that it renders."""

from __future__ import annotations

import copy
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from airflow.sdk import CronDataIntervalTimetable
from airflow.sdk.exceptions import ParamValidationError

STAGES = ["curate", "label", "train", "score", "report"]

CONTEXT = {
    "params": {
        "task_file": "/tasks/topics.yaml",
        "workspace": "s3a://lake/topics",
        "driver_memory": "3g",
        "executor_memory": "5g",
    },
    "run_id": "scheduled__2025-03-01T03:00:00+00:00",
}


def render(distill, stage):
    task = distill.get_task(stage).prepare_for_execution()
    ti = SimpleNamespace(task_id=stage, try_number=2, id="0195-7a")
    task.render_template_fields({**CONTEXT, "ti": ti})
    return task


def test_folder_imports_without_errors(dagbag):
    assert dagbag.import_errors == {}
    assert set(dagbag.dags) == {"stillhouse_distill", "stillhouse_summarize"}


def test_summaries_have_their_stage_in_the_place_of_scores(dagbag):
    summarize = dagbag.dags["stillhouse_summarize"]
    assert [task.task_id for task in summarize.topological_sort()] == ["curate", "label", "train", "summarize", "report", "gate"]
    assert render(summarize, "summarize").application_args[0] == "summarize"
    defaults = summarize.params.validate()
    assert defaults["task_file"].endswith("/tasks/summarize.yaml")
    assert defaults["workspace"].endswith("/workspaces/summarize")
    assert defaults["gate"] == {"student.retained": {"min": 0.75}}


def test_stages_follow_each_other_and_end_at_the_gate(distill):
    assert {task.task_id: task.downstream_task_ids for task in distill.tasks} == {
        "curate": {"label"},
        "label": {"train"},
        "train": {"score"},
        "score": {"report"},
        "report": {"gate"},
        "gate": set(),
    }


def test_runs_nightly_one_at_a_time_without_catching_up(distill):
    assert isinstance(distill.timetable, CronDataIntervalTimetable)
    assert distill.timetable.expression == "0 3 * * *"
    assert not distill.catchup
    assert distill.max_active_runs == 1


@pytest.mark.parametrize("task_id", [*STAGES, "gate"])
def test_every_task_is_bounded_and_retried_with_growing_pauses(distill, task_id):
    task = distill.get_task(task_id)
    assert task.pool == "stillhouse"
    assert task.execution_timeout is not None
    assert task.retries == 2
    assert task.retry_exponential_backoff


@pytest.mark.parametrize("stage", STAGES)
def test_stage_renders_the_command_that_a_person_would_type(distill, stage):
    task = render(distill, stage)
    status_file = f"s3a://lake/topics/attempts/{stage}-2-0195-7a.json"
    assert task.application_args == [
        stage,
        "/tasks/topics.yaml",
        "--set",
        "workspace=s3a://lake/topics",
        "--status-file",
        status_file,
    ]
    assert task.status_file == status_file
    assert task.conf == {"spark.driver.memory": "3g", "spark.executor.memory": "5g"}
    assert task.name == f"stillhouse-{stage}-scheduled__2025-03-01T030000+0000-2"


def test_default_parameters_are_valid(distill):
    assert distill.params.validate()["gate"] == {"student.retained": {"min": 0.95}}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("task_file", "tasks/topics.yaml"),
        ("task_file", "/tasks/topics.json"),
        ("task_file", "s3a://lake/topics.yaml"),
        ("workspace", "out/topics"),
        ("workspace", "/out/topics/"),
        ("driver_memory", "much"),
        ("executor_memory", "0g"),
        ("gate", {"student.retained": {"least": 0.9}}),
        ("gate", {"student.retained": {}}),
        ("gate", {"student.retained": {"min": "high"}}),
        ("gate", {"student retained": {"min": 0.9}}),
    ],
)
def test_parameters_out_of_bounds_are_refused(distill, name, value):
    params = copy.deepcopy(distill.params)
    with pytest.raises(ParamValidationError):
        params[name] = value


@pytest.mark.parametrize("stage", STAGES)
def test_help_of_the_command_knows_each_rendered_argument(distill, jar, stage):
    import pyspark

    spark_jars = Path(pyspark.__file__).parent / "jars" / "*"
    java = Path(os.environ["JAVA_HOME"]) / "bin" / "java"
    command = [java, "-cp", f"{jar}{os.pathsep}{spark_jars}", "dev.stillhouse.cli.Main", stage, "--help"]
    shown = subprocess.run(command, capture_output=True, text=True, check=False)
    print(shown.stdout, shown.stderr, file=sys.stderr)
    assert shown.returncode == 0
    usage = re.search(r"Usage:.*?\n(?=\S)", shown.stdout, re.DOTALL).group()
    arguments = render(distill, stage).application_args
    options = [argument for argument in arguments if argument.startswith("--")]
    assert options == ["--set", "--status-file"]
    for option in options:
        assert re.search(rf"{option}[= ]\S", usage), f"{option} takes no value in: {usage}"
    assert re.search(rf"\b{stage}\b", usage)
    assert usage.split().count("TASK") == len(arguments) - 1 - 2 * len(options)
