"""``"deprecated": true`` of a class: whoever builds an instance of it is warned.

``@deprecated_class("Old is deprecated")``. Shipped to packages that use it alone.
"""

import warnings
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

__all__ = ["deprecated_class"]

if TYPE_CHECKING:  # a type checker warns wherever the class is named
    from typing_extensions import deprecated as deprecated_class
else:

    def deprecated_class(message: str) -> Callable[[Any], Any]:
        """The class, whose constructor warns (JSON Schema 2020-12, Validation 9.3).

        Reading a document does not warn and costs no more: Pydantic calls no constructor then. The
        last paragraph of the docstring is for editors; what is left is the description that the
        class emits. A class that extends this one is not deprecated.
        """

        def deprecate(cls: type[BaseModel]) -> type[BaseModel]:
            plain = cls.__init__

            @wraps(plain)  # with the mark by which Pydantic knows a constructor that it may skip
            def build(self: BaseModel, /, *root: Any, **members: Any) -> None:
                if type(self) is cls:
                    warnings.warn(message, DeprecationWarning, stacklevel=2)
                plain(self, *root, **members)

            cls.__init__ = build
            cls.__doc__ = (cls.__doc__ or "").rpartition("\n\n")[0] or None  # none with -OO
            return cls

        return deprecate
