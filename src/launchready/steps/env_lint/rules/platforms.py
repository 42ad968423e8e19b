"""Rules on secrets in files that tell a platform what to run."""

from collections.abc import Iterator

from launchready.facts.environment import Declaration, EnvironmentFacts
from launchready.model import Finding, Severity
from launchready.step import rule
from launchready.steps.env_lint.rules.evidence import (
    Evidence,
    described,
    evidence_of,
    is_for_trying,
    once,
)
from launchready.steps.env_lint.settings import EnvLintSettings

_PLATFORMS = frozenset(
    ("vercel.json", "netlify.toml", "fly.toml", "render.yaml", "wrangler", "app.json", "eas.json",
     "serverless", "app.yaml", "procfile", "railway", "supabase", "uwsgi", "systemd", "expo")
)  # fmt: skip


def platform_finding(each: Declaration, where: str) -> Finding:
    return Finding(
        message=f"{each.name} is given {described(each)} in {where}; expected no secret in a file"
        " that git keeps",
        location=each.location,
        identity=f"{each.source} {each.holder} {each.name}",
    )


def _place(each: Declaration) -> str:
    return f"{each.holder!r} of {each.source}" if each.holder else each.source


def declared_in(facts: EnvironmentFacts, *sources: str) -> Iterator[Declaration]:
    return once(each for each in facts.declarations if each.source in sources)


@rule(EnvironmentFacts, Severity.ERROR)
def secret_in_platform_file(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A file that tells a hosting platform what to run holds a secret in plain text.

    Whoever can read the repository, today or in any old clone, has the secret; and all
    environments that are made from the file get the same one.

    Revoke the secret, store its successor in the platform (`fly secrets set`, `wrangler secret
    put`, `vercel env add`, `sync: false` on Render) and take the line out of the file.

    Bad:
        --- fly.toml
        app = "shop"

        [env]
        PORT = "8080"
        STRIPE_SECRET_KEY = "<sk_live>"

    Good:
        --- fly.toml
        app = "shop"

        [env]
        PORT = "8080"
        STRIPE_SECRET_KEY = ""
        STRIPE_PUBLISHABLE_KEY = "<pk_live>"

    Reference:
        https://fly.io/docs/apps/secrets/
        https://developers.cloudflare.com/workers/configuration/secrets/
    """
    for each in declared_in(facts, *_PLATFORMS):
        evidence = evidence_of(each, settings)
        is_sure = evidence is Evidence.CREDENTIAL
        if is_sure or (evidence is Evidence.RANDOM and not is_for_trying(each)):
            yield platform_finding(each, _place(each))


@rule(EnvironmentFacts, Severity.ERROR)
def secret_in_config_map(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A ConfigMap, a container's `env` or a Helm chart's values hold a secret in plain text.

    ConfigMaps are read by everybody who may list objects, they are shown by dashboards and kept by
    git: whoever sees one has the secret.

    Revoke the secret, keep its successor in a Secret that an operator fills (External Secrets,
    Sealed Secrets) and refer to it by `secretKeyRef`.

    Bad:
        --- k8s/settings.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data:
          STRIPE_SECRET_KEY: <sk_live>

    Good:
        --- k8s/settings.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data:
          LOG_LEVEL: info

    Reference:
        https://kubernetes.io/docs/concepts/configuration/configmap/
    """
    for each in declared_in(facts, "kubernetes", "helm"):
        evidence = evidence_of(each, settings)
        if each.holder.startswith(("Secret/", "secretGenerator/")):
            continue
        if evidence is Evidence.CREDENTIAL or (
            evidence is Evidence.RANDOM and not is_for_trying(each)
        ):
            yield platform_finding(each, _place(each))


@rule(EnvironmentFacts, Severity.WARNING)
def password_in_config_map(facts: EnvironmentFacts, settings: EnvLintSettings) -> Iterator[Finding]:
    """A ConfigMap or a container's `env` gives a value to what is named like a password.

    If the value is used, everybody who may read the repository or list objects in the cluster has
    it.

    Move the variable to a Secret that an operator fills, and refer to it by `secretKeyRef`.

    Bad:
        --- k8s/settings.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data:
          DATABASE_PASSWORD: n0rthern-harbour-77

    Good:
        --- k8s/settings.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data:
          DATABASE_PASSWORD_FILE: /run/secrets/password
          DATABASE_PASSWORD: ""

    Reference:
        https://kubernetes.io/docs/concepts/configuration/secret/
    """
    for each in declared_in(facts, "kubernetes"):
        if each.holder.startswith(("Secret/", "secretGenerator/")) or is_for_trying(each):
            continue
        if evidence_of(each, settings) is Evidence.CHOSEN:
            yield Finding(
                message=f"{each.name} has a value in {each.holder!r}; expected a reference to a"
                " Secret",
                location=each.location,
                identity=f"{each.holder} {each.name}",
            )


@rule(EnvironmentFacts, Severity.ERROR)
def secret_in_secret_manifest(
    facts: EnvironmentFacts, settings: EnvLintSettings
) -> Iterator[Finding]:
    """A Kubernetes Secret with its value is kept in the repository.

    base64 hides nothing: whoever can read the repository has the secret, and all clusters that
    apply the file share it.

    Revoke the secret and keep its successor outside of git: External Secrets, Sealed Secrets or
    SOPS put it into the cluster.

    Bad:
        --- k8s/keys.yaml
        apiVersion: v1
        kind: Secret
        metadata: {name: keys}
        stringData:
          STRIPE_SECRET_KEY: <sk_live>

    Good:
        --- k8s/keys.yaml
        apiVersion: v1
        kind: Secret
        metadata: {name: keys}
        stringData:
          STRIPE_SECRET_KEY: changeme

    Reference:
        https://kubernetes.io/docs/concepts/security/secrets-good-practices/
    """
    for each in declared_in(facts, "kubernetes"):
        evidence = evidence_of(each, settings)
        if not each.holder.startswith(("Secret/", "secretGenerator/")):
            continue
        if evidence is Evidence.CREDENTIAL or (
            evidence is Evidence.RANDOM and not is_for_trying(each)
        ):
            yield platform_finding(each, repr(each.holder))


RULES = (
    secret_in_platform_file,
    secret_in_config_map,
    password_in_config_map,
    secret_in_secret_manifest,
)
