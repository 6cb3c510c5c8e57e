"""Personal details taken out of what people write, before it is kept, logged or passed on."""

from api.privacy.deidentify import deidentify

__all__ = ["deidentify"]
