#!/usr/bin/env python3
"""The stage label beside bare ONNX Runtime: same model, same texts, same token lengths, all cores of the machine, interleaved rounds.

    benchmarks/teacher_speed.py             # 2,000 texts up to 128 tokens, 500 up to 256, five rounds
    benchmarks/teacher_speed.py --rounds 1 --sets 12000:128

Texts are film reviews (mr, subj) and passages of medical articles (pubmed) from $STILLHOUSE_DATA, else ../shared/data beside the checkout. "stillhouse" is the stage in a JVM that has run it three times, "stillhouse, first" in a new one, in which Spark's classes are loaded and compiled first. "as SynapseML" and "as DJL" are built as their encoders are (StandIns.java says how), since their own jars are for Scala 2.12 and Spark 4 has 2.13. Prints a Markdown table: documents a second and each contestant's share of bare ONNX Runtime's, round by round: median, lowest, highest. Needs Python 3.10 and what ./stillhouse needs.
"""

import argparse
import gzip
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import zipfile
from typing import Dict, List

import environment

OUT = environment.OUT / "teacher-speed"
TASK = environment.ROOT / "benchmarks" / "teacher-speed.yaml"
FILES = ["all-minilm-l6-v2{}.onnx", "all-minilm-l6-v2{}-tokenizer.json"]
SETS = [(2000, 128), (500, 256)]
# The JVM compiles what it runs for about a minute, on the same cores.
WARM_UP = 3
CONTESTANTS = ["bare", "loop", "stillhouse", "stillhouse, first", "as SynapseML", "as DJL"]
STAND_INS = {"as SynapseML": "synapseml", "as DJL": "djl"}


def data_folder() -> pathlib.Path:
    data = pathlib.Path(os.environ.get("STILLHOUSE_DATA", environment.ROOT.parent / "shared" / "data"))
    if not data.is_dir():
        sys.exit(f"Cannot read {data}: set STILLHOUSE_DATA to the folder with mr, subj and pubmed")
    return data


