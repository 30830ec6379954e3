"""
### Stillhouse: distil a model and run it over a corpus

One task a stage, then a gate on the report. Every task runs the command that a person would type; a stage whose inputs
and configuration are unchanged ends at once, so a cleared or repeated run costs little.

- **Exit 2 or 3** (configuration, data, a target not met) fails the task without a retry: read the reason in its log.
- **Exit 1** and a killed driver are retried, with growing pauses.
- **gate** fails the run where `report.json` misses a figure of the parameter `gate`.

Needs the Spark connection `stillhouse_spark` and the pool `stillhouse`.
"""

from __future__ import annotations

import os
from datetime import timedelta

import pendulum
from airflow.sdk import DAG, CronDataIntervalTimetable, Param, chain, task

from stillhouse_airflow.gate import check_report
from stillhouse_airflow.operators import StillhouseOperator

HOME = os.environ.get("STILLHOUSE_HOME", "/opt/stillhouse")
JAR = os.environ.get("STILLHOUSE_JAR", f"{HOME}/stillhouse.jar")
STORAGE = os.environ.get("STILLHOUSE_STORAGE_CONN_ID")
YARN_CLUSTER = os.environ.get("STILLHOUSE_YARN_CLUSTER") == "true"

STAGES = {
    "curate": timedelta(hours=4),
    "label": timedelta(hours=12),
    "train": timedelta(hours=4),
    "score": timedelta(hours=8),
    "summarize": timedelta(hours=8),
    "report": timedelta(minutes=30),
}

MEMORY = {"type": "string", "pattern": "^[1-9][0-9]*[mg]$"}

TASK_FILE = {
    "type": "string",
    "pattern": r"^/.+\.ya?ml$",
    "description": "The task file: an absolute path on the machine of the Spark driver.",
}
WORKSPACE = {
    "type": "string",
    "pattern": "^(/|[a-z][a-z0-9+.-]*://).*[^/]$",
    "description": "The workspace: an absolute path or a URI that the Spark driver writes and Airflow's workers read.",
}
GATE = {
    "type": "object",
    "propertyNames": {"pattern": r"^[a-z0-9_]+(\.[a-z0-9_]+)*$"},
    "additionalProperties": {
        "type": "object",
        "properties": {"min": {"type": "number"}, "max": {"type": "number"}},
        "additionalProperties": False,
        "minProperties": 1,
    },
    "description": "Figures of report.json that the run must meet, by dotted path, each with min, max or both.",
}
PARAMS = {
    "driver_memory": Param("4g", **MEMORY, description="spark.driver.memory of every stage."),
    "executor_memory": Param("4g", **MEMORY, description="spark.executor.memory of every stage; unused by a local master."),
}


def parameters(name: str, retained: float) -> dict[str, Param]:
    """Give the parameters with the task file and the workspace of that name, and what the student must keep."""
    return {
        **PARAMS,
        "task_file": Param(f"{HOME}/tasks/{name}.yaml", **TASK_FILE),
        "workspace": Param(f"{HOME}/workspaces/{name}", **WORKSPACE),
        "gate": Param({"student.retained": {"min": retained}}, **GATE),
    }


def pipeline(dag_id: str, description: str, stages: list[str], params: dict[str, Param]) -> DAG:
    """Give a DAG with a task for each stage, in their order, and a gate."""
    with DAG(
        dag_id=dag_id,
        description=description,
        doc_md=__doc__,
        schedule=CronDataIntervalTimetable("0 3 * * *", timezone="UTC"),
        start_date=pendulum.datetime(2025, 1, 1, tz="UTC"),
        catchup=False,
        max_active_runs=1,
        dagrun_timeout=timedelta(hours=36),
        params=params,
        default_args={
            "pool": "stillhouse",
            "retries": 2,
            "retry_delay": timedelta(minutes=5),
            "retry_exponential_backoff": True,
            "max_retry_delay": timedelta(hours=1),
        },
        tags=["stillhouse"],
    ) as dag:
        operators = [
            StillhouseOperator(
                task_id=stage,
                stage=stage,
                application=JAR,
                task_file="{{ params.task_file }}",
                workspace="{{ params.workspace }}",
                storage_conn_id=STORAGE,
                conn_id="stillhouse_spark",
                conf={
                    "spark.driver.memory": "{{ params.driver_memory }}",
                    "spark.executor.memory": "{{ params.executor_memory }}",
                },
                yarn_track_via_rm_api=YARN_CLUSTER,
                execution_timeout=STAGES[stage],
            )
            for stage in stages
        ]

        @task(execution_timeout=timedelta(minutes=10))
        def gate(params: dict | None = None) -> None:
            """Fail the run where the report misses a required figure."""
            check_report(f"{params['workspace']}/report.json", params["gate"], STORAGE)

        chain(*operators, gate())
    return dag


distill = pipeline(
    "stillhouse_distill",
    "Distil a classifier from a costly model and score a corpus with it",
    ["curate", "label", "train", "score", "report"],
    parameters("distill", 0.95),
)
summarize = pipeline(
    "stillhouse_summarize",
    "Distil which sentences matter, and summarise a corpus",
    ["curate", "label", "train", "summarize", "report"],
    # A student of people's summaries keeps some four fifths of what the best choice of sentences reaches.
    parameters("summarize", 0.75),
)
