"""`python -m launchready`, the console script and the entry of launchready.pyz."""

from launchready.cli.main import main

if __name__ == "__main__":
    main()
