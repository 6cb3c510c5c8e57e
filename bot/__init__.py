"""What Rasa needs beyond YAML: reading conditions, places and numbers, features and intents.

Runs in the Rasa environment (Python 3.10) and shares only `data/` with the other rooms.
"""
