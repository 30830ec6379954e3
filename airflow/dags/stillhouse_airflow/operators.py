"""An operator that runs one stage of Stillhouse and tells Airflow whether a retry makes sense."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowNotFoundException

from stillhouse_airflow.status import DATA, USAGE, Status, read_status

if TYPE_CHECKING:
    from airflow.sdk import Context

MAIN_CLASS = "dev.stillhouse.cli.Main"

# A clear gives a task a new try and Airflow gives each try a new id, so the file of an earlier attempt is never read.
STATUS_FILE = "attempts/{{ ti.task_id }}-{{ ti.try_number }}-{{ ti.id }}.json"

# Spark makes a folder of an application's name, and Hadoop cannot resolve one with a ':' below another path.
APPLICATION_NAME = "stillhouse-{stage}-{{{{ run_id | replace(':', '') }}}}-{{{{ ti.try_number }}}}"


class StillhouseOperator(SparkSubmitOperator):
    """
    Runs ``spark-submit --class dev.stillhouse.cli.Main JAR STAGE TASK --set workspace=... --status-file ...``.

    The command leaves ``{"stage", "exit", "reason"}`` in its status file. Exits 2 (usage or configuration) and 3 (data,
    or a gate not met) fail the task without a retry; exit 1, and an attempt that left no status because it was killed,
    fail it with one. The exit code of ``spark-submit`` does not say which: a cluster manager turns every failure to 1.

    :param stage: the command: curate, label, train, score, summarize or report
    :param task_file: the task file, an absolute path on the machine of the Spark driver (templated)
    :param workspace: the workspace, absolute; the Spark driver writes it and this worker reads it (templated)
    :param storage_conn_id: the Airflow connection to an object store that holds the workspace; absent for local paths
    """

    template_fields: Sequence[str] = (*SparkSubmitOperator.template_fields, "status_file")

    _STATUS_FILE_KEY = "stillhouse_status_file"

    def __init__(
        self,
        *,
        stage: str,
        task_file: str,
        workspace: str,
        storage_conn_id: str | None = None,
        **kwargs: Any,
    ) -> None:
        self.stage = stage
        self.status_file = f"{workspace}/{STATUS_FILE}"
        self.storage_conn_id = storage_conn_id
        arguments = [stage, task_file, "--set", f"workspace={workspace}", "--status-file", self.status_file]
        super().__init__(
            java_class=MAIN_CLASS,
            name=APPLICATION_NAME.format(stage=stage),
            application_args=arguments,
            **kwargs,
        )

    def execute(self, context: Context) -> None:
        """Run the stage; raise AirflowFailException where a retry would end the same way."""
        self._require_connection()
        try:
            super().execute(context)
        except Exception as failure:
            raise self._explain(self._read_status(context), failure) from failure
        status = self._read_status(context)
        if status is not None and status.exit != 0:
            raise self._explain(status, None)

    def submit_job(self, context: Context) -> str | None:
        """Submit in cluster mode; a retry that reconnects to this driver must read what this driver writes."""
        if (store := context.get("task_state_store")) is not None:
            store.set(self._STATUS_FILE_KEY, self.status_file)
        return super().submit_job(context)

    def status_file_of(self, context: Context) -> str:
        """Give the status file of the driver that this attempt watches: its own, or the one it has reconnected to."""
        store = context.get("task_state_store")
        return (store.get(self._STATUS_FILE_KEY) if store is not None else None) or self.status_file

    def _require_connection(self) -> None:
        # The hook would submit to YARN where the connection is unknown.
        try:
            BaseHook.get_connection(self._conn_id)
        except AirflowNotFoundException as missing:
            raise AirflowFailException(
                f"Cannot submit {self.stage}: there is no Airflow connection {self._conn_id}. "
                f"Create it: airflow connections add {self._conn_id} --conn-type spark --conn-host MASTER"
            ) from missing

    def _read_status(self, context: Context) -> Status | None:
        return read_status(self.status_file_of(context), self.storage_conn_id)

    def _explain(self, status: Status | None, failure: Exception | None) -> AirflowException:
        if status is None:
            return AirflowException(f"Cannot run {self.stage}: it ended without a status in {self.status_file} ({failure})")
        message = f"Cannot run {status.stage} (exit {status.exit}): {status.reason}"
        if status.exit in (USAGE, DATA):
            return AirflowFailException(message)
        return AirflowException(message)
