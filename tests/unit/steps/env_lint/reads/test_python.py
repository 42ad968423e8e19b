"""Reads in Python."""

import pytest
from tests.unit.steps.env_lint.reads.reading import facts_of, lines_of

CASES = {
    "index": ('os.environ["A"]', ["A required"]),
    "get": ('x = os.environ.get("A")', ["A guarded"]),
    "get with default": ('os.environ.get("A", "d")', ["A default 'd'"]),
    "getenv with default": ('os.getenv("A", default="d")', ["A default 'd'"]),
    "nothing as default": ('os.getenv("A", None)', ["A guarded"]),
    "or": ('x = os.getenv("A") or "d"', ["A default 'd'"]),
    "or another": ('x = os.getenv("A") or os.getenv("B")', ["A guarded", "B guarded"]),
    "or raises": (
        'if not os.environ.get("A"):\n    raise ValueError("A")',
        ["A required"],
    ),
    "one of two": (
        'if not os.getenv("A") or not os.getenv("B"):\n    raise X',
        ["A required", "B required"],
    ),
    "neither of two": (
        'if not os.getenv("A") and not os.getenv("B"):\n    raise X',
        ["A guarded truth", "B guarded truth"],
    ),
    "held, then raises": (
        'def f():\n    a = os.environ.get("A")\n    if a is None:\n        raise X\n    return a',
        ["A required"],
    ),
    "raises for another of that name": (
        'a = os.environ.get("A")\ndef f(a):\n    if a is None:\n        raise X',
        ["A guarded"],
    ),
    "walrus": ('if (a := os.getenv("A")):\n    use(a)', ["A guarded truth"]),
    "walrus, or leaves": ('if not (a := os.getenv("A")):\n    sys.exit(1)', ["A required"]),
    "leaves well without it": ('if not os.getenv("A"):\n    sys.exit(0)', ["A guarded truth"]),
    "asserted": ('assert os.getenv("A")', ["A required"]),
    "asked before": (
        'if "A" in os.environ:\n    a = os.environ["A"]',
        ["A guarded", "A guarded"],
    ),
    "not asked before": (
        'if "A" in os.environ:\n    pass\na = os.environ["A"]',
        ["A guarded", "A required"],
    ),
    "caught": (
        'try:\n    a = os.environ["A"]\nexcept KeyError:\n    a = 1',
        ["A guarded"],
    ),
    "caught and raised": (
        'try:\n    a = os.environ["A"]\nexcept KeyError:\n    raise X',
        ["A required"],
    ),
    "integer": ('int(os.getenv("A", "3"))', ["A default '3' integer"]),
    "integer that fails": ('int(os.getenv("A"))', ["A required integer"]),
    "integer or another": ('int(os.getenv("A") or 3)', ["A default '3' integer"]),
    "truth": ('bool(os.getenv("A"))', ["A guarded truth"]),
    "boolean": ('os.getenv("A", "false").lower() == "true"', ["A default 'false' boolean"]),
    "one of": ('os.getenv("A", "") in ("1", "yes")', ["A default '' boolean"]),
    "list": ('os.environ["A"].split(",")', ["A required list"]),
    "json": ('json.loads(os.environ["A"])', ["A required json"]),
    "made": ('os.getenv("A", secrets.token_hex(8))', ["A default makes secrets.token_hex"]),
    "constant as name": ('NAME = "A"\nos.environ[NAME]', ["A required"]),
    "constant as default": ('D = "d"\nos.getenv("A", D)', ["A default 'd'"]),
    "loop": (
        'for n in ("A", "B"):\n    print(os.environ[n])',
        ["A required", "B required"],
    ),
    "comprehension": ('[os.environ[n] for n in ["A"]]', ["A required"]),
    "from os": (
        'from os import environ as e, getenv as g\ne["A"]; g("B")',
        ["A required", "B guarded"],
    ),
    "module by another name": ('import os as o\no.environ["A"]', ["A required"]),
    "held environment": ('env = os.environ\nenv.get("A", "d")', ["A default 'd'"]),
    "held getter": ('get = os.environ.get\nget("A", "d")', ["A default 'd'"]),
    "of another": ('request.environ["A"]; self.getenv("B")', []),
    "comment and text": ('# os.environ["A"]\nx = \'os.environ["B"]\'\n"""os.getenv("C")"""', []),
    "computed": ('os.getenv(f"P_{region}_KEY")', ["dynamic P_ _KEY"]),
    "added": ('os.getenv("P_" + region)', ["dynamic P_"]),
    "set": ('os.environ["A"] = "1"', ["sets A"]),
    "set if it is not": ('os.environ.setdefault("A", "1")', ["A default '1'", "sets A"]),
    "updated": ('os.environ.update({"A": "1"}, B="2")', ["sets A", "sets B"]),
    "deleted": ('del os.environ["A"]\nos.environ.pop("B", None)', []),
    "popped": ('a = os.environ.pop("A")', ["A required"]),
    "broken": ('def f(:\nos.environ["A"]\n', ["A required"]),
    "newer syntax": ('type X[T] = list[T]\nmatch x:\n    case 1: os.environ["A"]', ["A required"]),
    "printed": ("print(os.environ)", ["shows-all print"]),
    "logged": ('logger.info("env %s", dict(os.environ))', ["shows-all logger.info"]),
    "logged in a text": ('log.debug(f"env {os.environ}")', ["shows-all log.debug"]),
    "handed on": ("subprocess.run(x, env=dict(os.environ))", []),
    "filtered": ('print([k for k in os.environ if k.startswith("X")])', []),
    "secret in a text": (
        "f\"Bearer {os.getenv('API_TOKEN')}\"",
        ["API_TOKEN guarded", "turns-to-text API_TOKEN"],
    ),
    "secret as text": (
        'str(os.getenv("API_TOKEN"))',
        ["API_TOKEN guarded", "turns-to-text API_TOKEN"],
    ),
    "needed secret in a text": ("f\"{os.environ['API_TOKEN']}\"", ["API_TOKEN required"]),
    "wrapper": (
        "def env(name, default=None):\n    return os.environ.get(name, default)",
        ["wrapper env 0 guarded"],
    ),
    "method as wrapper": (
        "class C:\n    def need(self, name):\n        return os.environ[name]",
        ["wrapper need 0 required"],
    ),
    "call of a wrapper": ('x = env("A_B", "d")', ["call env 0 A_B"]),
    "wrapper of a wrapper": (
        "def outer(x, key):\n    return inner(key)",
        ["call inner 0 within outer 1"],
    ),
    "option": (
        '@click.option("--port", envvar="A", default=3, type=int)\ndef f(): pass',
        ["A default '3' integer"],
    ),
    "options": ('typer.Option(None, envvar=["A", "B"])', ["A guarded", "B guarded"]),
    "database": ("dj_database_url.config()", ["DATABASE_URL guarded url"]),
}


