"""Fields that a Django project defines itself, on top of Django's own."""

import pytest
from tests.unit.steps.migration_check.given import files

from launchready.steps.migration_check.frameworks.django.own_fields import OwnFields

_HEAD = "from django.db import models\nfrom .mixins import Plain, Odd\n\n"
_MIXINS = """\
--- backend/shop/mixins.py
class Plain:
    def clean(self, value, instance):
        return value

class Odd:
    def db_type(self, connection):
        return "money"
"""

CASES = {
    "a subclass": ("class X(models.TextField):\n    pass\n", "TextField"),
    "of a generic class": ("class X(models.URLField[S, G]):\n    pass\n", "URLField"),
    "with an __init__": (
        (
            "class X(models.CharField):\n    def __init__(self, *a, **k):\n"
            "        super().__init__(*a, max_length=9, **k)\n"
        ),
        "CharField",
    ),
    "of a subclass": ("class Y(models.JSONField): pass\nclass X(Y): pass\n", "JSONField"),
    "with a mixin": ("class X(Plain, models.TextField): pass\n", "TextField"),
    "with a type of its own": (
        "class X(models.TextField):\n    def db_type(self, connection):\n        return 'x'\n",
        "?",
    ),
    "that takes arguments out": (
        "class X(models.TextField):\n    def deconstruct(self):\n        return 1\n",
        "?",
    ),
    "with a mixin that has a type": ("class X(Odd, models.TextField): pass\n", "?"),
    "of another's class": ("import money\nclass X(money.Field): pass\n", "?"),
    "of Field itself": ("class X(models.Field): pass\n", "?"),
    "of itself": ("class X(X): pass\n", "?"),
    "imported from elsewhere": ("from shop.more import X\n", "UUIDField"),
    "that is no class": ("X = models.TextField\n", "?"),
    "in a file that is no Python": ("class X(\n", "?"),
}
_MORE = "--- backend/shop/more.py\nfrom django.db import models\nclass X(models.UUIDField): pass\n"


@pytest.mark.parametrize("name", CASES)
def test_which_field_a_class_is(name: str) -> None:
    text, expected = CASES[name]
    own = OwnFields(files(f"--- backend/shop/fields.py\n{_HEAD}{text}{_MIXINS}{_MORE}"))
    assert own.kind_of("shop.fields.X")[0] == expected


def test_two_files_of_that_name_tell_nothing() -> None:
    text = f"{_HEAD}class X(models.TextField): pass\n"
    own = OwnFields(files(f"--- a/shop/fields.py\n{text}--- b/shop/fields.py\n{text}{_MIXINS}"))
    assert own.kind_of("shop.fields.X")[0] == "?"
    assert OwnFields(files("--- a.py\n")).kind_of("django.db.models.TextField")[0] == "TextField"
    assert OwnFields(files("--- a.py\n")).kind_of("gone.fields.X")[0] == "?"
