"""An environment of Python that has one distribution and what it needs."""

import venv
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement


def requirements(name: str) -> set[str]:
    """The distribution and all it needs."""
    needed = map(Requirement, distribution(name).requires or ())
    here = [it.name for it in needed if it.marker is None or it.marker.evaluate({"extra": ""})]
    return {name}.union(*map(requirements, here))


def environment_with(name: str, folder: Path) -> tuple[Path, Path]:
    """Its interpreter, and its folder of packages: links to what is installed here."""
    venv.create(folder, symlinks=True)
    (site,) = folder.glob("lib/python*/site-packages")
    for needed in requirements(name):
        for file in {str(path).split("/")[0] for path in distribution(needed).files or ()}:
            if not file.startswith(".."):
                (site / file).symlink_to(str(distribution(needed).locate_file(file)))
    return folder / "bin" / "python", site
