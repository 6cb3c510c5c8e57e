"""The gateway: the only door that the public meets.

It keeps sessions, checks every message for danger, takes personal details out, talks to Rasa over
loopback, and serves the study pages, their JSON and the widget. It reads `index` and nothing of
`actions` or `bot`.
"""
