"""Keeping the catalogue in step with the registries: download, keep, check, build, switch, roll back.

The feeds are read in bulk; what a person looks for is never sent to a registry. How it works, for
operators: docs/registries.md.
"""
