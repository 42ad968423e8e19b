"""Names in configuration of formats that nothing reads, such as Terraform, may be set there."""

from pathlib import Path

from tests.unit.steps.env_lint.linted import fires, silent

CODE = "--- src/a.ts\nf(process.env.STORE_REGION!);\n"
COMPOSE = "--- compose.yml\nservices: {a: {image: x, environment: ['R=${STORE_REGION}']}}\n"
TERRAFORM = "--- infra/main.tf\nenvironment = { STORE_REGION = var.region }\n"


def test_a_name_in_terraform_is_not_called_undeclared(tmp_path: Path) -> None:
    silent(tmp_path, "undeclared-variable", CODE + TERRAFORM)


def test_a_name_that_one_file_reads_may_be_set_by_another(tmp_path: Path) -> None:
    silent(tmp_path, "undeclared-variable", CODE + COMPOSE + TERRAFORM)


def test_a_file_that_reads_a_name_does_not_set_it(tmp_path: Path) -> None:
    fires(tmp_path, "undeclared-variable", CODE + COMPOSE)
