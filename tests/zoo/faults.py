"""Small slips that a person makes in the tool, each with the test that notices.

In the order of the stages. A row is the promise that the slip breaks -> the text, which is there
once in the module, the text in its place, and the test.
"""

from typing import NamedTuple

from tests.zoo.planting import Fault

Rows = dict[str, tuple[str, str, str]]


class Planted(NamedTuple):
    fault: Fault
    test: str  # its place below tests/


def planted(module: str, tests: str, rows: Rows) -> dict[str, Planted]:
    """The slips in one module, by promise; a test that is no path is in ``tests``."""
    return {
        f"{module}: {promise}": Planted(
            Fault(module, old, new), test if "/" in test.partition("[")[0] else f"{tests}::{test}"
        )
        for promise, (old, new, test) in rows.items()
    }


DRIFT = "output/test_drift.py::test_drift_is_one_line_for_each_file_and_the_cure_cures"
VERDICT = "test_each_verdict_is_that_of_json"
ORACLE = (
    planted(
        "oracle/keywords.py",
        "proof/test_oracle.py",
        {
            "const: 1 and true are two values": (
                "if equality_key(instance) != equality_key(value):",
                "if instance != value:",
                f"{VERDICT}[1 and true are two values]",
            ),
            "enum: 1 and true are two values": (
                "if equality_key(instance) not in map(equality_key, values):",
                "if instance not in values:",
                f"{VERDICT}[1 and true are two members]",
            ),
            "uniqueItems: 1 and true are two values": (
                "len(set(map(equality_key, instance))) < len(instance):",
                "any(it in instance[:at] for at, it in enumerate(instance)):",
                f"{VERDICT}[1 and true are two items]",
            ),
        },
    )
    | planted(
        "oracle/memory.py",
        "proof/test_oracle.py",
        {
            "large numbers are the decimals that are written": (
                "made = value if key in VALUES else with_exact_integers(value)",
                "made = value",
                f"{VERDICT}[large numbers are the decimals that are written]",
            ),
            "1 and 1.0 and true are remembered apart": (
                "key = (value.__class__, value)",
                "key = (value,)",
                VERDICT,
            ),
        },
    )
    | planted(
        "oracle/validators.py",
        "proof/test_oracle.py",
        {
            "a refused value is not remembered as accepted": (
                "        is_accepted = False\n",
                "",
                f"{VERDICT}[a refused value is not remembered as accepted]",
            ),
        },
    )
)
WRITE = planted(
    "output/write.py",
    "output/test_write.py",
    {
        "a file is replaced as a whole": (
            "fresh.write_bytes(content)\n            os.replace(fresh, target)",
            "target.write_bytes(content)",
            "test_nothing_is_written_in_place",
        ),
        "what an interrupted run left is removed": (
            "if written or is_leftover(path):",
            "if written:",
            "test_what_a_run_left_of_a_file_that_is_made_no_more_is_removed",
        ),
        "what a hand wrote is not removed": (
            "recorded.get(path) == sha256(present[path])",
            "recorded.get(path) != sha256(present[path])",
            "output/test_drift.py::test_what_generate_did_not_write_it_does_not_delete",
        ),
        "one run at a time": (
            "fcntl.LOCK_EX",
            "fcntl.LOCK_SH",
            "test_while_one_thread_has_the_lock_another_waits",
        ),
        "a lock that its holder removed is none": (
            "if is_same_file(path, file):",
            "if path.name:",
            "test_two_runs_into_one_folder_leave_one_of_the_two",
        ),
        "an interrupted run is known by its lock": (
            "interrupted = file.tell() > 0",
            "interrupted = file.tell() > 99",
            "test_a_run_that_is_killed_anywhere_heals_by_the_next[nothing-write_bytes]",
        ),
        "what is as it was is not touched": (
            "if present.get(path) != content:",
            "if present.get(path) is not content:",
            "output/test_drift.py::test_unchanged_files_are_not_touched",
        ),
        "a write that fails leaves nothing": (
            "with suppress(OSError):\n            fresh.unlink()\n        raise",
            "raise",
            "test_a_full_disk_is_named_by_the_file_and_half_a_file_is_removed",
        ),
        "no link leads out": (
            "target.resolve().is_relative_to(out.resolve())",
            "target.is_relative_to(out)",
            "output/test_drift.py::test_no_link_leads_out",
        ),
        "a folder of somebody else is left alone": (
            "present.keys() - files.keys():\n        raise",
            "present.keys() & files.keys():\n        raise",
            "test_a_folder_of_somebody_else_is_left_as_it_is",
        ),
        "a refusal takes its lock away": (
            "except Refused:\n            lock.unlink()",
            "except Refused:",
            "test_a_folder_of_somebody_else_is_left_as_it_is",
        ),
        "pages of somebody else are left alone": (
            "if MANIFESTS[part] not in present and any(",
            "if MANIFESTS[part] in present and any(",
            "output/test_drift.py::test_pages_of_somebody_else_are_left_alone",
        ),
    },
)
DRIFTS = planted(
    "output/drift.py",
    "output/test_write.py",
    {
        "a leftover is blamed on a run": (
            "if is_leftover(path) or (interrupted",
            "if (interrupted",
            "test_a_run_that_is_killed_anywhere_heals_by_the_next[nothing-write_bytes]",
        ),
        "what an interrupted run did not write yet is no hand's": (
            'interrupted and by_hand and kind != "extra"',
            'interrupted and by_hand and kind == "missing"',
            "test_what_an_interrupted_run_may_have_done_is_not_blamed_on_a_hand",
        ),
        "a link that leads nowhere is named": (
            "{*fresh, *existing, *broken_links(folder)}",
            "{*fresh, *existing}",
            "test_check_names_the_links_that_verify_names[nowhere]",
        ),
        "a schema that moved is told before the tools": (
            '(("schemas", "the schema moved"), ("toolchain", "the toolchain moved"))',
            '(("toolchain", "the toolchain moved"),)',
            f"{DRIFT}[schema]",
        ),
        "another toolchain is told": (
            '(("schemas", "the schema moved"), ("toolchain", "the toolchain moved"))',
            '(("schemas", "the schema moved"),)',
            f"{DRIFT}[toolchain]",
        ),
        "another version is told": (
            'fresh["version"] != recorded.get("version")',
            'fresh["version"] == recorded.get("version")',
            f"{DRIFT}[version]",
        ),
        "another generator is told": (
            'has_moved = moved_names(fresh["files"], recorded["files"])',
            'has_moved = fresh["files"].keys() != recorded["files"].keys()',
            f"{DRIFT}[generator]",
        ),
        "a schema that is gone has moved": (
            "sorted({*now, *then})",
            "sorted(now)",
            f"{DRIFT}[schema_gone]",
        ),
        "a manifest that is gone is told": (
            'return "there is no manifest"',
            "return None",
            f"{DRIFT}[manifest_gone]",
        ),
        "a manifest is no hand's": (
            '"changed", by_hand and path not in MANIFESTS.values()',
            '"changed", by_hand',
            f"{DRIFT}[version]",
        ),
        "an edit is a hand's although the schema moved": (
            "if why and not by_hand else",
            "if why else",
            f"{DRIFT}[hands_and_schema]",
        ),
        "an addition is a hand's although the schema moved": (
            'yield "extra", recorded.get(path) != sha256(existing[path])',
            'yield "extra", path in recorded',
            f"{DRIFT}[hands_and_schema]",
        ),
        "a removal is a hand's": (
            "path in recorded or path not in fresh",
            "path not in fresh",
            f"{DRIFT}[hands_and_schema]",
        ),
    },
)
FAULTS_OF_THE_OUTPUT = ORACLE | WRITE | DRIFTS
