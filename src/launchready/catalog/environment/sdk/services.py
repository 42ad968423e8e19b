"""Variables that packages of other services read by themselves."""

from launchready.catalog.environment.sdk.package import package

SERVICES = (
    package(
        "@chat-adapter/slack",
        "SLACK_API_URL SLACK_APP_TOKEN SLACK_BOT_TOKEN SLACK_CLIENT_ID SLACK_CLIENT_SECRET"
        " SLACK_ENCRYPTION_KEY SLACK_SIGNING_SECRET SLACK_SOCKET_FORWARDING_SECRET",
        "https://www.npmjs.com/package/@chat-adapter/slack",
    ),
    package(
        "@chat-adapter/telegram",
        "TELEGRAM_BOT_TOKEN TELEGRAM_BOT_USERNAME TELEGRAM_WEBHOOK_SECRET_TOKEN"
        " TELEGRAM_API_BASE_URL TELEGRAM_ALLOWED_USER_IDS TELEGRAM_ALLOW_UNVERIFIED_WEBHOOKS"
        " TELEGRAM_MENTION_ON_REPLY",
        "https://www.npmjs.com/package/@chat-adapter/telegram",
    ),
    package(
        "oci-common oci-sdk",
        "OCI_CONFIG_FILE OCI_REGION OCI_DEFAULT_REALM OCI_SDK_*"
        " OCI_DEVELOPER_TOOL_CONFIGURATION_FILE_PATH",
        "https://www.npmjs.com/package/oci-common",
    ),
    package(
        "@vercel/blob",
        "BLOB_READ_WRITE_TOKEN",
        "https://vercel.com/docs/vercel-blob/using-blob-sdk",
    ),
    package(
        "@vercel/kv",
        "KV_URL KV_REST_API_URL KV_REST_API_TOKEN KV_REST_API_READ_ONLY_TOKEN",
        "https://github.com/vercel/storage",
    ),
    package(
        "@vercel/postgres",
        "POSTGRES_URL POSTGRES_URL_NON_POOLING POSTGRES_PRISMA_URL POSTGRES_USER POSTGRES_HOST"
        " POSTGRES_PASSWORD POSTGRES_DATABASE POSTGRES_URL_NO_SSL",
        "https://github.com/vercel/storage",
    ),
    package(
        "@vercel/edge-config @vercel/flags flags @flags-sdk/edge-config",
        "EDGE_CONFIG FLAGS FLAGS_SECRET",
        "https://vercel.com/docs/edge-config/using-edge-config",
    ),
    package(
        "@upstash/redis @upstash/ratelimit upstash-redis",
        "UPSTASH_REDIS_REST_URL UPSTASH_REDIS_REST_TOKEN KV_REST_API_URL KV_REST_API_TOKEN"
        " UPSTASH_DISABLE_TELEMETRY",
        "https://upstash.com/docs/redis/sdks/ts/deployment",
    ),
    package(
        "@upstash/qstash @upstash/workflow qstash upstash-workflow",
        "QSTASH_TOKEN QSTASH_URL QSTASH_CURRENT_SIGNING_KEY QSTASH_NEXT_SIGNING_KEY"
        " UPSTASH_WORKFLOW_URL",
        "https://upstash.com/docs/qstash/sdks/ts/gettingstarted",
    ),
    package(
        "@upstash/vector upstash-vector",
        "UPSTASH_VECTOR_REST_URL UPSTASH_VECTOR_REST_TOKEN",
        "https://upstash.com/docs/vector/sdks/ts/getting-started",
    ),
    package(
        "@upstash/search upstash-search",
        "UPSTASH_SEARCH_REST_URL UPSTASH_SEARCH_REST_TOKEN",
        "https://upstash.com/docs/search/overall/getstarted",
    ),
    package(
        "@sentry/nextjs @sentry/node @sentry/react @sentry/vite-plugin @sentry/webpack-plugin"
        " @sentry/cli @sentry/nuxt @sentry/sveltekit @sentry/astro @sentry/remix @sentry/browser"
        " @sentry/react-native @sentry/react-router @sentry/esbuild-plugin @sentry/profiling-node"
        " sentry-sdk sentry-ruby sentry-rails sentry/sentry-laravel github.com/getsentry/sentry-go",
        "SENTRY_*",
        "https://docs.sentry.io/cli/configuration/",
    ),
    package(
        "@clerk/nextjs @clerk/backend @clerk/express @clerk/astro @clerk/remix @clerk/nuxt"
        " @clerk/clerk-react @clerk/react-router @clerk/tanstack-react-start @clerk/fastify"
        " clerk-sdk-ruby clerk-backend-api @clerk/clerk-sdk-node @clerk/clerk-expo @clerk/expo",
        "CLERK_* NEXT_PUBLIC_CLERK_* VITE_CLERK_* PUBLIC_CLERK_* NUXT_PUBLIC_CLERK_* NUXT_CLERK_*"
        " EXPO_PUBLIC_CLERK_*",
        "https://clerk.com/docs/guides/development/clerk-environment-variables",
    ),
    package(
        "next-auth @auth/core @auth/sveltekit @auth/express @auth/solid-start @auth/nextjs",
        "NEXTAUTH_SECRET NEXTAUTH_URL NEXTAUTH_URL_INTERNAL AUTH_*",
        "https://authjs.dev/reference/core#environment-variables",
    ),
    package(
        "better-auth @better-auth/cli @better-auth/expo",
        "BETTER_AUTH_SECRET BETTER_AUTH_SECRETS BETTER_AUTH_URL BETTER_AUTH_TRUSTED_ORIGINS"
        " BETTER_AUTH_TELEMETRY AUTH_SECRET NEXT_PUBLIC_AUTH_URL NEXT_PUBLIC_BETTER_AUTH_URL"
        " PUBLIC_BETTER_AUTH_URL NUXT_PUBLIC_BETTER_AUTH_URL",
        "https://www.better-auth.com/docs/reference/options",
    ),
    package(
        "@auth0/nextjs-auth0",
        "AUTH0_SECRET AUTH0_DOMAIN AUTH0_CLIENT_ID AUTH0_CLIENT_SECRET APP_BASE_URL"
        " AUTH0_BASE_URL AUTH0_ISSUER_BASE_URL AUTH0_AUDIENCE AUTH0_SCOPE AUTH0_*"
        " NEXT_PUBLIC_LOGIN_ROUTE",
        "https://github.com/auth0/nextjs-auth0",
    ),
    package(
        "@workos-inc/node @workos-inc/authkit-nextjs workos",
        "WORKOS_* NEXT_PUBLIC_WORKOS_REDIRECT_URI",
        "https://github.com/workos/authkit-nextjs",
    ),
    package(
        "@kinde-oss/kinde-auth-nextjs",
        "KINDE_*",
        "https://docs.kinde.com/developer-tools/sdks/backend/nextjs-sdk/",
    ),
    package(
        "@stackframe/stack",
        "STACK_SECRET_SERVER_KEY NEXT_PUBLIC_STACK_PROJECT_ID"
        " NEXT_PUBLIC_STACK_PUBLISHABLE_CLIENT_KEY",
        "https://docs.stack-auth.com/",
    ),
    package(
        "@trigger.dev/sdk trigger.dev",
        "TRIGGER_SECRET_KEY TRIGGER_API_URL TRIGGER_ACCESS_TOKEN TRIGGER_PROJECT_REF",
        "https://trigger.dev/docs/apikeys",
    ),
    package(
        "inngest",
        "INNGEST_*",
        "https://www.inngest.com/docs/sdk/environment-variables",
    ),
    package(
        "resend",
        "RESEND_API_KEY RESEND_BASE_URL RESEND_USER_AGENT",
        "https://github.com/resend/resend-node",
    ),
    package(
        "pay",
        "STRIPE_PUBLIC_KEY STRIPE_PRIVATE_KEY STRIPE_SIGNING_SECRET"
        " BRAINTREE_* PADDLE_* LEMON_SQUEEZY_*",
        "https://github.com/pay-rails/pay/blob/main/docs/2_configuration.md",
    ),
    package(
        "laravel/cashier",
        "STRIPE_KEY STRIPE_SECRET STRIPE_WEBHOOK_SECRET CASHIER_*",
        "https://laravel.com/docs/billing",
    ),
    package(
        "dj-stripe",
        "STRIPE_LIVE_SECRET_KEY STRIPE_TEST_SECRET_KEY STRIPE_LIVE_MODE",
        "https://dj-stripe.dev/docs/",
    ),
    package(
        "twilio",
        "TWILIO_ACCOUNT_SID TWILIO_AUTH_TOKEN TWILIO_REGION TWILIO_EDGE",
        "https://www.twilio.com/docs/libraries",
    ),
    package(
        "livekit livekit-agents livekit-server-sdk livekit-api",
        "LIVEKIT_URL LIVEKIT_API_KEY LIVEKIT_API_SECRET",
        "https://docs.livekit.io/home/server/generating-tokens/",
    ),
    package(
        "cloudinary", "CLOUDINARY_URL", "https://cloudinary.com/documentation/node_integration"
    ),
    package(
        "next-cloudinary",
        "NEXT_PUBLIC_CLOUDINARY_CLOUD_NAME NEXT_PUBLIC_CLOUDINARY_API_KEY CLOUDINARY_API_SECRET",
        "https://next.cloudinary.dev/installation",
    ),
    package(
        "uploadthing @uploadthing/react",
        "UPLOADTHING_TOKEN UPLOADTHING_SECRET UPLOADTHING_APP_ID",
        "https://docs.uploadthing.com/",
    ),
    package(
        "lingo.dev",
        "LINGO_API_KEY LINGODOTDEV_API_KEY",
        "https://lingo.dev/en/docs/cli/quick-start",
    ),
    package("languine", "LANGUINE_PROJECT_ID LANGUINE_API_KEY", "https://languine.ai/docs"),
)
