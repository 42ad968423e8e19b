"""Workflows: which job gets which secret, and what its commands do with it."""

from pathlib import Path

import pytest
from tests.unit.steps.env_lint.linted import fires, silent

from launchready.model import FileLocation


def workflow(body: str, name: str = "ci.yml", on: str = "push") -> str:
    """The file of a workflow with this text after its triggers."""
    return f"--- .github/workflows/{name}\non: {on}\n{body}\n"


def job(run: str, env: str = "", more: str = "") -> str:
    """A workflow of one job with one command."""
    lines = "\n".join(f"          {line}" for line in run.splitlines())
    return workflow(
        f"jobs:\n  go:\n    {more or 'runs-on: x'}\n    steps:\n      - env: {{{env}}}\n"
        f"        run: |\n{lines}"
    )


TOKEN = 'T: "${{ secrets.API_TOKEN }}"'
VERCEL = "jobs: {deploy: {steps: [{run: vercel deploy, env: {A: '${{ secrets.VERCEL_KEY }}'}}]}}"
DEPLOY = 'steps: [{run: fly deploy, env: {A: "${{ secrets.DATABASE_URL }}"}}]'

PULL = "{pull_request: {types: [opened, closed]}}"
CALL = "uses: ./.github/workflows/ship.yml, secrets: {DATABASE_URL: '${{ secrets.DATABASE_URL }}'}"


