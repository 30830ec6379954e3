#!/usr/bin/env python3
"""What a student loses where its teacher labels half of the documents: 1,000 gold labels, up to 8,000 documents, weighted F1 on the test split.

    benchmarks/label_budget.py                                  # five sets, seed 0
    benchmarks/label_budget.py --sets mr subj --seeds 0 1 2

Each set is run with all documents labelled, then with half of them, chosen in each way. Prints a Markdown table for each set: the student's F1, that F1 over the one with all documents, the student's calibration
error beside its floor, and the teacher's. Needs Python 3.9 and nothing else; every figure is read from the report.json of a run of ./stillhouse.
"""

import argparse
import statistics

import labelled_sets

SETS = ["banking77", "clinc150", "sst2", "mr", "subj"]
CHOICES = {
    "random": {"teacher.choose.by": "random"},
    "diverse": {"teacher.choose.by": "diverse"},
    "uncertainty, 4 rounds": {"teacher.choose.by": "uncertainty", "teacher.choose.rounds": 4},
}


def calibration(model: dict) -> str:
    return f"{100 * model['ece']:.1f} / {100 * model['ece_floor']:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument("--seeds", nargs="+", type=int, default=[0])
    parser.add_argument("--choices", nargs="+", default=list(CHOICES), choices=list(CHOICES))
    arguments = parser.parse_args()
    data = labelled_sets.folder(arguments.sets)
    kept = {choice: [] for choice in arguments.choices}
    print("| set | seed | labelled | texts | student F1 | of all | student ECE / floor | teacher ECE / floor |")
    print("|---" * 8 + "|")
    for name in arguments.sets:
        for seed in arguments.seeds:
            full = labelled_sets.run(data, name, seed)
            texts = full["label"]["documents"] - full["label"]["gold"]
            # The pool is what is labelled beside gold, up to 8,000.
            pool = min(8000, texts)
            rows = [("all", pool, full)]
            for choice in arguments.choices:
                settings = {"teacher.budget": pool // 2, **CHOICES[choice]}
                rows.append((choice, pool // 2, labelled_sets.run(data, name, seed, settings)))
            for choice, labelled, report in rows:
                share = report["student"]["f1_weighted"] / full["student"]["f1_weighted"]
                if choice != "all":
                    kept[choice].append(share)
                print(
                    f"| {name} | {seed} | {choice} | {labelled:,} | {100 * report['student']['f1_weighted']:.1f} | {100 * share:.1f} % "
                    f"| {calibration(report['student'])} | {calibration(report['teacher'])} |",
                    flush=True,
                )
    print("\n| half, chosen by | mean of all | lowest |\n|---|--:|--:|")
    for choice, shares in kept.items():
        print(f"| {choice} | {100 * statistics.mean(shares):.1f} % | {100 * min(shares):.1f} % |")


if __name__ == "__main__":
    main()
