"""`python -m centerfloor` is the command `centerfloor`."""

from centerfloor.cli import main

main()
