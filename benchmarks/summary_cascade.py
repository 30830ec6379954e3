#!/usr/bin/env python3
"""Whether a cascade of summaries keeps its promise: 200 random samples of the articles, Stillhouse's threshold for each, and how far the summaries then agree with the teacher's on average.

    benchmarks/summary_cascade.py                             # targets 0.6, 0.7, 0.8 and 0.9, samples of 150
    benchmarks/summary_cascade.py --targets 0.8 --sample 300

Student and teacher are those of summary_cascade.yaml; the articles are those that the student has not learned from. Agreement of an article is the F1 of the sentences that both choose, and 1 where the teacher answers. `met` counts the splits whose mean agreement over all articles reaches the target, those of the sample (which the teacher answers) among them; beside it the like over those outside the sample
alone, for which more is asked than is promised. At a confidence of 0.95 at least 182 of 200 are asked for. Articles are read from `pubmed` under $STILLHOUSE_DATA, else ../shared/data beside the checkout. Prints a Markdown table.
"""

import argparse
import json
import pathlib
import statistics
import subprocess

import environment

environment.SUMMARIES.enter()

import pyarrow.dataset  # noqa: E402

import contestants  # noqa: E402
import labelled_sets  # noqa: E402
import launcher  # noqa: E402

TASK = environment.ROOT / "benchmarks" / "summary_cascade.yaml"
OUT = environment.OUT / "summary-cascade"
SPLITS = 200
CONFIDENCE = 0.95
LEAST_MET = 182


def settings() -> list:
    data = labelled_sets.data_folder("test.jsonl.gz", "pubmed") / "pubmed"
    train, test = data / "train.jsonl.gz", data / "test.jsonl.gz"
    return launcher.overrides({
        "corpus[0].path": train,
        "evaluate[0].path": train,
        "evaluate[1].path": test,
        "summarize.sources[0].path": train,
        "summarize.sources[1].path": test,
    })


def published(dataset: str, columns: list) -> list:
    command = [str(launcher.LAUNCHER), "path", str(TASK), dataset, *settings()]
    path = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    return pyarrow.dataset.dataset(path.replace("file:", "", 1), format="parquet").to_table(columns=columns).to_pylist()


def documents() -> tuple:
    """(file of {sureness, agreement}, mean agreement, number) of the articles."""
    chosen = {}
    for row in published("evaluation_sentence_labels", ["source", "id", "begin", "chosen"]):
        chosen.setdefault((row["source"], row["id"]), set()).update([row["begin"]] if row["chosen"] else [])
    lines, total = [], 0.0
    for row in published("summaries", ["source", "id", "sentences", "sureness"]):
        teacher = chosen.get((row["source"], row["id"]))
        if teacher is None:
            continue
        student = {sentence["begin"] for sentence in row["sentences"]}
        both = len(student) + len(teacher)
        agreement = 2 * len(student & teacher) / both if both else 1.0
        total += agreement
        lines.append(json.dumps({"sureness": row["sureness"], "agreement": agreement}))
    file = OUT / "cascade.jsonl"
    file.write_text("\n".join(lines) + "\n")
    return file, total / len(lines), len(lines)


def splits(file: pathlib.Path, target: float, sample: int) -> list:
    command = contestants.java("CascadeSplits.java", file, target, CONFIDENCE, sample, SPLITS, "HOEFFDING_BENTKUS")
    return [json.loads(line) for line in subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--targets", nargs="+", type=float, default=[0.6, 0.7, 0.8, 0.9])
    parser.add_argument("--sample", type=int, default=150)
    arguments = parser.parse_args()
    launcher.build()
    labelled_sets.stillhouse("run", TASK, *settings())
    file, agreement, count = documents()
    print(f"{count} articles, on which student and teacher agree by {agreement:.3f}\n")
    print("| target | sample | met, of 200 | met outside the sample | realised, median | bound, median | teacher answers, median |")
    print("|--:|--:|--:|--:|--:|--:|--:|")
    for target in arguments.targets:
        found = splits(file, target, arguments.sample)
        met = sum(one["realised"] >= target for one in found)
        outside = sum(one["rest"] >= target for one in found)
        medians = [statistics.median(one[key] for one in found) for key in ("realised", "bound", "sent")]
        cells = [f"{target:.2f}", f"{arguments.sample}", f"{met}: {'met' if met >= LEAST_MET else 'NOT MET'}", str(outside), f"{medians[0]:.3f}", f"{medians[1]:.3f}", f"{100 * medians[2]:.0f} %"]
        print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
