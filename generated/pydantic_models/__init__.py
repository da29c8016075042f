"""The contract's messages as Pydantic models: one module for each folder of schemas."""

__version__ = "1.0.0"
