"""Ontologies that an operator adds beside the editors' lexicon: read, kept, laid under it."""
