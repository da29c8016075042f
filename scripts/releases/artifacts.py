"""A tag -> wheel and sdist, the same bytes each time, with their hashes."""

import io
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from contract.project import PACKAGE, ROOT
from contract.refusal import Refused
from releases.repository import ARTIFACTS_FOLDER, git
from runtime._finding import faults_named
from runtime._verify import MANIFEST_NAME, integrity_findings, sha256

HASHES_FILE, ROOT_HASH_FILE = "SHA256SUMS", "root-hash"


# What must not show in the bytes: a folder's name, a file mode mask, a seed of hashes.
BUILDS = (("first", 0o022, "0"), ("second", 0o077, "1"))


def built_files(ref: str) -> dict[str, bytes]:
    """Wheel and sdist of a commit by name, SHA256SUMS and the root hash.

    Nothing is downloaded. Raises Refused if a build fails, if two builds differ, or if the wheel
    does not hold the package as its manifest has it.
    """
    archive = subprocess.run(
        ["git", "-C", ROOT, "-c", "core.autocrlf=false", "archive", ref],
        capture_output=True,
        check=True,
    ).stdout
    date = git("log", "-1", "--format=%ct", ref)
    with ThreadPoolExecutor() as pool:
        first, second = pool.map(partial(build_once, archive, date), BUILDS)
    for name in sorted({*first, *second}):
        if first.get(name) != second.get(name):
            raise Refused(f"{name}: two builds differ; make the build of pyproject.toml repeatable")
    root_hash = checked_root_hash(first)
    lines = "".join(f"{sha256(first[name])}  {name}\n" for name in sorted(first))
    return {**first, HASHES_FILE: lines.encode(), ROOT_HASH_FILE: f"{root_hash}\n".encode()}


def build_once(archive: bytes, date: str, setting: tuple[str, int, str]) -> dict[str, bytes]:
    """The sdist of the archived files, and the wheel of the sdist."""
    name, umask, seed = setting
    with tempfile.TemporaryDirectory(prefix=f"{name}-") as folder:
        source, out = Path(folder) / name, Path(folder) / "out"
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(source, filter="data")
        done = subprocess.run(
            [sys.executable, "-m", "build", "--no-isolation", "--outdir", out, source],
            env={**os.environ, "SOURCE_DATE_EPOCH": date, "PYTHONHASHSEED": seed},
            umask=umask,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise Refused(f"python -m build: {cause_of_failure(done.stdout + done.stderr)}")
        return {path.name: path.read_bytes() for path in out.iterdir()}


def cause_of_failure(output: str) -> str:
    """The last exception that a build printed, else its last words."""
    lines = [it.strip() for it in output.splitlines() if it.strip()]
    causes = [it for it in lines if re.match(r"[\w.]*(Error|Exception)\b", it)]
    return (causes or lines or ["failed"])[-1]


def checked_root_hash(files: Mapping[str, bytes]) -> str:
    """The SHA-256 of the manifest in the wheel, which holds the hash of every other file."""
    (wheel,) = (content for name, content in files.items() if name.endswith(".whl"))
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(io.BytesIO(wheel)) as packed:
            packed.extractall(folder)
        findings = integrity_findings(Path(folder) / PACKAGE)
        if findings:
            names = ", ".join(Path(it.file).name for it in findings)
            raise Refused(f"the wheel: {names} is not as in {MANIFEST_NAME}; do not filter files")
        return sha256((Path(folder) / PACKAGE / MANIFEST_NAME).read_bytes())


def put_files(files: Mapping[str, bytes], version: str) -> Path:
    """The folder of the version under ``dist/``, replaced as a whole."""
    folder = ROOT / ARTIFACTS_FOLDER / version
    folder.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
        fresh, old = Path(beside) / "new", Path(beside) / "old"
        fresh.mkdir()
        for name, content in files.items():
            with faults_named(f"{ARTIFACTS_FOLDER}/{version}/{name}"):
                (fresh / name).write_bytes(content)
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    return folder
