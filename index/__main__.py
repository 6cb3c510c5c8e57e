"""`python -m index`: build, search and describe a catalogue from the command line."""

import sys

from index.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