@pytest.mark.parametrize("name", CASES)
def test_reads_and_what_becomes_of_them(name: str) -> None:
    text, expected = CASES[name]
    assert lines_of("app.py", text) == expected


DJANGO = """\
import environ
env = environ.Env(DEBUG=(bool, False), NAME=str)
env("DEBUG")
env("NAME")
env("KEY")
env.int("PORT", default=3)
env.list("HOSTS", default=None)
env.db()
env("CAST", cast=float, default=1.5)
env.cache_url("CACHE")
"""


def test_django_environ() -> None:
    assert lines_of("app.py", DJANGO)[:9] == [
        "DEBUG default 'False' boolean!",
        "DEBUG default 'False' boolean!",
        "NAME required",
        "KEY required",
        "PORT default '3' integer!",
        "HOSTS guarded list!",
        "DATABASE_URL required url!",
        "CAST default '1.5' number!",
        "CACHE required url!",
    ]


def test_environs_with_prefixes() -> None:
    text = """\
from environs import Env
env = Env()
with env.prefixed("A_"):
    env.str("B")
    with env.prefixed("C_"):
        env.bool("D", False)
env.url("E")
"""
    assert [line for line in lines_of("app.py", text) if not line.startswith("call")] == [
        "A_B required",
        "A_C_D default 'False' boolean!",
        "E required url!",
    ]


def test_decouple_and_starlette() -> None:
    text = (
        "from decouple import config, Csv\n"
        "config('A', default=3, cast=int)\nconfig('B', cast=Csv())"
    )
    assert lines_of("app.py", text)[:2] == ["A default '3' integer!", "B required list!"]
    text = (
        "from starlette.config import Config\nc = Config('.env', env_prefix='P_')\n"
        "c('A', bool, False)\nc('B', cast=URL)"
    )
    assert lines_of("app.py", text)[:2] == ["P_A default 'False' boolean!", "P_B required url!"]


def test_an_env_object_of_another_module() -> None:
    text = 'from .base import *\nX = env("SECRET", default="d")\nY = env.bool("ON")\nenv("no name")'
    assert lines_of("app.py", text)[:2] == ["SECRET default 'd'", "ON required boolean!"]


def test_dynaconf_and_flask() -> None:
    assert lines_of("app.py", 's = Dynaconf(envvar_prefix="APP")') == ["dynamic APP_"]
    assert lines_of("app.py", "app.config.from_prefixed_env()") == ["dynamic FLASK_"]
    assert lines_of("app.py", 'app.config.from_envvar("A")') == ["A required"]


