"""Readers: a registry's own format in, `Study` out. One module a registry, one for files."""
