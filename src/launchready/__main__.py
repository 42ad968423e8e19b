"""`python -m launchready`, the console script and the entry of launchready.pyz."""

import gc


def main() -> None:
    """Run the command line and end the process with its exit code."""
    # A run makes many small values, next to no cycles, and then ends: looking
    # for cycles as often as Python does by default doubles the cost of a large report
    # and slows the loading of the command line.
    gc.set_threshold(100_000)
    from launchready.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
