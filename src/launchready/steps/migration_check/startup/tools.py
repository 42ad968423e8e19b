"""Command lines that run migrations, by tool, and those that put a release into use."""

from launchready.facts.migrations import Framework
from launchready.regex import Regex

_O = r"(?:\s+-\S+(?:[ =](?!up\b|upgrade\b)[^\s-]\S*)?)*"
"""Options between a command and its verb."""

_TOOLS: tuple[tuple[Framework, Regex[str]], ...] = (
    (
        Framework.DJANGO,
        Regex(r"\b(?:manage(?:\.py)?|django-admin)\s+migrate\b(?![^&|;]*--(?:plan|check)\b)"),
    ),
    (Framework.ALEMBIC, Regex(rf"\balembic{_O}\s+upgrade\b|\bflask{_O}\s+db\s+upgrade\b")),
    (
        Framework.RAILS,
        Regex(r"\b(?:rails|rake)\s+(?:[\w:=.-]+\s+){0,4}?db:(?:migrate|prepare)\b(?!:)"),
    ),
    (Framework.PRISMA, Regex(r"\bprisma\s+(?:migrate\s+deploy|db\s+push)\b")),
    (Framework.DRIZZLE, Regex(r"\bdrizzle-kit\s+(?:migrate|push)\b")),
    (Framework.KNEX, Regex(r"\bknex\b[^&|;]{0,200}?\smigrate:(?:latest|up)\b")),
    (Framework.SEQUELIZE, Regex(r"\bsequelize(?:-cli)?\b[^&|;]{0,200}?\sdb:migrate(?![:\w])")),
    (Framework.TYPEORM, Regex(r"\btypeorm[\w-]*\b[^&|;]{0,200}?\smigration:run\b")),
    (Framework.NODE_PG_MIGRATE, Regex(r"\bnode-pg-migrate\b[^&|;]{0,200}?\sup\b")),
    (Framework.SUPABASE, Regex(r"\bsupabase\s+(?:db\s+push|migration\s+up)\b")),
    (
        Framework.FLYWAY,
        Regex(r"\bflyway\b[^&|;]{0,300}?\bmigrate\b|\bflyway:migrate\b|\bflywayMigrate\b"),
    ),
    (
        Framework.GOOSE,
        Regex(r"\bgoose\b[^&|;]{0,300}?\sup(?:-by-one|-to)?\b"),
    ),
    (Framework.DBMATE, Regex(r"\bdbmate\b[^&|;]{0,300}?\s(?:up|migrate)\b")),
    (
        Framework.GOLANG_MIGRATE,
        Regex(r"\bmigrate\s+(?=[^&|;]*(?:-path|-source|-database)\b)[^&|;]{0,300}?\bup\b"),
    ),
    (Framework.SQLX, Regex(r"\bsqlx\s+(?:migrate\s+run|database\s+setup)\b")),
    (Framework.DIESEL, Regex(r"\bdiesel\s+(?:migration\s+run|setup|database\s+setup)\b")),
    (Framework.LIQUIBASE, Regex(r"\bliquibase\b[^&|;]{0,300}?\supdate\b|\bliquibase:update\b")),
    (Framework.SQITCH, Regex(r"\bsqitch\s+deploy\b")),
)
_SCRIPT = Regex(
    r"\b(?:npm|yarn|pnpm|bun)\s+"
    r"(?:(?:run|exec|(?:--filter|--workspace|-[CFw])[ =]\S+|--\S+|-\w+)\s+)*"
    r"(?P<name>(?:(?:db|database|migrations?|prisma|drizzle)[:_-](?:\w+[:_-])*?migrat\w*"
    r"|migrat(?:e|ions?))(?:[:_-](?:deploy|up|run|latest|prod\w*))?)(?=\s|$|[\"'&|;])"
)
_QUIET = Regex(r"^\s*(?:#|//|echo\b|printf\b|:\s|log\w*\s|rem\b)")
_DEV = Regex(
    r"\brunserver\b|--reload\b|\bnodemon\b|\b(?:next|vite|nest|nuxt|astro|remix|turbo)\s+(?:run\s+)?dev\b"
    r"|\b(?:npm|yarn|pnpm|bun)\s+(?:run\s+)?(?:dev|start:dev|watch)\b|\bstart:dev\b|\bair\b\s*$|--watch\b"
)
_DEPLOYS = Regex(
    r"\bfly(?:ctl)?\s+deploy\b|\bkubectl\b[^&|;\n]{0,200}?\s(?:rollout\s+restart|set\s+image)\b"
    r"|\bkubectl\b[^&|;\n]{0,200}?\sapply\b(?![^&|;\n]*(?:migrat|job|secret|config|namespace))"
    r"|\bhelm\b[^&|;\n]{0,100}?\supgrade\b(?![^&|;\n]*migrat)"
    r"|\bvercel\b(?!\s+(?:build|pull|env))[^&|;\n]{0,100}?\s--prod\b|\bvercel\s+promote\b"
    r"|\bwrangler\s+(?:deploy|publish)\b|\bnetlify\s+deploy\b[^&|;\n]*--prod\b"
    r"|\bgit\s+push\s+(?:-\S+\s+)*(?:heroku|dokku)\b|\bheroku\s+container:release\b"
    r"|\bgcloud\s+(?:beta\s+)?(?:run\s+(?:deploy|services\s+update)|app\s+deploy)\b"
    r"|\beb\s+deploy\b|\baws\s+ecs\s+update-service\b|\b(?:serverless|sls)\s+deploy\b"
    r"|\brailway\s+up\b|\bkamal\s+(?:deploy|redeploy)\b|\bdocker\s+stack\s+deploy\b"
    r"|\bdocker[ -]compose\b[^&|;\n]{0,100}?\sup\s(?P<up>[^&|;\n]*)"
    r"|\bpm2\s+(?:reload|restart)\b|\bsystemctl\s+(?:restart|reload)\s+(?!nginx|caddy|docker)\S+"
    r"|\baz\s+webapp\s+(?:deploy|up)\b|\baz\s+containerapp\s+update\b"
)
_DEPLOY_ACTIONS = Regex(
    r"(?i)^(?:aws-actions/amazon-ecs-deploy-task-definition|google-github-actions/deploy-\w+"
    r"|azure/(?:webapps-deploy|k8s-deploy|container-apps-deploy-action)|akhileshns/heroku-deploy"
    r"|cloudflare/(?:wrangler-action|pages-action)|digitalocean/app_action|amondnet/vercel-action"
    r"|[\w-]+/render-deploy\S*|johnbeynon/render-deploy-action|einaregilsson/beanstalk-deploy"
    r"|dokku/github-action)(?:[/@]|$)"
)
_STORES = {"db", "database", "postgres", "postgresql", "pg", "mysql", "mariadb", "redis", "valkey"}
_SERVICE = Regex(r"(?:^|\s)(?!-)([\w.-]+)")


def migrates(line: str) -> tuple[Framework | None, str] | None:
    """The tool that a command line runs migrations with, and the words that say so; None as tool
    where only a script's name tells.
    """
    if _QUIET.match(line):
        return None
    for tool, pattern in _TOOLS:
        if match := pattern.search(line):
            return tool, " ".join(match[0].split())
    if match := _SCRIPT.search(line):
        return None, " ".join(match[0].split())
    return None


def deploys(line: str) -> str:
    """The words of a command line that put a release into use; empty if there are none."""
    if _QUIET.match(line):
        return ""
    match = _DEPLOYS.search(line)
    if match is None:
        return ""
    if match["up"] is not None:
        named = [word for word in _SERVICE.findall(match["up"]) if word != "-d"]
        is_detached = any(word in match["up"].split() for word in ("-d", "--detach"))
        if not is_detached or (named and all(word.lower() in _STORES for word in named)):
            return ""
    return " ".join(match[0].split())


def is_deploy_action(uses: str) -> bool:
    """Whether an action puts a release into use."""
    return bool(_DEPLOY_ACTIONS.search(uses))


def is_for_development(line: str) -> bool:
    """Whether a command starts a server for the person who writes the code."""
    return bool(_DEV.search(line))
