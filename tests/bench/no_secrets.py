"""Rules of other scanners that find what opens nothing: their examples are not to be found.

By scanner, and by the id that the scanner itself gives the rule; a rule is here because of what it
is for, and never because of a value. Many of these rules exist to be combined with another one that
finds the secret beside them.
"""

_HOSTS = "the address of an account or a bucket: everyone may know it"
_CLIENTS = "the id of an application, which it shows to every browser"
_ACCOUNTS = "the number or name of an account, a project or a product"
_PEOPLE = "the name or address of a person or of a machine"
_PUBLIC = "the public half of a key, or a key that is made to be shown to browsers"
_HASHES = "no password: what is left of one that was never written down"

NO_SECRETS: dict[str, dict[str, str]] = {
    _HOSTS: {
        "kingfisher": "artifactory.2 auth0.3 azure.devops.2 azureopenai.host.1 azuresearch.url.1 "
        "azurestorage.name.1 databricks.3 jira.1 okta.2 salesforce.2 shopify.2 sonarqube.2",
        "titus": "azure.devops.1 azureopenai.host.1 azuresearch.url.1 azurestorage.1a "
        "azurestorage.1b azurestorage.1c datadog.1 freshdesk.1 jira.1 looker.1 mattermost.1 "
        "nylas.api_uri.1 riot.1 supabase.3 coveralls.1 np.gcs.1 np.gcs.2 np.s3.1 np.s3.2 "
        "np.shopify.1",
        "noseyparker": "np.gcs.1 np.gcs.2 np.s3.1 np.s3.2 np.shopify.1",
        "betterleaks": "artifactory-jfrog-url salesforce-instance-url.1 snowflake-account-host.1 "
        "supabase-project-url tableau-server-host.1",
    },
    _CLIENTS: {
        "kingfisher": "asana.1 auth0.1 bitbucket.1 confluent.1 google.1 paypal.1 spotify.2",
        "titus": "asana.1 confluent.1 foursquare.1 intra42.1 looker.2 paypal.1 plaid.1 np.google.1",
        "noseyparker": "np.google.1",
        "betterleaks": "ebay-client-id lark-app-id",
        "secretlint": "azure_client_id",
    },
    _ACCOUNTS: {
        "kingfisher": "adobe.2 algolia.2 anypoint.2 discord.3 facebook.1 snowflake.1",
        "titus": "algolia.2 clickhouse.2 discord.3 maxmind.2 sendbird.1 np.arn.1 np.aws.3",
        "noseyparker": "np.arn.1 np.aws.3",
        "betterleaks": "alibaba-sts-access-key-id clickhouse-cloud-key-id "
        "tableau-personal-access-token-name.1",
        "secretlint": "ad_tenant_id AWS-Account-ID",
    },
    _PEOPLE: {
        "kingfisher": "eagleeyenetworks.2 planetscale.2 reactapp.1 snowflake.2",
        "titus": "clojars.1 planetscale.2 np.reactapp.1 np.firebase.2",
        "noseyparker": "np.reactapp.1",
        "betterleaks": "planetscale-id",
        "secretlint": "homedir patial-homedir",
        "detect-secrets": "ip_public_test",
    },
    _PUBLIC: {
        "kingfisher": "age.1 pubnub.1 pubnub.2 squareup.1",
        "titus": "datadog.4 launchdarkly.2 lob.2 posthog.1 pubnub.1 pubnub.2 np.age.1 "
        "np.branchio.1 np.branchio.2 np.razorpay.1 np.razorpay.2",
        "noseyparker": "np.age.1",
    },
    _HASHES: {
        "kingfisher": "krb5.asrep.23.1",
        "titus": "np.krb5.asrep.23.1 travisci.2",
        "noseyparker": "np.krb5.asrep.23.1",
    },
}


def is_no_secret(origin: str, rule: str) -> bool:
    """Whether a rule of the scanner `origin` finds what opens nothing."""
    short = rule.removeprefix("kingfisher.").replace(" ", "-")
    return any(short in rules.get(origin, "").split() for rules in NO_SECRETS.values())
