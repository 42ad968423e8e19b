"""Passwords and keys told by their names: what is one, and every look-alike met in real code.

The rows of `test_what_is_none` come from reading the findings in public repositories.
"""

import pytest
from tests.unit.steps.secret_scan.judging.judged import drawn, hits, kind_of, shown

from launchready.model import Confidence
from launchready.steps.secret_scan.judging.confirm import confirm

KEY = drawn("{alnum:32}")
SHORT = "dcq" + "dmbkpx"
HEX = drawn("{hex:40}")
PASSWORD = "Tq7" + "!vLm2" + "#xZ"
SALT = "Y>Y9.5Ch0-3cq|=vbus[IeF(OJ9yZ|SQ#" + ":iG;NSa+GJmj _1Ed(cVZ7r#+JMlA,S"


@pytest.mark.parametrize(
    ("line", "path", "kind_id"),
    [
        pytest.param(f'API_KEY="{KEY}"', "a.py", "generic-api-key", id="quoted in code"),
        pytest.param(f"API_KEY={KEY}", ".env", "generic-api-key", id="bare in an env file"),
        pytest.param(f"api_key: {HEX}  # prod", "a.yml", "generic-api-key", id="bare, a comment"),
        pytest.param(f'"authToken": "{KEY}"', "a.json", "generic-api-key", id="JSON"),
        pytest.param(f'DB_PASSWORD="{PASSWORD}"', "a.py", "generic-password", id="strong password"),
        pytest.param(f"DB_PASSWORD={PASSWORD}", ".env", "generic-password", id="bare password"),
        pytest.param(
            f"Server=db;User Id=sa;Password={PASSWORD};", "a.config", "generic-password", id="ADO"
        ),
        pytest.param(
            f"curl -d access_token={KEY} https://api.acme.io", "a.txt", "generic-api-key", id="form"
        ),
        pytest.param(f"mysqldump --password {PASSWORD} x", "a.sh", "generic-password", id="option"),
        pytest.param(
            f"<password>{PASSWORD}</password>", "a.xml", "generic-password", id="XML element"
        ),
        pytest.param(
            f'<Pass encoding="base64">{drawn("{alnum:30}")}==</Pass>',
            "a.xml",
            "generic-password",
            id="XML element with an attribute",
        ),
        pytest.param(
            'sftp: {"password": "hunter' + '22"}',
            ".vscode/sftp.json",
            "generic-password",
            id="a weak one in a client's own file",
        ),
        pytest.param(f"SECRET_KEY = '{KEY}'", "settings.py", "secret-key", id="Django"),
        pytest.param(
            f'os.environ.get("SECRET_KEY", "{KEY}")', "settings.py", "secret-key", id="default"
        ),
        pytest.param(
            f'"${{SECRET_KEY:-{KEY}}}"', "start.sh", "secret-key", id="a shell's public default"
        ),
        pytest.param(f'JWT_SECRET="{KEY}"', "a.ts", "jwt-secret", id="signing secret"),
        pytest.param(f"secret_key_base: {HEX}", "secrets.yml", "rails-secret-key", id="Rails"),
        pytest.param(f"define('AUTH_SALT', '{SALT}');", "wp.php", "wordpress-salt", id="WordPress"),
        pytest.param(f'SESSION_SECRET="{KEY}"', "a.js", "session-secret", id="sessions"),
        pytest.param(f'client_secret = "{KEY}"', "main.tf", "generic-secret", id="OAuth"),
        pytest.param(f'API_KEY="{KEY}"', "tests/test_api.py", "generic-api-key", id="test"),
        pytest.param(f"API_KEY={KEY}", ".env.example", "generic-api-key", id="example"),
        pytest.param(f"password: {PASSWORD}", "notes.md", "generic-password", id="prose"),
        pytest.param(f"password: '{SHORT}'", "test/a.ts", "generic-password", id="no word at all"),
        pytest.param(f"DB_PASS={SHORT}", ".env", "generic-password", id="no word, bare"),
        pytest.param(f'setPassword("{SHORT}")', "A.java", "generic-password", id="a setter"),
        pytest.param(
            f"CREATE USER app WITH PASSWORD '{SHORT}';", "a.sh", "generic-password", id="SQL"
        ),
        pytest.param(
            f"ALTER USER sys IDENTIFIED BY '{SHORT}'", "a.sql", "generic-password", id="MySQL"
        ),
        pytest.param(
            "MAIL_PASSWORD=Mail" + "pass1234!", "www/.env", "generic-password", id="words, for real"
        ),
        pytest.param(f"MEILISEARCH_KEY={KEY}", ".env", "generic-key", id="whose key it is"),
        pytest.param("password=lettuce" + "42", "a.ini", "generic-password", id="weak, a config"),
        pytest.param(f"- WLS_PW={SHORT}", "a.yml", "generic-password", id="pw"),
        pytest.param(f"const clientSecret =\n  '{KEY}';", "a.ts", "generic-secret", id="next line"),
        pytest.param(
            f"- name: DB_PASSWORD\n  value: {SHORT}", "a.yml", "generic-password", id="Kubernetes"
        ),
        pytest.param(
            f'{{"key": "apiKey", "value": "{KEY}"}}', "a.json", "generic-api-key", id="a form"
        ),
        pytest.param(
            f'{{\n  "key": "dbPassword",\n  "value": "{PASSWORD}"\n}}',
            "a.json",
            "generic-password",
            id="a form over lines",
        ),
        pytest.param(
            f'variable "acme_api_token" {{\n  default = "{KEY}"\n}}',
            "a.tf",
            "generic-api-key",
            id="the default of a variable",
        ),
        pytest.param(
            f'"tokens": ["{HEX}", "x"]', "a.json", "generic-api-key", id="first of a list"
        ),
        pytest.param(
            f'keys.setAppKey("{KEY}");', "A.java", "generic-api-key", id="a member's setter"
        ),
        pytest.param(
            f'm.setClientSecret(Base64.decode("{KEY}"));', "A.java", "generic-secret", id="decoded"
        ),
        pytest.param(f'apiKey := []byte("{KEY}")', "a.go", "generic-api-key", id="as bytes"),
        pytest.param(
            f"ALTER USER sys IDENTIFIED BY {SHORT} CONTAINER=ALL;",
            "a.sql",
            "generic-password",
            id="Oracle without quotes",
        ),
        pytest.param(f"ENV DB_PASSWORD {SHORT}", "Dockerfile", "generic-password", id="Docker"),
        pytest.param(
            f"Connect-Server db -User ann -Password {PASSWORD}",
            "a.ps1",
            "generic-password",
            id="an option of PowerShell",
        ),
        pytest.param(
            f"env: DB_PASSWORD={SHORT} DB_PORT=1330", "a.yml", "generic-password", id="among others"
        ),
        pytest.param(
            f'get("https://a.dev/v1?id=7&api_key={KEY}")', "a.py", "generic-api-key", id="a query"
        ),
        pytest.param(
            f'@Value("${{app.client.secret:{KEY}}}")', "A.java", "generic-secret", id="Spring"
        ),
        pytest.param(
            f"// run with ACME_API_KEY={KEY} make", "a.ts", "generic-api-key", id="a comment"
        ),
        pytest.param(
            f"api_key: {drawn('{hex:8}-{hex:4}-4{hex:3}-9{hex:3}-{hex:12}')}",
            "a.yml",
            "generic-api-key",
            id="a UUID that a provider issued",
        ),
        pytest.param(
            f"password_confirmation: '{SHORT}'", "a.rb", "generic-password", id="said twice"
        ),
        pytest.param(
            f"app_password: '{'xk' + 'qz-wp' + 'rl-hgtv-bqdx'}'",
            "a.py",
            "generic-password",
            id="drawn in groups",
        ),
        pytest.param(
            f'"password": "{SHORT}"', "src/messages/A.java", "generic-password", id="messages"
        ),
    ],
)
def test_what_is_one(line: str, path: str, kind_id: str) -> None:
    assert shown(line, path) == {kind_id: "medium"}


