"""Makes the other files beside it, profiles.txt excepted: pip install datatrove==0.10.1 regex numpy; python make_goldens.py.

Words are Python's str.split() throughout: datatrove's own tokeniser is replaced.
"""

import json
import pathlib
import random

import numpy as np
from datatrove.data import Document
from datatrove.pipeline.filters import c4_filters, fineweb_quality_filter, gopher_quality_filter, gopher_repetition_filter
from datatrove.pipeline.filters.c4_filters import C4QualityFilter
from datatrove.pipeline.filters.fineweb_quality_filter import FineWebQualityFilter
from datatrove.pipeline.filters.gopher_quality_filter import STOP_WORDS, GopherQualityFilter
from datatrove.pipeline.filters.gopher_repetition_filter import (
    GopherRepetitionFilter,
    find_all_duplicate,
    find_duplicates,
    find_top_duplicate,
    get_n_grams,
)
from datatrove.utils.text import PUNCTUATION_SET, TERMINAL_PUNCTUATION

for module in (fineweb_quality_filter, gopher_quality_filter, gopher_repetition_filter):
    module.split_into_words = lambda text, language: text.split()

c4_filters.split_into_sentences = lambda text, language: [text]

HERE = pathlib.Path(__file__).parent

SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
SPACES += "\u2028\u2029\u202f\u205f\u3000"
OTHERS = "abcXYZ019.,-\x00\x01\x08\x0e\x1b\x7f\x84\x86éßΩжאبक\u0301\u0308\u180e\u200b\u200d\u2060\ufeff\ufffd😀👩𝒳"


def split_texts(rng):
    yield from ("", " ", "\n", "\r\n", "\n\r", "\r\r\n\n", "a\r\nb\rc\n", "\na", "a\n", "\x85\u2028\u2029")
    yield from (space.join(["a", "b", ""]) for space in SPACES)
    yield from ("".join(rng.choice(rng.choice((SPACES, OTHERS, "ab \r\n"))) for _ in range(rng.randrange(60))) for _ in range(250))


WORDS = (
    "the be to of and that have with The Of grain barrel mash copper still yeast spring water barley rye oak cask "
    "a I it 1999 3.5 x2 don't e-mail under_score tail-box #tag # ### ... wait... hm… … - -- , café naïve Straße "
    "distillation fermentation condenser extraordinarily-long-compound-word q?"
).split()


def line(rng, kind):
    start = rng.choice(("•a", "- ", "  •a", "")) if kind == "bullets" else ""
    words = [rng.choice(WORDS) for _ in range(rng.randrange(1, 14))]
    end = rng.choice((".", "...", "…", "!", "", "។", '"', "。", "?", " ", "... "))
    return start + rng.choice((" ", " ", "  ")).join(words) + end


