"""How workflows put software live, and which of their secrets belong to no environment."""

import functools
import re

# Commands, as a workflow's `run` has them. Sources: the reference of each command-line tool.
_COMMANDS = (
    r"vercel(?:@\S+)?\s+(?:deploy\b|--prod\b|promote\b|[^|;&\n]{0,200}\s--prod\b)",
    r"netlify(?:-cli)?\s+deploy\b",
    r"fly(?:ctl)?\s+deploy\b",
    r"wrangler(?:@\S+)?\s+(?:deploy|publish|pages\s+(?:deploy|publish)|versions\s+deploy)\b",
    r"railway\s+(?:up|redeploy)\b",
    r"git\s+push\s+[^|;&\n]{0,200}heroku\b|heroku\s+container:release\b",
    r"kubectl\s+(?:apply|rollout|set\s+image|replace)\b",
    r"helm\s+(?:upgrade|install)\b",
    r"(?:serverless|sls)\s+deploy\b|sst\s+deploy\b|cdk\s+deploy\b|sam\s+deploy\b",
    r"terraform\s+apply\b|tofu\s+apply\b|pulumi\s+up\b|terragrunt\s+apply\b",
    r"gcloud\s+(?:run\s+deploy|app\s+deploy|functions\s+deploy)\b",
    r"aws\s+(?:ecs\s+update-service|s3\s+sync|lambda\s+update-function-code|deploy\s)",
    r"eb\s+deploy\b|az\s+webapp\s+deploy|firebase\s+deploy\b|gh-pages\s+-d\b",
    r"supabase\s+(?:db\s+push|functions\s+deploy)\b",
    r"prisma\s+migrate\s+deploy\b|kamal\s+deploy\b|cap\s+\w+\s+deploy\b|ansible-playbook\b",
    r"eas\s+(?:update|submit)\b|doctl\s+apps\s+create-deployment\b|convex\s+deploy\b",
    r"modal\s+deploy\b|dokku\b|caprover\s+deploy\b",
)
# Actions, without their version.
_ACTIONS = (
    "amondnet/vercel-action", "superfly/flyctl-actions", "cloudflare/wrangler-action",
    "cloudflare/pages-action", "aws-actions/amazon-ecs-deploy-task-definition",
    "google-github-actions/deploy-", "azure/webapps-deploy", "azure/k8s-deploy",
    "azure/functions-action", "akhileshns/heroku-deploy", "nwtgck/actions-netlify",
    "appleboy/ssh-action", "firebaseextended/action-hosting-deploy", "digitalocean/app_action",
    "johnbeynon/render-deploy-action", "einaregilsson/beanstalk-deploy", "convictional/trigger",
    "bervproject/railway-deploy", "burnett01/rsync-deployments", "easingthemes/ssh-deploy",
)  # fmt: skip
# Accounts of tools that build, report and keep packages: one for all environments is usual.
_COMMON = (
    r"GITHUB_TOKEN|GH_.*|.*_?PAT|.*(?:DOCKER|REGISTRY|GHCR|NPM|PYPI|GEM|CRATES|NUGET|MAVEN).*"
    r"|.*(?:SENTRY|CODECOV|SONAR|SLACK|DISCORD|TEAMS|TELEGRAM|TURBO|NX_|DEPOT|CACHIX|SNYK|DATADOG"
    r"|LINEAR|JIRA|CHROMATIC|PERCY|CYPRESS|CURRENTS|ARGOS|CROWDIN|TRIGGER_ACCESS|FOSSA).*"
    r"|.*(?:WEBHOOK|NOTIFY|NOTIFICATION).*|.*(?:ORG|TEAM|PROJECT|ACCOUNT|TENANT|CLIENT|APP)_ID(?:_.*)?|.*_REGION"
    r"|.*_(?:USER|USERNAME|EMAIL|REPO|REPOSITORY|BUCKET_NAME|CLUSTER|ORG|TEAM|PROJECT)"
    r"|.*(?:GPG|SIGNING|COSIGN|DEPLOY_KEY|BOT_).*|VERCEL_TOKEN|TOKEN|.*RELEASE.*|.*_?LICENSE.*"
)


@functools.cache
def _command() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s;&|(/\"'])(?:{'|'.join(_COMMANDS)})", re.IGNORECASE)


@functools.cache
def _common() -> re.Pattern[str]:
    return re.compile(_COMMON, re.IGNORECASE)


def deploys(command: str) -> bool:
    """Whether a command line puts something live."""
    return bool(_command().search(command))


def is_deploying_action(uses: str) -> bool:
    """Whether an action does."""
    return uses.lower().startswith(_ACTIONS)


def is_common_secret(name: str) -> bool:
    """Whether one secret of this name is usual for all environments."""
    return bool(_common().fullmatch(name))
