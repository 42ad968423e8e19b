"""Hosts that tell something: this machine, tunnels, sandboxes and their live twins, kept data.

Domains stand for themselves and all below them.
"""

from launchready.frozen import frozen

LOOPBACK_NAMES = frozenset(
    {"localhost", "localhost.localdomain", "ip6-localhost", "host.docker.internal",
     "gateway.docker.internal", "host.containers.internal", "docker.for.mac.localhost",
     "docker.for.mac.host.internal", "lvh.me", "localtest.me", "nip.io", "lacolhost.com"}
)  # fmt: skip
"""Names of the machine that asks. RFC 6761 for localhost; docs.docker.com for Docker's;
lvh.me and its like resolve to 127.0.0.1.
"""

LOCAL_DOMAINS = ("localhost", "local", "localdomain", "test", "lan", "home", "home.arpa")
"""RFC 6761 and RFC 6762: never resolved by the public DNS."""

CLUSTER_DOMAINS = (
    "cluster.local",  # Kubernetes
    "svc",
    "internal",  # Fly, Railway, Google Cloud and AWS name machines below it
    "flycast",  # Fly
    "consul",
)
"""Names that mean another machine in each cluster, project or environment."""

TUNNEL_DOMAINS = (
    "ngrok.io", "ngrok.app", "ngrok.dev", "ngrok-free.app", "ngrok-free.dev", "loca.lt",
    "localtunnel.me", "trycloudflare.com", "serveo.net", "localhost.run", "lhr.life", "lhr.rocks",
    "tunnelmole.net", "devtunnels.ms", "tunnelto.dev", "telebit.io", "loophole.site", "bore.pub",
    "pagekite.me", "expose.dev", "sharedwithexpose.com", "gitpod.io", "app.github.dev",
    "preview.app.github.dev", "webcontainer.io", "webhook.site", "smee.io", "hookdeck.com",
    "pinggy.link", "zrok.io",
)  # fmt: skip
"""Roads to one developer's machine; each vendor's own documents name them."""


@frozen
class Endpoints:
    """Where a provider is tried, and where it is real. `reference` is the page that says so."""

    provider: str
    sandbox: tuple[str, ...]
    live: tuple[str, ...]
    reference: str


ENDPOINTS = (
    Endpoints(
        provider="PayPal",
        sandbox=("sandbox.paypal.com", "api-m.sandbox.paypal.com", "api.sandbox.paypal.com"),
        live=("api-m.paypal.com", "api.paypal.com"),
        reference="https://developer.paypal.com/api/rest/sandbox/",
    ),
    Endpoints(
        provider="Square",
        sandbox=("squareupsandbox.com",),
        live=("connect.squareup.com",),
        reference="https://developer.squareup.com/docs/devtools/sandbox/overview",
    ),
    Endpoints(
        provider="Braintree",
        sandbox=("sandbox.braintreegateway.com", "sandbox.braintree-api.com"),
        live=("api.braintreegateway.com", "payments.braintree-api.com"),
        reference="https://developer.paypal.com/braintree/docs/guides/security",
    ),
    Endpoints(
        provider="Plaid",
        sandbox=("sandbox.plaid.com", "development.plaid.com"),
        live=("production.plaid.com",),
        reference="https://plaid.com/docs/api/#api-host",
    ),
    Endpoints(
        provider="Adyen",
        sandbox=(
            "checkout-test.adyen.com",
            "pal-test.adyen.com",
            "management-test.adyen.com",
            "checkoutshopper-test.adyen.com",
            "test.adyen.com",
        ),
        live=(
            "checkout-live.adyenpayments.com",
            "adyenpayments.com",
            "management-live.adyen.com",
            "checkoutshopper-live.adyen.com",
        ),
        reference="https://docs.adyen.com/development-resources/live-endpoints/",
    ),
    Endpoints(
        provider="Paddle",
        sandbox=(
            "sandbox-api.paddle.com",
            "sandbox-vendors.paddle.com",
            "sandbox-checkout.paddle.com",
            "sandbox-buy.paddle.com",
        ),
        live=("api.paddle.com", "vendors.paddle.com", "buy.paddle.com"),
        reference="https://developer.paddle.com/build/tools/sandbox",
    ),
    Endpoints(
        provider="GoCardless",
        sandbox=("api-sandbox.gocardless.com",),
        live=("api.gocardless.com",),
        reference="https://developer.gocardless.com/getting-started/api/making-your-first-request/",
    ),
    Endpoints(
        provider="Polar",
        sandbox=("sandbox-api.polar.sh", "sandbox.polar.sh"),
        live=("api.polar.sh",),
        reference="https://polar.sh/docs/integrate/sandbox",
    ),
    Endpoints(
        provider="DocuSign",
        sandbox=("demo.docusign.net", "account-d.docusign.com"),
        live=("account.docusign.com",),
        reference="https://developers.docusign.com/platform/auth/reference/",
    ),
    Endpoints(
        provider="Salesforce",
        sandbox=("test.salesforce.com",),
        live=("login.salesforce.com",),
        reference="https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_endpoints.htm",
    ),
    Endpoints(
        provider="App Store",
        sandbox=("sandbox.itunes.apple.com", "api.storekit-sandbox.itunes.apple.com"),
        live=("buy.itunes.apple.com", "api.storekit.itunes.apple.com"),
        reference="https://developer.apple.com/documentation/appstoreserverapi",
    ),
    Endpoints(
        provider="Apple push",
        sandbox=("api.sandbox.push.apple.com", "api.development.push.apple.com"),
        live=("api.push.apple.com",),
        reference="https://developer.apple.com/documentation/usernotifications/"
        "sending-notification-requests-to-apns",
    ),
    Endpoints(
        provider="Mailtrap",
        sandbox=("sandbox.smtp.mailtrap.io", "smtp.mailtrap.io", "sandbox.api.mailtrap.io"),
        live=("live.smtp.mailtrap.io", "send.api.mailtrap.io"),
        reference="https://docs.mailtrap.io/email-sandbox/setup/sandbox-integration",
    ),
    Endpoints(
        provider="Ethereal Email",
        sandbox=("smtp.ethereal.email", "ethereal.email"),
        live=(),
        reference="https://ethereal.email/",
    ),
    Endpoints(
        provider="Amadeus",
        sandbox=("test.api.amadeus.com",),
        live=("api.amadeus.com",),
        reference="https://developers.amadeus.com/self-service/apis-docs/guides/developer-guides/",
    ),
    Endpoints(
        provider="Sumsub or Onfido",
        sandbox=("api.sandbox.onfido.com",),
        live=(),
        reference="https://documentation.onfido.com/",
    ),
)

DATA_DOMAINS = {
    "supabase.co": "database",
    "supabase.com": "database",
    "upstash.io": "store",
    "firebaseio.com": "database",
    "firebasedatabase.app": "database",
    "turso.io": "database",
    "neon.tech": "database",
    "psdb.cloud": "database",
    "mongodb.net": "database",
    "rds.amazonaws.com": "database",
    "documents.azure.com": "database",
    "redislabs.com": "store",
    "redis-cloud.com": "store",
    "cloudamqp.com": "queue",
    "algolia.net": "search index",
    "algolianet.com": "search index",
    "typesense.net": "search index",
    "meilisearch.io": "search index",
    "pinecone.io": "search index",
    "qdrant.io": "search index",
    "weaviate.cloud": "search index",
    "convex.cloud": "database",
    "es.io": "search index",
    "elastic-cloud.com": "search index",
    "found.io": "search index",
}
"""Domains below which each customer has a host for what it keeps, and what is kept there."""
