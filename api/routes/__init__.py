"""The gateway's calls, one router a file."""
