"""The report on understanding: what is measured, beside what, and how it is told."""
