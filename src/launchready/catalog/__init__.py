"""Rule data: tables of typed values, no logic."""
