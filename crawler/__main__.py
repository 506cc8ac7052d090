"""`python -m crawler` is the `clausewatch` command."""

from crawler.cli import main

if __name__ == "__main__":
    main()
