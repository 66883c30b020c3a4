"""Beside pyproject.toml: a built package carries the case that lies at the root of the checkout."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

CASE = ("case.yaml", "events.csv", "sources.csv", "places.csv", "persons.csv", "lessons", "coding")
"""What a case may be made of. Its documents stay where they are."""


class WithCase(build_py):
    """Copies the case into ``geodata/shipped``, where `shipped_case` finds it."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib) / "geodata" / "shipped"
            target.mkdir(parents=True, exist_ok=True)
            for path in filter(Path.exists, map(Path, CASE)):
                if path.is_dir():
                    shutil.copytree(path, target / path, dirs_exist_ok=True)
                else:
                    shutil.copy2(path, target)


setup(cmdclass={"build_py": WithCase})
