"""Where a provider says whether a secret still works: by a read that changes and tells nothing.

Each is the provider's own documented call for a client to learn who it is, or what it may do; of
the answer only the status is looked at, and where that always is 200 the one member that counts.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """How one provider is asked about the values of `kind` that begin with one of `begins`.

    The value goes into `header` after `scheme`, or into `path` in place of `{secret}`. `member` is
    the boolean of the JSON answer that says so where every status is 200; `refusals` are the words
    of its member `error` that mean no.
    """

    kind: str
    host: str
    path: str
    begins: tuple[str, ...] = ("",)
    header: str = "Authorization"
    scheme: str = "Bearer "
    headers: tuple[tuple[str, str], ...] = ()
    method: str = "GET"
    member: str = ""
    refusals: tuple[str, ...] = ()
    reference: str


_GITHUB = "https://docs.github.com/rest/users/users#get-the-authenticated-user"
_ANTHROPIC_VERSION = (("anthropic-version", "2023-06-01"),)

ENDPOINTS = (
    Endpoint(kind="github-token", host="api.github.com", path="/user", reference=_GITHUB),
    Endpoint(
        kind="github-fine-grained-token", host="api.github.com", path="/user", reference=_GITHUB
    ),
    Endpoint(
        kind="github-app-token",
        begins=("gho_", "ghu_"),
        host="api.github.com",
        path="/user",
        reference=_GITHUB,
    ),
    Endpoint(
        kind="gitlab-token",
        begins=("glpat-",),
        host="gitlab.com",
        path="/api/v4/personal_access_tokens/self",
        header="PRIVATE-TOKEN",
        scheme="",
        reference="https://docs.gitlab.com/api/personal_access_tokens/",
    ),
    Endpoint(
        kind="slack-token",
        begins=("xoxb-", "xoxp-"),
        host="slack.com",
        path="/api/auth.test",
        method="POST",
        member="ok",
        refusals=("invalid_auth", "account_inactive", "token_revoked", "token_expired"),
        reference="https://docs.slack.dev/reference/methods/auth.test",
    ),
    Endpoint(
        kind="stripe-live-secret-key",
        host="api.stripe.com",
        path="/v1/balance",
        reference="https://docs.stripe.com/api/balance/balance_retrieve",
    ),
    Endpoint(
        kind="stripe-test-secret-key",
        host="api.stripe.com",
        path="/v1/balance",
        reference="https://docs.stripe.com/api/balance/balance_retrieve",
    ),
    Endpoint(
        kind="openai-api-key",
        host="api.openai.com",
        path="/v1/models",
        reference="https://platform.openai.com/docs/api-reference/models/list",
    ),
    Endpoint(
        kind="anthropic-api-key",
        host="api.anthropic.com",
        path="/v1/models",
        header="x-api-key",
        scheme="",
        headers=_ANTHROPIC_VERSION,
        reference="https://docs.claude.com/en/api/models-list",
    ),
    Endpoint(
        kind="sendgrid-api-key",
        host="api.sendgrid.com",
        path="/v3/scopes",
        reference="https://www.twilio.com/docs/sendgrid/api-reference/api-key-permissions/retrieve-a-list-of-scopes-for-which-this-user-has-access",
    ),
    Endpoint(
        kind="npm-token",
        host="registry.npmjs.org",
        path="/-/whoami",
        reference="https://docs.npmjs.com/cli/commands/npm-whoami",
    ),
    Endpoint(
        kind="telegram-bot-token",
        host="api.telegram.org",
        path="/bot{secret}/getMe",
        header="",
        member="ok",
        reference="https://core.telegram.org/bots/api#getme",
    ),
)


def endpoint_of(kind: str, value: str) -> Endpoint | None:
    """Where to ask about a value, None where nothing harmless is documented."""
    fitting = (each for each in ENDPOINTS if each.kind == kind and value.startswith(each.begins))
    return next(fitting, None)
