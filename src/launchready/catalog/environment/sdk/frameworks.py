"""Variables that frameworks and tools read by themselves."""

from launchready.catalog.environment.sdk.package import package

FRAMEWORKS = (
    package(
        "rails activerecord railties",
        "DATABASE_URL RAILS_MASTER_KEY SECRET_KEY_BASE REDIS_URL RAILS_*",
        "https://guides.rubyonrails.org/configuring.html#configuring-a-database",
    ),
    package(
        "sidekiq", "REDIS_URL REDIS_PROVIDER", "https://github.com/sidekiq/sidekiq/wiki/Using-Redis"
    ),
    package("redis resque good_job", "REDIS_URL", "https://github.com/redis/redis-rb"),
    package(
        "puma",
        "PORT RAILS_MAX_THREADS RAILS_MIN_THREADS WEB_CONCURRENCY PIDFILE",
        "https://puma.io/puma/Puma/DSL.html",
    ),
    package(
        "kamal", "KAMAL_REGISTRY_PASSWORD KAMAL_*", "https://kamal-deploy.org/docs/configuration/"
    ),
    package(
        "django",
        "DJANGO_SETTINGS_MODULE DJANGO_SUPERUSER_USERNAME DJANGO_SUPERUSER_EMAIL"
        " DJANGO_SUPERUSER_PASSWORD",
        "https://docs.djangoproject.com/en/stable/ref/django-admin/#createsuperuser",
    ),
    package("dj-database-url", "DATABASE_URL", "https://github.com/jazzband/dj-database-url"),
    package("flask", "FLASK_*", "https://flask.palletsprojects.com/en/stable/config/"),
    package(
        "gunicorn",
        "WEB_CONCURRENCY GUNICORN_CMD_ARGS PORT",
        "https://docs.gunicorn.org/en/stable/settings.html",
    ),
    package(
        "uvicorn",
        "UVICORN_* WEB_CONCURRENCY FORWARDED_ALLOW_IPS",
        "https://www.uvicorn.org/settings/",
    ),
    package("apache-airflow", "AIRFLOW_*", "https://airflow.apache.org/docs/"),
    package("prefect", "PREFECT_*", "https://docs.prefect.io/v3/develop/settings-and-profiles"),
    package("dagster", "DAGSTER_*", "https://docs.dagster.io/"),
    package(
        "streamlit",
        "STREAMLIT_*",
        "https://docs.streamlit.io/develop/api-reference/configuration/config.toml",
    ),
    package("gradio", "GRADIO_*", "https://www.gradio.app/guides/environment-variables"),
    package("chainlit", "CHAINLIT_*", "https://docs.chainlit.io/"),
    package(
        "laravel/framework",
        "APP_* DB_* LOG_* CACHE_* SESSION_* QUEUE_* MAIL_* REDIS_* BROADCAST_* FILESYSTEM_DISK"
        " MEMCACHED_HOST BCRYPT_ROUNDS AWS_* PUSHER_* VITE_APP_NAME VITE_PUSHER_* POSTMARK_TOKEN"
        " RESEND_KEY SLACK_BOT_USER_OAUTH_TOKEN SLACK_BOT_USER_DEFAULT_CHANNEL"
        " PHP_CLI_SERVER_WORKERS REVERB_* SANCTUM_STATEFUL_DOMAINS",
        "https://laravel.com/docs/configuration",
    ),
    package(
        "laravel/scout",
        "SCOUT_* ALGOLIA_APP_ID ALGOLIA_SECRET MEILISEARCH_HOST MEILISEARCH_KEY TYPESENSE_*",
        "https://laravel.com/docs/scout",
    ),
    package("laravel/horizon", "HORIZON_*", "https://laravel.com/docs/horizon"),
    package("laravel/telescope", "TELESCOPE_*", "https://laravel.com/docs/telescope"),
    package("laravel/octane", "OCTANE_*", "https://laravel.com/docs/octane"),
    package("laravel/pulse", "PULSE_*", "https://laravel.com/docs/pulse"),
    package("laravel/sanctum", "SANCTUM_*", "https://laravel.com/docs/sanctum"),
    package("laravel/passport", "PASSPORT_*", "https://laravel.com/docs/passport"),
    package(
        "symfony/framework-bundle",
        "APP_ENV APP_DEBUG APP_SECRET APP_RUNTIME SYMFONY_*",
        "https://symfony.com/doc/current/configuration.html",
    ),
    package("symfony/mailer", "MAILER_DSN", "https://symfony.com/doc/current/mailer.html"),
    package(
        "doctrine/doctrine-bundle", "DATABASE_URL", "https://symfony.com/doc/current/doctrine.html"
    ),
    package(
        "dd-trace ddtrace datadog datadog-lambda-js @datadog/browser-rum",
        "DD_*",
        "https://docs.datadoghq.com/tracing/trace_collection/library_config/",
    ),
    package(
        "newrelic newrelic_rpm",
        "NEW_RELIC_*",
        "https://docs.newrelic.com/docs/apm/agents/nodejs-agent/installation-configuration/",
    ),
    package(
        "elastic-apm elastic-apm-node",
        "ELASTIC_APM_*",
        "https://www.elastic.co/docs/reference/apm/agents/nodejs/configuration",
    ),
    package(
        "@logtail/next @logtail/node logtail-python",
        "LOGTAIL_SOURCE_TOKEN"
        " NEXT_PUBLIC_LOGTAIL_* BETTER_STACK_SOURCE_TOKEN NEXT_PUBLIC_BETTER_STACK_*",
        "https://betterstack.com/docs/logs/javascript/nextjs/",
    ),
    package(
        "next-axiom @axiomhq/js @axiomhq/nextjs",
        "NEXT_PUBLIC_AXIOM_* AXIOM_*",
        "https://github.com/axiomhq/next-axiom",
    ),
    package(
        "@highlight-run/next highlight.run",
        "NEXT_PUBLIC_HIGHLIGHT_*",
        "https://www.highlight.io/docs",
    ),
    package(
        "turbo",
        "TURBO_TOKEN TURBO_TEAM TURBO_*",
        "https://turborepo.com/docs/reference/system-environment-variables",
    ),
    package(
        "i18next next-i18next react-i18next",
        "I18NEXT_*",
        "https://github.com/i18next/next-i18next#options",
    ),
    package("flower", "FLOWER_*", "https://flower.readthedocs.io/en/latest/config.html"),
    package("nx", "NX_*", "https://nx.dev/reference/environment-variables"),
    package(
        "wrangler @cloudflare/workers-types",
        "CLOUDFLARE_API_TOKEN CLOUDFLARE_ACCOUNT_ID"
        " CLOUDFLARE_* CF_ACCOUNT_ID CF_API_TOKEN WRANGLER_*",
        "https://developers.cloudflare.com/workers/wrangler/system-environment-variables/",
    ),
    package(
        "vercel @vercel/sdk",
        "VERCEL_TOKEN VERCEL_ORG_ID VERCEL_PROJECT_ID",
        "https://vercel.com/docs/cli/global-options",
    ),
    package("netlify-cli", "NETLIFY_AUTH_TOKEN NETLIFY_SITE_ID", "https://cli.netlify.com/"),
    package("firebase-tools", "FIREBASE_TOKEN", "https://firebase.google.com/docs/cli"),
    package(
        "supabase",
        "SUPABASE_ACCESS_TOKEN SUPABASE_DB_PASSWORD SUPABASE_PROJECT_ID",
        "https://supabase.com/docs/reference/cli/global-flags",
    ),
    package("eas-cli expo", "EXPO_TOKEN EXPO_* EAS_*", "https://docs.expo.dev/more/expo-cli/"),
    package("fastlane", "FASTLANE_* MATCH_* APP_STORE_CONNECT_*", "https://docs.fastlane.tools/"),
    package(
        "semantic-release @semantic-release/github @changesets/cli release-it np",
        "GITHUB_TOKEN GH_TOKEN NPM_TOKEN",
        "https://semantic-release.gitbook.io/semantic-release/usage/ci-configuration",
    ),
    package(
        "@octokit/action danger",
        "GITHUB_TOKEN DANGER_GITHUB_API_TOKEN",
        "https://github.com/octokit/action.js",
    ),
    package("twine", "TWINE_*", "https://twine.readthedocs.io/"),
    package(
        "@playwright/test playwright",
        "PLAYWRIGHT_*",
        "https://playwright.dev/docs/test-configuration",
    ),
    package("puppeteer", "PUPPETEER_*", "https://pptr.dev/api/puppeteer.configuration"),
    package("cypress", "CYPRESS_*", "https://docs.cypress.io/app/references/environment-variables"),
    package("@percy/cli", "PERCY_TOKEN PERCY_*", "https://www.browserstack.com/docs/percy/"),
    package("chromatic", "CHROMATIC_PROJECT_TOKEN", "https://www.chromatic.com/docs/cli/"),
    package("codecov @codecov/nextjs-webpack-plugin", "CODECOV_TOKEN", "https://docs.codecov.com/"),
    package("nuxt", "NUXT_* NITRO_*", "https://nuxt.com/docs/guide/going-further/runtime-config"),
    package(
        "nuxt-auth-utils",
        "NUXT_SESSION_PASSWORD NUXT_OAUTH_*",
        "https://github.com/atinux/nuxt-auth-utils",
    ),
    package(
        "react-scripts",
        "SKIP_PREFLIGHT_CHECK GENERATE_SOURCEMAP BROWSER PUBLIC_URL HTTPS"
        " SSL_CRT_FILE SSL_KEY_FILE WDS_SOCKET_* IMAGE_INLINE_SIZE_LIMIT ESLINT_NO_DEV_ERRORS"
        " DISABLE_ESLINT_PLUGIN TSC_COMPILE_ON_ERROR CHOKIDAR_USEPOLLING",
        "https://create-react-app.dev/docs/advanced-configuration/",
    ),
    package("debug", "DEBUG DEBUG_*", "https://github.com/debug-js/debug"),
    package(
        "@adonisjs/core",
        "APP_KEY TZ LOG_LEVEL",
        "https://docs.adonisjs.com/guides/getting-started/environment-variables",
    ),
    package(
        "payload",
        "PAYLOAD_CONFIG_PATH PAYLOAD_HMR_URL_OVERRIDE",
        "https://payloadcms.com/docs/configuration/environment-vars",
    ),
    package("@strapi/strapi", "STRAPI_*", "https://docs.strapi.io/cms/configurations/environment"),
    package("medusa @medusajs/medusa", "MEDUSA_*", "https://docs.medusajs.com/"),
    package(
        "convex",
        "CONVEX_DEPLOYMENT CONVEX_DEPLOY_KEY CONVEX_URL CONVEX_*",
        "https://docs.convex.dev/production/environment-variables",
    ),
    package(
        "@dotenvx/dotenvx",
        "DOTENV_PRIVATE_KEY DOTENV_PUBLIC_KEY DOTENV_PRIVATE_KEY_* DOTENV_PUBLIC_KEY_* DOTENV_KEY",
        "https://dotenvx.com/docs",
    ),
    package("dotenv", "DOTENV_KEY DOTENV_CONFIG_*", "https://github.com/motdotla/dotenv"),
)
