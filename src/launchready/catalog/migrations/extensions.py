"""Stand-ins for extensions that migrations ask for and that a plain server has not got.

They hold the functions and types that definitions of tables name, with the same signatures and
without the work: what a migration's DDL does to locks, rows and shape is the same with them.
Signatures: https://www.postgresql.org/docs/current/contrib.html and the pages of each project.
"""

from collections.abc import Mapping

_NOTHING = "SELECT 1;\n"

# md5 stands for every digest: no test of a migration looks at its bits.
_PGCRYPTO = """\
CREATE FUNCTION digest(text, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT
  AS $$ SELECT decode(md5($1), 'hex') $$;
CREATE FUNCTION digest(bytea, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT
  AS $$ SELECT decode(md5($1), 'hex') $$;
CREATE FUNCTION hmac(text, text, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT
  AS $$ SELECT decode(md5($1 || $2), 'hex') $$;
CREATE FUNCTION hmac(bytea, bytea, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT
  AS $$ SELECT decode(md5($1 || $2), 'hex') $$;
CREATE FUNCTION crypt(text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
  AS $$ SELECT md5($1 || $2) $$;
CREATE FUNCTION gen_salt(text) RETURNS text LANGUAGE sql VOLATILE STRICT
  AS $$ SELECT md5(random()::text) $$;
CREATE FUNCTION gen_salt(text, integer) RETURNS text LANGUAGE sql VOLATILE STRICT
  AS $$ SELECT md5(random()::text) $$;
CREATE FUNCTION gen_random_bytes(integer) RETURNS bytea LANGUAGE sql VOLATILE STRICT
  AS $$ SELECT substring(decode(repeat(replace(gen_random_uuid()::text, '-', ''), 64), 'hex')
        FROM 1 FOR $1) $$;
CREATE FUNCTION pgp_sym_encrypt(text, text) RETURNS bytea LANGUAGE sql VOLATILE STRICT
  AS $$ SELECT convert_to($1, 'UTF8') $$;
CREATE FUNCTION pgp_sym_decrypt(bytea, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
  AS $$ SELECT convert_from($1, 'UTF8') $$;
CREATE FUNCTION encrypt(bytea, bytea, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT
  AS $$ SELECT $1 $$;
CREATE FUNCTION decrypt(bytea, bytea, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT
  AS $$ SELECT $1 $$;
"""

_UUID_OSSP = """\
CREATE FUNCTION uuid_generate_v1() RETURNS uuid LANGUAGE sql VOLATILE AS 'SELECT gen_random_uuid()';
CREATE FUNCTION uuid_generate_v1mc() RETURNS uuid LANGUAGE sql VOLATILE
  AS 'SELECT gen_random_uuid()';
CREATE FUNCTION uuid_generate_v4() RETURNS uuid LANGUAGE sql VOLATILE AS 'SELECT gen_random_uuid()';
CREATE FUNCTION uuid_generate_v3(namespace uuid, name text) RETURNS uuid LANGUAGE sql IMMUTABLE
  STRICT AS 'SELECT md5($1::text || $2)::uuid';
CREATE FUNCTION uuid_generate_v5(namespace uuid, name text) RETURNS uuid LANGUAGE sql IMMUTABLE
  STRICT AS 'SELECT md5($1::text || $2)::uuid';
CREATE FUNCTION uuid_nil() RETURNS uuid LANGUAGE sql IMMUTABLE
  AS $$ SELECT '00000000-0000-0000-0000-000000000000'::uuid $$;
CREATE FUNCTION uuid_ns_dns() RETURNS uuid LANGUAGE sql IMMUTABLE
  AS $$ SELECT '6ba7b810-9dad-11d1-80b4-00c04fd430c8'::uuid $$;
CREATE FUNCTION uuid_ns_url() RETURNS uuid LANGUAGE sql IMMUTABLE
  AS $$ SELECT '6ba7b811-9dad-11d1-80b4-00c04fd430c8'::uuid $$;
"""

# Text under another name. `array_ndims` gives every modifier, as in geometry(Point, 4326), the
# same number: SQL cannot read them, and nothing that a lock or a rewrite hangs on reads them.
_SPATIAL_TYPE = """\
CREATE TYPE {name};
CREATE FUNCTION {name}_in(cstring) RETURNS {name} LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION {name}_out({name}) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION {name}_typmod_in(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT
  AS 'array_ndims';
CREATE TYPE {name} (INPUT = {name}_in, OUTPUT = {name}_out, TYPMOD_IN = {name}_typmod_in,
  LIKE = text);
CREATE CAST ({name} AS text) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (text AS {name}) WITHOUT FUNCTION AS ASSIGNMENT;
"""

