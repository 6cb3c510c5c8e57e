"""Measuring: search quality, speed and building; `make bench` runs it and prints one table."""