SETTINGS = """\
from pydantic_settings import BaseSettings, SettingsConfigDict
class Db(BaseModel):
    host: str
    port: int = 5432
class Base(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="app_", env_nested_delimiter="__")
class Settings(Base):
    db: Db
    spare: Db = Db(host="x")
    url: HttpUrl | None = None
    optional: Optional[str]
    made: str = secrets.token_urlsafe(32)
    factory: str = Field(default_factory=lambda: secrets.token_hex(3))
    named: EmailStr = Field(..., alias="REAL_NAME")
    one: str = Field(validation_alias=AliasChoices("ONE_A", "ONE_B"))
    many: list[str] = []
    parsed: Annotated[list[str] | str, BeforeValidator(parse)] = []
    checked: list[str] = []
    _private: int = 3
    shared: ClassVar[int] = 3
    @field_validator("checked", mode="before")
    def check(cls, v): return v
"""


def test_pydantic_settings() -> None:
    assert lines_of("app.py", SETTINGS) == [
        "APP_DB__HOST required~",
        "APP_SPARE__HOST guarded~",
        "APP_DB__PORT default '5432' integer!~",
        "APP_SPARE__PORT default '5432' integer!~",
        "APP_URL guarded url!~",
        "APP_OPTIONAL required~",
        "APP_MADE default makes secrets.token_urlsafe~",
        "APP_FACTORY default makes secrets.token_hex~",
        "REAL_NAME required email!~",
        "ONE_A guarded~",
        "ONE_B guarded~",
        "APP_MANY default json!~",
        "APP_PARSED default~",
        "APP_CHECKED default~",
    ]


def test_types_of_the_same_file_that_are_no_models() -> None:
    text = """\
class Stage(StrEnum):
    live = "live"
class Token:
    text: str
class Host(BaseModel):
    name: str
@dataclass(frozen=True)
class Port:
    number: int
class Settings(BaseSettings):
    model_config = {"env_prefix": "P_"}
    stage: Stage = Stage.live
    token: Token
    host: Host
    port: Port
class Deep(BaseSettings):
    model_config = {"env_nested_delimiter": "__"}
    stage: Stage = Stage.live
    host: Host
"""
    assert lines_of("app.py", text) == [
        "HOST__NAME required~",
        "P_STAGE default~",
        "P_TOKEN required~",
        "P_HOST required json!~",
        "P_PORT required json!~",
        "STAGE default~",
    ]


def test_pydantic_1() -> None:
    text = """\
from pydantic import BaseSettings
class Settings(BaseSettings):
    key: str
    optional: Optional[str]
    named: str = Field("d", env="REAL")
    class Config:
        env_prefix = "P_"
        case_sensitive = True
"""
    assert lines_of("app.py", text) == ["P_key required", "P_optional guarded", "REAL default 'd'"]


GIVEN = """\
import os
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    SECRET: str
    SESSION: str
    MODE: str
    OTHER: str
made = {"SESSION": session(), "name": 3}
MODE = os.environ["MODE"]
settings = Settings(_env_file=".env", SECRET=secret(), MODE=MODE, **made)
"""


def test_what_the_program_gives_its_settings_is_not_needed() -> None:
    assert lines_of("app.py", GIVEN) == [
        "SECRET guarded~",
        "SESSION guarded~",
        "MODE guarded~",
        "OTHER required~",
        "MODE required",
        "sets SECRET",
        "sets SESSION",
        "sets NAME",
    ]


def test_models_that_are_no_settings() -> None:
    assert lines_of("app.py", "class A(BaseModel):\n    key: str  # Settings\n") == []


def test_a_parameter_that_takes_the_place_of_the_variable() -> None:
    facts = facts_of("app.py", "def env(n, d):\n    return os.getenv(n, d)")
    assert facts.fallbacks == (("env", 1),)


def test_a_default_in_an_annotation() -> None:
    text = (
        "from pydantic_settings import BaseSettings\nclass A(BaseSettings):\n"
        "    on: Annotated[bool, Field(True)]\n    key: Annotated[str, Field(default='k')]\n"
        "    url: Annotated[str, Field(alias='MAIN_URL')]\n    name: Annotated[str, Field(...)]\n"
    )
    assert lines_of("a.py", text) == [
        "ON default 'True' boolean!~",
        "KEY default 'k'~",
        "MAIN_URL required~",
        "NAME required~",
    ]


def test_a_default_for_development_is_told_by_its_class() -> None:
    text = (
        "from pydantic_settings import BaseSettings\n"
        "class Config(BaseSettings):\n    key: str = 'k'\n"
        "class DevelopmentConfig(Config):\n    jwt: str = 'j'\n"
    )
    assert lines_of("a.py", text) == ["KEY default 'k'~", "JWT guarded~"]


def test_what_a_test_checks_it_does_not_read() -> None:
    text = (
        "import os\nassert os.environ['A'] == 'b'\n"
        "assert 'C' not in os.environ\nx(os.environ['D'])\n"
    )
    assert lines_of("tests/test_a.py", text) == ["D required"]
    assert lines_of("app/a.py", "import os\nassert os.environ['A']\n") == ["A required"]
