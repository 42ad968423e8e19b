"""The workflows of GitHub Actions: a job for each step, and one gate to require.

A required check must report on every pull request, so there is no path filter; a check that is
skipped counts as passed (docs.github.com, "Troubleshooting required status checks"), so the gate
runs always and asks for each job's own word. Names hold no matrix value, which a ruleset would have
to follow. `merge_group` runs them in a merge queue.
"""

from collections.abc import Sequence

WORKFLOW = ".github/workflows/launchready.yml"
LIVE_WORKFLOW = ".github/workflows/launchready-live.yml"
COMMENT_WORKFLOW = ".github/workflows/launchready-comment.yml"
GATE = "launchready / gate"
"""The name of the check that a protected branch requires."""

CHECKOUT = "actions/checkout@v6"

_HEAD = """\
name: launchready
on:
  push:
    branches: [{branch}]
  pull_request:
  merge_group:
permissions: {{}}
concurrency:
  group: launchready-${{{{ github.ref }}}}
  cancel-in-progress: ${{{{ github.event_name == 'pull_request' }}}}
jobs:
"""
_JOB = """\
  {step}:
    name: launchready / {step}
    runs-on: ubuntu-latest
    timeout-minutes: 20
    permissions:
      contents: read
    steps:
      - uses: {checkout}
        with:
          fetch-depth: 0 # the whole history: that is where old keys are
          persist-credentials: false
      - uses: launchready/{step}@v1
"""
_KEPT = """\
        id: step
      - uses: actions/upload-artifact@v7
        if: always() && github.event_name == 'pull_request'
        with:
          name: launchready-{step}
          path: ${{{{ steps.step.outputs.report-folder }}}}/{step}.json
          if-no-files-found: ignore
          retention-days: 7
"""
_COMMENT = """\
name: launchready comment
on:
  workflow_run: # of the default branch, so that a pull request cannot change what runs with a token
    workflows: [launchready]
    types: [completed]
permissions: {{}}
jobs:
  comment:
    if: github.event.workflow_run.event == 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions:
      actions: read
      pull-requests: write
    steps:
      - uses: actions/download-artifact@v8
        with:
          pattern: launchready-*
          path: reports
          run-id: ${{{{ github.event.workflow_run.id }}}}
          github-token: ${{{{ github.token }}}}
      - run: >-
          pipx run --spec "launchready @ git+https://github.com/launchready/launchready@v{version}"
          launchready comment reports --commit "$COMMIT" --run "$RUN"
        env:
          GITHUB_TOKEN: ${{{{ github.token }}}}
          COMMIT: ${{{{ github.event.workflow_run.head_sha }}}}
          RUN: ${{{{ github.event.workflow_run.html_url }}}}
"""
_GATE = """\
  gate: # require this check, and no other, on the protected branch
    name: {gate}
    if: always() # a job that is skipped would count as passed
    needs: [{steps}]
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions: {{}}
    steps:
      - name: every step ran and passed
        env:
          RESULTS: ${{{{ join(needs.*.result, ' ') }}}}
        run: |
          echo "{steps}: $RESULTS"
          test "$RESULTS" = "{passed}"
"""
_LIVE = """\
name: launchready live
on: deployment_status
permissions: {{}}
jobs:
  smoke-test:
    name: launchready / smoke-test
    if: github.event.deployment_status.state == 'success'
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - uses: {checkout}
        with:
          persist-credentials: false
      - uses: launchready/smoke-test@v1
        with:
          # Empty means `site.url` of launchready.yml; a preview is asked at its own address.
          url: ${{{{ !startsWith(github.event.deployment.environment, 'production') &&
            github.event.deployment_status.environment_url || '' }}}}
"""


def workflow(steps: Sequence[str], branch: str, *, keeps_reports: bool = False) -> str:
    """Runs these steps on every change, each in a job of its own, and the gate after them.

    `keeps_reports` leaves the reports of a pull request to the workflow that comments.
    """
    job = _JOB + _KEPT if keeps_reports else _JOB
    jobs = "".join(job.format(step=step, checkout=CHECKOUT) for step in steps)
    gate = _GATE.format(
        gate=GATE, steps=", ".join(steps), passed=" ".join("success" for _ in steps)
    )
    return _HEAD.format(branch=_plain(branch)) + jobs + gate


def live_workflow() -> str:
    """Runs smoke-test on every deployment that the host tells GitHub of."""
    return _LIVE.format(checkout=CHECKOUT)


def comment_workflow(version: str) -> str:
    """Comments on pull requests, those of forks too: it runs no line of what they bring."""
    return _COMMENT.format(version=version)


def _plain(branch: str) -> str:
    """A branch's name as YAML and the filter patterns of GitHub take it literally."""
    if branch in ("main", "master", "develop"):
        return branch
    literal = "".join(f"\\{sign}" if sign in "*?+[]!" else sign for sign in branch)
    return f"""'{literal.replace("'", "''")}'"""
