"""Keys of payment providers and shops."""

from launchready.catalog.kinds import Assigned, Kind, Token
from launchready.model import Severity

PAYMENT = (
    Kind(
        id="stripe-live-secret-key",
        title="Stripe live secret key",
        opens="refund and charge customers, move payouts and read their data",
        revoke="Roll the key at dashboard.stripe.com/apikeys: choose to expire the old one now, "
        "then look through recent events.",
        format=Token(
            shapes=(
                "sk_live_{alnum:24-34}",
                "sk_live_51{alnum:70-110}",
                "rk_live_{alnum:24-34}",
                "rk_live_51{alnum:70-110}",
            ),
        ),
        reference="https://docs.stripe.com/keys",
    ),
    Kind(
        id="stripe-test-secret-key",
        title="Stripe test secret key",
        opens="read and change your sandbox, which holds no money but may hold names of real "
        "customers and prices",
        revoke="Roll the key at dashboard.stripe.com/test/apikeys.",
        format=Token(
            shapes=(
                "sk_test_{alnum:24-34}",
                "sk_test_51{alnum:70-110}",
                "rk_test_{alnum:24-34}",
                "rk_test_51{alnum:70-110}",
            ),
        ),
        reference="https://docs.stripe.com/keys",
        severity=Severity.NOTE,
    ),
    Kind(
        id="webhook-signing-secret",
        title="Webhook signing secret",
        opens="forge events of the provider (Stripe, Clerk, Resend, …): paid orders, new users",
        revoke="Roll the secret of the endpoint in that provider's dashboard, where it is called "
        "signing secret.",
        format=Token(
            shapes=("whsec_{base64:32-64}{pad:0-2}",),
        ),
        reference="https://docs.stripe.com/webhooks#verify-official-libraries",
        is_often_invented=True,
    ),
    Kind(
        id="clerk-secret-key",
        title="Clerk secret key",
        opens="read, change and impersonate every user of your application",
        revoke="Add a new secret key at dashboard.clerk.com → API keys, deploy it, then delete the "
        "old one.",
        format=Token(shapes=("sk_live_{alnum:42}",)),
        reference="https://clerk.com/docs/guides/development/clerk-environment-variables",
    ),
    Kind(
        id="paystack-secret-key",
        title="Paystack live secret key",
        opens="charge and refund customers, start transfers and read their data",
        revoke="Generate a new secret key at dashboard.paystack.com → Settings → API keys.",
        format=Token(shapes=("sk_live_{hex:40}",)),
        reference="https://paystack.com/docs/api/authentication/",
    ),
    Kind(
        id="paypal-client-secret",
        title="PayPal client secret",
        opens="take and refund payments and read transactions as your application",
        revoke="Add a second secret at developer.paypal.com → Apps & Credentials, deploy it, then "
        "disable and delete the first.",
        format=Assigned(
            names=("paypal_client_secret", "paypal_secret", "paypal_secret_key"),
            shapes=("E{urlsafe:79}",),
        ),
        reference="https://developer.paypal.com/api/rest/authentication/",
    ),
    Kind(
        id="braintree-access-token",
        title="Braintree access token",
        opens="charge and refund the merchant's customers",
        revoke="Revoke the token in PayPal's or Braintree's control panel and connect again.",
        format=Token(shapes=("access_token$production${lower:16}${hex:32}",)),
        reference="https://developer.paypal.com/braintree/docs/guides/paypal/overview",
    ),
    Kind(
        id="square-access-token",
        title="Square access token",
        opens="take payments and read and change orders, customers and staff",
        revoke="Replace the token at developer.squareup.com → your application → Credentials.",
        format=Token(
            shapes=("EAAA{urlsafe:60}", "sq0atp-{urlsafe:22}", "sq0csp-{urlsafe:43}"),
        ),
        reference="https://developer.squareup.com/docs/build-basics/access-tokens",
    ),
    Kind(
        id="paddle-api-key",
        title="Paddle API key",
        opens="read customers and change subscriptions, prices and refunds",
        revoke="Revoke the key at vendors.paddle.com → Developer tools → Authentication.",
        format=Token(shapes=("pdl_live_apikey_{lower:26}_{alnum:22}_{alnum:3}",)),
        reference="https://developer.paddle.com/api-reference/about/api-keys",
    ),
    Kind(
        id="polar-access-token",
        title="Polar access token",
        opens="read customers and orders and change products and refunds",
        revoke="Delete the token at polar.sh → Settings → Developers and create one with fewer "
        "scopes.",
        format=Token(shapes=("polar_oat_{alnum:43}", "polar_pat_{alnum:43}")),
        reference="https://polar.sh/docs/integrate/oat",
    ),
    Kind(
        id="razorpay-key-secret",
        title="Razorpay key secret",
        opens="capture and refund payments and read your customers",
        revoke="Regenerate the key at dashboard.razorpay.com → Account & Settings → API keys.",
        format=Assigned(
            names=("razorpay_key_secret", "razorpay_secret", "razorpay_api_secret"),
            shapes=("{alnum:24}",),
        ),
        reference="https://razorpay.com/docs/payments/dashboard/account-settings/api-keys/",
    ),
    Kind(
        id="flutterwave-secret-key",
        title="Flutterwave live secret key",
        opens="charge customers and send transfers",
        revoke="Regenerate the keys at app.flutterwave.com → Settings → API keys.",
        format=Token(shapes=("FLWSECK-{lower:32}-X", "FLWSECK-{lower:32}-{lower:11}-X")),
        reference="https://developer.flutterwave.com/v3.0.0/docs/authentication",
    ),
    Kind(
        id="mollie-api-key",
        title="Mollie live API key",
        opens="create payments and refunds",
        revoke="Reset the key at my.mollie.com → Developers → API keys.",
        format=Assigned(names=("mollie_api_key", "mollie_key"), shapes=("live_{alnum:30}",)),
        reference="https://docs.mollie.com/reference/authentication",
    ),
    Kind(
        id="gocardless-access-token",
        title="GoCardless live access token",
        opens="take direct debits and read your customers' bank details",
        revoke="Delete the token at manage.gocardless.com → Developers and create a new one.",
        format=Assigned(
            names=("gocardless_access_token", "gocardless_token", "gc_access_token"),
            shapes=("live_{urlsafe:40}",),
        ),
        reference="https://developer.gocardless.com/getting-started/api/making-your-first-request/",
    ),
    Kind(
        id="plaid-secret",
        title="Plaid secret",
        opens="read your users' bank accounts together with their access tokens",
        revoke="Rotate the secret at dashboard.plaid.com/developers/keys, deploy it, then delete "
        "the old one.",
        format=Assigned(names=("plaid_secret", "plaid_secret_production"), shapes=("{hex:30}",)),
        reference="https://plaid.com/docs/account/security/",
    ),
    Kind(
        id="plaid-access-token",
        title="Plaid access token",
        opens="read one user's bank accounts and transactions",
        revoke="Call /item/access_token/invalidate with it; that returns a new token.",
        format=Token(shapes=("access-production-{uuid}",)),
        reference="https://plaid.com/docs/api/items/#itemaccess_tokeninvalidate",
    ),
    Kind(
        id="shopify-token",
        title="Shopify access token",
        opens="read and change the shop's orders, products and customers",
        revoke="Uninstall the custom app, or rotate the app's credentials in the Partner "
        "Dashboard, and install it again.",
        format=Token(
            shapes=("shpat_{hex:32}", "shpca_{hex:32}", "shppa_{hex:32}", "shpss_{hex:32}"),
        ),
        reference="https://shopify.dev/docs/apps/build/authentication-authorization/client-secrets/rotate-revoke-client-credentials",
    ),
)