@pytest.mark.parametrize(
    ("rule", "text", "message"),
    [
        pytest.param(
            "workflow-wide-secret",
            workflow(
                "env: {A: '${{ secrets.A_KEY }}', B: '${{ secrets.B_KEY }}'}\n"
                "jobs: {a: {steps: []}, b: {steps: []}}"
            ),
            "secret A_KEY and 1 more given to all 2 jobs; expected only the steps that use it to"
            " have it",
            id="two-secrets",
        ),
        pytest.param(
            "pull-request-with-production-secret",
            workflow(f"jobs: {{go: {{environment: Production, {DEPLOY}}}}}", "p.yml", PULL),
            "job 'go' runs for pull requests and takes secret DATABASE_URL, of the environment"
            " Production; expected one for previews",
            id="of-the-environment",
        ),
        pytest.param(
            "one-secret-for-staging-and-production",
            workflow(f"jobs: {{ship: {{{DEPLOY}}}}}", "deploy-staging.yml")
            + workflow(f"jobs: {{ship: {{{DEPLOY}}}}}", "deploy-production.yml"),
            "secret DATABASE_URL is used by job 'ship' of production and by 'ship' of staging;"
            " expected one for each",
            id="two-workflows",
        ),
        pytest.param(
            "one-secret-for-staging-and-production",
            workflow(f"jobs: {{ship: {{{DEPLOY}}}}}", "a.yml", "{push: {branches: [staging]}}")
            + workflow(f"jobs: {{go: {{{DEPLOY}}}}}", "b.yml", "{push: {branches: [live]}}"),
            "secret DATABASE_URL is used by job 'go' of production and by 'ship' of staging;"
            " expected one for each",
            id="two-branches",
        ),
        pytest.param(
            "one-secret-for-staging-and-production",
            workflow(
                f"jobs: {{deploy-staging: {{{CALL}}}, deploy-production: {{{CALL}}}}}", "a.yml"
            )
            + workflow(f"jobs: {{go: {{{DEPLOY}}}}}", "ship.yml", "{workflow_call: {}}"),
            "secret DATABASE_URL is used by job 'deploy-production' of production and by"
            " 'deploy-staging' of staging; expected one for each",
            id="called-for-two",
        ),
        pytest.param(
            "secret-in-command-line",
            job("A=$(x --key=${{ secrets.API_TOKEN }})"),
            "secret API_TOKEN is written into a command's arguments; expected it in the step's env",
            id="a-command-in-an-assignment",
        ),
        pytest.param(
            "secret-in-command-line",
            job("x -e A=${{ secrets.A_TOKEN }} -e B=${{ secrets.B_TOKEN }}"),
            "secret A_TOKEN and 1 more are written into a command's arguments; expected them in the"
            " step's env",
            id="one-command-is-one-finding",
        ),
        pytest.param(
            "secret-printed-unmasked",
            job('echo "$T" | sed "s/./& /g"', TOKEN),
            "secret API_TOKEN is printed in a form that the log does not mask; expected it not to"
            " be printed",
            id="spread-out",
        ),
        pytest.param(
            "secret-printed-unmasked",
            job("echo ${{ secrets.API_TOKEN }} | base64 | base64"),
            "secret API_TOKEN is printed in a form that the log does not mask; expected it not to"
            " be printed",
            id="encoded-twice",
        ),
        pytest.param(
            "deploy-job-with-repository-secrets",
            workflow(
                "jobs: {ship: {steps: [{uses: superfly/flyctl-actions@v1,"
                " env: {A: '${{ secrets.FLY_TOKEN }}', B: '${{ secrets.B }}',"
                " C: '${{ secrets.C }}', D: '${{ secrets.D }}'}}]}}"
            ),
            "job 'ship' deploys with B, C, D and 1 more and names no environment; expected"
            " `environment:`, which keeps them from other jobs and branches",
            id="an-action-that-deploys",
        ),
        pytest.param(
            "secret-in-url",
            job('curl "https://x.example/a?b=1&api_key=${T}"', TOKEN),
            "secret API_TOKEN stands in the query of an address; expected a header",
            id="a-second-parameter",
        ),
        pytest.param(
            "secret-in-condition",
            workflow("jobs: {a: {if: \"secrets['X'] != ''\", steps: []}}"),
            "a condition asks for secret X, which GitHub refuses; expected env",
            id="a-jobs-condition",
        ),
        pytest.param(
            "newline-in-piped-secret",
            job('echo "$T" | base64 -w0', TOKEN),
            "echo adds a line end to secret API_TOKEN on its way to base64; expected printf %s",
            id="encoded",
        ),
        pytest.param(
            "newline-in-piped-secret",
            job("echo ${{ secrets.A }} |\\\n  gcloud secrets versions add a --data-file=-"),
            "echo adds a line end to secret A on its way to gcloud secrets; expected printf %s",
            id="over-two-lines",
        ),
        pytest.param(
            "newline-in-secret-of-script",
            '--- bin/keys.sh\nset -e\necho "${MY_SECRET}" | docker secret create my -\n',
            "echo adds a line end to MY_SECRET on its way to docker secret; expected printf %s",
            id="a-script",
        ),
        pytest.param(
            "secret-written-to-output",
            job('echo "t=$T" >> $GITHUB_STEP_SUMMARY', TOKEN),
            "secret API_TOKEN is written to an output or summary; expected each job to take it"
            " from secrets",
            id="the-summary",
        ),
        pytest.param(
            "secret-written-to-job",
            job("cat f | tee -a $GITHUB_ENV\necho T=$T | tee -a $GITHUB_ENV", TOKEN),
            "secret API_TOKEN is written to GITHUB_ENV for all later steps; expected only those"
            " that use it to have it",
            id="by-tee",
        ),
        pytest.param(
            "secret-in-artifact",
            job('echo "T=$T" >> "./conf/app.env"', TOKEN)
            + "      - uses: actions/cache/save@v4\n"
            "        with: {path: 'a\n\n\n            conf/app.env'}\n",
            "'conf/app.env' with secret API_TOKEN is uploaded by 'actions/cache/save@v4'; expected"
            " it to stay in the job",
            id="a-cache",
        ),
        pytest.param(
            "secret-build-argument",
            job('docker build --build-arg NPM_TOKEN="$T" .', TOKEN),
            "secret API_TOKEN is handed to a build as an argument, which the image's history keeps;"
            " expected a secret mount",
            id="a-command",
        ),
        pytest.param(
            "all-secrets-as-json",
            workflow("jobs: {a: {steps: [{run: x, env: {A: '${{ secrets[matrix.key] }}'}}]}}"),
            "all secrets are handed over at once; expected those that are needed by name",
            id="a-name-made-at-run-time",
        ),
        pytest.param(
            "secrets-with-untrusted-checkout",
            workflow(
                "jobs:\n  go:\n    env: {T: '${{ secrets.T }}'}\n    steps:\n"
                "    - uses: actions/checkout@v5\n"
                "      with: {ref: '${{ github.event.workflow_run.head_sha }}'}\n"
                "    - uses: ./tools/build",
                on="{workflow_run: {workflows: [ci]}}",
            ),
            "job 'go' checks out a pull request's code on workflow_run and runs it beside secret T;"
            " expected no secrets there",
            id="an-action-of-the-checkout",
        ),
        pytest.param(
            "live-secret-in-workflow",
            "--- .gitlab-ci.yml\nship:\n  environment: production\n"
            "  variables: {JWT_SECRET: <secret>}\n",
            "JWT_SECRET is given a secret in plain text; expected a reference to the CI's secrets",
            id="a-random-value-of-production",
        ),
    ],
)  # fmt: skip
def test_fires(rule: str, text: str, message: str, tmp_path: Path) -> None:
    assert [found.message for found in fires(tmp_path, rule, text)] == [message]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param(
            "workflow-wide-secret",
            workflow("env: {A: '${{ secrets.A_KEY }}'}\njobs: {a: {steps: []}}"),
            id="one-job",
        ),
        pytest.param(
            "workflow-wide-secret",
            workflow(
                "env: {A: '${{ secrets.GITHUB_TOKEN }}', B: '${{ secrets.TURBO_TOKEN }}',"
                " C: '${{ secrets.NEXT_PUBLIC_KEY }}', D: '${{ vars.X }}'}\n"
                "jobs: {a: {steps: []}, b: {steps: []}}"
            ),
            id="tokens-that-open-little",
        ),
        pytest.param(
            "deploy-job-without-environment",
            workflow(
                f"jobs:\n  deploy-staging: {{environment: staging, {DEPLOY}}}\n"
                "  deploy-docs: {steps: [{run: x, env: {A: '${{ secrets.GH_TOKEN }}'}}]}\n"
                "  deploy-live: {steps: [{run: x, env: {A: '${{ secrets.PRODUCTION_KEY }}'}}]}\n"
                "  build: {steps: [{run: make, env: {A: '${{ secrets.KEY }}'}}]}\n"
                "  deploy-all: {uses: ./.github/workflows/x.yml, secrets: inherit}"
            ),
            id="bots-names-with-an-environment-and-no-deployment",
        ),
        pytest.param(
            "deploy-job-without-environment",
            workflow(f"jobs: {{deploy: {{{DEPLOY}}}}}"),
            id="one-environment-is-a-note",
        ),
        pytest.param(
            "deploy-job-with-repository-secrets",
            workflow(f"jobs: {{deploy: {{{DEPLOY}}}}}", on="{workflow_call: {}}"),
            id="called-by-another",
        ),
        pytest.param(
            "one-secret-for-staging-and-production",
            workflow(
                "jobs:\n  deploy-staging: {steps: [{run: x, env: {A: '${{ secrets.SENTRY_TOKEN }}',"
                " B: '${{ secrets.STAGING_URL }}'}}]}\n"
                "  deploy-production: {steps: [{run: x, env: {A: '${{ secrets.SENTRY_TOKEN }}',"
                " B: '${{ secrets.STAGING_URL }}'}}]}"
            ),
            id="meant-to-be-common",
        ),
        pytest.param(
            "one-secret-for-staging-and-production",
            workflow(
                f"jobs: {{deploy-staging: {{{CALL}}}, deploy-production: {{{CALL}}}}}", "a.yml"
            )
            + workflow(
                f"jobs: {{go: {{environment: '${{{{ inputs.to }}}}', {DEPLOY}}}}}",
                "ship.yml",
                "{workflow_call: {}}",
            ),
            id="the-called-workflow-names-an-environment",
        ),
        pytest.param(
            "preview-with-production-secret",
            workflow(f"jobs: {{deploy: {{environment: pre, {DEPLOY}}}}}", "p.yml", "pull_request")
            + workflow(f"jobs: {{deploy: {{{DEPLOY}}}}}", "r.yml"),
            id="a-preview-with-an-environment",
        ),
        pytest.param(
            "pull-request-with-production-secret",
            workflow(
                "jobs: {a: {if: github.event.pull_request.merged, steps: [{run: x,"
                " env: {A: '${{ secrets.PROD_KEY }}'}}]}, b: {environment: preview, steps:"
                " [{run: x, env: {A: '${{ secrets.KEY }}', B: '${{ secrets.PROD_AWS_REGION }}',"
                " C: '${{ secrets.SLACK_PROD_WEBHOOK }}'}}]}}",
                "p.yml",
                "pull_request",
            )
            + workflow(
                "jobs: {a: {environment: production, steps: [{run: x,"
                " env: {A: '${{ secrets.PROD_KEY }}'}}]}}",
                "closed.yml",
                "{pull_request: {types: [closed]}}",
            )
            + workflow(
                "jobs: {a: {environment: '${{ x && 1 || 2 }} production', steps: [{run: x,"
                " env: {A: '${{ secrets.KEY }}', B: '${{ secrets.STAGING_PROD_KEY }}'}}]}}",
                "both.yml",
                "pull_request",
            )
            + workflow(
                "jobs: {a: {steps: [{run: x, env: {A: '${{ secrets.PROD_KEY }}'}}]}}",
                "push.yml",
                "[push, pull_request]",
            ),
            id="after-the-merge-or-of-no-secret-of-production",
        ),
        pytest.param(
            "preview-with-production-secret",
            workflow(VERCEL, "p.yml", "pull_request")
            + workflow(VERCEL, "r.yml"),
            id="the-account-that-deploys",
        ),
        pytest.param(
            "secret-in-command-line",
            job(
                'KEY="${{ secrets.API_TOKEN }}" make\n'
                'if [ -n "${{ secrets.API_TOKEN }}" ]; then\n'
                'echo "${{ secrets.API_TOKEN }}" | docker login --password-stdin\n'
                "x --user ${{ secrets.LOGIN_NAME }} --token $T\n"
                "cat <<EOF > f\nuse ${{ secrets.API_TOKEN }}\nEOF\n"
                "# x ${{ secrets.API_TOKEN }}\nx ${{ secrets.GITHUB_TOKEN }}",
                TOKEN,
            ),
            id="no-arguments-of-a-program",
        ),
        pytest.param(
            "secret-printed-unmasked",
            job(
                'echo "$T" | base64 -d > f\necho "$T" | base64 | docker login\n'
                'echo "$X" | rev\nA=$(echo "$T" | base64)\necho "$T"',
                TOKEN,
            ),
            id="not-printed-or-masked",
        ),
        pytest.param(
            "secret-in-url",
            job('curl -d "token=$T" https://x.example/?a=1\ncurl "$T"', TOKEN),
            id="a-body-or-the-whole-address",
        ),
        pytest.param(
            "secret-in-condition",
            workflow(
                "jobs: {a: {if: \"env.A != 'secrets.X'\","
                " steps: [{if: contains('a secrets b', x)}]}}"
            ),
            id="a-word-in-quotes",
        ),
        pytest.param(
            "newline-in-piped-secret",
            job(
                'echo -n "$T" | base64\necho "$T" | base64 --decode > f\n'
                "echo \"$T\" | tr -d '\\n' | base64\nprintf %s \"$T\" | vercel env add A x\n"
                'echo "$OTHER" | base64\necho "$T" | gh secret set A',
                TOKEN,
            ),
            id="no-line-end-or-one-that-is-cut-off",
        ),
        pytest.param(
            "newline-in-secret-of-script",
            '--- a.sh\necho "$NAME" | base64\necho hello | base64\necho "$MY_SECRET" | wc -c\n',
            id="no-secret-of-a-script",
        ),
        pytest.param(
            "secret-written-to-output",
            job(
                'echo "v=1" >> $GITHUB_OUTPUT\necho "$T" > f\n'
                'echo "v=$(curl -H "k: $T" x)" >> $GITHUB_OUTPUT',
                TOKEN,
            ),
            id="what-a-command-made-of-it",
        ),
        pytest.param(
            "secret-in-artifact",
            job('echo "T=$T" > .env\necho "L=$L" > l.env', TOKEN + ', L: "${{ secrets.LEVEL }}"')
            + "      - {uses: actions/upload-artifact@v4, with: {path: .env}}\n"
            "      - {uses: actions/upload-artifact@v4, with: {path: l.env}}\n"
            "      - {uses: actions/checkout@v4, with: {path: .env}}\n",
            id="hidden-files-stay-and-others-hold-no-secret",
        ),
        pytest.param(
            "secret-build-argument",
            workflow(
                "jobs: {a: {steps: [{uses: docker/build-push-action@v6, with: {build-args: "
                "'A=${{ secrets.NEXT_PUBLIC_MAPS_KEY }}'}}]}}"
            )
            + job('docker build --build-arg NEXT_PUBLIC_KEY="$T" --secret id=a,env=T .', TOKEN)
            .replace("ci.yml", "b.yml"),
            id="for-browsers",
        ),
        pytest.param(
            "inherited-secrets",
            workflow("jobs: {a: {uses: x/y/.github/workflows/z.yml@v1, secrets: {a: b}}}"),
            id="by-name",
        ),
        pytest.param(
            "secrets-with-untrusted-checkout",
            workflow(
                "jobs:\n"
                "  guarded:\n"
                "    if: github.event.pull_request.head.repo.full_name == github.repository\n"
                "    steps: &steps\n    - uses: actions/checkout@v5\n"
                "      with: {ref: '${{ github.event.pull_request.head.sha }}'}\n"
                "    - run: make\n      env: {T: '${{ secrets.T }}'}\n"
                "  agreed: {environment: preview, steps: *steps}\n"
                "  own:\n    steps:\n    - uses: actions/checkout@v5\n"
                "    - run: make\n      env: {T: '${{ secrets.T }}'}\n"
                "  plain:\n    steps:\n    - uses: actions/checkout@v5\n"
                "      with: {ref: '${{ github.head_ref }}'}\n    - run: make",
                on="pull_request_target",
            ),
            id="guarded-or-without-secrets-or-strangers",
        ),
        pytest.param(
            "live-secret-in-workflow",
            workflow(
                "env: {JWT_SECRET: <secret>, DATABASE_URL: 'postgres://u:<secret>@localhost/x'}\n"
                "jobs: {test: {env: {STRIPE_KEY: <sk_test>}}}"
            ),
            id="made-up-for-tests",
        ),
    ],
)  # fmt: skip
def test_silent(rule: str, text: str, tmp_path: Path) -> None:
    silent(tmp_path, rule, text)


