#!/usr/bin/env python3
"""The student that `kind: auto` publishes beside fastText and a linear model of tf-idf, distilled in the same way: same rows, same soft labels, each peer's variant chosen on the select part.

    benchmarks/students.py                                   # five sets, seeds 0 1 2
    benchmarks/students.py --sets subj --seeds 0
    benchmarks/students.py --gold all                        # every document has its gold label; peers learn from gold alone

Weighted F1 on the gold labels of the test split; the student is the published file, run by plain ONNX Runtime. What peers say is kept beside the workspaces and used again for equal rows. Prints a Markdown table of the means over the seeds, and the paired bootstrap of the mean over sets and seeds.
"""

import argparse
import hashlib
import json
import pathlib
import statistics
import sys

import environment

environment.STUDENTS.enter()

import numpy as np  # noqa: E402
import onnxruntime  # noqa: E402
import tokenizers  # noqa: E402
from sklearn.metrics import f1_score  # noqa: E402

import labelled_sets  # noqa: E402
import student_peers  # noqa: E402
from student_peers import Rows  # noqa: E402

SETS = ["banking77", "clinc150", "subj", "mr", "sst2"]
WORKSPACES = environment.OUT / "students"
GOLD_WEIGHT = 0.7
ROUNDS = 1000


def rows(file: pathlib.Path, labels: list, gold_alone: bool) -> Rows:
    texts, targets, gold = [], [], []
    for line in file.open():
        row = json.loads(line)
        known = row.get("gold", False)
        if gold_alone and file.stem != "evaluate" and not known:
            continue
        target = np.array(row["probabilities"], dtype=np.float64)
        if known:
            weight = 1 if gold_alone else GOLD_WEIGHT
            target = (1 - weight) * target
            target[labels.index(row["label"])] += weight
        texts.append(row["text"])
        targets.append(target / target.sum())
        gold.append(row.get("label"))
    return Rows(texts, np.stack(targets), gold)


class Student:
    """The newest student, whether it met its target or not, in plain ONNX Runtime; one that is cut from an encoder takes tokens."""

    def __init__(self, workspace: pathlib.Path):
        file = sorted(workspace.glob("train/runs/*/model/student.onnx"))[-1]
        self.session = onnxruntime.InferenceSession(str(file))
        self.metadata = self.session.get_modelmeta().custom_metadata_map
        self.labels = json.loads(self.metadata["student.labels"])
        self.names = [input.name for input in self.session.get_inputs()]
        if "text" not in self.names:
            self.tokenizer = tokenizers.Tokenizer.from_file(str(file.with_name("tokenizer.json")))
            self.tokenizer.enable_truncation(int(self.metadata["student.max_tokens"]))
            self.tokenizer.enable_padding()

    def inputs(self, texts: list) -> dict:
        if "text" in self.names:
            return {"text": texts}
        encoded = self.tokenizer.encode_batch([self.metadata.get("student.prefix", "") + text for text in texts])
        tokens = {"input_ids": [one.ids for one in encoded], "attention_mask": [one.attention_mask for one in encoded], "token_type_ids": [one.type_ids for one in encoded]}
        return {name: np.array(tokens[name], dtype=np.int64) for name in self.names}

    def predict(self, texts: list) -> np.ndarray:
        return np.concatenate([self.session.run(["label"], self.inputs(texts[i : i + 256]))[0] for i in range(0, len(texts), 256)])

    def probabilities(self, texts: list) -> np.ndarray:
        return self.session.run(["probabilities"], self.inputs(texts))[0]


