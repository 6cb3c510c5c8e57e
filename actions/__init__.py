"""What the dialogue may do: one small file an action, each calling `index` and saying the result.

`python -m actions` serves them on loopback. Actions keep nothing between two calls: what a
conversation knows is in its slots.
"""
