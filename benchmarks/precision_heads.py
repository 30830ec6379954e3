#!/usr/bin/env python3
"""Ways to make a teacher with integer weights say what the one in float32 says: all-MiniLM-L6-v2, 1,000 gold rows, scikit-learn's multinomial logistic regression, 5,000 other documents.

    benchmarks/precision_heads.py                     # banking77 and clinc150

The labels of float32 vectors with a head of their own are the reference. Prints a Markdown table: the share of documents with the same label for int8 vectors with a head of their own; with the head that was fitted on float32 vectors; with one that was fitted on both; and with a linear map from int8's vectors to float32's, fitted by ridge regression on the gold rows, before the float32 head. Then the margin between the two most probable labels where labels differ. Needs Python 3.10 and a built Stillhouse, whose model is read.
"""

import argparse
import json
import random
from typing import List

import environment
import labelled_sets
import teacher_speed

GOLD = 1000
OTHERS = 5000
PENALTY = 30
RIDGE = 0.1
MAX_TOKENS = 256
TOKENS = 512


def vectors(model: str, tokenizer: str, texts: List[str]):
    import numpy
    import teacher_bare

    tokens = [encoded.ids for encoded in teacher_bare.tokenizer(tokenizer, MAX_TOKENS).encode_batch(texts)]
    run = teacher_bare.session(model, 2)
    order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
    found = [None] * len(tokens)
    while order:
        take = max(1, TOKENS // len(tokens[order[0]]))
        chosen, order = order[:take], order[take:]
        batch = teacher_bare.inputs([tokens[i] for i in chosen])
        mask = batch["attention_mask"][:, :, None]
        mean = (run.run(["last_hidden_state"], batch)[0] * mask).sum(1) / mask.sum(1)
        for i, vector in zip(chosen, mean / numpy.linalg.norm(mean, axis=1, keepdims=True)):
            found[i] = vector
    return numpy.array(found)


def row(data, name: str) -> str:
    import numpy
    from sklearn.linear_model import LogisticRegression

    lines = [json.loads(line) for line in (data / name / "train.jsonl").open()]
    random.Random(0).shuffle(lines)
    lines = lines[: GOLD + OTHERS]
    labels = numpy.array([line["label"] for line in lines])[:GOLD]
    texts = [line["text"] for line in lines]
    whole = vectors(*teacher_speed.model_files(), texts)
    small = vectors(*teacher_speed.model_files("-q"), texts)

    def fit(rows, truth):
        return LogisticRegression(C=PENALTY, max_iter=3000).fit(rows, truth)

    head = fit(whole[:GOLD], labels)
    reference = head.predict(whole[GOLD:])
    own = fit(small[:GOLD], labels).predict(small[GOLD:])
    both = fit(numpy.vstack([whole[:GOLD], small[:GOLD]]), numpy.concatenate([labels, labels])).predict(small[GOLD:])
    known = numpy.c_[small, numpy.ones(len(small))]
    correction = numpy.linalg.solve(known[:GOLD].T @ known[:GOLD] + RIDGE * numpy.eye(known.shape[1]), known[:GOLD].T @ (whole[:GOLD] - small[:GOLD]))
    mapped = head.predict((small + known @ correction)[GOLD:])
    margins = numpy.sort(head.predict_proba(whole[GOLD:]), axis=1)
    margins = margins[:, -1] - margins[:, -2]
    same = [(reference == other).mean() for other in (own, head.predict(small[GOLD:]), both, mapped)]
    return f"| {name} | " + " | ".join(f"{share:.2%}" for share in same) + f" | {numpy.median(margins[reference != own]):.2f} of {numpy.median(margins):.2f} |"


def main() -> None:
    environment.TEACHER.enter()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", default=["banking77", "clinc150"])
    arguments = parser.parse_args()
    data = labelled_sets.folder(arguments.sets)
    teacher_speed.OUT.mkdir(parents=True, exist_ok=True)
    print("| set | own head | head of float32 | head of both | mapped | median margin where labels differ |\n" + "|---" * 6 + "|")
    for name in arguments.sets:
        print(row(data, name), flush=True)


if __name__ == "__main__":
    main()
