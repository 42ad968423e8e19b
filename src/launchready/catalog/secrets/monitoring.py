"""Keys of monitoring, logs, analytics and feature flags."""

from launchready.catalog.kinds import Assigned, Kind, Token

MONITORING = (
    Kind(
        id="sentry-auth-token",
        title="Sentry auth token",
        opens="read error events, with your users' data in them, and source maps; or upload them",
        revoke="Revoke the token at sentry.io → Settings → Auth Tokens.",
        format=Token(
            shapes=(
                "sntrys_eyJ{base64:60-400}_{base64:43}",
                "sntrys_eyJ{base64:60-400}=_{base64:43}",
                "sntrys_eyJ{base64:60-400}==_{base64:43}",
                "sntryu_{hex:64}",
                "sntrya_{hex:64}",
                "sntryi_{hex:64}",
            )
        ),
        reference="https://docs.sentry.io/security-legal-pii/security/token-formats/",
    ),
    Kind(
        id="datadog-api-key",
        title="Datadog API key",
        opens="send false metrics and logs to your account",
        revoke="Create a new key at app.datadoghq.com/organization-settings/api-keys, deploy it, "
        "then revoke this one.",
        format=Assigned(names=("datadog_api_key", "dd_api_key"), shapes=("{hex:32}",)),
        reference="https://docs.datadoghq.com/account_management/api-app-keys/",
    ),
    Kind(
        id="datadog-application-key",
        title="Datadog application key",
        opens="read your logs, monitors and dashboards as the person who created it",
        revoke="Revoke the key at app.datadoghq.com/organization-settings/application-keys.",
        format=Assigned(
            names=(
                "datadog_app_key",
                "dd_app_key",
                "datadog_application_key",
                "dd_application_key",
            ),
            shapes=("{hex:40}",),
        ),
        reference="https://docs.datadoghq.com/account_management/api-app-keys/",
    ),
    Kind(
        id="new-relic-user-key",
        title="New Relic user key",
        opens="read your telemetry and change alerts as the person who created it",
        revoke="Delete the key at one.newrelic.com → API keys.",
        format=Token(
            shapes=("NRAK-{upper:27}", "NRAA-{hex:27}", "NRIQ-{urlsafe:32}", "NRII-{urlsafe:32}")
        ),
        reference="https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/",
    ),
    Kind(
        id="new-relic-license-key",
        title="New Relic license key",
        opens="send false telemetry to your account",
        revoke="Create a new key at one.newrelic.com → API keys, deploy it, then delete this one.",
        format=Token(shapes=("{hex:36}NRAL", "{hex:32}FFFFNRAL", "eu01xx{hex:30}NRAL")),
        reference="https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/",
    ),
    Kind(
        id="grafana-service-token",
        title="Grafana service account token",
        opens="read your dashboards and query the data sources behind them",
        revoke="Delete the token at Grafana → Administration → Service accounts.",
        format=Token(shapes=("glsa_{alnum:32}_{hex:8}",), checksum="grafana"),
        reference="https://grafana.com/docs/grafana/latest/administration/service-accounts/",
    ),
    Kind(
        id="grafana-cloud-token",
        title="Grafana Cloud access policy token",
        opens="write or read metrics, logs and traces of your stack",
        revoke="Delete the token at grafana.com → Access policies.",
        format=Token(shapes=("glc_eyJ{base64:60-400}{pad:0-2}",)),
        reference="https://grafana.com/docs/grafana-cloud/security-and-account-management/authentication-and-permissions/access-policies/",
    ),
    Kind(
        id="posthog-personal-key",
        title="PostHog personal API key",
        opens="read your users' events and recordings and change feature flags",
        revoke="Delete the key at PostHog → Settings → Personal API keys.",
        format=Token(shapes=("phx_{urlsafe:40-52}",)),
        reference="https://posthog.com/docs/api",
    ),
    Kind(
        id="honeycomb-key",
        title="Honeycomb ingest key",
        opens="send false events to your environment",
        revoke="Disable the key at ui.honeycomb.io → Environment settings → API keys.",
        format=Token(
            shapes=(
                "hcaik_01{lower:56}",
                "hcbik_01{lower:56}",
                "hcxik_01{lower:56}",
                "hcalk_01{lower:56}",
            )
        ),
        reference="https://docs.honeycomb.io/configure/environments/manage-api-keys/",
    ),
    Kind(
        id="axiom-token",
        title="Axiom token",
        opens="read or write your data sets",
        revoke="Delete the token at app.axiom.co → Settings → API tokens.",
        format=Token(
            shapes=(
                "xaat-{uuid}",
                "xapt-{uuid}",
            ),
        ),
        reference="https://axiom.co/docs/reference/tokens",
    ),
    Kind(
        id="better-stack-token",
        title="Better Stack token",
        opens="write to your log source, or manage monitors and incidents",
        revoke="Create a new source or API token at betterstack.com, deploy it, then delete this "
        "one.",
        format=Assigned(
            names=(
                "logtail_source_token",
                "better_stack_source_token",
                "betterstack_api_token",
                "better_stack_api_token",
                "logtail_token",
            ),
            shapes=("{alnum:24}",),
        ),
        reference="https://betterstack.com/docs/logs/api/getting-started/",
    ),
    Kind(
        id="rollbar-token",
        title="Rollbar server access token",
        opens="read error events, with your users' data in them, or send false ones",
        revoke="Disable the token at rollbar.com → Project settings → Access tokens.",
        format=Assigned(
            names=("rollbar_access_token", "rollbar_server_token", "rollbar_token"),
            shapes=("{hex:32}",),
        ),
        reference="https://docs.rollbar.com/docs/access-tokens",
    ),
    Kind(
        id="dynatrace-token",
        title="Dynatrace access token",
        opens="read your telemetry or change monitoring, as far as its scopes go",
        revoke="Delete the token at Dynatrace → Access tokens.",
        format=Token(shapes=("dt0c01.{base32:24}.{base32:64}", "dt0s16.{base32:8}.{base32:64}")),
        reference="https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens",
    ),
    Kind(
        id="mixpanel-secret",
        title="Mixpanel secret",
        opens="export your users' events",
        revoke="Reset the secret in Mixpanel → Project settings, or delete the service account.",
        format=Assigned(
            names=("mixpanel_secret", "mixpanel_api_secret", "mixpanel_service_account_secret"),
            shapes=("{hex:32}", "{alnum:32}"),
        ),
        reference="https://developer.mixpanel.com/reference/service-accounts",
    ),
    Kind(
        id="launchdarkly-key",
        title="LaunchDarkly key",
        opens="read your feature flags (SDK key) or change them (API token)",
        revoke="Reset the SDK key at LaunchDarkly → Environments, or the token at Authorization.",
        format=Token(
            shapes=(
                "sdk-{uuid}",
                "api-{uuid}",
            ),
        ),
        reference="https://launchdarkly.com/docs/home/account/environment/keys",
    ),
    Kind(
        id="statsig-secret",
        title="Statsig server secret or console key",
        opens="read your feature gates and experiments, or change them",
        revoke="Rotate the key at console.statsig.com → Settings → Keys & Environments.",
        format=Token(shapes=("secret-{alnum:43}", "console-{alnum:43}")),
        reference="https://docs.statsig.com/access-management/api-keys",
    ),
    Kind(
        id="pagerduty-api-key",
        title="PagerDuty API key",
        opens="read and change schedules and silence incidents",
        revoke="Delete the key at PagerDuty → Integrations → API access keys.",
        format=Assigned(
            names=("pagerduty_api_key", "pagerduty_token", "pagerduty_api_token", "pd_api_key"),
            shapes=("{alnum:1}{word:18}{alnum:1}", "u+{urlsafe:18}"),
        ),
        reference="https://support.pagerduty.com/main/docs/api-access-keys",
    ),
)