_POSTGIS = (
    _SPATIAL_TYPE.format(name="geometry")
    + _SPATIAL_TYPE.format(name="geography")
    + """\
CREATE CAST (geometry AS geography) WITHOUT FUNCTION AS IMPLICIT;
CREATE FUNCTION st_makepoint(double precision, double precision) RETURNS geometry
  LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT format('POINT(%s %s)', $1, $2)::geometry $$;
CREATE FUNCTION st_point(double precision, double precision) RETURNS geometry
  LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT format('POINT(%s %s)', $1, $2)::geometry $$;
CREATE FUNCTION st_setsrid(geometry, integer) RETURNS geometry
  LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT $1 $$;
CREATE FUNCTION st_geomfromtext(text, integer DEFAULT 0) RETURNS geometry
  LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT $1::geometry $$;
CREATE FUNCTION st_astext(geometry) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT $1::text $$;
"""
)

_PG_CRON = """\
CREATE SCHEMA cron;
CREATE TABLE cron.job (jobid bigint GENERATED ALWAYS AS IDENTITY, schedule text, command text,
  jobname text);
CREATE FUNCTION cron.schedule(text, text, text) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE FUNCTION cron.schedule(text, text) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE FUNCTION cron.unschedule(text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION cron.unschedule(bigint) RETURNS boolean LANGUAGE sql AS 'SELECT true';
"""

_PG_NET = """\
CREATE SCHEMA net;
CREATE FUNCTION net.http_post(url text, body jsonb DEFAULT '{}', params jsonb DEFAULT '{}',
  headers jsonb DEFAULT '{}', timeout_milliseconds integer DEFAULT 1000) RETURNS bigint
  LANGUAGE sql AS 'SELECT 1::bigint';
CREATE FUNCTION net.http_get(url text, params jsonb DEFAULT '{}', headers jsonb DEFAULT '{}',
  timeout_milliseconds integer DEFAULT 1000) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
"""

_VAULT = """\
CREATE SCHEMA IF NOT EXISTS vault;
CREATE TABLE vault.secrets (id uuid DEFAULT gen_random_uuid(), name text, description text,
  secret text);
CREATE VIEW vault.decrypted_secrets AS SELECT id, name, secret AS decrypted_secret
  FROM vault.secrets;
CREATE FUNCTION vault.create_secret(new_secret text, new_name text DEFAULT NULL,
  new_description text DEFAULT '') RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()';
"""

_TIMESCALE = """\
CREATE FUNCTION create_hypertable(regclass, name, chunk_time_interval interval DEFAULT NULL,
  if_not_exists boolean DEFAULT false, migrate_data boolean DEFAULT false) RETURNS text
  LANGUAGE sql AS $$ SELECT $1::text $$;
"""

_UUIDV7 = """\
CREATE FUNCTION uuid_generate_v7() RETURNS uuid LANGUAGE sql VOLATILE AS 'SELECT gen_random_uuid()';
"""

# What runs by itself, or only adds functions that no definition of a table calls.
_EMPTY = [
    "hypopg",
    "index_advisor",
    "pg_graphql",
    "pg_hashids",
    "pg_jsonschema",
    "pg_partman",
    "pg_repack",
    "pgaudit",
    "pgjwt",
    "pgmq",
    "pgroonga",
    "pgsodium",
    "pgtap",
    "plv8",
    "postgis_topology",
    "postgis_raster",
    "postgis_tiger_geocoder",
    "address_standardizer",
    "rum",
    "wrappers",
]

STUBS: Mapping[str, str] = {
    "pgcrypto": _PGCRYPTO,
    "uuid-ossp": _UUID_OSSP,
    "postgis": _POSTGIS,
    "pg_cron": _PG_CRON,
    "pg_net": _PG_NET,
    "supabase_vault": _VAULT,
    "timescaledb": _TIMESCALE,
    "pg_uuidv7": _UUIDV7,
    **dict.fromkeys(_EMPTY, _NOTHING),
}
"""By the extension's name, the SQL of its stand-in. The server's own is always preferred."""
