"""What to write instead, as operations of Rails where it has one for a statement.

Source: ActiveRecord 8.1, connection_adapters/abstract/schema_statements.rb and
postgresql/schema_statements.rb; https://guides.rubyonrails.org/active_record_migrations.html
"""

import re

from launchready.regex import Regex
from launchready.steps.migration_check.advice.literals import ruby

_NAME = r"(?:\"[\w.]+\"|[\w.]+)"
_ALTER = rf"ALTER TABLE (?P<table>{_NAME}) "
_ADD = rf"{_ALTER}ADD CONSTRAINT (?P<name>{_NAME}) "
_CHECK = Regex(rf"{_ADD}CHECK \((?P<words>.*)\) NOT VALID\Z")
_KEY = Regex(
    rf"{_ADD}FOREIGN KEY \((?P<column>{_NAME})\) REFERENCES (?P<other>{_NAME}) \(\"?id\"?\)"
    r"(?: ON DELETE (?P<action>CASCADE|SET NULL|RESTRICT))? NOT VALID\Z"
)
_USING = Regex(rf"{_ADD}UNIQUE USING INDEX (?P<index>{_NAME})\Z")
_VALIDATE = Regex(rf"{_ALTER}VALIDATE CONSTRAINT (?P<name>{_NAME})\Z")
_NOT_NULL = Regex(rf"{_ALTER}ALTER COLUMN (?P<column>{_NAME}) SET NOT NULL\Z")
_NULL = Regex(rf"{_ALTER}ALTER COLUMN (?P<column>{_NAME}) DROP NOT NULL\Z")
_DEFAULT = Regex(rf"{_ALTER}ALTER COLUMN (?P<column>{_NAME}) SET DEFAULT (?P<words>.*)\Z")
_DROP = Regex(rf"{_ALTER}DROP CONSTRAINT (?P<name>\w+_given)\Z")
_COLUMN = Regex(rf"{_ALTER}ADD COLUMN (?P<column>{_NAME}) (?P<type>[\w ]+(?:\([\d, ]+\))?)\Z")
_INDEX = Regex(
    rf"CREATE (?P<unique>UNIQUE )?INDEX CONCURRENTLY (?P<name>{_NAME}) ON (?P<table>{_NAME})"
    r" \((?P<columns>[\w\", ]+)\)\Z"
)
_ACTIONS = {"CASCADE": "cascade", "SET NULL": "nullify", "RESTRICT": "restrict"}


def operation(sql: str) -> str:
    """The operation that sends a statement, or `execute` with it."""
    for pattern, form in _FORMS:
        if (found := pattern.search(sql)) and found.start() == 0:
            return form(found)
    return f"execute {ruby(sql)}"


def _symbol(name: str) -> str:
    bare = name.strip('"')
    return f":{bare}" if bare.isidentifier() else ruby(bare)


def _text(name: str) -> str:
    return ruby(name.strip('"'))


def _check(found: re.Match[str]) -> str:
    table, name = _symbol(found["table"]), _text(found["name"])
    return f"add_check_constraint {table}, {ruby(found['words'])}, name: {name}, validate: false"


def _key(found: re.Match[str]) -> str:
    action = _ACTIONS.get(found["action"] or "")
    more = f", on_delete: :{action}" if action else ""
    return (
        f"add_foreign_key {_symbol(found['table'])}, {_symbol(found['other'])},"
        f" column: {_symbol(found['column'])}, name: {_text(found['name'])}{more}, validate: false"
    )


def _using(found: re.Match[str]) -> str:
    name, index = _text(found["name"]), _text(found["index"])
    return f"add_unique_constraint {_symbol(found['table'])}, name: {name}, using_index: {index}"


def _validate(found: re.Match[str]) -> str:
    return f"validate_constraint {_symbol(found['table'])}, {_text(found['name'])}"


def _not_null(found: re.Match[str]) -> str:
    return f"change_column_null {_symbol(found['table'])}, {_symbol(found['column'])}, false"


def _null(found: re.Match[str]) -> str:
    return f"change_column_null {_symbol(found['table'])}, {_symbol(found['column'])}, true"


def _default(found: re.Match[str]) -> str:
    where = f"{_symbol(found['table'])}, {_symbol(found['column'])}"
    return f"change_column_default {where}, -> {{ {ruby(found['words'])} }}"


def _drop(found: re.Match[str]) -> str:
    return f"remove_check_constraint {_symbol(found['table'])}, name: {_text(found['name'])}"


def _column(found: re.Match[str]) -> str:
    where = f"{_symbol(found['table'])}, {_symbol(found['column'])}"
    return f"add_column {where}, {ruby(found['type'])}"


def _index(found: re.Match[str]) -> str:
    columns = ", ".join(_symbol(each.strip()) for each in found["columns"].split(","))
    unique = " unique: true," if found["unique"] else ""
    return (
        f"add_index {_symbol(found['table'])}, [{columns}],{unique} name: {_text(found['name'])},"
        " algorithm: :concurrently"
    )


_FORMS = (
    (_CHECK, _check), (_KEY, _key), (_USING, _using), (_VALIDATE, _validate),
    (_NOT_NULL, _not_null), (_NULL, _null), (_DEFAULT, _default), (_DROP, _drop),
    (_COLUMN, _column), (_INDEX, _index),
)  # fmt: skip
