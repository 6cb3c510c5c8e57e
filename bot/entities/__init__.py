"""Entities: conditions and places by a spaCy pipeline, numbers and people by patterns."""
