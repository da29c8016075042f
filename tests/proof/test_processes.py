"""Messages are rendered by several processes: in order, with the faults of each."""

import json
import subprocess
import sys

import pytest
from contract.project import ROOT

pytestmark = pytest.mark.toolchain

PROGRAM = """
import os, sys, time
sys.path.insert(0, "scripts")
from contract.refusal import Refused
from proof import processes

processes.process_count = lambda: 2

def work(item):
    time.sleep(0.01)
    if {fault}:
        {act}
    return item, os.getpid()

try:
    results = [*processes.results_in_order(work, range(64))]
    print([item for item, _ in results] == [*range(64)], len({{pid for _, pid in results}}))
except Exception as error:
    print(type(error).__name__, error)
"""


def output_of(program: str) -> str:
    """What a program of its own prints: one that has no threads, which can fork."""
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stderr == ""
    return result.stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="only there processes are forked")
@pytest.mark.parametrize(
    "fault,act,answer",
    [
        ("False", "pass", "True 2"),
        ("item == 40", "raise Refused('m/Thing.json#: no')", "Refused m/Thing.json#: no"),
        (
            "item == 40",
            "os._exit(9)",
            "Refused a process was ended from outside, perhaps for want of memory; run this again",
        ),
    ],
)
def test_the_results_are_in_order_and_a_fault_is_told(fault: str, act: str, answer: str) -> None:
    assert output_of(PROGRAM.format(fault=fault, act=act)) == answer


def test_a_process_that_has_threads_is_not_forked() -> None:
    program = (
        "import sys, threading, time; sys.path.insert(0, 'scripts')\n"
        "from proof.processes import process_count\n"
        "threading.Thread(target=time.sleep, args=(1,), daemon=True).start()\n"
        "print(process_count())"
    )
    assert output_of(program) == "1"


RENDERED = """
import hashlib, json, sys
sys.path.insert(0, "scripts")
import generate
from contract.read import build_contract
from contract.refusal import Refused
from proof import agreement, processes

agreement.PART = 8
members = {"size": {"type": "integer", "maximum": 9}, "text": {"minLength": 2}}
schema = {"type": "object", "properties": members, "required": ["size"]}
contract = build_contract({"m/Message.json": json.dumps(schema).encode()}, "1")
plain = agreement.wrong_dump

def outcome(is_wrong, number):
    processes.process_count = lambda: number
    agreement.wrong_dump = (lambda *_: "the dump differs") if is_wrong else plain
    shown = []
    try:
        files, proof = generate.render(contract, shown.append)
        return proof.documents, hashlib.sha256(repr(files).encode()).hexdigest(), len(shown) > 16
    except Refused as refused:
        return str(refused)

print(json.dumps([[outcome(is_wrong, it) for it in (1, 2)] for is_wrong in (False, True)]))
"""


def test_a_message_is_proven_alike_by_one_process_and_by_two() -> None:
    right, wrong = json.loads(output_of(RENDERED))
    assert right[0] == right[1] == [right[0][0], right[0][1], True]
    assert wrong[0] == wrong[1]
    assert wrong[0].count("the dump differs") > 20
