"""Names in configuration of formats that nothing reads, such as Terraform, may be set there."""

from pathlib import Path

import pytest
from tests.unit.steps.env_lint.linted import fires, silent

CODE = "--- src/a.ts\nf(process.env.STORE_REGION!);\n"
COMPOSE = "--- compose.yml\nservices: {a: {image: x, environment: ['R=${STORE_REGION}']}}\n"
TERRAFORM = "--- infra/main.tf\nenvironment = { STORE_REGION = var.region }\n"


def test_a_name_in_terraform_is_not_called_undeclared(tmp_path: Path) -> None:
    silent(tmp_path, "undeclared-variable", CODE + TERRAFORM)


def test_a_name_that_one_file_reads_may_be_set_by_another(tmp_path: Path) -> None:
    silent(tmp_path, "undeclared-variable", CODE + COMPOSE + TERRAFORM)


def test_a_file_that_reads_a_name_does_not_set_it(tmp_path: Path) -> None:
    fires(tmp_path, "undeclared-variable", CODE + COMPOSE + TEMPLATE)


WORKFLOW = """\
--- .github/workflows/image.yml
on: push
jobs: {image: {runs-on: x, steps: [{run: ./build.sh, env: {STORE_REGION: eu}}]}}
"""
TEMPLATE = "--- .env.example\nA=\n"


@pytest.mark.parametrize("script", ["build.sh", "packages/a/build.sh"])
def test_what_a_workflow_gives_a_build_script_is_for_no_template(
    tmp_path: Path, script: str
) -> None:
    shell = f"--- {script}\nset -u\nupload $STORE_REGION\n"
    silent(tmp_path, "absent-from-template", WORKFLOW + TEMPLATE + shell)


def test_what_a_workflow_gives_the_product_is(tmp_path: Path) -> None:
    fires(tmp_path, "absent-from-template", WORKFLOW + TEMPLATE + CODE)


def test_a_stage_that_is_left_behind_is_no_production(tmp_path: Path) -> None:
    builder = "--- Dockerfile.prod\nFROM a AS builder\nENV AUTH_SECRET=changeme\n"
    silent(tmp_path / "left", "placeholder-in-production", f"{builder}FROM b\nRUN c\n")
    fires(tmp_path / "kept", "placeholder-in-production", f"{builder}FROM builder\nRUN c\n")
