"""`python -m crawler` is the `clausewatch` command."""

if __name__ == "__main__":  # worker processes import this module, too
    from crawler.cli import main

    main()
