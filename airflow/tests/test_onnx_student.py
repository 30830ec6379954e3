"""The published student.onnx under ONNX Runtime's Python binding says what Spark's score stage wrote."""

from __future__ import annotations

import json
from pathlib import Path

import numpy
import onnxruntime
import pyarrow.parquet
import pytest


@pytest.fixture(scope="module")
def scores(loop_run) -> list[dict]:
    assert loop_run.exit == 0, "the loop did not end well; see test_loop"
    return pyarrow.parquet.read_table(loop_run.current("score") / "scores").to_pylist()


@pytest.fixture(scope="module")
def verdicts(loop_run, scores) -> list[tuple[str, float]]:
    """The label and its probability of each scored row, by the ONNX file."""
    model = loop_run.current("train") / "model"
    names = json.loads((model / "model.json").read_text())["labels"]
    return verdicts_of(model / "student.onnx", names, [loop_run.documents[row["id"]] for row in scores])


def verdicts_of(model: Path, names: list[str], texts: list[str]) -> list[tuple[str, float]]:
    """Run the file on the texts; its outputs are told apart by their types: labels are strings, probabilities a matrix."""
    student = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    (text,) = student.get_inputs()
    outputs = student.run(None, {text.name: numpy.array(texts, dtype=object)})
    (probabilities,) = [values for values in outputs if values.ndim == 2 and values.dtype == numpy.float32]
    best = [names[index] for index in probabilities.argmax(axis=1)]
    for values in outputs:
        if values.dtype == object:
            assert values.tolist() == best
    return list(zip(best, probabilities.max(axis=1).tolist(), strict=True))


def test_every_document_is_scored_once(loop_run, scores):
    assert sorted(row["id"] for row in scores) == sorted(loop_run.documents)


def test_labels_are_the_same(scores, verdicts):
    assert [row["label"] for row in scores] == [label for label, _ in verdicts]


def test_probabilities_are_the_same_within_1e_5(scores, verdicts):
    written = [row["probability"] for row in scores]
    numpy.testing.assert_allclose([probability for _, probability in verdicts], written, rtol=0, atol=1e-5)


def test_both_labels_occur(scores):
    assert {row["label"] for row in scores} == {"weather", "kitchen"}
