"""Beginnings of credentials that tell whose they are, what they may do, and in which mode.

Secret kinds without a mode stand in `catalog.secrets`; here stand modes and what is published.
"""

import enum

from launchready.frozen import frozen


class Role(enum.Enum):
    """What a credential is for. Only SECRET and WEBHOOK open something to who holds them."""

    SECRET = "secret"  # noqa: S105
    PUBLISHABLE = "publishable"
    WEBHOOK = "webhook"
    IDENTIFIER = "identifier"


class Mode(enum.Enum):
    """Whether money, mail and customers are real. Vendors say sandbox or test for the other."""

    LIVE = "live"
    TEST = "test"


@frozen
class Beginning:
    """A credential is one of `provider` if it begins with `text` and goes on for `rest` characters.

    `words`: one of them must stand in the variable's name, where the text alone is too common.
    """

    text: str
    provider: str
    role: Role
    mode: Mode | None
    reference: str
    rest: int = 8
    words: tuple[str, ...] = ()


def _pairs(
    provider: str,
    reference: str,
    live: tuple[str, ...],
    test: tuple[str, ...],
    role: Role = Role.SECRET,
    *,
    rest: int = 8,
    words: tuple[str, ...] = (),
) -> tuple[Beginning, ...]:
    return tuple(
        Beginning(
            text=text, provider=provider, role=role, mode=mode, reference=reference, rest=rest,
            words=words,
        )
        for texts, mode in ((live, Mode.LIVE), (test, Mode.TEST))
        for text in texts
    )  # fmt: skip


_STRIPE = "https://docs.stripe.com/keys"
_CLERK = "https://clerk.com/docs/guides/development/clerk-environment-variables"
_PAYSTACK = "https://paystack.com/docs/api/authentication/"
_LOB = "https://docs.lob.com/#tag/API-Keys"

