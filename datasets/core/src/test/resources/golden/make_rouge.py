"""Makes the other files beside it: pip install rouge-score==0.1.2 nltk==3.10.4; python make_rouge.py FOLDER, which holds pubmed/test.jsonl.gz.

Of that set only ids and figures are kept. Figures are in percent.
"""

import gzip
import hashlib
import json
import pathlib
import random
import re
import sys

from nltk.stem.porter import PorterStemmer
from rouge_score.rouge_scorer import RougeScorer
from rouge_score.tokenize import tokenize
from rouge_score.tokenizers import DefaultTokenizer, Tokenizer

HERE = pathlib.Path(__file__).parent
KINDS = ("rouge1", "rouge2", "rougeL", "rougeLsum")
STEMMER = PorterStemmer()


class CachedTokenizer(Tokenizer):
    """rouge-score's own, each text once: the oracle scores the same sentences many times."""

    def __init__(self):
        self.tokenizer = DefaultTokenizer(use_stemmer=True)
        self.cache = {}

    def tokenize(self, text):
        if text not in self.cache:
            self.cache[text] = self.tokenizer.tokenize(text)
        return self.cache[text]


SCORER = RougeScorer(KINDS, use_stemmer=True)


def figures(reference, candidate):
    scores = SCORER.score(reference, candidate)
    return {kind: [round(100 * part, 6) for part in scores[kind]] for kind in KINDS}


def lead(text, words):
    return re.match("(?:[ \n]*[^ \n]+){0,%d}" % words, text).group()


HAND = (
    ("", ""),
    ("", "copper still"),
    ("copper still", ""),
    ("\n\n \n", "\n"),
    ("?!", "..."),
    ("mash", "mash"),
    ("mash", "cask"),
    ("mash mash mash", "mash"),
    ("The copper still was heated slowly.", "the still heats slowly, of copper"),
    ("a b c d", "a b c d"),
    ("a b c d", "d c b a"),
    ("a b\nc d", "c d\na b"),
    ("a b\n\nc d\n", "\nc d a b"),
    ("a b a b a\na a b", "a a a a\nb b b b"),
    ("w1 w2 w3 w4 w5", "w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5"),
    ("naïve café Straße", "naive cafe strasse"),
    ("naïve café Straße", "naïve café Straße"),
    ("İstanbul \u212aelvin Å \u212b ẞ ſtill", "i stanbul kelvin a still"),
    ("3.5 kg of x2, at 1,000 m", "35 kg x2 1 000"),
    ("don't stop e-mailing under_score", "dont stop email underscore"),
    ("Ελληνικά 中文 тест", "Ελληνικά 中文 тест"),
    ("tab\tnbsp\u00a0line\u2028sep\x85next\rreturn", "tab nbsp line sep next return"),
    ("😀 emoji😀joined", "emoji joined"),
    ("skies dying news innings proceed generalli rationalli", "sky die new inning proceed general rational"),
    ("vats dies uses", "vat die use"),
    ("its was gas", "it wa ga"),
    ("DISTILLATION", "distilled distilling distiller distills"),
)

WORDS = (
    "the be to of and that have with grain barrel mash copper still yeast spring water barley rye oak cask casks "
    "distilled distilling heating heated heats ripened ripening slow slowly slowest 1999 x2 Straße café don't"
).split()


def passage(rng, sentences):
    lines = []
    for _ in range(rng.randrange(sentences + 1)):
        line = " ".join(rng.choice(WORDS) for _ in range(rng.randrange(1, 15)))
        lines.append(line + rng.choice((".", "", "!", " ...")))
    return rng.choice(("\n", "\n", "\n\n", " ")).join(lines)


def rouge(rng):
    pairs = list(HAND) + [(passage(rng, 6), passage(rng, 6)) for _ in range(120)]
    for reference, candidate in pairs:
        yield {"reference": reference, "candidate": candidate, **figures(reference, candidate)}


SUFFIXES = (
    "s es ss sses ies ied ied eed ed ing at bl iz ated bling izing y ly ational tional enci anci izer bli alli entli eli ousli "
    "ization ation ator alism iveness fulness ousness aliti iviti biliti fulli logi icate ative alize iciti ical ful ness al "
    "ance ence er ic able ible ant ement ment ent sion tion ion ou ism ate iti ous ive ize e ll lle lling lled yed ying eyed ling"
).split()


def stems(rng):
    words = set(STEMMER.pool)
    for suffix in SUFFIXES:
        words.add(suffix)
        for _ in range(25):
            root = "".join(rng.choice("aeiouyybcdlrstwxz1") for _ in range(rng.randrange(1, 7)))
            words.add(root + suffix)
            words.add(root + rng.choice(SUFFIXES) + suffix)
    return "".join(f"{word} {STEMMER.stem(word)}\n" for word in sorted(words))


def oracle(sentences, reference, budget):
    """The greedy choice by rouge-score itself; gains that differ by less than rounding are equal."""
    scorer = RougeScorer(("rouge1", "rouge2"), tokenizer=CachedTokenizer())

    def value(chosen):
        scores = scorer.score(reference, "\n".join(sentences[i] for i in sorted(chosen)))
        return round(scores["rouge1"].fmeasure + scores["rouge2"].fmeasure, 10)

    costs = [len(re.findall("[^ \n]+", sentence)) for sentence in sentences]
    chosen, highest = [], 0
    while True:
        left = budget - sum(costs[i] for i in chosen)
        fitting = [i for i in range(len(sentences)) if i not in chosen and costs[i] <= left and tokenize(sentences[i], None)]
        values = [value(chosen + [i]) for i in fitting]
        if not values or max(values) <= highest:
            return sorted(chosen)
        highest = max(values)
        chosen.append(fitting[values.index(highest)])


def oracles(rng):
    for _ in range(40):
        sentences = passage(rng, 14).split("\n")
        reference = passage(rng, 4)
        budget = rng.choice((5, 15, 30, 60))
        alone = [SCORER.score(reference, sentence) for sentence in sentences]
        yield {
            "sentences": sentences,
            "reference": reference,
            "budget": budget,
            "chosen": oracle(sentences, reference, budget),
            "precisions": [[scores["rouge1"].precision, scores["rouge2"].precision] for scores in alone],
        }


def pubmed(documents):
    for i, document in enumerate(documents):
        scores = figures(document["reference"], lead(document["text"], 200))
        row = {"id": document["id"], "f1": [scores[kind][2] for kind in KINDS]}
        if i % 25 == 0:
            row["oracle"] = oracle(document["text"].split("\n"), document["reference"], 200)
        yield row


def stems_of(documents):
    """One hash for the stems of all words of the set, so that no word of it is kept."""
    words = set()
    for document in documents:
        words.update(tokenize(document["text"] + "\n" + document["reference"], None))
    lines = "".join(f"{word} {STEMMER.stem(word)}\n" for word in sorted(words))
    return {"words": len(words), "sha256": hashlib.sha256(lines.encode()).hexdigest()}


def write(name, rows):
    (HERE / name).write_text("".join(json.dumps(row) + "\n" for row in rows))


if __name__ == "__main__":
    with gzip.open(pathlib.Path(sys.argv[1]) / "pubmed" / "test.jsonl.gz", "rt") as lines:
        test = [json.loads(line) for line in lines]
    write("rouge.jsonl", rouge(random.Random(1)))
    (HERE / "stems.txt").write_text(stems(random.Random(2)))
    write("oracle.jsonl", oracles(random.Random(3)))
    write("rouge-pubmed.jsonl", pubmed(test))
    write("stems-pubmed.jsonl", [stems_of(test)])
