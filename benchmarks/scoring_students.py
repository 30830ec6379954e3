"""Students to score with: what `kind: auto` publishes for a labelled set, and one of words alone that learned from the same soft labels. Runs in the environment of students.py."""

import pathlib
import shutil
from typing import Optional

import environment
import labelled_sets

OUT = environment.OUT / "scoring"
SEED = 0
# As in students.py.
PUBLISHED = {"student.targets.retained": 0.98}
# Without targets it is published whatever it is worth: only its speed is asked for.
WORDS = {"student.kind": "lexical", "student.character_ngrams": "off", "student.word_ngrams": 2}


class Students:
    """The workspaces of a labelled set; trained by the first who asks."""

    def __init__(self, name: str):
        self.name = name
        self.data = labelled_sets.folder([name])
        self.workspace = OUT / name
        self.words_workspace = OUT / f"{name}-words"

    def published(self) -> pathlib.Path:
        """The file of the student that `kind: auto` publishes."""
        return file(self.workspace) or self.trained(self.workspace, PUBLISHED)

    def words(self) -> pathlib.Path:
        """The file of the student of words and pairs of them."""
        known = file(self.words_workspace)
        if known:
            return known
        self.published()
        # A copy, so that labels are not inferred again and the other student stays published.
        shutil.copytree(self.workspace, self.words_workspace, dirs_exist_ok=True, ignore=shutil.ignore_patterns("exported", "peers", "score"))
        (self.words_workspace / "train" / "CURRENT").unlink()
        return self.trained(self.words_workspace, WORDS)

    def exported(self) -> pathlib.Path:
        """The rows that both learned from, and their soft labels."""
        folder = self.workspace / "exported"
        if not folder.exists():
            self.published()
            labelled_sets.export(self.data, self.name, SEED, {"workspace": self.workspace}, folder)
        return folder

    def trained(self, workspace: pathlib.Path, settings: dict) -> pathlib.Path:
        labelled_sets.run(self.data, self.name, SEED, {**settings, "workspace": workspace})
        return file(workspace)


def file(workspace: pathlib.Path) -> Optional[pathlib.Path]:
    """Of the student that a workspace serves."""
    current = workspace / "train" / "CURRENT"
    return workspace / "train" / "runs" / current.read_text().strip() / "model" / "student.onnx" if current.is_file() else None
