"""Small projects of Django and Alembic that really run, and the Python that has these tools."""

import os
import subprocess
import sys

import pytest

PYTHON = os.environ.get("LAUNCHREADY_ORM_PYTHON") or sys.executable
"""It is looked up before a test begins, for a test sees no variable of ours."""

MANAGE = """\
--- manage.py
import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line

settings.configure(
    INSTALLED_APPS=["shop"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ["PGDATABASE"],
            "HOST": os.environ["PGHOST"],
            "PORT": os.environ["PGPORT"],
            "USER": os.environ["PGUSER"],
            "PASSWORD": os.environ["PGPASSWORD"],
        }
    },
    USE_TZ=True,
)
execute_from_command_line(sys.argv)
--- shop/__init__.py

--- shop/migrations/__init__.py

"""
"""The rest of a Django project with the app `shop`."""

ENV = """\
--- alembic.ini
[alembic]
script_location = %(here)s/migrations
--- migrations/env.py
import os

from alembic import context
from sqlalchemy import create_engine

url = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://")
with create_engine(url).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
"""The rest of an Alembic project with its migrations in `migrations/versions`."""


def python_with(*modules: str) -> str:
    """A Python that has these modules: the one that LAUNCHREADY_ORM_PYTHON names, else ours."""
    asked = f"import {', '.join(modules)}"
    if subprocess.run([PYTHON, "-c", asked], capture_output=True, check=False).returncode:
        pytest.skip(f"no Python here has {', '.join(modules)}: name one in LAUNCHREADY_ORM_PYTHON")
    return PYTHON