def document(rng, kind):
    lines = [line(rng, kind) for _ in range(rng.randrange(1, 25))]
    if kind in ("lines", "mixed"):
        lines = [rng.choice(lines[: 1 + len(lines) // 3]) if rng.random() < 0.5 else one for one in lines]
    if kind in ("phrases", "mixed"):
        phrase = [rng.choice(WORDS) for _ in range(rng.randrange(2, 13))]
        lines = [one + " " + " ".join(phrase) if rng.random() < 0.6 else one for one in lines]
    if kind == "loop":
        lines = [" ".join(lines[0].split()[:4] * rng.randrange(2, 40))]
    breaks = ("\n", "\n\n", "\n \n", "\n\n\n") if kind != "bullets" else ("\n",)
    text = lines[0] + "".join(rng.choice(breaks) + one for one in lines[1:])
    if kind == "paragraphs":
        blocks = text.split("\n\n")
        text = "\n\n".join(rng.choice(blocks) for _ in range(rng.randrange(1, 9)))
    return text.strip()


def repetition(text):
    words, chars = text.split(), len(text)
    paragraphs = GopherRepetitionFilter().paragraph_exp.split(text.strip())
    lines = GopherRepetitionFilter()._line_splitter.split(text)
    values = {}
    for name, parts in (("line", lines), ("paragraph", paragraphs)):
        copies, copied = find_duplicates(parts)
        values[f"dup_{name}s"] = copies / len(parts)
        values[f"dup_{name}_chars"] = copied / chars
    for n in (2, 3, 4):
        ngrams = get_n_grams(words, n)
        values[f"top_{n}gram_chars"] = find_top_duplicate(ngrams) / chars if ngrams else 0
    for n in range(5, 11):
        values[f"dup_{n}gram_chars"] = find_all_duplicate(words, n) / chars
    return values


def quality(text):
    words = text.split()
    proper = [word for word in words if any(char not in PUNCTUATION_SET for char in word)]
    # Where they differ, as for a lone bullet or emoji, ours goes by letters and digits.
    assert len(proper) == sum(any(char.isalnum() for char in word) for word in words), text
    lines = text.splitlines()
    return {
        "gopher_words": len(proper),
        "mean_word_length": float(np.mean([len(word) for word in proper])) if proper else None,
        "hash_ratio": text.count("#") / len(words),
        "ellipsis_ratio": (text.count("...") + text.count("…")) / len(words),
        "bullet_lines": sum(one.lstrip().startswith(("•", "-")) for one in lines) / len(lines),
        "ellipsis_lines": sum(one.rstrip().endswith(("...", "…")) for one in lines) / len(lines),
        "alpha_words": sum(any(char.isalpha() for char in word) for word in words) / len(words),
        "stop_words": len(set(STOP_WORDS) & set(words)),
    }


def fineweb(text):
    lines = [one for one in text.split("\n") if one.strip()]
    return {
        "terminal_lines": sum(one.endswith(tuple(TERMINAL_PUNCTUATION)) for one in lines) / len(lines),
        "short_lines": sum(len(one) <= 30 for one in lines) / len(lines),
        "dup_line_text": find_duplicates(lines)[1] / len(text.replace("\n", "")),
        "newlines_per_word": text.count("\n") / len(text.split()),
    }


C4_PIECES = (
    "[1]", "[23]", "[]", "[edit]", "[citation needed]", "[Edit]", "[1", "[a]", "{", "}", "JavaScript", "lorem ipsum",
    "Lorem", "ipsum", "Terms of Use", "privacy policy", "use cookies", "used cookies", "x" * 1000, "y" * 1001,
)  # fmt: skip


def c4_line(rng):
    words = [rng.choice(WORDS) for _ in range(rng.randrange(0, 7))]
    for _ in range(rng.choice((0, 0, 1, 2))):
        words.insert(rng.randrange(len(words) + 1), rng.choice(C4_PIECES[: rng.choice((8, len(C4_PIECES)))]))
    ends = (".", ".", ".", "!", "?", '"', "'", "...", ",", "", "[2].", ".[3]", ". [3]", " .")
    return rng.choice(("", "", " ", "\t\u3000")) + rng.choice((" ", "  ")).join(words) + rng.choice(ends) + rng.choice(("", " "))


def c4(rng):
    for _ in range(300):
        breaks = ("\n", "\r\n", "\n\n", "\u2028")
        text = "".join(c4_line(rng) + rng.choice(breaks) for _ in range(rng.randrange(1, 9)))
        document = Document(text=text, id="0")
        verdict = C4QualityFilter(min_num_sentences=-1).filter(document)
        yield {"text": text, "dropped": verdict is not True, "kept": document.text if verdict is True else ""}


FILTERS = {
    "gopher-quality": GopherQualityFilter(),
    "gopher-repetition": GopherRepetitionFilter(),
    "fineweb-paper": FineWebQualityFilter(char_duplicates_ratio=0.1),
    "fineweb-code": FineWebQualityFilter(),
}


def verdicts(text):
    results = {name: one.filter(Document(text=text, id="0")) for name, one in FILTERS.items()}
    return {name: "" if result is True else result[1] for name, result in results.items()}


def write(name, rows):
    with open(HERE / name, "w", encoding="ascii", newline="\n") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def main():
    rng = random.Random(20261123)
    write("python-split.jsonl", ({"text": t, "words": t.split(), "lines": t.splitlines()} for t in split_texts(rng)))
    kinds = ("plain", "lines", "phrases", "paragraphs", "mixed", "loop", "bullets")
    texts = [document(rng, kinds[i % len(kinds)]) for i in range(203)]
    texts += ["word", "one two", "one two one two one", "...", "###", "a\na\na", "x " * 30 + "x"]
    write(
        "datatrove.jsonl",
        ({"text": t, "values": quality(t) | repetition(t) | fineweb(t), "verdicts": verdicts(t)} for t in texts),
    )
    write("c4.jsonl", c4(rng))
    points = " ".join(f"{ord(char):x}" for char in sorted(TERMINAL_PUNCTUATION))
    (HERE / "datatrove-terminals.txt").write_text(points + "\n", encoding="ascii")


main()
