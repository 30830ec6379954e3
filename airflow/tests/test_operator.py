"""How a stage ends, by a spark-submit that ends as told: which attempts Airflow repeats, and what it says."""

from __future__ import annotations

import json
import os
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from stillhouse_airflow.operators import StillhouseOperator


@pytest.fixture
def attempt(tmp_path):
    """Make a rendered operator of the given try."""

    def make(try_number: int = 1, **options) -> tuple[StillhouseOperator, dict]:
        operator = StillhouseOperator(
            task_id="train",
            stage="train",
            application="stillhouse.jar",
            task_file="/tasks/topics.yaml",
            workspace=str(tmp_path / "workspace"),
            **{"conn_id": "stillhouse_spark", **options},
        )
        ti = SimpleNamespace(task_id="train", try_number=try_number, id=f"id-{try_number}")
        context = {"ti": ti, "run_id": "manual__2025-03-01T00:00:00+00:00", "params": {}}
        operator.render_template_fields(context)
        return operator, context

    return make


def run(attempt) -> None:
    operator, context = attempt
    operator.execute(context)


def test_exit_0_succeeds_and_passes_the_command_on(attempt, fake_spark, tmp_path):
    fake_spark.behave("leave 0 ''")
    run(attempt())
    workspace = tmp_path / "workspace"
    assert fake_spark.calls == [
        "--master local[2] --name stillhouse-train-manual__2025-03-01T000000+0000-1 --class dev.stillhouse.cli.Main "
        f"stillhouse.jar train /tasks/topics.yaml --set workspace={workspace} "
        f"--status-file {workspace}/attempts/train-1-id-1.json"
    ]


@pytest.mark.parametrize("code", [2, 3])
def test_exits_2_and_3_fail_without_a_retry_and_say_the_reason(attempt, fake_spark, code):
    fake_spark.behave(f"leave {code} 'Invalid pool: -1 (must be positive)'; exit {code}")
    with pytest.raises(AirflowFailException, match=rf"\(exit {code}\): Invalid pool: -1 \(must be positive\)"):
        run(attempt())


def test_status_decides_where_a_cluster_manager_turned_the_exit_to_1(attempt, fake_spark):
    fake_spark.behave("leave 3 'Cannot publish the student: retained 0.9 is below 0.98'; exit 1")
    with pytest.raises(AirflowFailException, match="retained 0.9 is below 0.98"):
        run(attempt())


def test_status_decides_where_the_submission_succeeded(attempt, fake_spark):
    fake_spark.behave("leave 3 'Cannot read the corpus: it is empty'; exit 0")
    with pytest.raises(AirflowFailException, match="it is empty"):
        run(attempt())


def test_exit_1_fails_with_a_retry(attempt, fake_spark):
    fake_spark.behave("leave 1 'Cannot write: no space'; exit 1")
    with pytest.raises(AirflowException, match=r"\(exit 1\): Cannot write: no space") as failure:
        run(attempt())
    assert not isinstance(failure.value, AirflowFailException)


@pytest.mark.parametrize(
    "behaviour",
    ["kill -KILL $$", "exit 3", "leave 3 ''; printf '{\"stage\": ' >\"$status\"; exit 3", "leave 3 ''; printf '[3]' >\"$status\"; exit 3"],
    ids=["killed", "no status", "half a status", "another shape"],
)
def test_attempt_without_a_readable_status_fails_with_a_retry(attempt, fake_spark, behaviour):
    fake_spark.behave(behaviour)
    with pytest.raises(AirflowException, match="ended without a status") as failure:
        run(attempt())
    assert not isinstance(failure.value, AirflowFailException)


def test_status_of_an_earlier_attempt_is_not_believed(attempt, fake_spark):
    fake_spark.behave("leave 3 'Cannot read the corpus: it is empty'; exit 3")
    with pytest.raises(AirflowFailException):
        run(attempt(try_number=1))
    fake_spark.behave("kill -KILL $$")
    with pytest.raises(AirflowException, match="ended without a status") as failure:
        run(attempt(try_number=2))
    assert not isinstance(failure.value, AirflowFailException)


