"""Rules on what the template lacks."""

from collections.abc import Iterable, Iterator, Sequence

from launchready.facts.environment import Declaration, EnvironmentFacts, Kind, Read
from launchready.model import Finding, Related, Severity
from launchready.step import rule
from launchready.steps.env_lint.index import index_of, is_given
from launchready.steps.env_lint.settings import EnvLintSettings
from launchready.steps.env_lint.supplied import supplier_of

_MOST_SHOWN = 5
_DEPLOYS = frozenset(
    {"compose", "github-actions", "gitlab-ci", "kubernetes", "dockerfile", "shell", "make"}
)
"""Languages of files that build and deploy: what they take is for no template."""
_OF_THE_PROGRAM = frozenset({"assignment", "next.config", "define"})


@rule(EnvironmentFacts, Severity.WARNING)
def absent_from_template(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """Code needs a variable that some environment has and the template does not name.

    Who copies the template to start, or to deploy elsewhere, gets a product that fails.

    Add the name, without a value, to the template.

    Bad:
        --- .env.example
        DATABASE_URL=
        --- .github/workflows/deploy.yml
        on: push
        jobs:
          deploy:
            runs-on: ubuntu-latest
            steps:
              - run: npm run deploy
                env:
                  MAIL_API_KEY: ${{ secrets.MAIL_API_KEY }}
        --- src/mail.ts
        const mail = new Mail(process.env.MAIL_API_KEY!);
        const db = connect(process.env.DATABASE_URL!);
    Good:
        --- .env.example
        DATABASE_URL=
        MAIL_API_KEY=
        --- .github/workflows/deploy.yml
        on: push
        jobs:
          deploy:
            runs-on: ubuntu-latest
            steps:
              - run: npm run deploy
                env:
                  MAIL_API_KEY: ${{ secrets.MAIL_API_KEY }}
        --- src/mail.ts
        const mail = new Mail(process.env.MAIL_API_KEY!);
        const db = connect(process.env.DATABASE_URL!);
    """
    index = index_of(facts)
    templates = tuple(
        dict.fromkeys(each.path for each in facts.declarations if each.kind is Kind.TEMPLATE)
    )
    for name, declarations in index.declared.items():
        required = [each for each in index.certain_reads(name) if each.language not in _DEPLOYS]
        given = [each for each in declarations if _is_given(each)]
        if any(each.source in _OF_THE_PROGRAM for each in given):
            continue  # the program or its build gives it to itself, or to one that it starts
        if not (templates and required and given):
            continue
        near = _template_near(templates, required[0])
        if not near or not index.is_covered_by(near, required[0]):
            continue  # the templates are of other parts
        if _comes_along(facts, given, required[0]):
            continue  # it comes with the checkout
        if any(each.kind.is_documentation for each in declarations):
            continue
        if supplier_of(name, settings):
            continue
        yield Finding(
            message=f"{name!r} is needed here and not in {near}",
            location=required[0].location,
            identity=name,
            related=tuple(declared_at(given)),
            places=tuple(each.location for each in required),
        )


RULES = (absent_from_template,)


def declared_at(declarations: Sequence[Declaration]) -> Iterator[Related]:
    """Where a variable is declared, the first few places."""
    for each in declarations[:_MOST_SHOWN]:
        yield Related(message="it is declared here", location=each.location)


def _is_given(each: Declaration) -> bool:
    """Whether some environment has it, or the program's schema lists it. An image's own variables
    come with the image.
    """
    return each.kind is Kind.SCHEMA or (is_given(each) and each.kind is not Kind.IMAGE)


def _template_near(templates: Sequence[str], read: Read) -> str:
    """The template in the folder nearest to a read, of those that lie above it; "" if none does."""
    folders = {path: path.rpartition("/")[0] for path in templates}
    above = [path for path, at in folders.items() if not at or read.path.startswith(f"{at}/")]
    return max(above, key=lambda path: (len(folders[path]), -len(path)), default="")


def _comes_along(facts: EnvironmentFacts, given: Iterable[Declaration], read: Read) -> bool:
    """Whether an env file of the same part of the repository gives it, and git has that file."""
    return any(
        each.source == "dotenv"
        and each.path in facts.tracked
        and read.path.startswith(each.path.rpartition("/")[0])
        for each in given
    )