@pytest.mark.parametrize(
    ("line", "path"),
    [
        pytest.param("API_KEY=your-api-key-here", ".env", id="placeholder words"),
        pytest.param("API_KEY=<your key>", ".env", id="angle brackets"),
        pytest.param("API_KEY=xxxxxxxxxxxxxxxxxxxx", ".env", id="x"),
        pytest.param("API_KEY=********************", ".env", id="stars"),
        pytest.param("API_KEY=1234567890123456", ".env", id="counted"),
        pytest.param("API_KEY=abcdefghijklmnopqrst", ".env", id="alphabet"),
        pytest.param("API_KEY=00000000000000000000", ".env", id="one sign"),
        pytest.param("PASSWORD=changeme", ".env", id="changeme"),
        pytest.param("PASSWORD=P@ssw0rd123!", ".env", id="leet password"),
        pytest.param('secret = "supersecretvalue"', "a.py", id="words"),
        pytest.param(f"API_KEY=${{{KEY}}}", ".env", id="shell reference"),
        pytest.param("API_KEY: ${{ secrets.API_KEY_PROD }}", "ci.yml", id="workflow reference"),
        pytest.param("apiKey: process.env.API_KEY", "a.yml", id="environment"),
        pytest.param('api_key = os.environ["ACME_API_KEY_2"]', "a.py", id="environment in Python"),
        pytest.param("password: {{ vault_db_password_2 }}", "a.yml", id="template"),
        pytest.param("password = %(db_password_2)s", "a.ini", id="interpolation"),
        pytest.param("token: string;", "a.ts", id="type"),
        pytest.param("refresh_token: refreshToken2", "a.ts", id="a variable in code"),
        pytest.param("const token = getToken(user1, 'A9');", "a.ts", id="call"),
        pytest.param("token: this.config.accessToken2,", "a.ts", id="member"),
        pytest.param(
            "secretKey: `sk-${randomUUID().substring(0, 8)}`,", "a.ts", id="built at run time"
        ),
        pytest.param(
            'printf "COOKIE_SECRET=`pwgen -1s 32`"', "Makefile", id="a command in backticks"
        ),
        pytest.param(f'api_key_id = "{KEY}"', "a.py", id="the name of an id"),
        pytest.param(f'public_key = "{KEY}"', "a.py", id="a public key"),
        pytest.param(f'csrf_token = "{KEY}"', "a.py", id="a CSRF token"),
        pytest.param(f'next_page_token = "{KEY}"', "a.py", id="a page token"),
        pytest.param(f'checkout_token: "{HEX}"', "a.ts", id="a cart's token"),
        pytest.param(f'"password_hash": "{HEX}"', "a.json", id="a hash"),
        pytest.param(f'tokenizer = "{KEY}"', "a.py", id="another word"),
        pytest.param('passwordLabel="Enter2YourPassword!"', "a.tsx", id="a label"),
        pytest.param('SECRET_FILE="/run/secrets/db_1"', ".env", id="a path"),
        pytest.param('TOKEN_ENDPOINT="https://x9.dev/T0ken"', ".env", id="an address"),
        pytest.param('auth_token = "https://x9.dev/T0ken"', "a.py", id="an address as value"),
        pytest.param('access_key = "config.pem"', "a.py", id="a file name"),
        pytest.param(
            'token = "0b1c2d3e-4f5a-6b7c-8d9e-0f1a2b3c4d5e"', "a.py", id="UUID without a provider"
        ),
        pytest.param('password = "2024-11-05T10:00:00Z"', "a.py", id="a date"),
        pytest.param('access_token = "ann@example.com"', "a.py", id="a mail address"),
        pytest.param('password: "Passwort vergessen?"', "locales/de.json", id="translation"),
        pytest.param('"password": "Please enter Your 1st password"', "a.json", id="a sentence"),
        pytest.param('token = "application/x9-Json"', "a.py", id="media type"),
        pytest.param('secret: "$2b$12$' + "e" * 53 + '"', "a.yml", id="bcrypt hash"),
        pytest.param(f"token: ENC[AES256_GCM,data:{KEY}]", "a.yml", id="encrypted by SOPS"),
        pytest.param('token: "^[A-Z]{3}\\\\d+$"', "a.json", id="a pattern"),
        pytest.param('<div data-token="<%= token9 %>">', "a.erb", id="template in markup"),
        pytest.param("the password is Tr0ub4dor", "a.txt", id="prose"),
        pytest.param("Password: Tr0ub4dor&3 or another one", "a.txt", id="prose with a colon"),
        pytest.param(f'"integrity_token": "sha512-{KEY}"', "package-lock.json", id="lock file"),
        pytest.param(f'.token {{ content: "{KEY}" }}', "a.min.css", id="style sheet"),
        pytest.param('"SRH_TOKEN": "e2e_srh_token"', "ci.yml", id="words parted by signs"),
        pytest.param(
            f'"src/{KEY}/api-key/x9.tsx -> src/token/A9.ts"', "a.json", id="paths and arrows"
        ),
        pytest.param("DB_PASS=", ".env", id="empty"),
        pytest.param(f"('authtoken', '{KEY}')", "a.py", id="items of a list"),
        pytest.param(f"'ACAccountCredential', '{KEY}'", "a.py", id="items over many lines"),
        pytest.param('client("CLIENT_SECRET", "acme9x-abc")', "a.ts", id="abc"),
        pytest.param(f'token="{KEY}"', "env/lib/site-packages/o/a.py", id="a package's comment"),
        pytest.param(f"key: {KEY}", "a.yml", id="a key of anything"),
        pytest.param(f"CACHE_KEY={KEY}", ".env", id="the key of a cache"),
        pytest.param("STRIPE_KEY=the_key_of_the_stripe_team", ".env", id="a key in words"),
        pytest.param("password=###DB_PWD_9###", "a.tmpl", id="a name between signs"),
        pytest.param('run("password = " + dbpw9 + "")', "a.py", id="joined at run time"),
        pytest.param(r"sed 's,^\(db.password=\).*,\1'$PW9x',' a", "a.sh", id="a sed pattern"),
        pytest.param('"PASSWORD": "Şifrəni Dəyişdir"', "a.json", id="another language"),
        pytest.param('"PASSWORD": "パスワード変更"', "a.json", id="another script"),
        pytest.param(f"ROOT_PASSWORD_SHA2={HEX}", ".env", id="a digest"),
        pytest.param("ALL=(ALL) NOPASSWD:SETENV1x", "sudoers", id="no password"),
        pytest.param(f'"password": "md5$salt${HEX[:32]}"', "a.json", id="Django's hash"),
        pytest.param('displaySecretKey: "sk-lf-...7a90"', "a.tsx", id="a key shown in part"),
        pytest.param('apiKey: "phc_' + KEY + '"', "a.json", id="PostHog's public key"),
        pytest.param('secret: "a1B2c3D4e5F6g7H8i9J0"', "a.ts", id="counts up, mixed"),
        pytest.param('f("API_KEY", token, "qx9vbWz7Kd")', "a.ts", id="a later argument"),
        pytest.param('expect(password, "qx9vbWz7Kd")', "a.ts", id="a variable's neighbour"),
        pytest.param('getPassword("qx9vbWz7Kd")', "a.ts", id="a getter's argument"),
        pytest.param("the password 'qx9vbWz7Kd' is", "a.yml", id="a quote after the word"),
        pytest.param('"PW-002": "Aim' + 'xqkeliik"', "a.ts", id="the code of a region"),
        pytest.param('token = "\x01\x9fqx9vbWz7K\x02d"', "a.txt", id="no text at all"),
        pytest.param("PWD=/home/ann/App1", ".env", id="the working directory"),
        pytest.param(
            '{"secretKeyRef": {"name": "db-Creds1"}}', "a.json", id="Kubernetes reference"
        ),
        pytest.param("--secret id=database1,src=A9.txt", "ci.sh", id="a build secret's id"),
        pytest.param("max_tokens: 4096000000", "a.yml", id="a number"),
        pytest.param(f"// http://localhost:3000/sign?token={KEY}", "a.ts", id="a local address"),
        pytest.param(
            r"/invite\?token=" + r"[A-Za-z0-9-_]+\." * 2 + "[A-Za-z0-9-_]+/", "a.ts", id="a pattern"
        ),
        pytest.param('tokens: ["access_token", "refresh_token"]', "a.ts", id="names in a list"),
        pytest.param(
            "- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef: x1", "a.yml", id="kept elsewhere"
        ),
        pytest.param("token=Random9Token&b", "a.ts", id="a name in code after an equals sign"),
        pytest.param("f(token=qx9vbWz7Kd)", "a.py", id="a variable as an argument"),
        pytest.param('const key = Buffer.from("password9")', "a.ts", id="a word that is decoded"),
        pytest.param("ENV TOKEN_FILE /run/secrets/t1", "Dockerfile", id="where Docker finds it"),
        pytest.param('password: t("Your1Password?")', "a.ts", id="a translated label"),
        pytest.param("SET password_encryption = 'scram-sha-256'", "a.sql", id="how it is hashed"),
        pytest.param(
            "session_token: 0b1c2d3e-4f5a-4b7c-8d9e-0f1a2b3c4d5e", "a.yml", id="a UUID of our own"
        ),
        pytest.param(
            '"password": "Mot de passe9"', "messages/fr.json", id="a translation of messages"
        ),
    ],
)
def test_what_is_none(line: str, path: str) -> None:
    assert shown(line, path) == {}


