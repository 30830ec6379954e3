"""Processes that take turns on one core, and how Stillhouse's Java is started for benchmarks. The protocol is that of peers.py: `ready`, then a line of JSON for each `warm WHAT SECONDS` and `round WHAT SECONDS`."""

import json
import os
import pathlib
import subprocess
import sys
from typing import Dict, List

import environment

BENCHMARKS = environment.ROOT / "benchmarks"
CLI = environment.ROOT / "jobs" / "cli"
JAR = CLI / "target" / "stillhouse.jar"
LOGGING = f"-Dlog4j2.configurationFile={CLI / 'src' / 'main' / 'launcher' / 'log4j2.properties'}"


class Contestant:
    """A worker process; answers rounds as {documents, bytes, cpu_seconds}."""

    def __init__(self, name: str, command: List[str], core: int):
        self.name = name
        pin = (lambda: os.sched_setaffinity(0, {core})) if hasattr(os, "sched_setaffinity") else None
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=pin)
        if self.read() != "ready":
            sys.exit(f"Cannot start {name}: see its messages above")

    def read(self) -> str:
        return self.process.stdout.readline().strip()

    def ask(self, verb: str, what: str, seconds: float) -> dict:
        self.process.stdin.write(f"{verb} {what} {seconds}\n")
        self.process.stdin.flush()
        answer = json.loads(self.read() or '{"error": "it ended"}')
        if "error" in answer:
            sys.exit(f"Cannot measure {what} with {self.name}: {answer['error']}")
        return answer

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def last_core() -> int:
    """The last one that may be used."""
    return max(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0


def in_turns(contestants: Dict[str, Contestant], asked: Dict[str, str], arguments) -> Dict[str, List[dict]]:
    """Name to answers of arguments.rounds rounds of arguments.seconds of what is asked of it, after arguments.warm seconds each; a different contestant begins each round."""
    names = list(asked)
    for name in names:
        contestants[name].ask("warm", asked[name], arguments.warm)
    answers = {name: [] for name in names}
    for turn in range(arguments.rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            print(f"  {asked[name]} round {turn + 1}: {name} ...", file=sys.stderr, flush=True)
            answers[name].append(contestants[name].ask("round", asked[name], arguments.seconds))
    return answers


def rate(answer: dict, what: str = "documents") -> float:
    return answer[what] / answer["cpu_seconds"]


def ratios(ours: List[dict], theirs: List[dict]) -> List[float]:
    """Documents a CPU second, round by round."""
    return [rate(one) / rate(other) for one, other in zip(ours, theirs)]


def jdk(tool: str) -> str:
    return str(pathlib.Path(os.environ["JAVA_HOME"], "bin", tool)) if "JAVA_HOME" in os.environ else tool


def launcher_arguments() -> List[str]:
    """What ./stillhouse gives Java, a line each; the last one is Spark's class path, in quotes."""
    arguments = CLI / "target" / "launcher.args"
    if not arguments.is_file():
        sys.exit("Cannot find Stillhouse's class path: run ./stillhouse build")
    return arguments.read_text().splitlines()


def spark_class_path() -> str:
    lines = launcher_arguments()
    return lines[lines.index("-cp") + 1].strip('"').replace("\\\\", "\\")


def class_path() -> str:
    """Stillhouse's and Spark's."""
    return os.pathsep.join([str(JAR), spark_class_path()])


def java_options(log: pathlib.Path) -> List[str]:
    """What Spark needs of Java, and where it logs to."""
    lines = launcher_arguments()
    return [*lines[: lines.index("-cp")], f"-Dstillhouse.log={log}", "-Dstillhouse.terminal=false", LOGGING]


def spark(program: str, log: pathlib.Path, settings: Dict[str, object], *arguments: object) -> List[str]:
    """As java(), of a program that starts a session with these settings."""
    given = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", **settings}
    options = [f"-D{key}={value}" for key, value in given.items()]
    return [jdk("java"), *java_options(log), *options, "-cp", class_path(), str(BENCHMARKS / program), *map(str, arguments)]


def java(program: str, *arguments: object) -> List[str]:
    """The command line of a program of one file, which Java compiles when it starts it."""
    return [jdk("java"), "-cp", class_path(), str(BENCHMARKS / program), *map(str, arguments)]
