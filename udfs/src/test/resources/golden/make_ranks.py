"""Makes ranks.jsonl beside it: pip install sumy==0.11.0 numpy; python make_ranks.py.

Similarities are sumy's where it does what the papers say. Where it does not, it is made to: TextRank counts distinct words and has no links from a sentence to itself, LexRank has the idf log(n / holders).
Both are walked by its power method until they converge, with TextRank's damping and steps to anywhere from sentences without links.
"""

import json
import math
import pathlib
import random
import re

import numpy as np
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

HERE = pathlib.Path(__file__).parent

WORDS = (
    "the the the be to of and with grain barrel mash copper still yeast spring water barley rye oak cask casks char toast "
    "distilled heating heated slow slowly angel share proof malt kiln peat smoke cut heart tail head 1999 x2 café"
).split()


class LexRank(LexRankSummarizer):
    @staticmethod
    def _compute_idf(sentences):
        holders = {term: sum(term in sentence for sentence in sentences) for sentence in sentences for term in sentence}
        return {term: math.log(len(sentences) / count) for term, count in holders.items()}


def words_of(sentence):
    return re.findall(r"[^\W_]+", sentence.lower())


def walk(weights):
    """The ranks of a walker who goes from a sentence without links to any."""
    count = len(weights)
    sums = weights.sum(axis=1, keepdims=True)
    steps = np.where(sums > 0, weights / np.where(sums > 0, sums, 1), 1 / count)
    damping = TextRankSummarizer.damping
    ranks = TextRankSummarizer.power_method((1 - damping) / count + damping * steps, 1e-13)
    assert abs(ranks.sum() - 1) < 1e-9
    return ranks.tolist()


def text_rank(sentences):
    words = [sorted(set(words_of(sentence))) for sentence in sentences]
    lengths = [len(words_of(sentence)) for sentence in sentences]
    count = len(sentences)
    weights = np.zeros((count, count))
    for i in range(count):
        for j in range(count):
            if i != j:
                distinct = TextRankSummarizer._rate_sentences_edge(words[i], words[j])
                weights[i, j] = distinct * logs(len(words[i]), len(words[j])) / logs(lengths[i], lengths[j]) if distinct else 0
    return walk(weights)


def logs(left, right):
    """sumy's denominator, which it leaves out where it is 0."""
    return math.log(left) + math.log(right) if left and right and left * right > 1 else 1


def lex_rank(sentences):
    ranker = LexRank()
    words = [words_of(sentence) for sentence in sentences]
    return walk(ranker._create_matrix(words, ranker.threshold, ranker._compute_tf(words), ranker._compute_idf(words)))


def documents(rng):
    yield ["Copper still."]
    yield ["..."]
    yield ["", "Copper still."]
    yield ["Copper", "copper", "mash"]
    yield ["Copper still."] * 5
    yield ["Copper still.", "Mash tun.", "The cask!"]
    yield ["a b c", "a a a", "b", "c c d e", "e, d; a?"]
    for _ in range(30):
        yield [" ".join(rng.choice(WORDS) for _ in range(rng.randrange(15))) + "." for _ in range(rng.randrange(1, 30))]


if __name__ == "__main__":
    with open(HERE / "ranks.jsonl", "w") as rows:
        for sentences in documents(random.Random(4)):
            row = {"sentences": sentences, "textRank": text_rank(sentences), "lexRank": lex_rank(sentences)}
            rows.write(json.dumps(row) + "\n")
