"""Small slips in what travels with a copy, each with the test that notices."""

from tests.zoo.faults import planted

FAULT = "test_every_fault_is_one_line_with_its_cure"
VERIFY = planted(
    "runtime/_verify.py",
    "consumers/test_verify.py",
    {
        "a changed file is named": (
            "read_bytes()) != recorded:",
            "read_bytes())[:0] != recorded[:0]:",
            f"{FAULT}[edited]",
        ),
        "a missing file is named": (
            "sorted({*hashes, *present})",
            "sorted(present)",
            f"{FAULT}[removed]",
        ),
        "an added file is named": (
            "sorted({*hashes, *present})",
            "sorted(hashes)",
            f"{FAULT}[added]",
        ),
        "a link for a file is no file": (
            "elif not present or not file.is_file():",
            "elif not present:",
            f"{FAULT}[a_link_for_a_file]",
        ),
        "line endings are named": (
            r'content.replace(b"\r\n", b"\n")',
            r'content.replace(b"\n", b"\r\n")',
            f"{FAULT}[crlf]",
        ),
        "a link to a folder is named": ("[*files, *links]", "files", f"{FAULT}[a_link]"),
        "what Python caches is no file of anybody": (
            'if name != "__pycache__"]',
            'if name != "__pycache"]',
            "test_what_python_caches_in_a_copy_is_no_file_of_it",
        ),
        "the manifest's version is that of the package": (
            '"version": confirmed_version(folder, members), ',
            "",
            f"{FAULT}[manifest_version]",
        ),
        "the manifest's schemas are those of the package": (
            ', "schemas": schemas}',
            "}",
            f"{FAULT}[manifest_schema]",
        ),
        "the manifest itself is named": (
            "return {**files, MANIFEST_NAME: sha256(manifest_text(expected))}",
            "return {**files, MANIFEST_NAME: sha256((folder / MANIFEST_NAME).read_bytes())}",
            f"{FAULT}[manifest_layout]",
        ),
        "a root is taken in any case": (
            "if actual == root.lower():",
            "if actual == root:",
            "test_a_copy_forged_together_with_its_manifest_is_found_by_the_root",
        ),
        "another root is named": (
            "if actual == root.lower():",
            "if actual[:0] == root[:0]:",
            "test_a_copy_forged_together_with_its_manifest_is_found_by_the_root",
        ),
        "a root is 64 digits": (
            "ROOT_PATTERN.fullmatch(root)",
            "ROOT_PATTERN.match(root)",
            "test_a_root_is_a_sha_256",
        ),
        "a manifest is named once": (
            " if it.file not in named)]",
            ")]",
            "test_a_manifest_that_is_named_already_is_named_once",
        ),
        "--deep imports nothing that was changed": (
            "if (options.deep or options.all) and not findings:",
            "if options.deep:",
            "consumers/test_verify_deep.py::test_deep_imports_nothing_that_was_changed",
        ),
    },
) | planted(
    "runtime/_conformance.py",
    "consumers/test_verify_deep.py",
    {
        "--deep finds a document that is refused": (
            'return "refused, the contract accepts it" if valid else None',
            "return None",
            "test_deep_finds_each_way_to_be_wrong",
        ),
        "--deep finds a document that is accepted": (
            ' if valid else "accepted, the contract refuses it"',
            " if valid else None",
            "test_deep_finds_each_way_to_be_wrong",
        ),
        "--deep tells 1 from true": (
            "return (value,) if isinstance(value, bool) else value",
            "return value",
            "test_json_values_are_equal_by_what_they_mean",
        ),
        "--deep asks both ways to read": (
            "for entry in ENTRY_POINTS:",
            "for entry in [*ENTRY_POINTS][:1]:",
            "test_deep_finds_what_pydantic_judges_otherwise",
        ),
        "the sample of --deep is small": (
            "-(-len(tests) * messages // MAX_DOCUMENTS)",
            "-(-len(tests) // MAX_DOCUMENTS)",
            "test_what_deep_judges_does_not_grow_with_the_number_of_messages",
        ),
    },
)
VALIDATE = (
    planted(
        "runtime/_validate.py",
        "runtime/test_validate.py",
        {
            "what cannot be read is 2, whatever else is found": (
                "2 if run.has_unread else 1 if run.invalid else 0",
                "1 if run.invalid else 2 if run.has_unread else 0",
                "test_what_cannot_be_read_is_said_and_all_else_is_judged",
            ),
            "an interrupted run tells its numbers": (
                "        try:\n            for outcome in run.outcomes(paths):\n"
                "                print_text(outcome.text, run.progress)\n"
                "                write_sample(outcome.sample)\n"
                "        finally:  # an interrupted run prints its numbers too\n"
                "            print_text(run.summary(version), run.progress)",
                "        for outcome in run.outcomes(paths):\n"
                "            print_text(outcome.text, run.progress)\n"
                "            write_sample(outcome.sample)\n"
                "        print_text(run.summary(version), run.progress)",
                "runtime/test_validate_processes.py::test_interrupted_it_tells_the_numbers_so_far",
            ),
            "the table is of all blocks": (
                "            add_places(self.places, outcome.places)\n",
                "            self.places = outcome.places\n",
                "runtime/test_inputs.py::test_faults_are_counted_by_place_and_keyword",
            ),
            "0 jobs are one for each core": (
                "if not text.isdecimal():",
                'if not text.isdecimal() or text == "0":',
                "runtime/test_inputs.py::test_several_processes_say_the_same_in_the_same_order",
            ),
        },
    )
    | planted(
        "runtime/_documents.py",
        "runtime/test_inputs.py",
        {
            "a file of gzip that is cut is named": (
                "READ_ERRORS = (OSError, EOFError, zlib.error)",
                "READ_ERRORS = (OSError, zlib.error)",
                "test_a_compressed_file_that_is_cut_is_named_and_the_next_is_judged",
            ),
            "a file of gzip that is wrong is named": (
                "READ_ERRORS = (OSError, EOFError, zlib.error)",
                "READ_ERRORS = (OSError, EOFError)",
                "test_a_compressed_file_that_is_cut_is_named_and_the_next_is_judged",
            ),
            "gzip is known by its bytes": (
                r'b"\x1f\x8b": lambda',
                r'b"\x1f\x8c": lambda',
                "test_a_file_of_gzip_is_read_whatever_its_name[a.log]",
            ),
            "a compressed document is one by its name": (
                "        name = name.removesuffix(ending)\n",
                "        name = name.removeprefix(ending)\n",
                "test_a_compressed_document_is_one_by_its_name",
            ),
            "a name counts in any case": (
                "name = path.lower()",
                "name = path",
                "runtime/test_validate_places.py::test_the_name_says_what_a_file_holds_or_as_does",
            ),
            "a line as long as it may be is judged": (
                'if len(it.removesuffix(b"\\n")) <= longest',
                "if len(it) <= longest",
                "runtime/test_validate.py"
                "::test_a_line_that_is_too_long_is_a_finding_and_the_next_is_judged",
            ),
            "a document as long as it may be is judged": (
                "len(text) <= longest else None)])",
                "len(text) < longest else None)])",
                "runtime/test_validate.py::test_a_document_that_is_too_long_is_a_finding",
            ),
            "the last line counts without its end": (
                ' + (not text.endswith(b"\\n"))',
                "",
                "test_lines_are_the_same_whatever_is_read_at_once",
            ),
            "a comma too many is a finding": (
                ' and mark == b"]" and self.count == 0)',
                ' and mark == b"]")',
                "test_what_is_no_array_is_a_finding_and_what_came_before_is_judged",
            ),
            "an escaped quote does not end a string": (
                'b"\\\\": 2}',
                'b"\\\\": 1}',
                "test_what_is_no_array_is_a_finding_and_what_came_before_is_judged",
            ),
            "an item has its column": (
                "self.column = len(text) - end if end >= 0",
                "self.column = len(text) - end if end > 0",
                "test_what_is_no_array_is_a_finding_and_what_came_before_is_judged",
            ),
            "what came before the fault of an array is judged": (
                '    if waiting:\n        yield Items(name, "array", waiting)\n    if fault:',
                "    if fault:",
                "test_what_is_no_array_is_a_finding_and_what_came_before_is_judged",
            ),
            "an array that is cut is a finding": (
                "if not self.is_closed:\n            raise",
                "if not self.is_open:\n            raise",
                "test_what_is_no_array_is_a_finding_and_what_came_before_is_judged",
            ),
            "an item that is too long is a finding": (
                "self.length <= self.longest else None",
                "self.length else None",
                "test_an_item_that_is_too_long_is_a_finding_and_the_next_is_judged",
            ),
            "zeros are no encoding": (
                r""" and start.decode(name, "ignore").strip("\0") != "" """.rstrip(),
                "",
                "test_zeros_are_no_encoding",
            ),
        },
    )
    | planted(
        "runtime/_judge.py",
        "runtime/test_validate.py",
        {
            "more findings than are told are counted": (
                "if len(errors) > MAX_FINDINGS:",
                "if len(errors) >= MAX_FINDINGS:",
                "test_of_many_faults_of_a_document_the_first_are_told_and_all_are_counted",
            ),
            "a line that is blank in Unicode alone is none": (
                "not decode_text(line).strip(JSON_SPACE)",
                "not decode_text(line).strip()",
                "runtime/test_validate_places.py::test_every_line_is_judged_and_every_fault_is_a_line",
            ),
            "a message has one module": (
                "if len(fitting) == 1:",
                "if fitting:",
                "test_a_message_of_two_modules_is_named_with_its_module",
            ),
            "each block begins to count anew": (
                "self.findings = 0\n        self.places, self.sample =",
                "0\n        self.places, self.sample =",
                "runtime/test_inputs.py::test_faults_are_counted_by_place_and_keyword",
            ),
        },
    )
    | planted(
        "runtime/_places.py",
        "runtime/test_inputs.py",
        {
            "--by: the table is bounded": (
                "place in counted or len(counted) < MAX_PLACES",
                "place in counted or len(more) <= MAX_PLACES",
                "test_the_table_is_bounded_where_names_are_data",
            ),
            "--by: the most frequent comes first": (
                "key=lambda it: (-it[1], it[0])",
                "key=lambda it: it[0]",
                "test_faults_are_counted_by_place_and_keyword",
            ),
            "--by: items of an array are one place": (
                '"*" if isinstance(step, int) else step for step in path',
                '"*" if step == 0 else step for step in path',
                "test_an_error_is_counted_under_its_keyword",
            ),
        },
    )
    | planted(
        "runtime/_sample.py",
        "runtime/test_inputs.py",
        {
            "--sample: documents of several blocks are counted": (
                "            self.left -= 1\n",
                "",
                "test_several_processes_say_the_same_in_the_same_order",
            ),
            "--sample: a link to what is read is no other file": (
                "os.path.exists(other) and os.path.samefile(one, other)",
                "one == other",
                "test_a_sample_does_not_overwrite_what_is_read",
            ),
            "--sample: the file is there as a whole": (
                "                beside.replace(file)\n",
                "",
                "test_a_sample_is_the_first_invalid_documents_one_on_each_line",
            ),
        },
    )
    | planted(
        "runtime/_strict.py",
        "runtime/test_inputs.py",
        {
            "--strict-json: NaN": (
                ", parse_constant=refuse_constant",
                "",
                "test_strict_json_refuses_what_readers_take_for_different_values",
            ),
            "--strict-json: below all doubles": (
                "    if math.isinf(float(text)):\n        raise",
                "    if float(text) == math.inf:\n        raise",
                "test_strict_json_refuses_what_readers_take_for_different_values",
            ),
            "--strict-json: an integer has no bound": (
                'and not number[0].lstrip("-").isdigit() and',
                "and",
                "test_strict_json_refuses_what_readers_take_for_different_values",
            ),
            "--strict-json: two members of one name": (
                "        names.add(name)\n",
                "        names = {name}\n",
                "test_strict_json_refuses_what_readers_take_for_different_values",
            ),
        },
    )
    | planted(
        "runtime/_jobs.py",
        "runtime/test_inputs.py",
        {
            "--jobs: the order stays": (
                "                yield waiting.popleft().result()\n        while",
                "                yield waiting.pop().result()\n        while",
                "test_several_processes_say_the_same_in_the_same_order",
            ),
            "--jobs: the last blocks are judged too": (
                "        while waiting:\n            yield waiting.popleft().result()\n",
                "",
                "test_several_processes_say_the_same_in_the_same_order",
            ),
            "--jobs: a process that was ended is no verdict": (
                "except BrokenProcessPool:\n        raise Refused(ENDED_PROCESS) from None",
                "except BrokenProcessPool:\n        return",
                "test_a_process_that_is_killed_is_no_verdict",
            ),
        },
    )
    | planted(
        "runtime/_finding.py",
        "test_commands.py",
        {
            "a closed pipe needs no words": (
                "        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())\n",
                "        stream.closed\n",
                "test_a_command_whose_reader_has_gone_ends_without_a_word[verify]",
            ),
            "standard output is written before the status is known": (
                'print(end="", flush=True)\n\n\ndef is_of_output',
                'print(end="")\n\n\ndef is_of_output',
                "test_a_command_names_the_output_that_is_full[verify]",
            ),
            "an error of writing names the file": (
                "raise OSError(error.errno, error.strerror, file) from error",
                "raise OSError(error.errno, error.strerror) from error",
                "test_every_file_that_cannot_be_written_is_named",
            ),
            "a command that could not run is 2": (
                "            traceback.print_exc()\n    return 2",
                "            traceback.print_exc()\n    return 1",
                "test_each_reason_not_to_run_is_one_line",
            ),
        },
    )
)

FAULTS_OF_COPIES = VERIFY | VALIDATE
