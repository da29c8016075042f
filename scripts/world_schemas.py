"""The real schemas that ``make test-world`` unpacks, which packages of other projects carry."""

import json
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from contract.drafts import canonical_uri
from contract.json_values import is_object
from contract.read import Contract, build_contract
from contract.settings import Resource, Settings

FOLDER = Path(sys.prefix) / "world"


MODULE, MESSAGE = "world", "Schema"  # what each schema is called in a contract of its own


# All words of others are annotations; those that are close to a keyword have to be named.
ANNOTATIONS = ("*", "$$description", "item")


@cache
def world_schemas() -> dict[str, bytes]:
    """The text of each schema, once, by its path within the folder; the largest comes first."""
    names = {
        path.read_bytes(): path.relative_to(FOLDER).as_posix()
        for path in sorted(FOLDER.rglob("*.json"), reverse=True)
        if canonical_uri(schema_root(path.read_bytes()).get("$schema"))
    }
    return {names[text]: text for text in sorted(names, key=len, reverse=True)}


def schema_root(text: bytes) -> dict[str, Any]:
    """The members of a schema, none if the text is not that of an object."""
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if is_object(value) else {}


def world_contract(name: str) -> Contract:
    """The contract of one schema, which may refer to those beside it. Raises Refused."""
    settings = Settings(ANNOTATIONS, resources=resources_beside(name))
    return build_contract({f"{MODULE}/{MESSAGE}.json": world_schemas()[name]}, "1", settings)


def resources_beside(name: str) -> dict[str, Resource]:
    """The other schemas of the folder, by the URI of a reference to the file's name.

    Without variants of a schema, which call themselves as it does.
    """
    uri = own_uri(world_schemas()[name])
    folder = [it for it in world_schemas() if it.rpartition("/")[0] == name.rpartition("/")[0]]
    names = Counter(own_uri(world_schemas()[it]) for it in folder)
    return {
        urljoin(uri, other.rpartition("/")[2]): Resource(other, world_schemas()[other])
        for other in folder
        if uri and other != name and names[own_uri(world_schemas()[other])] == 1
    }


def own_uri(text: bytes) -> str:
    """What a schema calls itself; empty if it does not."""
    root = schema_root(text)
    return str(root.get("$id", root.get("id", "")))
