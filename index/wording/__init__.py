"""Plain English: what a person reads of a study, made from its record."""
