"""Names as Active Record makes them: of indexes, constraints, joined tables, models' tables.

Source: `index_name`, `foreign_key_name`, `check_constraint_name` and `derive_join_table_name` of
ActiveRecord 8.1 (connection_adapters/abstract/schema_statements.rb, model_schema.rb).
"""

import hashlib
from collections.abc import Sequence

from launchready.regex import Regex
from launchready.steps.migration_check.frameworks.rails.plurals import plural, singular

_LONGEST = 62
_WORD = Regex(r"\w+")
_NO_WORD = Regex(r"\W")
_HUMP = Regex(r"([A-Z\d]+)([A-Z][a-z])|([a-z\d])([A-Z])")


def underscored(name: str) -> str:
    """`UserAccount` -> `user_account`, of a name in modules its last part."""
    last = name.rpartition("::")[2]
    for _ in range(2):  # humps may share a letter
        last = _HUMP.sub(lambda it: f"{it[1] or it[3]}_{it[2] or it[4]}", last)
    return last.lower()


def table_of_model(name: str) -> str:
    """The table that a model is kept in, unless it says otherwise."""
    return plural(underscored(name))


def is_expression(column: str) -> bool:
    """Whether a key of an index is an expression: what is no plain name."""
    return _NO_WORD.search(column) is not None


def index_name(table: str, columns: Sequence[str], version: tuple[int, ...] = (8, 0)) -> str:
    """The name of an index that is given none, by a migration of this version of Rails."""
    table = table.rpartition(".")[2]
    if len(columns) == 1 and is_expression(columns[0]):
        columns = ["_".join(_WORD.findall(columns[0]))]
    name = f"index_{table}_on_{'_and_'.join(columns)}"
    if len(name.encode()) <= _LONGEST or version < (7, 1):
        return name
    mark = f"_{_hashed(name)}"
    return f"idx_on_{'_'.join(columns)}"[: _LONGEST - len(mark)] + mark


def foreign_key_name(table: str, columns: Sequence[str]) -> str:
    """The name of a foreign key that is given none."""
    return "fk_rails_" + _hashed(f"{table}_{'_and_'.join(columns)}_fk")


def foreign_key_column(table: str) -> str:
    """The column that refers to a table, unless a foreign key says otherwise."""
    return f"{singular(table.rpartition('.')[2])}_id"


def check_name(table: str, expression: str) -> str:
    """The name of a CHECK that is given none."""
    return "chk_rails_" + _hashed(f"{table}_{expression}_chk")


def unique_name(table: str, columns: Sequence[str]) -> str:
    """The name of a unique constraint that is given none."""
    return "uniq_rails_" + _hashed(f"{table}_{'_and_'.join(columns)}_unique")


def exclusion_name(table: str, expression: str) -> str:
    """The name of an exclusion constraint that is given none."""
    return "excl_rails_" + _hashed(f"{table}_{expression}_excl")


def join_table(one: str, other: str) -> str:
    """The name of the table that joins two: a common beginning stands once."""
    first, second = sorted((one, other))
    at = 0
    for at_end, (mine, yours) in enumerate(zip(first, second, strict=False), 1):
        if mine != yours:
            break
        if mine in "_.":
            at = at_end
    return f"{first}_{second[at:]}"


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:10]