def digest(exported: pathlib.Path) -> str:
    """What peers depend on: the exported rows, and how they are made."""
    digest = hashlib.sha256(pathlib.Path(student_peers.__file__).read_bytes())
    for file in sorted(exported.glob("*.jsonl")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def kept(file: pathlib.Path, exported: pathlib.Path) -> dict:
    """What peers said in an earlier run of the same rows, as indices of labels."""
    earlier = json.loads(file.read_text()) if file.exists() else {}
    return earlier["found"] if earlier.get("of") == digest(exported) else {}


def contest(data: pathlib.Path, name: str, seed: int, gold: str) -> dict:
    """Predicted labels on the evaluation rows by contestant, with gold and the report."""
    settings = {"student.targets.retained": 0.98} if gold == "1000" else {"teacher.gold": 100_000}
    strangers = data / name / "out_of_scope.jsonl"
    if strangers.exists():
        settings.update({"out_of_scope[0].source": "jsonl", "out_of_scope[0].path": strangers, "out_of_scope[0].text": "text"})
    workspace = WORKSPACES / f"{name}-{seed}-{gold}"
    report = labelled_sets.run(data, name, seed, {**settings, "workspace": workspace}, accepted=(0, 3))
    exported = workspace / "exported"
    if not exported.exists():
        labelled_sets.export(data, name, seed, {**settings, "workspace": workspace}, exported)
    student = Student(workspace)
    labels = student.labels
    fit, select, evaluate = [rows(exported / f"{part}.jsonl", labels, gold == "all") for part in ["fit", "select", "evaluate"]]
    names = np.array(labels)
    found = {"teacher": names[evaluate.targets.argmax(axis=1)], "student": student.predict(evaluate.texts)}
    peers = kept(workspace / "peers.json", exported)
    for peer, variants in student_peers.PEERS.items():
        if peer not in peers:
            chosen = student_peers.best(variants(fit, select), select)
            peers[peer] = chosen.predict(evaluate.texts).argmax(axis=1).tolist()
            (workspace / "peers.json").write_text(json.dumps({"of": digest(exported), "found": peers}))
        found[peer] = names[peers[peer]]
    return {"gold": np.array(evaluate.gold), "found": found, "report": report}


def f1(gold: np.ndarray, found: np.ndarray) -> float:
    return 100 * f1_score(gold, found, average="weighted")


def difference(contests: list, peer: str) -> str:
    """The mean over contests of the student's F1 less the peer's, with its 95 % interval by paired bootstrap."""
    random = np.random.default_rng(0)
    means = []
    for round in range(ROUNDS + 1):
        differences = []
        for one in contests:
            size = len(one["gold"])
            sample = np.arange(size) if round == 0 else random.integers(0, size, size)
            gold = one["gold"][sample]
            differences.append(f1(gold, one["found"]["student"][sample]) - f1(gold, one["found"][peer][sample]))
        means.append(statistics.mean(differences))
    low, high = np.quantile(means[1:], [0.025, 0.975])
    return f"{means[0]:+.2f} ({low:+.2f} to {high:+.2f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    parser.add_argument("--gold", choices=["1000", "all"], default="1000")
    arguments = parser.parse_args()
    data = labelled_sets.folder(arguments.sets)
    peers = list(student_peers.PEERS)
    print("| set | kinds | teacher F1 | student F1 | " + " | ".join(f"{peer} F1" for peer in peers) + " | gold alone F1 | retained, lowest | ECE / floor | student less " + " | student less ".join(peers) + " |")
    print("|---" * (8 + 2 * len(peers)) + "|")
    everything = []
    for name in arguments.sets:
        contests = [contest(data, name, seed, arguments.gold) for seed in arguments.seeds]
        everything += contests
        mean = lambda contestant: f"{statistics.mean(f1(one['gold'], one['found'][contestant]) for one in contests):.1f}"
        reports = [one["report"] for one in contests]
        retained = [100 * report["student"]["retained"] for report in reports]
        ece = [100 * statistics.mean(report["student"][figure] for report in reports) for figure in ("ece", "ece_floor")]
        cells = [
            name,
            ", ".join(report["student"]["kind"] for report in reports),
            mean("teacher"),
            mean("student"),
            *[mean(peer) for peer in peers],
            f"{100 * statistics.mean(report['baseline']['f1_weighted'] for report in reports):.1f}",
            f"{statistics.mean(retained):.1f}, {min(retained):.1f}",
            f"{ece[0]:.1f} / {ece[1]:.1f}",
            *[difference(contests, peer) for peer in peers],
        ]
        print("| " + " | ".join(cells) + " |", flush=True)
        scopes = [(100 * report["student"]["out_of_scope_auroc"], 100 * report["teacher"]["out_of_scope_auroc"]) for report in reports if report["student"].get("out_of_scope_auroc")]
        if scopes:
            print(f"{name}: out-of-scope AUROC of student and teacher: " + ", ".join(f"{ours:.1f} / {theirs:.1f}" for ours, theirs in scopes), file=sys.stderr, flush=True)
        calibrated = sum(report["student"]["calibrated"] for report in reports)
        print(f"{name}: calibrated in {calibrated} of {len(reports)} runs", file=sys.stderr, flush=True)
    for other in ["teacher", *peers]:
        print(f"\nStudent less {other}, mean of all: {difference(everything, other)}", flush=True)


if __name__ == "__main__":
    main()
