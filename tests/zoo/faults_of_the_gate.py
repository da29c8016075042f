"""Small slips in judging a version and in the doors, each with the test that notices."""

from tests.zoo.faults import planted

COMPAT = "compatibility/test_compat.py"
VERSIONS = "compatibility/test_versions.py"

GATE = (
    planted(
        "compatibility/modes.py",
        "compatibility/test_modes.py",
        {
            "backward protects writers": (
                '"backward": ("writers",)',
                '"backward": ("readers",)',
                "test_what_a_mode_forbids_no_version_allows[narrows-backward]",
            ),
            "full protects both": (
                '"full": ("readers", "writers")',
                '"full": ("writers",)',
                "test_what_a_mode_forbids_no_version_allows[widens-full]",
            ),
            "the closest pattern counts": (
                "modes[max(fitting",
                "modes[min(fitting",
                "test_the_closest_pattern_counts",
            ),
            "a name counts more than a longer pattern": (
                "key=lambda it: (it == message, len(it))",
                "key=len",
                "test_the_closest_pattern_counts",
            ),
            "letters have a case": (
                "it == message or fnmatchcase(message, it)",
                "it == message or fnmatchcase(message.lower(), it.lower())",
                "test_the_closest_pattern_counts",
            ),
            "the mild is forbidden if it is taken for what it is": (
                "(strict or not finding.mild)",
                "not finding.mild",
                "test_a_mild_break_is_forbidden_only_where_it_is_taken_for_what_it_is",
            ),
            "the mild is not forbidden": (
                "finding.breaks is not None and (strict or not finding.mild)",
                "finding.breaks is not None",
                "test_a_mild_break_is_forbidden_only_where_it_is_taken_for_what_it_is",
            ),
            "who may break is protected": (
                "who = finding.breaks or finding.may_break",
                "who = finding.breaks",
                "test_what_may_break_readers_alone_is_allowed_where_only_writers_are_protected",
            ),
            "what is deleted is judged by the version": (
                'allows = finding.effect != "deleted"',
                'allows = finding.effect != "renamed"',
                "test_python_code_is_judged_by_the_version_in_every_mode",
            ),
            "a pattern that fits nothing is named": (
                'if pattern != "*" and not any(',
                'if pattern != "*" and not all(',
                "test_a_pattern_that_fits_no_message_is_named",
            ),
        },
    )
    | planted(
        "compatibility/deprecation.py",
        "compatibility/test_deprecation.py",
        {
            "what goes before its sunset is forbidden": (
                "for edit, day in gone.values():\n        if day and today < day:",
                "for edit, day in gone.values():\n        if day and today > day:",
                "test_what_is_removed_before_its_sunset_fails_in_any_version",
            ),
            "on the sunset it may go": (
                "for edit, day in gone.values():\n        if day and today < day:",
                "for edit, day in gone.values():\n        if day and today <= day:",
                "test_from_its_sunset_on_a_minor_version_is_enough_where_no_document_breaks",
            ),
            "on the sunset it is retired": (
                "if day is not None and day <= today]",
                "if day is not None and day < today]",
                "test_from_its_sunset_on_a_minor_version_is_enough_where_no_document_breaks",
            ),
            "a sunset that is gone is brought forward": (
                "(then is None or then < day)",
                "(then is not None and then < day)",
                "test_a_sunset_is_not_brought_forward",
            ),
            "a sunset may become later": (
                "(then is None or then < day)",
                "(then is None or then != day)",
                "test_a_sunset_is_not_brought_forward",
            ),
            "what is no more deprecated is no promise": (
                "elif day and any(is_deprecated(it) for _, it in after) and",
                "elif day and",
                "test_a_sunset_is_not_brought_forward",
            ),
            "what a reshaped parent leaves out is gone": (
                "if not after:",
                "if after is None:",
                "test_a_member_goes_with_the_shape_of_its_parent",
            ),
        },
    )
    | planted(
        "compatibility/compare.py",
        "compatibility/test_two_edits.py",
        {
            "the place is that of the edit": (
                "sorted(own or every,",
                "sorted(every,",
                "test_a_finding_shows_what_its_own_edit_breaks",
            ),
        },
    )
    | planted(
        "compatibility/witnesses.py",
        "compatibility/test_two_edits.py",
        {
            "a document that breaks by one edit comes first": (
                "ways = (sole, [decides])",
                "ways = ([decides],)",
                "test_a_witness_breaks_by_its_own_edit_alone_where_one_does",
            ),
        },
    )
    | planted(
        "compatibility/places.py",
        "compatibility/test_written_places.py",
        {
            "what a crossing message asks for is not what others do": (
                "repr((place, alike, new.order))",
                "repr((place, alike))",
                "test_where_an_order_helps_one_message_alone_the_shared_edit_is_told_twice",
            ),
            "an edit is told once whatever its witness": (
                'pointer="", witness=ABSENT, rejected_at="")',
                'pointer="", rejected_at="")',
                "test_an_edit_of_what_several_messages_refer_to_is_told_once",
            ),
            "a definition is where the owner wrote it": (
                "return WrittenPlace(place.file, (*place.path, *path))",
                "return WrittenPlace(place.file, path)",
                "test_the_place_is_the_one_that_is_written",
            ),
            "a name of Python is where its class is written": (
                'return "" if name == message else name, (*path,)',
                'return "", (*path,)',
                "test_a_name_of_python_is_at_the_member_or_at_the_definition_that_its_class_is_of",
            ),
            "an attribute is where its member is written": (
                '("properties", attribute) if attribute else ()',
                '("properties",) if attribute else ()',
                "test_a_name_of_python_is_at_the_member_or_at_the_definition_that_its_class_is_of",
            ),
        },
    )
    | planted(
        "contract/shared.py",
        "contract/test_files_of_definitions.py",
        {
            "a file that says something is a message": (
                " and assertions_of(schema) <= IDENTITY_KEYWORDS - {*REFERENCE_KEYWORDS}",
                "",
                "test_any_other_file_is_a_message[one that asserts something]",
            ),
            "a file that a message refers to is a message": (
                "if paths and () not in paths",
                "if paths",
                "test_any_other_file_is_a_message[one to which another refers as a whole]",
            ),
        },
    )
    | planted(
        "compatibility/report.py",
        "compatibility/test_files_of_definitions.py",
        {
            "a word in a file of definitions asks for a patch": (
                '"none" if equal else "patch")\n\n    def compare_file',
                '"none")\n\n    def compare_file',
                "test_an_edit_that_no_message_needs_asks_for_a_patch_version",
            ),
        },
    )
    | planted(
        "contract/written_path.py",
        "compatibility/test_written_places.py",
        {
            f"{name} is where its owner wrote it": (
                old,
                new,
                "test_the_place_of_what_is_rewritten_is_the_one_that_is_written",
            )
            for name, old, new in (
                ("a branch beside null", "key=lambda branch: branch[1] == NULL", "key=len"),
                ("a branch of an inner union", 'branch.keys() == {"anyOf"}', "not branch"),
                ("a part beside a reference", "return [*references, *(", "return [*("),
                ("a lone part", "== 1)", "== 0)"),
                ("an older word", "*WRITTEN_WITH.get(word, ())", "*()"),
                ("an unevaluated member", "if word in ADDED_KEYWORDS:", "if not word:"),
            )
        },
    )
    | planted(
        "compatibility/revisions.py",
        "compatibility/test_written_places.py",
        {
            "a resource has a path of its own": (
                "return resource.path, resource.text",
                'return f"schemas/{file}", resource.text',
                "test_what_a_resource_says_is_named_where_the_owner_keeps_it",
            ),
        },
    )
    | planted(
        "compatibility/compare.py",
        "compatibility/test_deprecation.py",
        {
            "what is gone after its sunset is told once": (
                "yield from (it for it in gone if it.pointer not in removed)",
                "yield from gone",
                "test_a_member_that_is_gone_after_its_sunset_is_one_finding_with_its_witness",
            ),
        },
    )
    | planted(
        "contract/sunsets.py",
        "compatibility/test_deprecation.py",
        {
            "a date is a date": (
                "if written_date(schema[SUNSET]) is None:",
                "if schema[SUNSET] is None:",
                "test_a_sunset_that_promises_nothing_is_named_with_its_place",
            ),
        },
    )
    | planted(
        "compatibility/accepted.py",
        "compatibility/test_accepted.py",
        {
            "an entry holds through its last day": (
                "today <= entry.until",
                "today < entry.until",
                "test_an_entry_holds_through_its_last_day_and_then_the_break_counts",
            ),
            "one break is enough to fail": (
                "bool(asking) and all(it.accepted or it.allowed_by",
                "bool(asking) and any(it.accepted or it.allowed_by",
                "test_one_break_that_is_not_accepted_is_enough_to_fail",
            ),
            "what is undecided cannot be accepted": (
                "if is_breaking(it) or it.effect == UNDECIDED]",
                "if is_breaking(it)]",
                "test_what_is_undecided_cannot_be_accepted",
            ),
            "a fingerprint is of a message": (
                "parts = [file, pointer,",
                "parts = [pointer,",
                "test_a_break_of_another_message_has_another_fingerprint",
            ),
            "a fingerprint has its value": (
                "finding.keyword, *asserted]",
                "finding.keyword]",
                "test_different_breaks_have_different_fingerprints",
            ),
            "texts do not count in a fingerprint": (
                " for word, it in copy.items() if not is_annotation(word)\n",
                " for word, it in copy.items()\n",
                "test_a_fingerprint_is_the_same_in_other_words_and_in_another_order",
            ),
            "the order of required does not count in a fingerprint": (
                '("type", "enum", "required", "allOf", "anyOf", "oneOf")',
                '("type", "enum", "allOf", "anyOf", "oneOf")',
                "test_a_fingerprint_is_the_same_in_other_words_and_in_another_order",
            ),
            "the options of a union have no order in a fingerprint": (
                r'return sorted(re.split(r"[\[\]|, ]+", text))',
                r'return re.split(r"[\[\]|, ]+", text)',
                "test_a_fingerprint_is_the_same_in_other_words_and_in_another_order",
            ),
            "a message of another name breaks code": (
                '("source", "renamed", "sunset")',
                '("source", "sunset")',
                "test_a_message_of_another_name_is_a_break_that_can_be_accepted",
            ),
            "a promise that is broken is a break": (
                '("source", "renamed", "sunset")',
                '("source", "renamed")',
                "compatibility/test_deprecation.py::test_a_promise_that_is_broken_can_be_accepted",
            ),
            "what settles is a minor version": (
                'bump = "minor" if settled and comparison.bump == "major"',
                'bump = "patch" if settled and comparison.bump == "major"',
                "test_an_accepted_break_still_asks_for_a_minor_version",
            ),
            "the mild is no break of its own": (
                "[it for it in grave if policy.strict or not it.mild] or grave",
                "grave",
                "test_what_is_mild_beside_an_accepted_break_is_no_break_of_its_own",
            ),
            "an entry without a reason accepts nothing": (
                "(name for name in MISSING_TEXT if not getattr(entry, name))",
                '(name for name in MISSING_TEXT if name != "reason" and not getattr(entry, name))',
                "test_an_incomplete_entry_accepts_nothing_and_says_what_to_write[reason]",
            ),
        },
    )
    | planted(
        "compatibility/hidden.py",
        "compatibility/test_hidden.py",
        {
            "of what widens both have to allow it": (
                '"allOf" if direction == WIDENS else "anyOf"',
                '"anyOf" if direction == WIDENS else "allOf"',
                "test_an_edit_that_breaks_nobody_hides_behind_nothing",
            ),
            "an accepted edit is undone": (
                "[it.inverse() for it in undone]",
                "[it for it in undone]",
                "test_an_edit_behind_an_accepted_one_asks_for_a_major_version",
            ),
            "both directions are looked at": (
                "for direction in (WIDENS, NARROWS):",
                "for direction in (WIDENS,):",
                "test_an_edit_behind_an_accepted_one_asks_for_a_major_version",
            ),
            "what stays undecided is told": (
                "    else:\n        yield from undecided_findings(rest, direction, [LEFT_OUT])\n",
                "",
                "test_what_stays_undecided_behind_an_accepted_break_fails",
            ),
        },
    )
    | planted(
        "compatibility/report.py",
        VERSIONS,
        {
            "a version that is enough passes": (
                "return self.judged and release_numbers(self.new.version) < release_numbers(",
                "return self.judged and release_numbers(self.new.version) <= release_numbers(",
                "test_a_version_that_understates_fails",
            ),
            "before 1.0.0 a break is a minor version": (
                "place = max(place, 1) if not numbers[0]",
                "place = max(place, 1) if numbers[0]",
                "test_the_next_version",
            ),
            "the numbers behind begin anew": (
                "[numbers[place] + 1, *[0] * (len(numbers) - 1 - place)]",
                "[numbers[place] + 1, *numbers[place + 1 :]]",
                "test_the_next_version",
            ),
            "without versions what breaks fails": (
                'return self.bump == "major"',
                'return self.bump == "none"',
                f"{COMPAT}::test_two_folders_without_versions_fail_on_what_breaks",
            ),
            "what is forbidden fails": (
                "self.is_understated or self.is_undecided or self.is_forbidden",
                "self.is_understated or self.is_undecided",
                "compatibility/test_modes.py"
                "::test_what_a_mode_forbids_no_version_allows[narrows-backward]",
            ),
            "a message that refers to others changes with them": (
                "alone or self.old.schema_files == self.new.schema_files",
                "True",
                "test_a_change_in_another_file_changes_those_that_refer_to_it",
            ),
            "an equal file may be read otherwise": (
                "alike = self.are_read_alike and others_equal and",
                "alike = others_equal and",
                "test_an_equal_file_that_is_read_otherwise_is_compared",
            ),
            "a class that gives its name to a neighbour is told": (
                "if alike and self.keeps_names(file):",
                "if alike:",
                "compatibility/test_python_code.py"
                "::test_a_class_that_gives_its_name_to_a_neighbour_is_told[a message]",
            ),
            "before 1.0.0 a minor version may break": (
                "and not release_numbers(old)[0]",
                "and False",
                "test_before_the_first_major_version_a_minor_version_breaks",
            ),
            "a renamed message accepts the same": (
                "name = next((it for it in left if self.is_same_message(file, it)), None)",
                "name = next((it for it in left if file), None)",
                "test_a_renamed_message_that_was_edited_is_no_renamed_one",
            ),
            "a message is kept until its sunset": (
                "if day and self.today < day:",
                "if day and self.today <= day:",
                "compatibility/test_deprecation.py"
                "::test_a_message_that_is_deprecated_is_kept_until_its_sunset_too",
            ),
            "an entry is stale if it matches in no report": (
                'unchanged = [it.old for it in reports if it.judged and it.bump == "none"]',
                "unchanged = [it.old for it in reports if it.judged]",
                "compatibility/test_accepted.py"
                "::test_an_entry_is_true_in_the_release_that_accepts_it_and_stale_after_an_edit",
            ),
        },
    )
    | planted(
        "compatibility/findings.py",
        COMPAT,
        {
            "where both break no order helps": (
                "if len(broken) > 1:",
                "if len(broken) < 1:",
                "compatibility/test_two_edits.py"
                "::test_what_is_mild_decides_on_the_order_where_nothing_else_breaks[both]",
            ),
            "what is mild decides where nothing else breaks": (
                "if it.breaks and not it.mild}",
                "if it.breaks}",
                "compatibility/test_verdicts.py"
                "::test_what_is_mild_follows_the_order_of_what_is_not",
            ),
        },
    )
    | planted(
        "compatibility/show.py",
        COMPAT,
        {
            "what is accepted is listed apart": (
                "        if it.finding.accepted is None and it",
                "        if not it.finding.mild and it",
                "compatibility/test_accepted.py"
                "::test_accepted_breaks_are_listed_apart_with_their_reason",
            ),
            "what is accepted is no error": (
                "if finding.accepted is not None or finding.allowed_by:\n        return False",
                "if finding.allowed_by:\n        return False",
                "compatibility/test_accepted.py"
                "::test_github_marks_what_is_not_accepted_and_each_wrong_entry_as_an_error",
            ),
            "messages are alike if their findings are": (
                "comparison.bump, *report.placed[comparison.message])",
                "comparison.bump)",
                "compatibility/test_written_places.py"
                "::test_beside_another_edit_the_shared_one_is_named_by_the_message_that_tells_it",
            ),
        },
    )
    | planted(
        "compat.py",
        COMPAT,
        {
            "exit status: a wrong entry is a finding": (
                "return 1 if faults or any(",
                "return 1 if any(",
                "compatibility/test_accepted.py"
                "::test_the_command_follows_the_entries_of_the_working_tree",
            ),
            "exit status: one report that fails is enough": (
                "any(it.is_failing for it in reports)",
                "all(it.is_failing for it in reports)",
                "test_every_supported_version_counts",
            ),
        },
    )
)
DOORS = planted(
    "generate.py",
    "proof/test_power.py",
    {
        "a wrong model is not written": (
            "    if refusals:\n        raise Refused(*refusals)",
            "    if len(refusals) > 1:\n        raise Refused(*refusals)",
            "contract/test_bad_input.py::test_one_disagreement_of_a_model_leaves_every_file",
        ),
        "--check writes nothing": (
            "    if options.check:\n        return",
            "    if options.check and not replace_files(files, options.out):\n        return",
            "output/test_drift.py"
            "::test_drift_is_one_line_for_each_file_and_the_cure_cures[removal]",
        ),
    },
)
FAULTS_OF_THE_GATE = GATE | DOORS
