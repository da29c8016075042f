"""Schema -> oracle: the verdict on any document, and the place of each fault.

The oracle reads the schema as its owner wrote it, by the draft that the schema names. The target
of a ``$ref`` is among the files, or the reference is an error: nothing is fetched. jsonschema-rs
gives a second opinion.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any
from urllib.parse import quote

import jsonschema_rs
from contract.drafts import LATEST_URI, draft_of
from contract.json_values import (
    is_array,
    is_object,
    json_pointer,
    references_in,
    with_exact_integers,
)
from contract.library import META_SCHEMAS, URI_PREFIX, references_outward
from contract.read import Contract
from contract.subschemas import Schema
from jsonschema.exceptions import ValidationError
from oracle.keywords import (
    ANNOTATING_VALIDATORS,
    EXACT_VALIDATORS,
    UnionError,
    additional_names,
    is_of_type,
)
from oracle.memory import PREFERRED_CAUSES, known_value, remember
from oracle.strings import ASSERTED_FORMATS, OWN_FORMATS, is_of_format
from oracle.validators import (
    draft_uri,
    schema_resource,
    subschema_validator,
    validator_at,
)


@dataclass(frozen=True)
class Fault:
    """Why a document is invalid: JSON Pointer of the instance, path of the keyword.

    Of a union that no branch of fits, each of the causes tells the same by a branch or by a tag.
    """

    instance: str
    keyword: str
    error: ValidationError | None = field(default=None, compare=False, repr=False)

    def causes(self) -> Iterator[tuple[int, frozenset["Fault"]]]:
        """Each with its number, in the time of those that are asked for; the preferred one comes
        first."""
        return causes_of(self.error) if isinstance(self.error, UnionError) else iter(())

    def prefer_cause(self, number: int) -> None:
        """Remember which of the causes was the right one, to look at it first."""
        branches: Any = self.error and self.error.validator_value
        remember(PREFERRED_CAUSES, id(branches), (number, branches))

    def __reduce__(self) -> tuple[type["Fault"], tuple[str, str]]:
        """Without its causes for another process, which would need the validators."""
        return Fault, (self.instance, self.keyword)


class Oracle:
    """The verdict of one schema on any JSON value; ``formats`` is as in ``Settings``."""

    def __init__(
        self,
        schema: Schema | bool,
        uri: str = "",
        files: Mapping[str, Schema | bool] | None = None,
        formats: str = "assert",
    ) -> None:
        self.asserts_formats = formats == "assert"
        self.schema, self.uri, self.files = schema, uri, {**(files or {}), uri: schema}
        resources = {
            name: schema_resource(with_named_draft(with_exact_integers(file)), LATEST_URI)
            for name, file in self.files.items()
        }
        root = resources[uri]
        registry: Any = META_SCHEMAS.with_resources(resources.items()).crawl()
        resolver = registry.resolver(uri).in_subresource(root)
        draft = draft_uri(schema)
        family = EXACT_VALIDATORS if self.asserts_formats else ANNOTATING_VALIDATORS
        self.validator: Any = validator_at(family, draft, root.contents, resolver)

    def at(self, schema: Schema | bool) -> "Oracle":
        """The oracle of another schema that stands in the same file."""
        other = Oracle.__new__(Oracle)
        other.schema, other.uri, other.files = schema, self.uri, self.files
        other.asserts_formats = self.asserts_formats
        other.validator = self.validator.evolve(schema=known_value(schema))
        return other

    def accepts(self, instance: Any) -> bool:
        return bool(self.validator.is_valid(known_value(instance)))

    @cached_property
    def second(self) -> Any:
        """The validator of jsonschema-rs for the same schema and files, which fetches nothing."""
        draft = draft_uri(self.schema)
        return jsonschema_rs.validator_cls_for({"$schema": draft})(
            with_encoded_references(self.schema),
            validate_formats=self.asserts_formats,
            formats=own_format_checks(draft),
            registry=jsonschema_rs.Registry([*self.second_resources()]),
            base_uri=self.uri or None,
            offline=True,
        )

    def second_resources(self) -> Iterator[tuple[str, Any]]:
        """The files by URI, and the meta-schemas if a reference leads to one."""
        files = ((uri, it) for uri, it in self.files.items() if uri and draft_of(it))
        yield from ((uri, with_encoded_references(it)) for uri, it in files)
        outward = {target for it in self.files.values() for target in references_outward(it)}
        if any("://json-schema.org/" in target for target in outward):
            yield from ((uri, META_SCHEMAS.contents(uri)) for uri in META_SCHEMAS)

    def second_opinion(self, instance: Any) -> bool:
        """Whether the instance is valid by jsonschema-rs."""
        return bool(self.second.is_valid(instance))

    def faults_of(self, instance: Any) -> set[Fault]:
        """Every fault; a missing member has a pointer of its own, as a forbidden one has."""
        return faults_of_errors(self.validator.iter_errors(known_value(instance)))


def with_named_draft(file: Schema | bool) -> Schema | bool:
    """The file with the draft of one that names none, for a file of another may refer to it."""
    return {"$schema": LATEST_URI, **file} if is_object(file) else file


def faults_of_errors(errors: Iterable[ValidationError]) -> set[Fault]:
    return {
        Fault(
            json_pointer([*cause.absolute_path, *member]),
            json_pointer(cause.absolute_schema_path),
            cause if isinstance(cause, UnionError) else None,
        )
        for error in errors
        for cause in underlying_errors(error)
        for member in member_steps(cause)
    }


def causes_of(error: UnionError) -> Iterator[tuple[int, frozenset[Fault]]]:
    """What is wrong in each branch of the instance's type, or with the member that is their tag."""
    indices = entered_indices(error)
    preferred, _ = PREFERRED_CAUSES.get(id(error.validator_value), (-1, None))
    entered = list[list[ValidationError]]()
    for index in sorted(indices, key=lambda it: it != preferred):
        entered.append(branch_errors(error, index))
        yield index, frozenset(faults_of_errors(entered[-1]))
    if len(entered) > 1 and is_object(error.instance):
        each = [{name for it in one for name in faulty_members(it)} for one in entered]
        for number, name in enumerate(sorted(set[str].intersection(*each)), indices[-1] + 1):
            yield number, frozenset({Fault(json_pointer([*error.absolute_path, name]), "")})


