#!/usr/bin/env python3
"""What a coach is worth: students that the teacher alone has taught beside those that a larger student (progressive) or their equal (self) has taught too.

    benchmarks/distillation.py                                   # five sets, seed 0, lexical and static
    benchmarks/distillation.py --sets mr --seeds 0 1 2 --kinds lexical

Weighted F1 on the test split, in percent, in the parts that `train` judges; of a coached student the one that the select part chose, coached or not. Needs nothing but Python 3.9.
"""

import argparse
import statistics

import labelled_sets

SETS = ["banking77", "clinc150", "subj", "mr", "sst2"]
WAYS = ["direct", "progressive", "self"]


def student(data, name: str, seed: int, kind: str, way: str) -> dict:
    workspace = labelled_sets.ROOT / "out" / "benchmarks" / "distillation" / f"{name}-{seed}"
    settings = {"student.kind": kind, "student.distillation.by": way, "report.speed_seconds": 0.6, "workspace": workspace}
    return labelled_sets.run(data, name, seed, settings)["student"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument("--seeds", nargs="+", type=int, default=[0])
    parser.add_argument("--kinds", nargs="+", default=["lexical", "static"])
    arguments = parser.parse_args()
    data = labelled_sets.folder(arguments.sets)
    print("| set | kind | " + " | ".join(WAYS) + " | coached one chosen |\n|---|---|" + "--:|" * (len(WAYS) + 1), flush=True)
    for name in arguments.sets:
        for kind in arguments.kinds:
            cells = []
            chosen = 0
            for way in WAYS:
                students = [student(data, name, seed, kind, way) for seed in arguments.seeds]
                cells.append(f"{100 * statistics.mean(one['f1_weighted'] for one in students):.1f}")
                chosen += sum("taught by" in rung["variant"] for one in students for rung in one["ladder"])
            print(f"| {name} | {kind} | " + " | ".join(cells) + f" | {chosen} of {2 * len(arguments.seeds)} |", flush=True)


if __name__ == "__main__":
    main()
