"""The names of other scanners' files, all at the top of the repository."""

BASELINES = (".secrets.baseline",)
IGNORES = (".gitleaksignore", ".betterleaksignore")
CONFIGS = (".gitleaks.toml", ".betterleaks.toml")
FILES = (*BASELINES, *IGNORES, *CONFIGS)