def faulty_members(error: ValidationError) -> set[str]:
    """The members of the instance itself that are wrong, missing or forbidden."""
    if error.path:
        return {str(error.path[0])} if len(error.path) == 1 else set()
    if error.validator in ("required", "additionalProperties"):
        return {name for steps in member_steps(error) for name in steps}
    if not isinstance(error, UnionError):
        return set()
    return {name for it in every_branch(error) for cause in it for name in faulty_members(cause)}


DATA_KEYWORDS = ("const", "enum", "default", "examples")
URI_CHARACTERS = "%/#:?&=+,;@~!$'()*"  # that stay as they are (RFC 3986, section 2)


def with_encoded_references(value: Any) -> Any:
    """The schema with URI references alone in ``$ref``, as jsonschema-rs asks for: ``%3C`` for
    the ``<`` that generators of schemas write as it is."""
    if is_object(value):
        return {
            name: quote(member, URI_CHARACTERS)
            if name == "$ref" and isinstance(member, str)
            else member
            if name in DATA_KEYWORDS
            else with_encoded_references(member)
            for name, member in value.items()
        }
    return [with_encoded_references(it) for it in value] if is_array(value) else value


def own_format_checks(draft: str) -> dict[str, Any]:
    """Checks of the formats that jsonschema-rs does not know before 2019-09, or judges otherwise;
    it asserts some that are of later drafts."""
    names = ASSERTED_FORMATS if "/draft-0" in draft else OWN_FORMATS
    return {name: partial(is_of_format, name, draft=draft) for name in names}


def underlying_errors(error: ValidationError) -> Iterator[ValidationError]:
    """The error itself, or the errors of the only branch of the instance's type if it is a
    union's."""
    indices = entered_indices(error) if isinstance(error, UnionError) else []
    if isinstance(error, UnionError) and len(indices) == 1:
        for cause in branch_errors(error, indices[0]):
            yield from underlying_errors(cause)
    else:
        yield error


def every_branch(error: UnionError) -> Iterator[list[ValidationError]]:
    branches: Any = error.validator_value
    return (branch_errors(error, index) for index in range(len(branches)))


def branch_errors(error: UnionError, index: int) -> list[ValidationError]:
    """The errors of one branch, with the paths from the union on."""
    branches: Any = error.validator_value
    errors = [*error.home.descend(error.instance, branches[index], schema_path=index)]
    for inner in errors:
        inner.parent = error
    return errors


def entered_indices(error: UnionError) -> list[int]:
    """The indices of the branches of the instance's type."""
    branches: Any = error.validator_value
    return [
        index
        for index, branch in enumerate(branches)
        if is_of_type(subschema_validator(error.home, branch), error.instance)
    ]


def member_steps(error: ValidationError) -> Iterator[list[str]]:
    """The last steps of the pointers: the members that are missing or forbidden, else none."""
    schema: Any = error.schema
    instance: Any = error.instance
    if error.validator == "required":
        # jsonschema reports one error for each missing name, and names it in the message alone.
        yield from ([name] for name in schema["required"] if name not in instance)
    elif error.validator == "additionalProperties" and schema["additionalProperties"] is False:
        yield from ([name] for name in additional_names(instance, schema))
    else:
        yield []


def oracle_for(contract: Contract, module: str, message: str) -> Oracle:
    """The oracle of a message: its schema as the owner wrote it, beside the other files."""
    file = f"{module}/{message}.json"
    alone = refers_to_itself_alone(contract.schemas[file])
    files = None if alone else contract.documents
    return Oracle(contract.schemas[file], URI_PREFIX + file, files, contract.settings.formats)


def refers_to_itself_alone(value: Any) -> bool:
    """Whether every $ref in the schema begins with ``#``."""
    return all(it.startswith("#") for it in references_in(value))
