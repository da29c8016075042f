"""The one answer other than success, the same in scripts/ and in the copies of others."""

from runtime._finding import Refused

__all__ = ["Refused"]
