"""Keys of platforms that build, deploy, store and guard what a company runs."""

from launchready.catalog.kinds import Assigned, Kind, Pattern, Token

PLATFORMS = (
    Kind(
        id="clickhouse-cloud-secret",
        title="ClickHouse Cloud API key secret",
        opens="create and delete your databases, together with its key id",
        revoke="Delete the key at console.clickhouse.cloud → API keys and create a new one.",
        format=Token(shapes=("4b1d{alnum:38}",)),
        reference="https://clickhouse.com/docs/cloud/manage/openapi",
    ),
    Kind(
        id="cockroach-cloud-key",
        title="CockroachDB Cloud API key",
        opens="create, change and delete your clusters",
        revoke="Delete the key at cockroachlabs.cloud → Access management → Service accounts.",
        format=Token(shapes=("CCDB1_{alnum:22}_{alnum:40}",)),
        reference="https://www.cockroachlabs.com/docs/cockroachcloud/managing-access",
    ),
    Kind(
        id="mongodb-atlas-service-secret",
        title="MongoDB Atlas service account secret",
        opens="manage your Atlas projects and open their databases to itself",
        revoke="Revoke the secret at cloud.mongodb.com → Access manager → Applications.",
        format=Token(shapes=("mdb_sa_sk_{urlsafe:40}",)),
        reference="https://www.mongodb.com/docs/atlas/api/service-accounts-overview/",
    ),
    Kind(
        id="harness-token",
        title="Harness API token",
        opens="run your pipelines and read what they deploy with",
        revoke="Delete the token at Harness → My profile, or at its service account.",
        format=Token(
            shapes=("pat.{urlsafe:22}.{hex:24}.{alnum:20}", "sat.{urlsafe:22}.{hex:24}.{alnum:20}")
        ),
        reference="https://developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys/",
    ),
    Kind(
        id="infracost-api-key",
        title="Infracost API key",
        opens="read prices, and write to your dashboard",
        revoke="Delete the key at dashboard.infracost.io → Org settings → API tokens.",
        format=Assigned(
            names=("infracost_api_key", "infracost_token", "infracost_key"),
            shapes=("ico-{alnum:32}",),
        ),
        reference="https://www.infracost.io/docs/",
    ),
    Kind(
        id="prefect-api-key",
        title="Prefect Cloud API key",
        opens="read and start your flows as the person or service that it belongs to",
        revoke="Delete the key at app.prefect.cloud → API keys.",
        format=Token(shapes=("pnu_{alnum:36}", "pnb_{alnum:36}")),
        reference="https://docs.prefect.io/v3/how-to-guides/cloud/manage-users/api-keys",
    ),
    Kind(
        id="scalingo-token",
        title="Scalingo API token",
        opens="deploy, read the environment of and delete your applications",
        revoke="Revoke the token at dashboard.scalingo.com → Account → API tokens.",
        format=Token(shapes=("tk-us-{urlsafe:48}",)),
        reference="https://developers.scalingo.com/authentication",
    ),
    Kind(
        id="zuplo-api-key",
        title="Zuplo API key",
        opens="call the API behind your gateway as the consumer it was made for",
        revoke="Delete the key at portal.zuplo.com → Services → API key service.",
        format=Token(shapes=("zpka_{hex:32}_{hex:8}",)),
        reference="https://zuplo.com/docs/articles/api-key-management",
    ),
    Kind(
        id="endor-labs-key",
        title="Endor Labs API key or secret",
        opens="read what is wrong with your code, or change policies",
        revoke="Delete the key at app.endorlabs.com → Access control → API keys.",
        format=Token(shapes=("endr+{alnum:16}",)),
        reference="https://docs.endorlabs.com/administration/api-keys/",
    ),
    Kind(
        id="dependency-track-api-key",
        title="Dependency-Track API key",
        opens="read the components and weaknesses of your projects, or change them",
        revoke="Delete the key in Dependency-Track → Administration → Access management → Teams.",
        format=Token(shapes=("odt_{alnum:32-40}",)),
        reference="https://docs.dependencytrack.org/integrations/rest-api/",
    ),
    Kind(
        id="aikido-secret",
        title="Aikido token or client secret",
        opens="read and change what Aikido found in your code",
        revoke="Regenerate it at app.aikido.dev → Settings → Integrations.",
        format=Token(shapes=("AIK_CI_{alnum:24}", "AIK_SECRET_{alnum:64}")),
        reference="https://apidocs.aikido.dev/",
    ),
    Kind(
        id="code-climate-reporter-id",
        title="Code Climate test reporter id",
        opens="report a test coverage of its choice for your repository",
        revoke="Regenerate it at codeclimate.com → Repo settings → Test coverage.",
        format=Assigned(
            names=("cc_test_reporter_id", "codeclimate_reporter_id"), shapes=("{hex:64}",)
        ),
        reference="https://docs.codeclimate.com/docs/configuring-test-coverage",
    ),
    Kind(
        id="cypress-record-key",
        title="Cypress record key",
        opens="record runs in your Cypress Cloud project at your cost",
        revoke="Delete the key at cloud.cypress.io → Project settings → Record keys.",
        format=Assigned(names=("cypress_record_key",), shapes=("{uuid}",)),
        reference="https://docs.cypress.io/cloud/account-management/projects#Record-keys",
    ),
    Kind(
        id="scrapfly-api-key",
        title="Scrapfly API key",
        opens="scrape at your cost",
        revoke="Regenerate the key at scrapfly.io/dashboard.",
        format=Token(shapes=("scp-live-{hex:32}",)),
        reference="https://scrapfly.io/docs/scrape-api/getting-started",
    ),
    Kind(
        id="grafana-legacy-key",
        title="Grafana API key",
        opens="read your dashboards and query the data sources behind them",
        revoke="Delete the key at Grafana → Administration → API keys.",
        format=Token(shapes=("eyJrIjoi{base64:60-400}{pad:0-2}",), checksum="grafana-legacy"),
        reference="https://grafana.com/docs/grafana/latest/administration/api-keys/",
    ),
    Kind(
        id="onepassword-secret-key",
        title="1Password Secret Key",
        opens="sign in to the account, together with its password",
        revoke="Regenerate the Secret Key at 1password.com → My profile → More actions.",
        format=Token(
            shapes=(
                "A3-{upper:6}-{upper:6}-{upper:5}-{upper:5}-{upper:5}-{upper:5}",
                "A3-{upper:6}-{upper:11}-{upper:5}-{upper:5}-{upper:5}",
            )
        ),
        reference="https://support.1password.com/secret-key-security/",
    ),
    Kind(
        id="vault-unseal-key",
        title="Vault unseal key",
        opens="open the vault with the other keys of its quorum, and read every secret in it",
        revoke="Run `vault operator rekey`: it makes new unseal keys.",
        format=Pattern(
            regex=r"(?:(?:[Uu]nseal|Recovery) [Kk]ey [0-9]{1,2}:|vault operator unseal)[ \t]{1,4}"
            r"(?P<secret>[A-Za-z0-9+/]{43,44}=?)(?![A-Za-z0-9+/=])",
            anchor=r"(?:[Kk]ey [0-9]{1,2}:|operator unseal)[ \t]{1,4}[A-Za-z0-9+/]{40}",
            literals=(
                "ey 1: ",
                "ey 2: ",
                "ey 3: ",
                "ey 4: ",
                "ey 5: ",
                "ey 6: ",
                "ey 7: ",
                "ey 8: ",
                "ey 9: ",
                "operator unseal",
            ),
            samples=("Unseal Key 1: {base64:44}", "vault operator unseal {base64:44}"),
        ),
        reference="https://developer.hashicorp.com/vault/docs/concepts/seal",
    ),
    Kind(
        id="jenkins-admin-password",
        title="Password that Jenkins made for its first administrator",
        opens="log in as administrator, run builds and read every credential",
        revoke="Set a password of your own at Jenkins → People → admin → Configure.",
        format=Pattern(
            regex=r"password to proceed to installation:[\s>|*#]{1,200}"
            r"(?P<secret>[0-9a-f]{32})(?![0-9a-f])",
            anchor=r"password to proceed to installation:",
            literals=("password to proceed to installation",),
            samples=("Please use the following password to proceed to installation:\n\n{hex:32}",),
        ),
        reference="https://www.jenkins.io/doc/book/installing/linux/#unlocking-jenkins",
    ),
    Kind(
        id="truenas-api-key",
        title="TrueNAS API key",
        opens="administer the storage server and read what is on it",
        revoke="Delete the key at TrueNAS → Credentials → API keys.",
        format=Pattern(
            regex=r"auth\.login_with_api_key[\"'][^\[\]]{0,80}\[\s{0,40}[\"'](?P<secret>[0-9]{1,5}-[A-Za-z0-9]{64})[\"']",
            anchor=r"auth\.login_with_api_key",
            literals=("auth.login_with_api_key",),
            samples=('{{"method": "auth.login_with_api_key", "params": ["1-{alnum:64}"]}}',),
        ),
        reference="https://www.truenas.com/docs/api/scale_websocket_api.html",
    ),
)
