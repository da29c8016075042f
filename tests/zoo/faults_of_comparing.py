"""Small slips in comparing two schemas, each with the test that notices."""

from tests.zoo.faults import planted

PYTHON_CODE = "compatibility/test_python_code.py"
UNDECIDED = "compatibility/test_undecided.py"
VERDICTS = "compatibility/test_verdicts.py"
VERSIONS = "compatibility/test_versions.py"
UNDOING = f"{VERDICTS}::test_the_verdict_on_an_edit_and_on_undoing_it"
PYTHON = "test_what_changes_for_python_code"
FACTS = "test_what_is_so_is_proven_and_what_is_nearly_so_is_not"
SAME = "compatibility/test_edits.py::test_what_says_the_same_is_no_edit"

EDITS = (
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
                "yield from (without(value, name) for name in value)",
                "yield from ({name: value[name]} for name in value)",
                "test_the_witness_is_the_shortest",
            ),
            "the shortest document comes first": (
                "key=lambda it: (len(it), it))]",
                "key=lambda it: (-len(it), it))]",
                f"{VERSIONS}::test_a_message_that_is_gone_is_a_major_version",
            ),
            "an edit decides if it turns the verdict alone": (
                "ExpectedVerdict(apply_edits(old, [it]), accepted)",
                "ExpectedVerdict(apply_edits(old, [it]), not accepted)",
                "test_each_edit_that_matters_is_a_finding_of_its_own",
            ),
            "an edit that saves what another one refuses does not decide": (
                "(needed, joint)",
                "(needed, documents)",
                "compatibility/test_two_edits.py"
                "::test_an_edit_that_saves_what_another_one_would_refuse_is_not_what_widens",
            ),
            "documents are of the direction that is asked for": (
                "wanted = [ExpectedVerdict(rejecting, False), ",
                "wanted = [",
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
                '        if edit.keyword == "default":\n            yield',
                '        if edit.keyword == "const":\n            yield',
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
                "for attribute in {**old.fields, **new.fields}:",
                "for attribute in new.fields:",
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
                "if form == before]",
                "if form.base == before.base == 'Model']",
                f"{PYTHON}[definition renamed]",
            ),
            "what moved within what moved": (
                "under_names(old[name], renamed)",
                "under_names(old[name], {})",
                "compatibility/test_python_code.py"
                "::test_classes_within_a_class_that_moves_move_with_it[two]",
            ),
            "where a class is from": (
                "elif before.home != after.home:",
                "elif before.home == after.home != '':",
                "compatibility/test_python_code.py"
                "::test_a_class_that_was_imported_and_is_a_copy_now_is_another",
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
                "elif old.keys.get(attribute) != new.keys.get(attribute):",
                "elif old.keys.get(attribute) is None:",
                "test_what_python_code_means_is_compared[an attribute of another member]",
            ),
            "another constant is told": (
                "if None not in values and values[0] != values[1]:",
                "if None not in values and values[0] is None:",
                "test_what_python_code_means_is_compared[another constant]",
            ),
            "branches that change places are told": (
                "if other is not None and name in new and",
                "if other is not None and name not in new and",
                "test_what_python_code_means_is_compared[options that a bound alone sets apart]",
            ),
            "an alias is what it stands for": (
                "ways: list[tuple[Names, Names]] = [({}, {}), (self.old, self.new)]",
                "ways: list[tuple[Names, Names]] = [({}, {})]",
                "test_what_python_code_means_is_compared"
                "[a list of texts that moves to definitions]",
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
                "(nearest + towards * step if excluded and nearest == limit else nearest)",
                "(nearest + towards * step if excluded else nearest)",
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
                "is_given = any(name == it or name in WIDER_FORMATS.get(it, ()) for it in given)",
                "is_given = any(given)",
                FACTS,
            ),
            "a pattern does not imply every format": (
                "name in FORMAT_ENOUGH and has_no_match(case, FORMAT_ENOUGH[name])",
                "name in FORMAT_ENOUGH",
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
            "maxContains": ("it <= most and proof", "it >= most and proof", FACTS),
            "minContains": ("it >= least and proof", "least >= it and proof", FACTS),
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
FAULTS_OF_COMPARING = EDITS | INCLUSION
