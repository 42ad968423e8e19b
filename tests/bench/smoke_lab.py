"""How many of the seeded faults smoke-test finds, and what it tells besides.

    python -m tests.bench.smoke_lab

Each fault stands alone behind a real nginx on loopback. Recall is the share of faults whose rule
fires; precision is the share of rules that fired which had to, errors and warnings.
"""

import tempfile
from pathlib import Path

from tests.edge.faults import FAULTS, SILENT
from tests.edge.lab import score


def main() -> None:
    """Print the score, and by name what was missed or told wrongly."""
    with tempfile.TemporaryDirectory() as folder:
        scored = score({**SILENT, **FAULTS}, Path(folder))
    for name in scored.missed:
        print(f"missed    {name}: {FAULTS[name].rule}")
    for name, rule in scored.wrong:
        print(f"wrong     {name}: {rule}")
    print(f"faults    {len(FAULTS)}, and {len(SILENT)} sites without")
    print(f"recall    {scored.recall:.1%}")
    print(f"precision {scored.precision:.1%}")


if __name__ == "__main__":
    main()
