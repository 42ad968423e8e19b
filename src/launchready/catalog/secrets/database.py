"""Connection strings with a password, and keys of database and search services."""

from launchready.catalog.kinds import Assigned, Kind, Pattern, Token

# user:password@host of a URL (RFC 3986, section 3.2); the password may hold what people forget to
# percent-encode, `@` too, but neither blanks, quotes, `/` nor what marks a template.
_LOGIN = (
    r"(?P<user>[^\s:/@\"'`<>{}$]{0,80}):(?P<secret>[^\s/\"'`<>{}\[\]\\$]{3,128})@"
    r"(?P<host>[A-Za-z0-9.\-_\[\]:]{1,253})"
)
_PLAIN_LOGIN = r"[^\s:/@\"'`<>{}$]{0,80}:[^\s/\"'`<>{}$]{3}"

DATABASE = (
    Kind(
        id="postgres-url",
        title="PostgreSQL URL with password",
        opens="read, change and delete everything the database user may",
        revoke="Change the user's password (`ALTER ROLE … PASSWORD`, or reset it in your host's "
        "dashboard) and look through the log for foreign addresses.",
        format=Pattern(
            regex=rf"postg(?:res(?:ql)?|is)(?:\+[a-z0-9]{{2,16}})?://{_LOGIN}",
            anchor=rf"postg(?:res(?:ql)?|is)(?:\+[a-z0-9]{{2,16}})?://{_PLAIN_LOGIN}",
            literals=("postgres", "postgis"),
            samples=("postgresql://app:{alnum:24}@db.{lower:12}.supabase.co:5432/postgres",),
            is_password=True,
        ),
        reference="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS",
        is_often_invented=True,
    ),
    Kind(
        id="mysql-url",
        title="MySQL or MariaDB URL with password",
        opens="read, change and delete everything the database user may",
        revoke="Change the user's password (`ALTER USER … IDENTIFIED BY`, or reset it in your "
        "host's dashboard).",
        format=Pattern(
            regex=rf"(?:mysql2?|mariadb)(?:\+[a-z0-9]{{2,16}})?://{_LOGIN}",
            anchor=rf"(?:mysql2?|mariadb)(?:\+[a-z0-9]{{2,16}})?://{_PLAIN_LOGIN}",
            literals=("mysql", "mariadb"),
            samples=("mysql://app:{alnum:24}@db.{lower:12}.rds.amazonaws.com:3306/shop",),
            is_password=True,
        ),
        reference="https://dev.mysql.com/doc/refman/8.4/en/connecting-using-uri-or-key-value-pairs.html",
        is_often_invented=True,
    ),
    Kind(
        id="mongodb-url",
        title="MongoDB URL with password",
        opens="read, change and delete everything the database user may",
        revoke="Change the user's password in Atlas → Database Access (or `db.changeUserPassword`) "
        "and restrict the network access list.",
        format=Pattern(
            regex=rf"mongodb(?:\+srv)?://{_LOGIN}",
            anchor=rf"mongodb(?:\+srv)?://{_PLAIN_LOGIN}",
            literals=("mongodb",),
            samples=("mongodb+srv://app:{alnum:24}@cluster0.{lower:5}.mongodb.net/shop",),
            is_password=True,
        ),
        reference="https://www.mongodb.com/docs/manual/reference/connection-string/",
        is_often_invented=True,
    ),
    Kind(
        id="redis-url",
        title="Redis URL with password",
        opens="read and change the cache, its sessions and its queued jobs",
        revoke="Reset the password in your host's dashboard, or set `requirepass` or the ACL anew.",
        format=Pattern(
            regex=rf"rediss?://{_LOGIN}",
            anchor=rf"rediss?://{_PLAIN_LOGIN}",
            literals=("redis",),
            samples=("rediss://default:{alnum:32}@eu1-{lower:8}.upstash.io:6379",),
            is_password=True,
        ),
        reference="https://redis.io/docs/latest/develop/tools/cli/#host-port-password-and-database",
        is_often_invented=True,
    ),
    Kind(
        id="amqp-url",
        title="AMQP URL with password",
        opens="read and write the message queues",
        revoke="Change the user's password in RabbitMQ (or reset it in your host's dashboard).",
        format=Pattern(
            regex=rf"amqps?://{_LOGIN}",
            anchor=rf"amqps?://{_PLAIN_LOGIN}",
            literals=("amqp",),
            samples=("amqps://app:{alnum:32}@{lower:8}.rmq.cloudamqp.com/app",),
            is_password=True,
        ),
        reference="https://www.rabbitmq.com/docs/uri-spec",
        is_often_invented=True,
    ),
    Kind(
        id="supabase-service-role-key",
        title="Supabase service_role key",
        opens="read and change every row of every table: row level security does not bind it",
        revoke="Create a secret key at supabase.com → Project Settings → API keys, deploy it, then "
        "disable the legacy keys; or rotate the project's JWT secret.",
        format=Pattern(
            regex=r"(?<![A-Za-z0-9_\-])(?P<secret>eyJ[A-Za-z0-9_\-]{10,200}\.eyJ[A-Za-z0-9_\-]{10,2000}\.[A-Za-z0-9_\-]{20,800})",
            anchor=r"\.eyJ[A-Za-z0-9_\-]{10}",
            literals=(".eyJ",),
            samples=("{proof}",),
            reach=3100,
            checksum="service-role",
        ),
        reference="https://supabase.com/docs/guides/api/api-keys",
    ),
    Kind(
        id="supabase-secret-key",
        title="Supabase secret key",
        opens="read and change every row of every table: row level security does not bind it",
        revoke="Delete the key at supabase.com → Project Settings → API keys and create a new one.",
        format=Token(shapes=("sb_secret_{urlsafe:22}_{urlsafe:8}",)),
        reference="https://supabase.com/docs/guides/api/api-keys",
    ),
    Kind(
        id="supabase-access-token",
        title="Supabase access token",
        opens="manage all projects of the account: read their keys, change and delete databases",
        revoke="Delete the token at supabase.com/dashboard/account/tokens.",
        format=Token(shapes=("sbp_{hex:40}", "sbp_oauth_{hex:40}")),
        reference="https://supabase.com/docs/reference/api/introduction",
    ),
    Kind(
        id="neon-api-key",
        title="Neon API key",
        opens="manage all Neon projects of the account: read connection strings, delete databases",
        revoke="Revoke the key at console.neon.tech → Account settings → API keys.",
        format=Token(shapes=("napi_{lower:64}",)),
        reference="https://neon.com/docs/manage/api-keys",
    ),
    Kind(
        id="planetscale-token",
        title="PlanetScale service token",
        opens="manage your databases: branches, passwords, deploy requests",
        revoke="Delete the token at app.planetscale.com → Settings → Service tokens.",
        format=Token(
            shapes=("pscale_tkn_{dotted:32-64}", "pscale_oauth_{dotted:32-64}"),
        ),
        reference="https://planetscale.com/docs/api/reference/service-tokens",
    ),
    Kind(
        id="planetscale-password",
        title="PlanetScale database password",
        opens="read, change and delete everything in the branch",
        revoke="Delete the password at app.planetscale.com → your branch → Passwords.",
        format=Token(shapes=("pscale_pw_{dotted:32-64}",)),
        reference="https://planetscale.com/docs/concepts/connection-strings",
    ),
    Kind(
        id="turso-token",
        title="Turso database token",
        opens="read and change the database, or the whole group",
        revoke="Run `turso db tokens invalidate` for the database and create a token that expires.",
        format=Assigned(
            names=(
                "turso_auth_token",
                "turso_database_auth_token",
                "libsql_auth_token",
                "turso_token",
                "turso_api_token",
            ),
            shapes=("eyJ{urlsafe:20-120}.eyJ{urlsafe:20-600}.{urlsafe:60-120}",),
        ),
        reference="https://docs.turso.tech/cli/db/tokens/create",
    ),
    Kind(
        id="upstash-token",
        title="Upstash REST token",
        opens="read and change the Redis database or vector index",
        revoke="Reset the credentials at console.upstash.com → your database → Details.",
        format=Assigned(
            names=(
                "upstash_redis_rest_token",
                "kv_rest_api_token",
                "upstash_vector_rest_token",
                "upstash_redis_token",
            ),
            shapes=("A{urlsafe:39-63}", "A{base64:39-63}=", "A{base64:39-63}=="),
        ),
        reference="https://upstash.com/docs/redis/features/restapi",
    ),
    Kind(
        id="qstash-token",
        title="Upstash QStash token",
        opens="publish and cancel the messages and schedules that call your endpoints",
        revoke="Roll the token at console.upstash.com/qstash.",
        format=Assigned(
            names=("qstash_token",),
            shapes=("eyJVc2VySUQi{base64:60-140}{pad:0-2}",),
        ),
        reference="https://upstash.com/docs/qstash/howto/roll-signing-keys",
    ),
    Kind(
        id="algolia-admin-key",
        title="Algolia admin API key",
        opens="change and delete your search indexes and their keys",
        revoke="Regenerate the admin key at dashboard.algolia.com → API Keys.",
        format=Assigned(
            names=(
                "algolia_admin_key",
                "algolia_admin_api_key",
                "algolia_write_key",
                "algolia_write_api_key",
            ),
            shapes=("{hex:32}",),
        ),
        reference="https://www.algolia.com/doc/guides/security/api-keys",
    ),
    Kind(
        id="databricks-token",
        title="Databricks access token",
        opens="read your tables and run code on your clusters",
        revoke="Revoke the token at Databricks → Settings → Developer → Access tokens.",
        format=Token(shapes=("dapi{hex:32}-{digit:1}", "dapi{hex:32}")),
        reference="https://docs.databricks.com/aws/en/dev-tools/auth/pat",
    ),
    Kind(
        id="aiven-password",
        title="Aiven service password",
        opens="log in to the Aiven database or Kafka service",
        revoke="Reset the user's password at console.aiven.io → your service → Users.",
        format=Token(shapes=("AVNS_{urlsafe:19}",)),
        reference="https://aiven.io/docs/platform/howto/reset-password",
        is_often_invented=True,
    ),
)
