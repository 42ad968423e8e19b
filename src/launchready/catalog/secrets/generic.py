"""Secrets without a provider: framework keys, passwords and keys told by their names."""

from launchready.catalog.kinds import Keyword, Kind
from launchready.model import Confidence, Severity

GENERIC = (
    Kind(
        id="django-secret-key",
        title="Django SECRET_KEY",
        opens="sign sessions, password-reset links and anything else the Django site trusts",
        revoke="Generate a new key, set it as SECRET_KEY and move the old one to "
        "SECRET_KEY_FALLBACKS until its sessions have expired, then remove it.",
        format=Keyword(names=("django_secret_key",), minimum=20),
        reference="https://docs.djangoproject.com/en/stable/ref/settings/#secret-key",
        confidence=Confidence.MEDIUM,
        fixture_confidence=Confidence.LOW,
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
                "encryption_key",
                "signing_key",
                "master_key",
                "credential",
                "credentials",
            ),
            minimum=10,
        ),
        reference="https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
        severity=Severity.ERROR,
        confidence=Confidence.MEDIUM,
        fixture_confidence=Confidence.LOW,
    ),
    Kind(
        id="generic-api-key",
        title="API key",
        opens="call the API that this key belongs to, in your name and at your cost",
        revoke="Find the service that issued it, issue a new one there and revoke this one.",
        format=Keyword(
            names=(
                "api_key",
                "access_key",
                "auth_key",
                "account_key",
                "service_key",
                "access_token",
                "auth_token",
                "api_token",
                "token",
                "bearer",
            ),
            minimum=10,
        ),
        reference="https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
        confidence=Confidence.MEDIUM,
        fixture_confidence=Confidence.LOW,
    ),
    Kind(
        id="generic-password",
        title="Password",
        opens="log in wherever this password is used",
        revoke="Set a new password there, and everywhere else it was used.",
        format=Keyword(
            names=("password", "passwd", "pwd", "passphrase", "passcode", "pass"),
            minimum=6,
            is_password=True,
        ),
        reference="https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
        confidence=Confidence.MEDIUM,
        fixture_confidence=Confidence.LOW,
    ),
)
