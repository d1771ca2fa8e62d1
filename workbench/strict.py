"""The base of everything that is read from a settings file."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A model that refuses unknown keys: a typing slip must not silently do nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)