def texts(count: int, max_tokens: int) -> pathlib.Path:
    """Half reviews, half passages of as many sentences as may fill the longest input; seeded."""
    import pyarrow
    import pyarrow.parquet

    data = data_folder()
    chance = random.Random(max_tokens)
    reviews = [json.loads(line)["text"] for name in ("mr", "subj") for line in (data / name / "train.jsonl").open()]
    passages = []
    with gzip.open(data / "pubmed" / "train.jsonl.gz", "rt") as articles:
        for article in articles:
            sentences = json.loads(article)["text"].split("\n")
            while sentences:
                take = chance.randint(1, max_tokens // 20)
                passages.append(" ".join(sentences[:take]))
                sentences = sentences[take:]
    rows = [("film", text) for text in chance.sample(reviews, count // 2)] + [("medicine", text) for text in chance.sample(passages, count - count // 2)]
    path = OUT / f"texts-{count}-{max_tokens}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    chance.shuffle(rows)
    table = {"id": [f"d{i}" for i in range(len(rows))], "text": [text for _, text in rows], "label": [label for label, _ in rows]}
    pyarrow.parquet.write_table(pyarrow.table(table), path)
    return path


def part(path: pathlib.Path, count: int) -> pathlib.Path:
    """The first texts of a file."""
    import pyarrow.parquet

    fewer = path.with_name(f"{path.stem}-{count}.parquet")
    pyarrow.parquet.write_table(pyarrow.parquet.read_table(path).slice(0, count), fewer)
    return fewer


def model_files(form: str = "") -> List[str]:
    """The model and tokenizer of Stillhouse's jar, in float32 or, with "-q", with integer weights."""
    jar = zipfile.ZipFile(environment.ROOT / "jobs" / "cli" / "target" / "stillhouse.jar")
    paths = []
    for name in FILES:
        path = OUT / name.format(form)
        path.write_bytes(jar.read(path.name))
        paths.append(str(path))
    return paths


def command(stage: str, path: pathlib.Path, max_tokens: int) -> List[str]:
    settings = {"workspace": OUT / "work", "corpus[0].path": path, "teacher.max_tokens": max_tokens}
    line = [stage, str(TASK), "--force"]
    for key, value in settings.items():
        line += ["--set", f"{key}={value}"]
    return line


def stillhouse(stage: str, path: pathlib.Path, max_tokens: int) -> None:
    """Runs a stage in a process of its own."""
    finished = subprocess.run([str(environment.ROOT / "stillhouse"), *command(stage, path, max_tokens)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if finished.returncode != 0:
        sys.exit(f"Cannot {stage} {path.name}: exit code {finished.returncode}\n{finished.stdout[-2000:]}")


def jdk(tool: str) -> str:
    return str(pathlib.Path(os.environ["JAVA_HOME"]) / "bin" / tool) if "JAVA_HOME" in os.environ else tool


class WarmProcess:
    """One JVM with one Spark session that runs stage after stage."""

    CONFIGURATION = ["spark.master=local[*]", "spark.ui.enabled=false", "spark.driver.host=127.0.0.1", "spark.driver.bindAddress=127.0.0.1", "spark.hadoop.fs.file.impl=dev.stillhouse.datasets.publish.PosixFileSystem", "spark.locality.wait=0s", "spark.executor.heartbeatInterval=1s", f"spark.sql.shuffle.partitions={4 * (os.cpu_count() or 1)}"]

    def __init__(self, program: str = "StageRounds.java", *arguments: str) -> None:
        target = environment.ROOT / "jobs" / "cli"
        options = [f"-D{setting}" for setting in self.CONFIGURATION] + [f"-Dstillhouse.log={OUT / 'warm.log'}", f"-Dlog4j2.configurationFile={target / 'src' / 'main' / 'launcher' / 'log4j2.properties'}"]
        launcher = (target / "target" / "launcher.args").read_text().splitlines()
        classes = OUT / "classes"
        # The program's functions travel to tasks, which look for its classes by name.
        launcher[-1] = os.pathsep.join([launcher[-1][:-1], str(target / "target" / "stillhouse.jar"), str(classes)]) + '"'
        options_file = OUT / f"{pathlib.Path(program).stem}.args"
        options_file.write_text("\n".join(launcher) + "\n")
        compiler_file = OUT / "javac.args"
        compiler_file.write_text(f"-cp\n{launcher[-1]}\n")
        subprocess.run([jdk("javac"), f"@{compiler_file}", "-d", str(classes), str(environment.ROOT / "benchmarks" / program)], check=True)
        line = [jdk("java"), f"@{options_file}", *options, pathlib.Path(program).stem, *arguments]
        self.process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, line: List[str]) -> str:
        """What the program says after "done"."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write("\t".join(line) + "\n")
        self.process.stdin.flush()
        for said in self.process.stdout:
            if said.startswith("done"):
                return said[4:].strip()
        sys.exit(f"Cannot run {' '.join(line)}: exit code {self.process.wait()}")

    def end(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def published() -> dict:
    """What the stage measured of itself, from Parquet to published labels; start-up of JVM and session excluded."""
    workspace = OUT / "work"
    run = (workspace / "label" / "CURRENT").read_text().strip()
    record = json.loads((workspace / "label" / "runs" / run / "stage.json").read_text())
    return {"seconds": record["cost"]["wall_seconds"], "inference": record["figures"]["inference"]}


def measure(name: str, path: pathlib.Path, max_tokens: int, files: List[str], warm: WarmProcess, others: WarmProcess) -> dict:
    if name in STAND_INS:
        return {"seconds": float(others.run([STAND_INS[name], str(path), str(OUT / "stand-in.parquet")])), "how": "a session a partition"}
    if name.startswith("stillhouse"):
        shutil.rmtree(OUT / "work" / "label", ignore_errors=True)
        if name == "stillhouse":
            warm.run(command("label", path, max_tokens))
        else:
            return label(path, max_tokens)
        return published()
    script = environment.ROOT / "benchmarks" / "teacher_bare.py"
    line = [sys.executable, str(script), *files, str(path), str(max_tokens), str(OUT / f"{path.stem}.out.parquet"), name, str(os.cpu_count())]
    return json.loads(subprocess.run(line, stdout=subprocess.PIPE, text=True, check=True).stdout)


def label(path: pathlib.Path, max_tokens: int) -> dict:
    """The stage in a process of its own, and what it measured of itself."""
    stillhouse("label", path, max_tokens)
    return published()


def row(name: str, rounds: List[Dict[str, dict]], count: int) -> str:
    rates = [count / one[name]["seconds"] for one in rounds]
    shares = [one["bare"]["seconds"] / one[name]["seconds"] * 100 for one in rounds]
    how = rounds[-1][name].get("how", "")
    if name.startswith("stillhouse"):
        inference = rounds[-1][name]["inference"]
        how = f"padding {inference['padding_share']:.1%}, {inference['seconds']:.1f} s of inference in {rounds[-1][name]['seconds']:.1f} s of the stage"
    return f"| {name} | {statistics.median(rates):.1f} | {statistics.median(shares):.1f} % ({min(shares):.1f} to {max(shares):.1f}) | {how} |"


def size(text: str) -> tuple:
    """Texts and their most tokens, such as 2000:128."""
    count, _, max_tokens = text.partition(":")
    return int(count), int(max_tokens)


def main() -> None:
    environment.TEACHER.enter()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sets", nargs="+", type=size, default=SETS, metavar="TEXTS:TOKENS")
    arguments = parser.parse_args()
    if subprocess.run([str(environment.ROOT / "stillhouse"), "--help"], stdout=subprocess.DEVNULL).returncode != 0:
        sys.exit("Cannot build Stillhouse: see its messages above")
    OUT.mkdir(parents=True, exist_ok=True)
    files = model_files()
    for count, max_tokens in arguments.sets:
        path = texts(count, max_tokens)
        stillhouse("curate", path, max_tokens)
        warm = WarmProcess()
        others = WarmProcess("StandIns.java", *files, str(max_tokens))
        for _ in range(WARM_UP):
            measure("stillhouse", path, max_tokens, files, warm, others)
        for name in STAND_INS:
            measure(name, path, max_tokens, files, warm, others)
        rounds = []
        for number in range(arguments.rounds):
            order = CONTESTANTS[number % len(CONTESTANTS) :] + CONTESTANTS[: number % len(CONTESTANTS)]
            print(f"{count} texts up to {max_tokens} tokens, round {number + 1} ...", file=sys.stderr, flush=True)
            rounds.append({name: measure(name, path, max_tokens, files, warm, others) for name in order})
        warm.end()
        others.end()
        print(f"\n### {count} texts up to {max_tokens} tokens\n\n| contestant | documents / s | of bare ONNX Runtime | |\n|---|--:|--:|---|")
        for name in CONTESTANTS:
            print(row(name, rounds, count), flush=True)


if __name__ == "__main__":
    main()
