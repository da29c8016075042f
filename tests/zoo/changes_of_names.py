"""Messages of which a class moves: into another class, or from one module into another."""

from typing import Any

from tests.zoo.small_schemas import NUMBER, TEXT, WHOLE, members

ADDRESS: Any = members(street=TEXT, geo=members(lat=NUMBER, long=NUMBER))
# A schema, one in which the classes of an address are called otherwise, and how.
MOVED: dict[str, tuple[Any, Any, dict[str, str]]] = {
    "to another member": (members(home=ADDRESS), members(away=ADDRESS), {"Home": "Away"}),
    "into a member": (
        members(home=ADDRESS),
        members(user=members(home=ADDRESS)),
        {"Home": "UserHome"},
    ),
    "two": (
        members(home=ADDRESS, work=members(at=ADDRESS)),
        members(user=members(home=ADDRESS, work=members(at=ADDRESS))),
        {"Home": "UserHome", "WorkAt": "UserWorkAt", "Work": "UserWork"},
    ),
}

MONEY: Any = members(amount=WHOLE)
# Two versions of a message, of which the first takes a class from another one, and that.
SHARING: tuple[list[Any], dict[str, Any]] = (
    [
        members(price={"$ref": "../other/Bill.json#/$defs/Money"}),
        {**members(price={"$ref": "#/$defs/Money"}), "$defs": {"Money": MONEY}},
    ],
    {
        "other/Bill.json": {
            **members(total={"$ref": "#/$defs/Money"}),
            "$defs": {"Money": MONEY},
        }
    },
)