def test_a_secret_that_is_meant_to_be_shared_is_left_alone(tmp_path: Path) -> None:
    text = workflow(f"jobs: {{ship-staging: {{{DEPLOY}}}, ship-production: {{{DEPLOY}}}}}")
    rule = "one-secret-for-staging-and-production"
    fires(tmp_path / "a", rule, text)
    silent(tmp_path / "b", rule, text, shared=("DATABASE_URL",))


def test_the_place_is_that_of_the_secret(tmp_path: Path) -> None:
    text = job("true\nx --key ${{ secrets.API_TOKEN }}")
    (found,) = fires(tmp_path, "secret-in-command-line", text)
    assert found.location == FileLocation(
        path=".github/workflows/ci.yml", line=9, column=19, end_column=43
    )


def test_a_line_that_goes_on_is_told_at_its_beginning(tmp_path: Path) -> None:
    (found,) = fires(
        tmp_path, "secret-in-command-line", job("x \\\n  --key ${{ secrets.API_TOKEN }}")
    )
    assert isinstance(found.location, FileLocation)
    assert found.location.line == 8


def test_names_of_jobs_cannot_inject_commands(tmp_path: Path) -> None:
    text = workflow('jobs: {"deploy\\n::error::x": {' + DEPLOY + "}}")
    (found,) = fires(tmp_path, "deploy-job-with-repository-secrets", text)
    assert "\n" not in found.message
