"""Passwords, keys and secrets without a provider: told by their names or by where they stand."""

from launchready.catalog.kinds import Keyword, Kind, Pattern

_REFERENCE = "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html"

# What services of their own call the scheme of a header, after RFC 7235.
_SCHEMES = "token|api-?key|api-?token|key|ssws|oauth|sso-key|geniekey|bot|secret"

# Keys that open nothing: those of a row, a map, a cache, a message, a machine everyone may know.
_OTHER_KEYS = (
    *("primary", "foreign", "unique", "partition", "sort", "range", "row", "column", "record"),
    *("cache", "storage", "object", "file", "image", "asset", "s3", "r2", "bucket", "upload"),
    *("query", "lookup", "index", "map", "dict", "hash", "set", "group", "item", "entry", "node"),
    *("host", "ssh", "gpg", "pgp", "registry", "fingerprint", "known", "trusted", "verify"),
    *("react", "component", "i18n", "message", "locale", "translation", "shortcut", "hot", "press"),
    *("idempotency", "dedupe", "dedup", "routing", "event", "feature", "flag", "job", "lock"),
    *("issue", "ticket", "project", "document", "doc", "page", "block", "menu", "tab", "option"),
    *("widget", "write", "client", "user", "test", "verification", "checksum", "integrity"),
)