@pytest.mark.parametrize(
    ("line", "path"),
    [
        pytest.param(f'API_KEY="{KEY}"', "docs/setup.md", id="document"),
        pytest.param(f'API_KEY="{KEY}"  # dummy key', "a.py", id="says that it is a dummy"),
        pytest.param('password = "lettuce42"', "a.py", id="a weak password"),
        pytest.param("PASSWORD=lettuce42", "docker-compose.dev.yml", id="weak, where work is done"),
        pytest.param("PASSWORD=lettuce42", ".github/workflows/a.yml", id="weak, where tests run"),
        pytest.param(f'agent_key = "{HEX}"', "tests/a.py", id="the digest of an agent in a test"),
        pytest.param('password = "Secure' + 'Pass123!"', "tests/a.py", id="words in a test"),
    ],
)
def test_what_is_kept_but_not_shown(line: str, path: str) -> None:
    (hit,) = hits(line, path).values()
    assert hit.confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("line", "value"),
    [
        pytest.param(f"a=1&api_key={KEY}&b=2", KEY, id="query"),
        pytest.param(f"api_key={KEY};other=1", KEY, id="connection string"),
        pytest.param(f"{{api_key: {KEY}}}", KEY, id="flow mapping"),
        pytest.param(f"f(api_key={KEY}, b=2)", KEY, id="list"),
        pytest.param(f"api_key={KEY}\r\n", KEY, id="CRLF"),
        pytest.param(f'x = {{\\"api_key\\": \\"{KEY}\\"}}', KEY, id="escaped JSON"),
    ],
)
def test_where_a_value_ends(line: str, value: str) -> None:
    (hit,) = hits(line, "a.env").values()
    assert line.encode()[hit.start : hit.end].decode() == value


def test_every_item_of_a_list_is_looked_at() -> None:
    second, third = drawn("{alnum:32}", seed=11), drawn("{alnum:32}", seed=12)
    text = f'api_tokens = ["{KEY}", "{second}",\n    \'{third}\']'.encode()
    found = [text[hit.start : hit.end] for hit in confirm(kind_of("generic-api-key"), text, "a.py")]
    assert found == [KEY.encode(), second.encode(), third.encode()]


def test_what_follows_a_list_or_is_no_item_is_not() -> None:
    other = drawn("{alnum:32}", seed=11)
    text = f'api_tokens = ["{KEY}"]; names = ["{other}"]'.encode()
    (hit,) = confirm(kind_of("generic-api-key"), text, "a.py")
    assert text[hit.start : hit.end] == KEY.encode()