def test_unknown_connection_fails_instead_of_submitting_to_yarn(attempt, fake_spark):
    fake_spark.behave("leave 0 ''")
    with pytest.raises(AirflowFailException, match="no Airflow connection nowhere"):
        run(attempt(conn_id="nowhere"))
    assert fake_spark.calls == []


def test_killed_task_ends_its_spark_submit(attempt, fake_spark, tmp_path):
    started = tmp_path / "started"
    os.mkfifo(started)
    # More than a pipe holds: who gets past it is read by Airflow's hook, so the hook knows the process that it must end.
    fake_spark.behave(f"printf '%262144s\\n' ''; echo $$ >{started}; exec sleep 600")
    operator, context = attempt()
    failures: list[Exception] = []

    def execute() -> None:
        try:
            operator.execute(context)
        except AirflowException as failure:
            failures.append(failure)

    running = threading.Thread(target=execute)
    running.start()
    pid = int(started.read_text())
    operator.on_kill()
    running.join(timeout=60)
    assert not running.is_alive()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert len(failures) == 1
    assert not isinstance(failures[0], AirflowFailException)


class RunningDriver(BaseHTTPRequestHandler):
    """Spark's REST endpoint, as far as it says that every driver runs."""

    def do_GET(self) -> None:
        body = b'{"success": true, "driverState": "RUNNING"}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments) -> None:
        pass


@pytest.fixture
def cluster(monkeypatch):
    """A connection to a standalone cluster in cluster mode; two masters, since Airflow then polls by spark-submit."""
    with HTTPServer(("127.0.0.1", 0), RunningDriver) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        connection = {
            "conn_type": "spark",
            "host": "spark://127.0.0.1:7077,127.0.0.1:7078",
            "extra": {"deploy-mode": "cluster", "rest-port": server.server_port},
        }
        monkeypatch.setenv("AIRFLOW_CONN_STILLHOUSE_CLUSTER", json.dumps(connection))
        yield "stillhouse_cluster"
        server.shutdown()
        serving.join()


def test_attempt_that_reconnects_to_a_driver_believes_that_drivers_status(attempt, fake_spark, cluster):
    state: dict[str, str] = {}
    store = SimpleNamespace(get=state.get, set=state.__setitem__)
    first, context = attempt(try_number=1, conn_id=cluster)
    fake_spark.behave("leave 3 'Cannot read the corpus: it is empty'; echo Submitted driver-20250301000000-0001")
    # What a worker has done when it dies while the driver runs.
    first._hook = first._get_hook()
    state[first.external_id_key] = first.submit_job({**context, "task_state_store": store})

    fake_spark.behave("""echo '"submissionId" : "driver-20250301000000-0001",'; echo '"driverState" : "FAILED",'""")
    second, context = attempt(try_number=2, conn_id=cluster)
    with pytest.raises(AirflowFailException, match="it is empty"):
        second.execute({**context, "task_state_store": store})
    assert sum("--class dev.stillhouse.cli.Main" in call for call in fake_spark.calls) == 1


@pytest.mark.parametrize(("code", "attempts"), [(2, 1), (3, 1), (1, 3)])
def test_airflow_repeats_only_what_a_retry_can_mend(distill, fake_spark, tmp_path, monkeypatch, code, attempts):
    monkeypatch.setattr(distill.get_task("curate"), "retry_delay", timedelta(0))
    fake_spark.behave(f"leave {code} 'Cannot go on'; exit {code}")
    done = distill.test(run_conf={"workspace": str(tmp_path / "workspace"), "task_file": "/tasks/topics.yaml"})
    assert str(done.state) == "failed"
    assert len(fake_spark.calls) == attempts
