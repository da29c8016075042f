"""Small slips in releasing, each with the test that notices."""

from tests.zoo.faults import planted

UNDONE = "releases/test_undone_releases.py"

FAULTS_OF_RELEASES = (
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
        "releases/drafts.py",
        "releases/test_release.py",
        {
            "a draft for other changes is not released": (
                "!= it.made_of]",
                "== it.made_of]",
                "test_a_draft_of_other_findings_is_stale_and_refused_if_it_was_edited",
            ),
            "nobody's words go": (
                "        if draft.is_edited:",
                "        if not draft.words:",
                "test_a_draft_of_other_findings_is_stale_and_refused_if_it_was_edited",
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
                "now is None or now == commit:",
                "now is None or now != commit:",
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
                '    if status != 0:\n        raise Refused(f"{command}',
                '    if status < 0:\n        raise Refused(f"{command}',
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