BEGINNINGS = (
    *_pairs("Clerk", _CLERK, ("sk_live_",), ("sk_test_",), words=("clerk",)),
    *_pairs("Clerk", _CLERK, ("pk_live_",), ("pk_test_",), Role.PUBLISHABLE, words=("clerk",)),
    *_pairs("Paystack", _PAYSTACK, ("sk_live_",), ("sk_test_",), words=("paystack",)),
    *_pairs(
        "Paystack", _PAYSTACK, ("pk_live_",), ("pk_test_",), Role.PUBLISHABLE, words=("paystack",)
    ),
    *_pairs("Stripe", _STRIPE, ("sk_live_", "rk_live_"), ("sk_test_", "rk_test_"), rest=16),
    *_pairs("Stripe", _STRIPE, ("pk_live_",), ("pk_test_",), Role.PUBLISHABLE, rest=16),
    Beginning(
        text="whsec_", provider="", role=Role.WEBHOOK, mode=None, rest=24,
        reference="https://docs.stripe.com/webhooks",
    ),
    *_pairs(
        "Razorpay", "https://razorpay.com/docs/payments/dashboard/account-settings/api-keys/",
        ("rzp_live_",), ("rzp_test_",), Role.IDENTIFIER,
    ),
    *_pairs(
        "Mollie", "https://docs.mollie.com/reference/authentication", ("live_",), ("test_",),
        rest=30, words=("mollie",),
    ),
    *_pairs(
        "GoCardless", "https://developer.gocardless.com/api-reference/", ("live_",), ("sandbox_",),
        rest=30, words=("gocardless", "gc"),
    ),
    *_pairs("Lob", _LOB, ("live_",), ("test_",), rest=30, words=("lob",)),
    *_pairs("Lob", _LOB, ("live_pub_",), ("test_pub_",), Role.PUBLISHABLE, words=("lob",)),
    *_pairs(
        "EasyPost", "https://docs.easypost.com/docs/authentication", ("EZAK",), ("EZTK",), rest=40,
    ),
    *_pairs(
        "Paddle", "https://developer.paddle.com/api-reference/about/api-keys",
        ("pdl_live_apikey_",), ("pdl_sdbx_apikey_",),
    ),
    *_pairs(
        "Paddle", "https://developer.paddle.com/paddlejs/client-side-tokens",
        ("live_",), ("test_",), Role.PUBLISHABLE, rest=20, words=("paddle",),
    ),
    *_pairs(
        "Braintree", "https://developer.paypal.com/braintree/docs/guides/authorization/overview",
        ("access_token$production$",), ("access_token$sandbox$",),
    ),
    *_pairs(
        "Braintree",
        "https://developer.paypal.com/braintree/docs/guides/authorization/tokenization-key",
        ("production_",), ("sandbox_",), Role.PUBLISHABLE, words=("braintree",),
    ),
    *_pairs(
        "Square", "https://developer.squareup.com/docs/devtools/sandbox/overview",
        ("sq0idp-",), ("sandbox-sq0idb-",), Role.PUBLISHABLE,
    ),
    *_pairs(
        "Square", "https://developer.squareup.com/docs/build-basics/access-tokens",
        ("sq0csp-",), ("sandbox-sq0csb-",),
    ),
    *_pairs(
        "Plaid", "https://plaid.com/docs/api/tokens/",
        ("access-production-",), ("access-sandbox-", "access-development-"), rest=30,
    ),
    *_pairs(
        "Flutterwave", "https://developer.flutterwave.com/v3.0.0/docs/authentication",
        ("FLWSECK-",), ("FLWSECK_TEST-",), rest=16,
    ),
    *_pairs(
        "Flutterwave", "https://developer.flutterwave.com/v3.0.0/docs/authentication",
        ("FLWPUBK-",), ("FLWPUBK_TEST-",), Role.PUBLISHABLE, rest=16,
    ),
    *_pairs(
        "Adyen", "https://docs.adyen.com/development-resources/client-side-authentication/",
        ("live_",), ("test_",), Role.PUBLISHABLE, rest=26, words=("adyen",),
    ),
    *_pairs(
        "Liveblocks", "https://liveblocks.io/docs/authentication",
        ("sk_prod_",), ("sk_dev_",),
    ),
    *_pairs(
        "Liveblocks", "https://liveblocks.io/docs/authentication",
        ("pk_prod_",), ("pk_dev_",), Role.PUBLISHABLE,
    ),
    *_pairs(
        "Trigger.dev", "https://trigger.dev/docs/apikeys",
        ("tr_prod_",), ("tr_dev_", "tr_stg_", "tr_preview_"),
    ),
    Beginning(
        text="sk-proj-", provider="OpenAI", role=Role.SECRET, mode=None, rest=20,
        reference="https://platform.openai.com/docs/api-reference/authentication",
    ),
    Beginning(
        text="sk-ant-", provider="Anthropic", role=Role.SECRET, mode=None, rest=20,
        reference="https://docs.claude.com/en/api/overview",
    ),
    Beginning(
        text="phc_", provider="PostHog", role=Role.PUBLISHABLE, mode=None,
        reference="https://posthog.com/docs/api#authentication",
    ),
    Beginning(
        text="pk.eyJ", provider="Mapbox", role=Role.PUBLISHABLE, mode=None,
        reference="https://docs.mapbox.com/help/dive-deeper/access-tokens/",
    ),
    Beginning(
        text="sb_publishable_", provider="Supabase", role=Role.PUBLISHABLE, mode=None,
        reference="https://supabase.com/docs/guides/api/api-keys",
    ),
    Beginning(
        text="sb_secret_", provider="Supabase", role=Role.SECRET, mode=None,
        reference="https://supabase.com/docs/guides/api/api-keys",
    ),
    Beginning(
        text="sntryu_", provider="Sentry", role=Role.SECRET, mode=None, rest=40,
        reference="https://docs.sentry.io/api/auth/",
    ),
    Beginning(
        text="pk-lf-", provider="Langfuse", role=Role.PUBLISHABLE, mode=None,
        reference="https://langfuse.com/docs/api-and-data-platform/features/public-api",
    ),
    Beginning(
        text="AKIA", provider="AWS", role=Role.IDENTIFIER, mode=None, rest=16,
        reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
    ),
    Beginning(
        text="ca-pub-", provider="Google AdSense", role=Role.PUBLISHABLE, mode=None, rest=12,
        reference="https://support.google.com/adsense/answer/105516",
    ),
)  # fmt: skip
"""Those bound to words in the name come before those of the same text that are not."""

MODE_NAMES = {
    "PAYPAL_MODE": "PayPal", "PAYPAL_ENV": "PayPal", "PAYPAL_ENVIRONMENT": "PayPal",
    "PLAID_ENV": "Plaid", "PLAID_ENVIRONMENT": "Plaid", "SQUARE_ENVIRONMENT": "Square",
    "SQUARE_ENV": "Square", "BRAINTREE_ENVIRONMENT": "Braintree", "BRAINTREE_ENV": "Braintree",
    "BT_ENVIRONMENT": "Braintree", "ADYEN_ENVIRONMENT": "Adyen", "ADYEN_ENV": "Adyen",
    "PADDLE_ENVIRONMENT": "Paddle", "PADDLE_ENV": "Paddle", "STRIPE_MODE": "Stripe",
    "GOCARDLESS_ENVIRONMENT": "GoCardless", "GOCARDLESS_ENV": "GoCardless",
    "POLAR_SERVER": "Polar", "POLAR_ENV": "Polar", "POLAR_ENVIRONMENT": "Polar",
    "PAYPAL_SANDBOX": "PayPal", "DOCUSIGN_ENVIRONMENT": "DocuSign",
}  # fmt: skip
"""Variables that choose a provider's mode by a word."""

TEST_WORDS = frozenset({"sandbox", "test", "testing", "development", "dev"})
LIVE_WORDS = frozenset({"live", "production", "prod"})
