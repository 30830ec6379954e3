#!/usr/bin/env python3
"""A peer of scoring_speed.py as a worker process, on one thread; the protocol is that of peers.py.

    scoring_peers.py fasttext|fasttext-characters|tfidf corpus.jsonl MODELS

`round student SECONDS` predicts all texts of the corpus, given as one list, over and over until that took so many CPU seconds. Texts are as each tool wants them before the first round: for fastText lower-cased and on one
line, which is not counted. fastText gives the best label with its probability, scikit-learn the probabilities of all. The models are those that train() left in the folder. Runs in the environment of students.py.
"""

import json
import os
import pathlib
import pickle
import sys
import time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import numpy as np  # noqa: E402

import corpora  # noqa: E402
import student_peers  # noqa: E402

CHARACTERS = {"fasttext": (0, 0), "fasttext-characters": (2, 5)}
# Of students.py's variants; they are equally fast.
EPOCHS, PENALTY = 5, 1e-5


def train(fit: student_peers.Rows, folder: pathlib.Path) -> None:
    """Leaves the models of all peers in a folder, learned as student_peers.py does."""
    import sklearn.feature_extraction.text as features

    folder.mkdir(parents=True, exist_ok=True)
    words = features.TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    weights = student_peers.linear(student_peers.with_bias(words.fit_transform(fit.texts)), fit.targets, PENALTY)
    (folder / "tfidf.pickle").write_bytes(pickle.dumps((words, weights)))
    lines = [f"__label__{label} {student_peers.one_line(text)}\n" for text, target in zip(fit.texts, fit.targets) for label in student_peers.copies(target)]
    file = folder / "train.txt"
    file.write_text("".join(lines[i] for i in np.random.default_rng(0).permutation(len(lines))))
    for name, (shortest, longest) in CHARACTERS.items():
        options = {"epoch": EPOCHS, "wordNgrams": 2, "minn": shortest, "maxn": longest, "dim": 100, "bucket": 200_000, "thread": 1, "verbose": 0}
        student_peers.trained(file, **options).save_model(str(folder / f"{name}.bin"))
    file.unlink()


def tfidf(folder: pathlib.Path, texts: list):
    words, weights = pickle.loads((folder / "tfidf.pickle").read_bytes())
    return lambda: np.exp(student_peers.log_softmax(student_peers.with_bias(words.transform(texts)) @ weights))


def fasttext_model(name: str, folder: pathlib.Path, texts: list):
    import fasttext

    model = fasttext.load_model(str(folder / f"{name}.bin"))
    lines = [student_peers.one_line(text) for text in texts]
    return lambda: model.predict(lines, k=1)


def measured(predict, texts: list, seconds: float) -> dict:
    start = time.process_time()
    passes = 0
    while passes == 0 or time.process_time() - start < seconds:
        predict()
        passes += 1
    size = sum(len(text.encode("utf-8")) for text in texts)
    return {"cpu_seconds": time.process_time() - start, "documents": passes * len(texts), "bytes": passes * size}


def main() -> None:
    name, path, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    texts = [document.text for document in corpora.read_jsonl(path)]
    predict = tfidf(folder, texts) if name == "tfidf" else fasttext_model(name, folder, texts)
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(measured(predict, texts, float(line.split()[2]))), flush=True)


if __name__ == "__main__":
    main()
