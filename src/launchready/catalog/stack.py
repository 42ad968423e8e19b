"""By which packages and files a repository tells what it is built with and where it runs.

Names of packages are the registries' own; names of files are those that each host's documentation
gives for its configuration.
"""

from collections.abc import Mapping

from launchready.model import TraitKind as Kind

BUNDLER = "Vite"
"""What many frameworks are built on: a framework where there is no other."""

# In the order in which a sentence names them.
PACKAGES: Mapping[Kind, Mapping[str, str]] = {
    Kind.FRAMEWORK: {
        "next": "Next.js",
        "nuxt": "Nuxt",
        "@remix-run/react": "Remix",
        "@react-router/node": "React Router",
        "@sveltejs/kit": "SvelteKit",
        "astro": "Astro",
        "@tanstack/react-start": "TanStack Start",
        "gatsby": "Gatsby",
        "@angular/core": "Angular",
        "expo": "Expo",
        "@redwoodjs/core": "RedwoodJS",
        "@nestjs/core": "NestJS",
        "@adonisjs/core": "AdonisJS",
        "hono": "Hono",
        "fastify": "Fastify",
        "express": "Express",
        "django": "Django",
        "fastapi": "FastAPI",
        "flask": "Flask",
        "litestar": "Litestar",
        "rails": "Rails",
        "laravel/framework": "Laravel",
        "symfony/framework-bundle": "Symfony",
        "spring-boot-starter-web": "Spring Boot",
        "github.com/gin-gonic/gin": "Gin",
        "github.com/labstack/echo/v4": "Echo",
        "github.com/gofiber/fiber/v2": "Fiber",
        "axum": "Axum",
        "actix-web": "Actix Web",
        "vite": BUNDLER,
    },
    Kind.DATABASE: {
        "@supabase/supabase-js": "Supabase",
        "@supabase/ssr": "Supabase",
        "supabase": "Supabase",
        "firebase": "Firebase",
        "firebase-admin": "Firebase",
        "convex": "Convex",
        "@neondatabase/serverless": "Neon",
        "@planetscale/database": "PlanetScale",
        "@libsql/client": "Turso",
        "mongoose": "MongoDB",
        "mongodb": "MongoDB",
        "pymongo": "MongoDB",
        "pg": "PostgreSQL",
        "postgres": "PostgreSQL",
        "psycopg": "PostgreSQL",
        "psycopg2": "PostgreSQL",
        "psycopg2-binary": "PostgreSQL",
        "asyncpg": "PostgreSQL",
        "github.com/jackc/pgx/v5": "PostgreSQL",
        "mysql2": "MySQL",
        "mysqlclient": "MySQL",
        "pymysql": "MySQL",
    },
    Kind.MIGRATIONS: {
        "prisma": "Prisma",
        "@prisma/client": "Prisma",
        "drizzle-orm": "Drizzle",
        "knex": "Knex",
        "sequelize": "Sequelize",
        "typeorm": "TypeORM",
        "alembic": "Alembic",
        "sqlalchemy": "SQLAlchemy",
        "activerecord": "Active Record",
    },
    Kind.SERVICE: {
        "stripe": "Stripe",
        "@stripe/stripe-js": "Stripe",
        "@paddle/paddle-node-sdk": "Paddle",
        "@lemonsqueezy/lemonsqueezy.js": "Lemon Squeezy",
        "@polar-sh/sdk": "Polar",
        "@clerk/nextjs": "Clerk",
        "next-auth": "Auth.js",
        "better-auth": "Better Auth",
        "@auth0/nextjs-auth0": "Auth0",
        "openai": "OpenAI",
        "@anthropic-ai/sdk": "Anthropic",
        "anthropic": "Anthropic",
        "@sentry/nextjs": "Sentry",
        "@sentry/node": "Sentry",
        "sentry-sdk": "Sentry",
        "sentry-ruby": "Sentry",
    },
    Kind.MAIL: {
        "resend": "Resend",
        "postmark": "Postmark",
        "postmark-rails": "Postmark",
        "@sendgrid/mail": "SendGrid",
        "sendgrid": "SendGrid",
        "mailgun.js": "Mailgun",
        "@aws-sdk/client-ses": "Amazon SES",
        "@aws-sdk/client-sesv2": "Amazon SES",
        "loops": "Loops",
        "@getbrevo/brevo": "Brevo",
        "mailersend": "MailerSend",
        "nodemailer": "Nodemailer",
        "django-anymail": "Anymail",
    },
}

# Anywhere in the repository, by the last part of the path.
FILES: Mapping[str, tuple[Kind, str]] = {
    "vercel.json": (Kind.HOSTING, "Vercel"),
    "netlify.toml": (Kind.HOSTING, "Netlify"),
    "fly.toml": (Kind.HOSTING, "Fly.io"),
    "render.yaml": (Kind.HOSTING, "Render"),
    "railway.json": (Kind.HOSTING, "Railway"),
    "railway.toml": (Kind.HOSTING, "Railway"),
    "wrangler.toml": (Kind.HOSTING, "Cloudflare"),
    "wrangler.json": (Kind.HOSTING, "Cloudflare"),
    "wrangler.jsonc": (Kind.HOSTING, "Cloudflare"),
    "Procfile": (Kind.HOSTING, "a host of Procfiles"),
    "heroku.yml": (Kind.HOSTING, "Heroku"),
    "apphosting.yaml": (Kind.HOSTING, "Firebase App Hosting"),
    "firebase.json": (Kind.HOSTING, "Firebase"),
    "amplify.yml": (Kind.HOSTING, "AWS Amplify"),
    "manage.py": (Kind.FRAMEWORK, "Django"),
}

# By the beginning of the path.
FOLDERS: Mapping[str, tuple[Kind, str]] = {
    ".github/workflows/": (Kind.CI, "GitHub Actions"),
    ".gitlab-ci.yml": (Kind.CI, "GitLab CI"),
    ".circleci/config.yml": (Kind.CI, "CircleCI"),
    "bitbucket-pipelines.yml": (Kind.CI, "Bitbucket Pipelines"),
    "supabase/config.toml": (Kind.DATABASE, "Supabase"),
    "supabase/migrations/": (Kind.MIGRATIONS, "Supabase migrations"),
    "config/deploy.yml": (Kind.HOSTING, "Kamal"),
}
