"""Secrets that web frameworks sign and encrypt with."""

from launchready.catalog.kinds import Keyword, Kind, Pattern

_ROTATE = (
    "Generate a new random value (`openssl rand -base64 32`), set it in the environment of each "
    "deployment, and restart; everyone is logged out."
)

FRAMEWORKS = (
    Kind(
        id="nextauth-secret",
        title="Auth.js (NextAuth) secret",
        opens="forge the session of any user of your site",
        revoke=_ROTATE,
        format=Keyword(
            names=("nextauth_secret", "next_auth_secret", "auth_secret", "better_auth_secret"),
            minimum=16,
            is_whole_name=True,
        ),
        reference="https://authjs.dev/reference/core/errors#missingsecret",
    ),
    Kind(
        id="jwt-secret",
        title="JWT signing secret",
        opens="forge a token for any user of your site",
        revoke=_ROTATE,
        format=Keyword(
            names=(
                "jwt_secret",
                "jwt_secret_key",
                "jwt_signing_key",
                "jwt_private_key",
                "jwt_key",
                "jwt_token_secret",
                "access_token_secret",
                "refresh_token_secret",
                "token_secret",
            ),
            minimum=12,
        ),
        reference="https://www.rfc-editor.org/rfc/rfc8725#section-3.5",
    ),
    Kind(
        id="rails-secret-key",
        title="Rails secret_key_base or master key",
        opens="forge sessions of the Rails site, or decrypt its credentials file",
        revoke="Run `bin/rails secret` for a new secret_key_base; for a master key, write the "
        "credentials anew with `bin/rails credentials:edit` and rotate what was in them.",
        format=Keyword(names=("secret_key_base", "rails_master_key"), minimum=32),
        reference="https://guides.rubyonrails.org/security.html#custom-credentials",
    ),
    Kind(
        id="rails-key-file",
        title="Rails key file",
        opens="decrypt the credentials file beside it: the site's secret_key_base and all its keys",
        revoke="Delete the key file, write the credentials anew with `bin/rails credentials:edit` "
        "(which makes a new key) and rotate everything that was in them.",
        format=Pattern(
            regex=r"\A(?P<secret>[0-9a-f]{32})\s*\Z",
            anchor=r"[0-9a-f]{32}",
            literals=(),
            samples=("{hex:32}",),
            path=r"(?:^|/)config/(?:master|credentials/[\w\-]+|secrets\.yml)\.key$",
        ),
        reference="https://guides.rubyonrails.org/security.html#custom-credentials",
    ),
    Kind(
        id="laravel-app-key",
        title="Laravel APP_KEY",
        opens="forge cookies and decrypt what the Laravel site encrypted",
        revoke="Run `php artisan key:generate` and put the old key into APP_PREVIOUS_KEYS until "
        "everything is encrypted anew.",
        format=Pattern(
            regex=r"(?<![A-Za-z0-9+/])base64:(?P<secret>[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{22}==)(?![A-Za-z0-9+/=])",
            anchor=r"base64:[A-Za-z0-9+/]{22}",
            literals=("base64:",),
            samples=("APP_KEY=base64:{base64:43}=",),
        ),
        reference="https://laravel.com/docs/encryption#gracefully-rotating-encryption-keys",
        is_often_invented=True,
    ),
    Kind(
        id="secret-key",
        title="SECRET_KEY of a Django or Flask site",
        opens="forge sessions and password-reset links of the site",
        revoke="Generate a new key, set it as SECRET_KEY and keep the old one in "
        "SECRET_KEY_FALLBACKS until its sessions have run out.",
        format=Keyword(
            names=("secret_key", "django_secret_key", "flask_secret_key", "app_secret_key"),
            minimum=16,
            is_whole_name=True,
        ),
        reference="https://docs.djangoproject.com/en/stable/ref/settings/#secret-key",
    ),
    Kind(
        id="session-secret",
        title="Session or cookie secret",
        opens="forge the session of any user of your site",
        revoke=_ROTATE,
        format=Keyword(
            names=(
                "session_secret",
                "session_secret_key",
                "cookie_secret",
                "cookie_password",
                "session_password",
                "session_key",
            ),
            minimum=12,
        ),
        reference="https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html",
    ),
    Kind(
        id="encryption-key",
        title="Encryption key",
        opens="decrypt what the application encrypted with it",
        revoke="Add a new key, encrypt everything anew with it, then remove the old one.",
        format=Keyword(
            names=("encryption_key", "encrypt_key", "encryption_secret", "cipher_key", "aes_key"),
            minimum=16,
        ),
        reference="https://cheatsheetseries.owasp.org/cheatsheets/Cryptographic_Storage_Cheat_Sheet.html",
    ),
    Kind(
        id="wordpress-salt",
        title="WordPress key or salt",
        opens="forge the login cookie of any user, administrators included",
        revoke="Replace all eight values with new ones from api.wordpress.org/secret-key/1.1/salt.",
        format=Keyword(
            names=(
                "auth_key",
                "secure_auth_key",
                "logged_in_key",
                "nonce_key",
                "auth_salt",
                "secure_auth_salt",
                "logged_in_salt",
                "nonce_salt",
            ),
            minimum=32,
            is_whole_name=True,
        ),
        reference="https://developer.wordpress.org/advanced-administration/wordpress/wp-config/#security-keys",
    ),
)
