"""A student cut from an encoder says the same under ONNX Runtime's and tokenizers' own Python as in Spark's score stage."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import numpy
import onnxruntime
import pyarrow.parquet
import pytest
import tokenizers

MODEL = {"all-minilm-l6-v2.onnx": "model.onnx", "all-minilm-l6-v2-tokenizer.json": "tokenizer.json"}


@pytest.fixture(scope="module")
def encoder_workspace(loop_run, jar, tmp_path_factory) -> Path:
    """The loop's workspace, copied, where an encoder student in float32 was trained and has scored: int8 depends on batches."""
    folder = tmp_path_factory.mktemp("encoder")
    model = folder / "model"
    model.mkdir()
    with zipfile.ZipFile(jar) as files:
        for inside, outside in MODEL.items():
            (model / outside).write_bytes(files.read(inside))
    workspace = folder / "workspace"
    shutil.copytree(loop_run.workspace, workspace)
    task = loop_run.workspace.parent / "weather-or-kitchen.yaml"
    command = ["spark-submit", "--master", "local[2]", "--driver-memory", "2g", "--class", "dev.stillhouse.cli.Main"]
    command += [str(jar), "run", str(task)]
    settings = [f"workspace={workspace}", f"teacher.model={model}", "student.kind=encoder", "report.speed_seconds=0.3"]
    for setting in settings:
        command += ["--set", setting]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode == 0, done.stdout[-8000:]
    return workspace


def current(workspace: Path, stage: str) -> Path:
    folder = workspace / stage
    return folder / "runs" / (folder / "CURRENT").read_text().strip()


def test_probabilities_are_the_same_within_1e_4(loop_run, encoder_workspace):
    scores = pyarrow.parquet.read_table(current(encoder_workspace, "score") / "scores").to_pylist()
    model = current(encoder_workspace, "train") / "model"
    student = onnxruntime.InferenceSession(model / "student.onnx", providers=["CPUExecutionProvider"])
    meta = student.get_modelmeta().custom_metadata_map
    tokenizer = tokenizers.Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.enable_truncation(int(meta["student.max_tokens"]))
    tokenizer.enable_padding()
    rows = tokenizer.encode_batch([meta["student.prefix"] + loop_run.documents[score["id"]] for score in scores])
    values = {
        "input_ids": [row.ids for row in rows],
        "attention_mask": [row.attention_mask for row in rows],
        "token_type_ids": [row.type_ids for row in rows],
    }
    inputs = {value.name: numpy.array(values[value.name], numpy.int64) for value in student.get_inputs()}

    probabilities, labels = student.run(["probabilities", "label"], inputs)

    assert len(scores) == len(loop_run.documents)
    names = json.loads(meta["student.labels"])
    assert labels.tolist() == [names[index] for index in probabilities.argmax(axis=1)]
    assert labels.tolist() == [score["label"] for score in scores]
    written = [score["probability"] for score in scores]
    numpy.testing.assert_allclose(probabilities.max(axis=1), written, rtol=0, atol=1e-4)
