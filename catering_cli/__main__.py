"""`python -m catering_cli` is `catering`."""

from catering_cli.cli.app import main

main()
