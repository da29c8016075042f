"""Small slips in comparing, in releasing and in the doors, each with the test that notices."""

from tests.zoo.faults import planted

COMPAT = "compatibility/test_compat.py"
PYTHON_CODE = "compatibility/test_python_code.py"
UNDECIDED = "compatibility/test_undecided.py"
VERDICTS = "compatibility/test_verdicts.py"
VERSIONS = "compatibility/test_versions.py"
UNDONE = "releases/test_undone_releases.py"
UNDOING = f"{VERDICTS}::test_the_verdict_on_an_edit_and_on_undoing_it"
PYTHON = "test_what_changes_for_python_code"
FACTS = "test_what_is_so_is_proven_and_what_is_nearly_so_is_not"
SAME = "compatibility/test_edits.py::test_what_says_the_same_is_no_edit"

GATE = (
    planted(
        "compatibility/edits.py",
        VERDICTS,
        {
            "each member of required is an edit of its own": (
                'word in ("enum", "required")',
                'word in ("enum",)',
                "compatibility/test_edits.py::test_each_member_of_a_set_is_an_edit_of_its_own",
            ),
            "the order of types is no edit": (
                'sorted(it) if word == "type" and is_array(it) else it',
                "it",
                f"{SAME}[order of types]",
            ),
            "the order of branches is no edit": (
                "elif gone or come or moved or len(old) != len(new):",
                "elif old != new:",
                f"{SAME}[order of branches]",
            ),
            "equal branches are counted": (
                "            del rest[equal]\n",
                "            pass\n",
                "compatibility/test_edits.py::test_equal_branches_are_counted",
            ),
            "an edit is undone": (
                "Edit(self.path, self.keyword, self.new, self.old, self.member)",
                "Edit(self.path, self.keyword, self.old, self.new, self.member)",
                "compatibility/test_edits.py::test_the_edits_lead_from_one_schema_to_the_other_and_back",
            ),
            "a definition of another name is the same": (
                "if free and names[0] not in old_names.values():",
                "if not free and names[0] not in old_names.values():",
                f"{SAME}[a definition of another name]",
            ),
            "definitions are compared": (
                "edits += edits_below(definitions[0][name], definitions[1][name]",
                "edits += edits_below(definitions[0][name], definitions[0][name]",
                "test_the_witness_is_the_shortest",
            ),
        },
    )
    | planted(
        "compatibility/witnesses.py",
        VERDICTS,
        {
            "a witness is made short": (
                "            yield {key: it for key, it in value.items() if key != name}\n",
                "            yield {name: it for it in [value[name]]}\n",
                "test_the_witness_is_the_shortest",
            ),
            "the shortest document comes first": (
                "key=lambda it: (len(it), it))]",
                "key=lambda it: (-len(it), it))]",
                f"{VERSIONS}::test_a_message_that_is_gone_is_a_major_version",
            ),
            "an edit decides if it turns the verdict alone": (
                "(ExpectedVerdict(SchemaJudge(made), accepted), documents)",
                "(ExpectedVerdict(SchemaJudge(made), not accepted), documents)",
                "test_each_edit_that_matters_is_a_finding_of_its_own",
            ),
            "documents are of the direction that is asked for": (
                "        ExpectedVerdict(SchemaJudge(old), not accepted),\n"
                "        ExpectedVerdict(SchemaJudge(new), accepted),\n    ]\n    quick",
                "        ExpectedVerdict(SchemaJudge(new), accepted),\n    ]\n    quick",
                UNDOING + "[minimum lower]",
            ),
            "a search that is given up is told": (
                "return DrawnDocuments(drawn, False)",
                "return DrawnDocuments(drawn, True)",
                f"{UNDECIDED}::test_a_search_that_is_given_up_is_told",
            ),
        },
    )
    | planted(
        "compatibility/compare.py",
        VERDICTS,
        {
            "a difference by documents alone is no verdict": (
                "elif witnesses or not proven:",
                "elif not proven and not documents:",
                f"{UNDECIDED}::test_neither_proof_nor_witness_is_undecided",
            ),
            "another default is a note": (
                '        if edit.keyword == "default":\n            says',
                '        if edit.keyword == "const":\n            says',
                "test_another_default_is_a_note",
            ),
            "--strict takes the mild for what it is": (
                "and pair.is_mild and not strict else",
                "and pair.is_mild else",
                "test_an_optional_property_of_an_open_record_is_mild_unless_strict",
            ),
            "both directions make it cross": (
                "(True, True): CROSSES,",
                "(True, True): WIDENS,",
                UNDOING + "[another required]",
            ),
            "Python code that breaks asks for a major version": (
                '("major" if it.breaks else "minor" for it in changes)',
                '("minor" for it in changes)',
                f"{PYTHON_CODE}"
                "::test_what_python_code_means_is_compared[options that change places]",
            ),
            "models and schemas judge the witness alike": (
                "verdicts = zip(old.accepted(shown), new.accepted(shown), strict=True)",
                "verdicts = zip(old.accepted(shown), old.accepted(shown), strict=True)",
                UNDOING + "[minimum lower]",
            ),
        },
    )
    | planted(
        "compatibility/schema_pair.py",
        VERDICTS,
        {
            "what another branch describes is not mild": (
                "named |= set() if schema is record else set(schema.get(",
                "named |= set() if schema is not None else set(schema.get(",
                "test_the_verdict_on_a_pair_of_schemas[described beside a reference]",
            ),
            "what is required elsewhere is not mild": (
                'named |= {*schema.get("required", ()), *schema.get(',
                "named |= {*schema.get(",
                "test_the_verdict_on_a_pair_of_schemas[required in another branch]",
            ),
            "what another member needs is not mild": (
                "for it in (trigger, *names)}",
                "for it in (trigger,)}",
                "test_the_verdict_on_a_pair_of_schemas[needed by another member]",
            ),
            "what its name allows is not mild": (
                'isdisjoint(("enum", "const", "propertyNames"))',
                'isdisjoint(("enum", "const"))',
                "test_the_verdict_on_a_pair_of_schemas[allowed by its name]",
            ),
            "a map is no record": (
                ' and bool(schema.get("properties"))',
                "",
                "test_the_verdict_on_a_pair_of_schemas[a record without properties]",
            ),
        },
    )
    | planted(
        "compatibility/python_api.py",
        PYTHON_CODE,
        {
            "an attribute that is gone is told": (
                "for field in {**old.fields, **new.fields}:",
                "for field in new.fields:",
                f"{PYTHON}[property gone]",
            ),
            "a member of an enum that is gone is told": (
                "            **python_class.members,\n",
                "",
                f"{PYTHON}[enum member gone]",
            ),
            "a class of another name is told": (
                "if after is None or name in moved:",
                "if after is None:",
                f"{PYTHON}[class renamed]",
            ),
            "an enum of another name is told": (
                "if new[it] == old[name] and it not",
                "if new[it].base == old[name].base == 'Model' and it not",
                f"{PYTHON}[definition renamed]",
            ),
            "the text of an alias is told": (
                '**({"": plain_type(python_class.alias)} if python_class.alias else {}),\n',
                "",
                "test_what_python_code_means_is_compared[another type of an alias]",
            ),
            "a class in the place of an alias is told": (
                "if old.base != new.base or lost:",
                "if lost:",
                "test_what_python_code_means_is_compared[a class for an alias]",
            ),
            "a base that is lost is told": (
                "if old.base != new.base or lost:",
                "if old.base != new.base:",
                "test_what_python_code_means_is_compared[a base that is lost]",
            ),
            "an attribute of another member is told": (
                "if before != after:",
                "if before is None or after is None:",
                "test_what_python_code_means_is_compared[an attribute of another member]",
            ),
            "another constant is told": (
                "if None not in constants and constants[0] != constants[1]:",
                "if None not in constants and constants[0] is None:",
                "test_what_python_code_means_is_compared[another constant]",
            ),
            "an inline class is no other base": (
                'BASES = {"InlineModel": "Model"}',
                'BASES = {"InlineModel": "Inline"}',
                "test_what_python_code_means_is_compared[an object that moves to a definition]",
            ),
            "the order of a union is no other type": (
                "arms = sorted(ast.unparse(self.visit(it)) for it in union_arms(node))",
                "arms = [ast.unparse(self.visit(it)) for it in union_arms(node)]",
                f"{VERDICTS}::test_the_verdict_on_a_pair_of_schemas[order of a union]",
            ),
            "the order of literals is no other type": (
                "            node.slice.elts.sort(key=ast.unparse)\n",
                "            pass\n",
                f"{VERDICTS}::test_the_verdict_on_a_pair_of_schemas",
            ),
        },
    )
    | planted(
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
                "parts = [message, finding.pointer,",
                "parts = [finding.pointer,",
                "test_a_break_of_another_message_has_another_fingerprint",
            ),
            "a fingerprint has its value": (
                "finding.keyword, *asserted]",
                "finding.keyword]",
                "test_different_breaks_have_different_fingerprints",
            ),
            "texts do not count in a fingerprint": (
                " for word, it in copy.items() if not is_annotation(word)}",
                " for word, it in copy.items()}",
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
        "compatibility/deprecation.py",
        "compatibility/test_deprecation.py",
        {
            "what goes before its sunset is forbidden": (
                "if day is not None and today < day:",
                "if day is not None and today > day:",
                "test_what_is_removed_before_its_sunset_fails_in_any_version",
            ),
            "on the sunset it may go": (
                "if day is not None and today < day:",
                "if day is not None and today <= day:",
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
                "and day and is_deprecated(after) and",
                "and day and",
                "test_a_sunset_is_not_brought_forward",
            ),
            "a class that the member alone needs goes with it": (
                "for name, it in definitions.items() if name in needed}}",
                "for name, it in definitions.items()}}",
                "test_a_class_that_only_the_member_needs_goes_with_it",
            ),
            "a date is a date": (
                "if written_date(schema[SUNSET]) is None:",
                "if schema[SUNSET] is None:",
                "test_a_sunset_that_promises_nothing_is_named_with_its_place",
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
                "and (alone or self.old.schema_files == self.new.schema_files)",
                "",
                "test_a_change_in_another_file_changes_those_that_refer_to_it",
            ),
            "a renamed message accepts the same": (
                "name = next((it for it in left if self.is_same_message(file, it)), None)",
                "name = next((it for it in left if file), None)",
                "test_a_renamed_message_that_was_edited_is_no_renamed_one",
            ),
            "a message is kept until its sunset": (
                "if day and self.today < day else []",
                "if day and self.today <= day else []",
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
        "compatibility/show.py",
        COMPAT,
        {
            "where both break no order helps": (
                "UPGRADE_ORDER[CROSSES if crosses else",
                "UPGRADE_ORDER[CROSSES if not crosses else",
                "test_a_widened_enum_without_a_new_version_fails",
            ),
            "what is accepted is listed apart": (
                "        if finding.accepted is None:\n            yield f",
                "        if finding.accepted is None or not finding.mild:\n            yield f",
                "compatibility/test_accepted.py"
                "::test_accepted_breaks_are_listed_apart_with_their_reason",
            ),
            "what is accepted is no error": (
                "if finding.accepted is not None or finding.allowed_by:\n        return False",
                "if finding.allowed_by:\n        return False",
                "compatibility/test_accepted.py"
                "::test_github_marks_what_is_not_accepted_and_each_wrong_entry_as_an_error",
            ),
            "of many messages those that changed are shown": (
                "if comparison not in unchanged or len(unchanged) <= MAX_UNCHANGED_SHOWN",
                "if comparison not in unchanged or len(unchanged) >= MAX_UNCHANGED_SHOWN",
                f"{VERSIONS}::test_of_many_messages_those_that_changed_are_named",
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
INCLUSION = (
    planted(
        "compatibility/inclusion/numbers.py",
        "compatibility/test_inclusion.py",
        {
            "exclusiveMaximum: the bound itself is excluded": (
                "high < limit or (high == limit and excluded)",
                "high <= limit",
                FACTS,
            ),
            "an excluded integer is stepped over": (
                "(nearest + towards * one if excluded and nearest == limit else nearest)",
                "(nearest + towards * one if excluded else nearest)",
                FACTS,
            ),
            "both ends are numbers between": (
                "range(int((high - low) / step) + 1)",
                "range(int((high - low) / step))",
                FACTS,
            ),
        },
    )
    | planted(
        "compatibility/inclusion/strings.py",
        "compatibility/test_inclusion.py",
        {
            "minLength": ('int(schema["minLength"]) - 1', 'int(schema["minLength"]) - 2', FACTS),
            "maxLength": ('int(schema["maxLength"]) + 1', 'int(schema["maxLength"]) + 2', FACTS),
            "another format asserts something": (
                ' or schema["format"] in case.values("format")',
                ' or any(case.values("format"))',
                FACTS,
            ),
        },
    )
    | planted(
        "compatibility/inclusion/arrays.py",
        "compatibility/test_inclusion.py",
        {
            "minItems": (
                'item_counts(case)[0] >= int(schema["minItems"])',
                'item_counts(case)[0] > int(schema["minItems"]) - 2',
                FACTS,
            ),
            "uniqueItems: each two positions": (
                "combinations(range(int(most)), 2)",
                "combinations(range(int(most) - 1), 2)",
                FACTS,
            ),
            "maxContains": ("high <= most and proof", "high >= most and proof", FACTS),
            "minContains": ("low >= least and proof", "least >= low and proof", FACTS),
            "a closed tuple ends": (
                'for it in case.parts if it.get("items") is False]',
                'for it in case.parts if it.get("items") is True]',
                FACTS,
            ),
        },
    )
    | planted(
        "compatibility/inclusion/keywords.py",
        "compatibility/test_inclusion.py",
        {
            "oneOf: the branches behind do not hold": (
                "enumerate(branches) if index != one)",
                "enumerate(branches) if index < one)",
                FACTS,
            ),
            "if: what does not meet the condition": (
                "proof.is_implied_by_pieces(it, otherwise) for it in unmet",
                "proof.is_implied_by_pieces(it, then) for it in unmet",
                FACTS,
            ),
            "anyOf: what is left by one branch is of another": (
                "for branch in branches[:-1]:",
                "for branch in branches[:-2]:",
                FACTS,
            ),
        },
    )
)
RELEASE = (
    planted(
        "releases/plan.py",
        "releases/test_release.py",
        {
            "a pre-release leads to its release": (
                "version = max(leads_to, needed, key=release_numbers)",
                "version = min(leads_to, needed, key=release_numbers)",
                "test_the_version_is_the_written_one_if_it_is_enough",
            ),
            "a version that a person named is not raised": (
                "    if release_numbers(version) < release_numbers(needed):\n        lead",
                "    if release_numbers(version) < release_numbers(needed) and not tags:\n"
                "        lead",
                "test_a_version_that_a_person_named_is_never_raised_in_silence",
            ),
        },
    )
    | planted(
        "releases/changelog.py",
        "releases/test_release.py",
        {
            "a section stands before the others": (
                "{text[: first.start()]}{section}\\n{text[first.start() :]}",
                "{text}\\n{section}",
                "test_a_section_stands_before_the_others_and_they_stay",
            ),
            "an empty section is refused": (
                'if present.get(version) == "":',
                "if present.get(version) is None:",
                "test_a_section_stands_before_the_others_and_they_stay",
            ),
            "a section that was never released is refused": (
                "if last and release_numbers(draft) > release_numbers(last):",
                "if last and release_numbers(draft) < release_numbers(last):",
                f"{UNDONE}::test_what_cannot_be_released_is_said_before_anything_is_written"
                "[another_draft]",
            ),
            "a code span holds backticks": (
                '"`" * (longest + 1)',
                '"`" * max(longest, 1)',
                "test_a_value_with_backticks_stays_one_code_span",
            ),
        },
    )
    | planted(
        "releases/repository.py",
        UNDONE,
        {
            "the tag is taken back": (
                "if before.tag in tags() and not before.has_tag:",
                "if before.tag in tags() and before.has_tag:",
                "test_a_step_that_fails_leaves_everything_as_it_was[a_build_that_fails]",
            ),
            "the index is put back": (
                "        index_path().write_bytes(before.index)\n",
                "        pass\n",
                "test_a_step_that_fails_leaves_everything_as_it_was[a_hook_that_refuses]",
            ),
            "the branch is put back": (
                "commit is not None and now != commit:",
                "commit is not None and now == commit:",
                "test_a_step_that_fails_leaves_everything_as_it_was[a_tag_in_the_way]",
            ),
            "what was not committed is named": (
                "if head_commit() is None else [*filter(is_foreign, edited_paths())]",
                "if head_commit() else [*filter(is_foreign, edited_paths())]",
                "test_what_cannot_be_released_is_said_before_anything_is_written[work_of_others]",
            ),
        },
    )
    | planted(
        "releases/steps.py",
        UNDONE,
        {
            "what a hook changed is not released": (
                '    if left:\n        raise Refused(f"{left[0]}: a hook',
                '    if left and not paths:\n        raise Refused(f"{left[0]}: a hook',
                "test_a_step_that_fails_leaves_everything_as_it_was[a_hook_that_edits]",
            ),
            "tests that fail release nothing": (
                '    if status != 0:\n        raise Refused(f"{options.test}',
                '    if status < 0:\n        raise Refused(f"{options.test}',
                "test_tests_that_fail_or_edit_or_end_the_release_leave_it_undone[false]",
            ),
            "what is undecided is not released": (
                "[it for it in reports if it.is_undecided]",
                "[it for it in reports if it.is_undecided and it.is_forbidden]",
                "releases/test_release.py::test_what_is_undecided_is_not_released",
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
FAULTS_OF_THE_GATE = GATE | INCLUSION | RELEASE | DOORS
