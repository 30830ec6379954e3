"""Students of other tools, distilled in the same way: from the same rows and soft labels, their variant chosen on the same select part."""

import math
import pathlib
import sys
import tempfile
from typing import Callable, Iterator, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer

COPIES = 10


class Rows(NamedTuple):
    """Texts with the distributions to learn (or, of evaluation rows, the teacher's) and gold labels where they are known."""

    texts: list
    targets: np.ndarray
    gold: list


class Variant(NamedTuple):
    name: str
    predict: Callable


def log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def cross_entropy(log_probabilities: np.ndarray, targets: np.ndarray) -> float:
    return float(-(targets * log_probabilities).sum(axis=1).mean())


def linear(features, targets: np.ndarray, penalty: float) -> np.ndarray:
    """Softmax regression on soft targets by L-BFGS; the last feature is the bias, which is not penalised."""
    documents, width = features.shape
    labels = targets.shape[1]
    transposed = features.T.tocsr()

    def loss(flat: np.ndarray):
        weights = flat.reshape(width, labels)
        log_probabilities = log_softmax(features @ weights)
        slope = transposed @ ((np.exp(log_probabilities) - targets) / documents)
        slope[:-1] += penalty * weights[:-1]
        return cross_entropy(log_probabilities, targets) + penalty / 2 * float((weights[:-1] ** 2).sum()), slope.ravel()

    return minimize(loss, np.zeros(width * labels), jac=True, method="L-BFGS-B", options={"maxiter": 60, "maxcor": 6}).x.reshape(width, labels)


def with_bias(features):
    return hstack([features, np.ones((features.shape[0], 1))]).tocsr()


def tfidf(fit: Rows, select: Rows) -> Iterator[Variant]:
    """Words, and words and characters, each at several penalties: what one would write with scikit-learn."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
    for name, parts in [("words", [words]), ("words and characters", [words, characters])]:
        features = with_bias(hstack([part.fit_transform(fit.texts) for part in parts]))
        for penalty in [3e-6, 1e-5, 3e-5] if name == "words" else [1e-5, 3e-5]:
            weights = linear(features, fit.targets, penalty)
            # Both are bound now: the loop's variables change.
            predict = lambda texts, parts=parts, weights=weights: log_softmax(with_bias(hstack([part.transform(texts) for part in parts])) @ weights)
            yield Variant(f"tf-idf {name}, penalty {penalty:g}", predict)


def copies(target: np.ndarray) -> list:
    """Labels in the proportions of a distribution, ten in all, by largest remainders."""
    exact = target / target.sum() * COPIES
    counts = np.floor(exact).astype(int)
    for label in np.argsort(counts - exact)[: COPIES - counts.sum()]:
        counts[label] += 1
    return [label for label in np.flatnonzero(counts) for _ in range(counts[label])]


def one_line(text: str) -> str:
    return " ".join(text.lower().split())


def trained(file: pathlib.Path, **options):
    """A fastText model; where it ends with NaN, which it does at times, again with half of the learning rate, as its message asks."""
    import fasttext

    rate = 0.5
    while True:
        try:
            return fasttext.train_supervised(str(file), lr=rate, **options)
        except RuntimeError as error:
            if "NaN" not in str(error) or rate < 0.01:
                raise
            rate /= 2


def fasttext_students(fit: Rows, select: Rows) -> Iterator[Variant]:
    """fastText takes one label a line: each document is there ten times, with its labels in their proportions."""
    labels = fit.targets.shape[1]
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "train.txt"
        lines = [f"__label__{label} {one_line(text)}\n" for text, target in zip(fit.texts, fit.targets) for label in copies(target)]
        order = np.random.default_rng(0).permutation(len(lines))
        file.write_text("".join(lines[i] for i in order))
        for characters in [(0, 0), (2, 5)]:
            for epochs in [2, 5]:
                name = f"fastText characters {characters}, {epochs} passes"
                try:
                    model = trained(file, epoch=epochs, wordNgrams=2, minn=characters[0], maxn=characters[1], dim=100, bucket=200_000, thread=1, verbose=0)
                except RuntimeError as error:
                    print(f"{name} is left out: {error}", file=sys.stderr, flush=True)
                    continue

                def predict(texts: list, model=model) -> np.ndarray:
                    out = np.full((len(texts), labels), math.log(1e-9))
                    names, shares = model.predict([one_line(text) for text in texts], k=labels)
                    for row, (given, probabilities) in enumerate(zip(names, shares)):
                        for name, probability in zip(given, probabilities):
                            out[row, int(name[len("__label__") :])] = math.log(max(float(probability), 1e-9))
                    return out

                yield Variant(name, predict)


def best(variants: Iterator[Variant], select: Rows) -> Variant:
    """The variant of the least cross-entropy on the select part."""
    return min(variants, key=lambda variant: cross_entropy(variant.predict(select.texts), select.targets))


PEERS = {"tf-idf": tfidf, "fastText": fasttext_students}
