"""Rules on what a platform has, by the list of names that it printed."""

from collections.abc import Iterator

from launchready.facts.environment import EnvironmentFacts, Kind, Stage
from launchready.model import FileLocation, Finding, Related, Severity
from launchready.step import rule
from launchready.steps.env_lint.index import index_of, is_given
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.supplied import supplier_of


@rule(EnvironmentFacts, Severity.ERROR)
def missing_on_platform(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """Code needs a variable that the platform's own list does not have.

    The next deploy starts without it.

    Set it on the platform, for the environment that is named.

    Bad:
        --- production.inventory
        DATABASE_URL	2026-01-05T10:00:00Z
        --- src/pay.ts
        const stripe = new Stripe(process.env.STRIPE_SECRET_KEY!);
    Good:
        --- production.inventory
        STRIPE_SECRET_KEY	2026-01-05T10:00:00Z
        --- src/pay.ts
        const stripe = new Stripe(process.env.STRIPE_SECRET_KEY!);
    """
    index = index_of(facts)
    lists: dict[tuple[str, str], set[str]] = {}
    stages = {}
    for each in facts.declarations:
        if each.kind is Kind.INVENTORY:
            named = each.environment.name if each.environment else ""
            lists.setdefault((each.path, named), set()).add(each.name)
            stages[named] = each.environment.stage if each.environment else None
    for (path, named), has in sorted(lists.items()):
        if stages[named] in (Stage.DEVELOPMENT, Stage.TEST):
            continue
        for name in index.read:
            required = index.required_reads(name)
            given = any(
                is_given(each) and each.environment and each.environment.name == named
                for each in index.declared.get(name, ())
            )
            if name in has or given or not required:
                continue
            if supplier_of(name, settings):
                continue
            place = f" for {named}" if named else ""
            yield Finding(
                message=f"{name!r} is needed here and {path} does not list it{place}",
                location=required[0].location,
                identity=f"{name} {named}",
                related=(Related(message="the list", location=FileLocation(path=path, line=1)),),
            )


@rule(EnvironmentFacts, Severity.ERROR)
def unknown_workflow_secret(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A workflow uses a secret or variable that GitHub's own list does not have.

    GitHub puts an empty text in its place without a word, and the deploy goes on with it.

    Set the secret, or mend its name in the workflow.

    Bad:
        --- github.inventory
        STRIPE_SECRET_KEY	2026-01-05T10:00:00Z
        --- .github/workflows/deploy.yml
        on: push
        jobs:
          deploy:
            runs-on: ubuntu-latest
            steps:
              - run: npm run deploy
                env:
                  STRIPE_SECRET_KEY: ${{ secrets.STRIPE_KEY }}
    Good:
        --- github.inventory
        STRIPE_SECRET_KEY	2026-01-05T10:00:00Z
        --- .github/workflows/deploy.yml
        on: push
        jobs:
          deploy:
            runs-on: ubuntu-latest
            steps:
              - run: npm run deploy
                env:
                  STRIPE_SECRET_KEY: ${{ secrets.STRIPE_SECRET_KEY }}
    Reference:
        https://docs.github.com/actions/security-for-github-actions/security-guides/using-secrets-in-github-actions
    """
    listed = {
        each.name
        for each in facts.declarations
        if each.kind is Kind.INVENTORY and _is_of_github(each.path)
    }
    if not listed:
        return
    for each in facts.declarations:
        origin = each.origin
        if each.source != "github-actions" or origin is None or origin.store != "secrets":
            continue
        if origin.name and origin.name not in listed and origin.name != "GITHUB_TOKEN":
            yield Finding(
                message=f"secret {origin.name!r} is used here and not in GitHub's list",
                location=each.location,
                identity=f"{origin.name} {each.name}",
            )


def _is_of_github(path: str) -> bool:
    """Whether a list is GitHub's, by its file's name: only then an absent secret is an error."""
    name = path.rpartition("/")[2].lower()
    return "github" in name or name.startswith("gh")


RULES = (missing_on_platform, unknown_workflow_secret)
