"""`python -m storymap` is the command `storymap`."""

from storymap.cli import main

main()
