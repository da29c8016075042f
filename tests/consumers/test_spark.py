"""The same check over the partitions of an engine, as the guide shows it: Spark in local mode."""

import importlib
import json
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.zoo.first_contract import PACKAGE_FOLDER, findings
from tests.zoo.markdown_blocks import block
from tests.zoo.messages import text, valid, with_payload

pytestmark = [
    pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is not installed"),
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs java"),
    pytest.mark.filterwarnings("default"),  # those of an engine are not ours
]
SCHEMA = "operations/CloseChatSessionResponse"
MESSAGE = "operations.CloseChatSessionResponse"


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session whose workers have the package as a zip file sent to them, and in no other way.
    Paths are relative to where it was started, a folder of its own."""
    home = tmp_path_factory.mktemp("spark")
    shutil.copytree(PACKAGE_FOLDER, home / "sent/app/pydantic_models")
    archive = shutil.make_archive(str(home / "app"), "zip", home / "sent")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setattr(sys, "path", [*sys.path])
        builder: Any = importlib.import_module("pyspark.sql").SparkSession.builder
        session = builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
        session.sparkContext.addPyFile(archive)
        yield session
        session.stop()


def test_the_snippet_finds_what_the_function_finds_in_each_partition(spark: Any) -> None:
    """Of each file a partition; one has a byte that is not UTF-8, which Spark would mend."""
    good, low = text(valid()).encode(), text(with_payload(total_events=-1)).encode()
    files = [[good, b"", low] * 5, [good, good.replace(b'"t"', b'"\xff"'), low]]
    Path("data").mkdir()
    for number, lines in enumerate(files):
        Path(f"data/{number}.ndjson").write_bytes(b"\n".join(lines) + b"\n")
    spark.conf.set("spark.sql.files.openCostInBytes", str(2**27))
    exec(block("scripts/runtime/README.md", "Validate data"), {"spark": spark})
    written = sorted(Path("findings").glob("part-*"))
    told = sorted(it.read_text("utf-8").replace(f"part-{n}", "") for n, it in enumerate(written))
    expected = ["".join(f"{it}\n" for it in findings(MESSAGE, lines, "")) for lines in files]
    assert told == sorted(expected)
    assert [len(it.splitlines()) for it in expected] == [5, 2]


def test_partitions_give_every_conformance_document_its_verdict(spark: Any) -> None:
    judge = importlib.import_module("app.pydantic_models").findings
    assert ".zip" in judge.__code__.co_filename
    shipped = (PACKAGE_FOLDER / f"conformance/{SCHEMA}.json").read_text("utf-8")
    tests = json.loads(shipped)[0]["tests"]
    documents = spark.sparkContext.parallelize([text(it["data"]) for it in tests], 3)
    found = documents.mapPartitionsWithIndex(
        lambda part, lines: judge(MESSAGE, lines, str(part))
    ).collect()
    sizes = [len(it) for it in documents.glom().collect()]
    invalid = {number for number, it in enumerate(tests, 1) if not it["valid"]}
    assert {sum(sizes[: int(it.file)]) + it.line for it in found} == invalid
    assert {it.file for it in found} == {"0", "1", "2"}
