"""Variables that packages of clouds and databases read by themselves."""

from launchready.catalog.environment.sdk.package import package

PLATFORMS = (
    package(
        "aws-sdk @aws-sdk/* boto3 botocore aiobotocore s3fs django-storages aws-sdk-* aws-sdk-s3"
        " aws/aws-sdk-php github.com/aws/aws-sdk-go github.com/aws/aws-sdk-go-v2 aws-config"
        " sst aws-cdk-lib celery kombu",
        "AWS_*",
        "https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html",
    ),
    package(
        "@google-cloud/* google-cloud-* google-auth google-auth-library firebase-admin"
        " googleapis cloud.google.com/go googleauth google-cloud-storage",
        "GOOGLE_APPLICATION_CREDENTIALS GOOGLE_CLOUD_* GCLOUD_PROJECT GCP_PROJECT"
        " FIREBASE_CONFIG FIRESTORE_EMULATOR_HOST FIREBASE_AUTH_EMULATOR_HOST"
        " STORAGE_EMULATOR_HOST PUBSUB_EMULATOR_HOST FIREBASE_STORAGE_EMULATOR_HOST"
        " FIREBASE_DATABASE_EMULATOR_HOST",
        "https://cloud.google.com/docs/authentication/application-default-credentials",
    ),
    package(
        "@azure/identity azure-identity",
        "AZURE_CLIENT_ID AZURE_TENANT_ID AZURE_CLIENT_SECRET AZURE_CLIENT_CERTIFICATE_*"
        " AZURE_AUTHORITY_HOST AZURE_USERNAME AZURE_PASSWORD AZURE_FEDERATED_TOKEN_FILE",
        "https://learn.microsoft.com/en-us/javascript/api/overview/azure/identity-readme",
    ),
    package(
        "applicationinsights azure-monitor-opentelemetry",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "https://learn.microsoft.com/en-us/azure/azure-monitor/app/connection-strings",
    ),
    package(
        "pg psycopg2 psycopg2-binary psycopg psycopg[binary] asyncpg postgres github.com/lib/pq"
        " github.com/jackc/pgx/v5 slonik pg-promise libpq",
        "PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PGSSLMODE PGSSLROOTCERT PGSSLCERT PGSSLKEY"
        " PGAPPNAME PGOPTIONS PGPASSFILE PGSERVICE PGHOSTADDR PGCONNECT_TIMEOUT PGSSLNEGOTIATION",
        "https://www.postgresql.org/docs/current/libpq-envars.html",
    ),
    package(
        "prisma @prisma/client",
        "PRISMA_* DATABASE_URL",
        "https://www.prisma.io/docs/orm/reference/environment-variables-reference",
    ),
)
