"""The catalogue: studies built into a snapshot that is written once and never changed."""
