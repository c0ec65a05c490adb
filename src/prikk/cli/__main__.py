"""``python -m prikk.cli``."""

from prikk.cli import main

main()