GENERIC = (
    Kind(
        id="url-password",
        title="URL with a password",
        opens="log in at the address in the URL as the user in it",
        revoke="Change the password, or revoke the token, at that address.",
        format=Pattern(
            regex=r"(?<![A-Za-z0-9+.\-])[a-z][a-z0-9+.\-]{1,20}://"
            r"(?P<user>[^\s:/@\"'`<>{}$?#]{0,80}):(?P<secret>[^\s/\"'`<>{}\[\]\\$?#]{3,128})@"
            r"(?P<host>[A-Za-z0-9.\-_\[\]:]{1,253})",
            anchor=r"[a-z0-9]://[^\s:/@\"'`<>{}$?#]{0,80}:[^\s/\"'`<>{}$?#]{3,128}@",
            literals=("://",),
            samples=("https://deploy:{alnum:24}@git.{lower:8}.com/app.git",),
            is_password=True,
        ),
        reference="https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1",
        is_often_invented=True,
    ),
    Kind(
        id="netrc-password",
        title="Password of a .netrc file",
        opens="log in at the machine that the line names",
        revoke="Change the password, or revoke the token, at that machine.",
        format=Pattern(
            regex=r"machine\s{1,20}(?P<host>\S{1,120})\s{1,20}login\s{1,20}(?P<user>\S{1,120})\s{1,20}"
            r"password\s{1,20}(?P<secret>[^\s\"'`<>{}$]{3,128})",
            anchor=r"machine\s{1,20}\S{1,120}\s{1,20}login\s",
            literals=("machine",),
            samples=("machine git.{lower:8}.com login deploy password {alnum:20}",),
            is_password=True,
        ),
        reference="https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html",
        is_often_invented=True,
    ),
    Kind(
        id="pgpass-password",
        title="Password of a .pgpass file",
        opens="log in to the database that the line names",
        revoke="Change the user's password (`ALTER ROLE … PASSWORD`).",
        format=Pattern(
            regex=r"(?m)^(?P<host>[A-Za-z0-9.\-*]{1,120}):(?:5432|5433|6432|6543|\*):[^:\n]{1,64}:"
            r"(?P<user>[^:\n]{1,64}):(?P<secret>[^\s\"'`<>{}$]{3,128})\r?$",
            anchor=r"[A-Za-z0-9.\-*]:(?:5432|5433|6432|6543|\*):[^:\n]{1,64}:[^:\n]{1,64}:[^:\n]",
            literals=(":5432:", ":5433:", ":6432:", ":6543:", ":*:"),
            samples=("db.{lower:8}.com:5432:shop:app:{alnum:20}",),
            is_password=True,
            path=r"(?:^|/)[._]?pgpass(?:\.conf)?$",
        ),
        reference="https://www.postgresql.org/docs/current/libpq-pgpass.html",
        is_often_invented=True,
    ),
    Kind(
        id="basic-auth-header",
        title="Basic authorization header",
        opens="log in wherever this header is sent: it holds name and password in plain base64",
        revoke="Change the password of the user in it.",
        format=Pattern(
            regex=r"(?<![A-Za-z0-9])(?i:basic)[ \t]{1,4}"
            r"(?P<secret>[A-Za-z0-9+/]{10,400}={0,2})(?![A-Za-z0-9+/=])",
            anchor=r"basic[ \t]{1,4}[A-Za-z0-9+/]{10}",
            literals=("basic ", "basic\t"),
            samples=("Authorization: Basic {proof}",),
            is_caseless=True,
            checksum="basic",
        ),
        reference="https://www.rfc-editor.org/rfc/rfc7617",
        is_often_invented=True,
    ),
    Kind(
        id="bearer-token",
        title="Bearer token",
        opens="call the API that this header is sent to, in your name",
        revoke="Find the service that issued it, issue a new one there and revoke this one.",
        format=Pattern(
            regex=r"(?:(?<![A-Za-z0-9])(?i:bearer)[ \t]{1,4}|"
            r"(?i:authorization|x-api-key|x-auth-token)[\"'`]?[ \t]{0,4}[:=,][ \t]{0,4}"
            r"[\"'`]?(?:(?i:" + _SCHEMES + r")[ \t]{1,4})?)"
            r"(?P<secret>[A-Za-z0-9_.~+/\-]{20,400}={0,2})(?![A-Za-z0-9_~+/=\-])",
            anchor=r"(?:bearer[ \t]{1,4}|(?:authorization|x-api-key|x-auth-token)"
            r"[\"'`]?[ \t]{0,4}[:=,][ \t]{0,4}[\"'`]?(?:(?:" + _SCHEMES + r")[ \t]{1,4})?)"
            r"[A-Za-z0-9_.~+/\-]{20}",
            literals=("bearer ", "bearer\t", "authorization", "x-api-key", "x-auth-token"),
            samples=("Authorization: Bearer {alnum:40}",),
            is_caseless=True,
            checksum="chance",
        ),
        reference="https://www.rfc-editor.org/rfc/rfc6750",
        is_often_invented=True,
    ),
    Kind(
        id="generic-secret",
        title="Secret",
        opens="act as the application or service that this secret belongs to",
        revoke="Find the service that issued it, issue a new one there and revoke this one.",
        format=Keyword(
            names=(
                "secret",
                "secret_key",
                "client_secret",
                "private_key",
                "signing_key",
                "master_key",
                "hmac_key",
                "credential",
                "credentials",
            ),
            minimum=10,
        ),
        reference=_REFERENCE,
    ),
    Kind(
        id="generic-api-key",
        title="API key or token",
        opens="call the API that it belongs to, in your name and at your cost",
        revoke="Find the service that issued it, issue a new one there and revoke this one.",
        format=Keyword(
            names=(
                "api_key",
                "access_key",
                "auth_key",
                "account_key",
                "service_key",
                "app_key",
                "application_key",
                "consumer_key",
                "shared_key",
                "admin_key",
                "server_key",
                "client_key",
                "deploy_key",
                "license_key",
                "subscription_key",
                "access_token",
                "auth_token",
                "api_token",
                "token",
            ),
            minimum=10,
        ),
        reference=_REFERENCE,
    ),
    Kind(
        id="generic-key",
        title="Key",
        opens="call the service that the name speaks of, or decrypt what it encrypted",
        revoke="Find the service that issued it, issue a new one there and revoke this one.",
        format=Keyword(
            names=("key",),
            minimum=20,
            is_drawn=True,
            unless=_OTHER_KEYS,
        ),
        reference=_REFERENCE,
    ),
    Kind(
        id="generic-password",
        title="Password",
        opens="log in wherever this password is used",
        revoke="Set a new password there, and everywhere else that it was used.",
        format=Keyword(
            names=(
                "password",
                "passwd",
                "pwd",
                "passphrase",
                "passcode",
                "pass",
                "passwort",
                "pword",
                "pw",
                "identified_by",
            ),
            minimum=5,
            is_password=True,
        ),
        reference=_REFERENCE,
    ),
)
