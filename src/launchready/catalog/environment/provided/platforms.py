"""Variables that the system, CI and hosting platforms set."""

from launchready.catalog.environment import words
from launchready.catalog.environment.provided.provider import Provider

PLATFORMS = (
    Provider(
        title="the operating system or the shell",
        reference="https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html",
        names=words(
            """
            PATH HOME USER USERNAME LOGNAME SHELL PWD OLDPWD LANG LANGUAGE LC_* TZ TMPDIR TMP TEMP
            EDITOR VISUAL PAGER DISPLAY HOSTNAME HOSTTYPE OSTYPE MACHTYPE UID EUID PPID SHLVL IFS
            MAIL COLUMNS LINES RANDOM SECONDS LINENO BASH BASH_* ZSH_* PS1 PS2 PS4 OPTARG OPTIND
            XDG_* DBUS_SESSION_BUS_ADDRESS WAYLAND_DISPLAY SSH_AUTH_SOCK SSH_CLIENT SSH_CONNECTION
            SSH_TTY SSH_ORIGINAL_COMMAND GPG_TTY SUDO_* DEBIAN_FRONTEND LD_LIBRARY_PATH LD_PRELOAD
            DYLD_* PKG_CONFIG_PATH MANPATH INFOPATH APPDATA LOCALAPPDATA PROGRAMFILES PROGRAMDATA
            ProgramFiles ProgramData LocalAppData AppData SystemRoot
            PROGRAMW6432 WINDIR SYSTEMROOT SYSTEMDRIVE USERPROFILE HOMEDRIVE HOMEPATH COMSPEC
            PATHEXT PROCESSOR_* NUMBER_OF_PROCESSORS COMPUTERNAME ALLUSERSPROFILE SESSIONNAME
            WSL_DISTRO_NAME WSLENV WSL_INTEROP MSYSTEM INVOCATION_ID JOURNAL_STREAM NOTIFY_SOCKET
            LISTEN_FDS LISTEN_PID CREDENTIALS_DIRECTORY
            """
        ),
    ),
    Provider(
        title="the terminal",
        reference="https://no-color.org/",
        names=words(
            """
            TERM TERM_PROGRAM TERM_PROGRAM_VERSION TERM_SESSION_ID COLORTERM NO_COLOR FORCE_COLOR
            CLICOLOR CLICOLOR_FORCE COLORFGBG CI_COLOR TMUX STY VTE_VERSION ITERM_* KITTY_*
            ALACRITTY_* WT_SESSION VSCODE_* TERMINAL_EMULATOR INSIDE_EMACS CURSOR_TRACE_ID
            """
        ),
    ),
    Provider(
        title="whoever sets up a proxy or certificates",
        reference="https://everything.curl.dev/usingcurl/proxies/env.html",
        names=words(
            """
            HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY http_proxy https_proxy no_proxy all_proxy
            SSL_CERT_FILE SSL_CERT_DIR REQUESTS_CA_BUNDLE CURL_CA_BUNDLE NODE_EXTRA_CA_CERTS
            SSLKEYLOGFILE
            """
        ),
    ),
    Provider(
        title="most CI systems",
        reference="https://docs.github.com/en/actions/reference/workflows-and-actions/variables",
        names=words(
            """
            CI CONTINUOUS_INTEGRATION BUILD_NUMBER BUILD_ID RUN_ID
            """
        ),
    ),
    Provider(
        title="GitHub Actions",
        reference="https://docs.github.com/en/actions/reference/workflows-and-actions/variables",
        names=words(
            """
            GITHUB_ACTIONS GITHUB_ACTION GITHUB_ACTION_PATH GITHUB_ACTION_REPOSITORY GITHUB_ACTOR
            GITHUB_ACTOR_ID GITHUB_API_URL GITHUB_BASE_REF GITHUB_ENV GITHUB_EVENT_NAME
            GITHUB_EVENT_PATH GITHUB_GRAPHQL_URL GITHUB_HEAD_REF GITHUB_JOB GITHUB_OUTPUT
            GITHUB_PATH GITHUB_REF GITHUB_REF_NAME GITHUB_REF_PROTECTED GITHUB_REF_TYPE
            GITHUB_REPOSITORY GITHUB_REPOSITORY_ID GITHUB_REPOSITORY_OWNER
            GITHUB_REPOSITORY_OWNER_ID GITHUB_RETENTION_DAYS GITHUB_RUN_ATTEMPT GITHUB_RUN_ID
            GITHUB_RUN_NUMBER GITHUB_SERVER_URL GITHUB_SHA GITHUB_STATE GITHUB_STEP_SUMMARY
            GITHUB_TRIGGERING_ACTOR GITHUB_WORKFLOW GITHUB_WORKFLOW_REF GITHUB_WORKFLOW_SHA
            GITHUB_WORKSPACE RUNNER_ARCH RUNNER_DEBUG RUNNER_ENVIRONMENT RUNNER_NAME RUNNER_OS
            RUNNER_TEMP RUNNER_TOOL_CACHE RUNNER_WORKSPACE ACTIONS_* ImageOS ImageVersion
            """
        ),
    ),
    Provider(
        title="GitLab CI",
        reference="https://docs.gitlab.com/ci/variables/predefined_variables/",
        names=words(
            """
            CI_* GITLAB_CI GITLAB_USER_* GITLAB_FEATURES TRIGGER_PAYLOAD
            """
        ),
    ),
    Provider(
        title="CircleCI",
        reference="https://circleci.com/docs/reference/variables/",
        names=words(
            """
            CIRCLECI CIRCLE_*
            """
        ),
    ),
    Provider(
        title="another CI system",
        reference="https://github.com/watson/ci-info",
        names=words(
            """
            TRAVIS TRAVIS_* JENKINS_* JENKINS_URL BUILDKITE BUILDKITE_* DRONE DRONE_* APPVEYOR
            APPVEYOR_* TEAMCITY_VERSION TF_BUILD BITBUCKET_BUILD_NUMBER BITBUCKET_BRANCH
            BITBUCKET_COMMIT BITBUCKET_REPO_SLUG BITBUCKET_PR_ID SEMAPHORE SEMAPHORE_* CODEBUILD_*
            CODESPACES CODESPACE_NAME GITPOD_* BITRISE_IO BITRISE_* WOODPECKER_* SYSTEM_TEAM*
            BUILD_SOURCE* BUILD_BUILDID BUILD_BUILDNUMBER BUILD_REPOSITORY_* EAS_BUILD EAS_BUILD_*
            CHROMATIC JEST_WORKER_ID VITEST VITEST_* PLAYWRIGHT_TEST_BASE_URL CYPRESS
            PYTEST_CURRENT_TEST PYTEST_XDIST_* TEST_WORKER_INDEX TEST_PARALLEL_INDEX
            """
        ),
    ),
    Provider(
        title="Vercel",
        reference="https://vercel.com/docs/environment-variables/system-environment-variables",
        names=words(
            """
            VERCEL VERCEL_ENV VERCEL_TARGET_ENV VERCEL_URL VERCEL_BRANCH_URL
            VERCEL_PROJECT_PRODUCTION_URL VERCEL_REGION VERCEL_DEPLOYMENT_ID
            VERCEL_SKEW_PROTECTION_ENABLED VERCEL_GIT_* VERCEL_OIDC_TOKEN
            VERCEL_AUTOMATION_BYPASS_SECRET VERCEL_PROJECT_ID NOW_REGION NEXT_PUBLIC_VERCEL_*
            VITE_VERCEL_* PUBLIC_VERCEL_* NUXT_ENV_VERCEL_* REACT_APP_VERCEL_* GATSBY_VERCEL_*
            VUE_APP_VERCEL_* NUXT_PUBLIC_VERCEL_* EXPO_PUBLIC_VERCEL_* IS_NEXT_WORKER
            """
        ),
    ),
    Provider(
        title="Netlify",
        reference="https://docs.netlify.com/build/configure-builds/environment-variables/",
        names=words(
            """
            NETLIFY NETLIFY_DEV NETLIFY_LOCAL NETLIFY_IMAGES_CDN_DOMAIN NETLIFY_BLOBS_CONTEXT
            DEPLOY_PRIME_URL DEPLOY_ID BRANCH COMMIT_REF CACHED_COMMIT_REF PULL_REQUEST REVIEW_ID
            REPOSITORY_URL INCOMING_HOOK_*
            """
        ),
    ),
    Provider(
        title="Render",
        reference="https://render.com/docs/environment-variables",
        names=words(
            """
            RENDER RENDER_* IS_PULL_REQUEST
            """
        ),
    ),
    Provider(
        title="Fly",
        reference="https://fly.io/docs/machines/runtime-environment/",
        names=words(
            """
            FLY_APP_NAME FLY_MACHINE_ID FLY_ALLOC_ID FLY_REGION FLY_PUBLIC_IP FLY_IMAGE_REF
            FLY_MACHINE_VERSION FLY_PRIVATE_IP FLY_PROCESS_GROUP FLY_VM_MEMORY_MB PRIMARY_REGION
            """
        ),
    ),
    Provider(
        title="Heroku",
        reference="https://devcenter.heroku.com/articles/dyno-metadata",
        names=words(
            """
            DYNO DYNO_RAM HEROKU_APP_ID HEROKU_APP_NAME HEROKU_DYNO_ID HEROKU_RELEASE_CREATED_AT
            HEROKU_RELEASE_VERSION HEROKU_SLUG_COMMIT HEROKU_SLUG_DESCRIPTION HEROKU_BUILD_COMMIT
            HEROKU_BRANCH HEROKU_PR_NUMBER HEROKU_TEST_RUN_ID SOURCE_VERSION STACK WEB_CONCURRENCY
            WEB_MEMORY
            """
        ),
    ),
    Provider(
        title="Railway",
        reference="https://docs.railway.com/reference/variables",
        names=words(
            """
            RAILWAY_*
            """
        ),
    ),
    Provider(
        title="Cloudflare",
        reference="https://developers.cloudflare.com/pages/configuration/build-configuration/",
        names=words(
            """
            CF_PAGES CF_PAGES_* WORKERS_CI WORKERS_CI_*
            """
        ),
    ),
    Provider(
        title="another hosting platform",
        reference="https://docs.digitalocean.com/products/app-platform/how-to/"
        "use-environment-variables/",
        names=words(
            """
            AMPLIFY_* AWS_APP_ID AWS_BRANCH AWS_COMMIT_ID AWS_JOB_ID AWS_PULL_REQUEST_ID DENO_*
            DENO_DEPLOYMENT_ID DENO_REGION KOYEB_* ZEABUR_* COOLIFY_* SOURCE_COMMIT NORTHFLANK_*
            REPL_* REPLIT_* REPLIT_DEV_DOMAIN GAE_* APPENGINE_RUNTIME GOOGLE_CLOUD_PROJECT
            GCLOUD_PROJECT GCP_PROJECT K_SERVICE K_REVISION K_CONFIGURATION CLOUD_RUN_*
            FUNCTION_TARGET FUNCTION_NAME FUNCTION_REGION FUNCTIONS_EMULATOR FIREBASE_CONFIG
            FUNCTION_SIGNATURE_TYPE WEBSITE_SITE_NAME WEBSITE_HOSTNAME WEBSITE_INSTANCE_ID
            WEBSITE_SKU WEBSITE_RESOURCE_GROUP WEBSITE_OWNER_NAME WEBSITES_* REGION_NAME
            CONTAINER_APP_* SCALINGO_*
            """
        ),
    ),
    Provider(
        title="AWS Lambda, ECS or an AWS profile",
        reference="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
        names=words(
            """
            AWS_REGION AWS_DEFAULT_REGION AWS_LAMBDA_* AWS_EXECUTION_ENV AWS_SESSION_TOKEN
            AWS_CONTAINER_* AWS_PROFILE AWS_DEFAULT_PROFILE AWS_ROLE_ARN
            AWS_WEB_IDENTITY_TOKEN_FILE AWS_ROLE_SESSION_NAME AWS_CONFIG_FILE
            AWS_SHARED_CREDENTIALS_FILE AWS_XRAY_* AWS_SDK_LOAD_CONFIG AWS_EC2_METADATA_*
            AWS_CA_BUNDLE AWS_STS_REGIONAL_ENDPOINTS LAMBDA_TASK_ROOT LAMBDA_RUNTIME_DIR _HANDLER
            _X_AMZN_TRACE_ID ECS_CONTAINER_METADATA_URI ECS_CONTAINER_METADATA_URI_V4
            AWS_SAM_LOCAL IS_OFFLINE
            """
        ),
    ),
    Provider(
        title="Kubernetes",
        reference="https://kubernetes.io/docs/concepts/services-networking/service/"
        "#environment-variables",
        names=words(
            """
            KUBERNETES_* KUBECONFIG
            """
        ),
    ),
    Provider(
        title="Docker or its command",
        reference="https://docs.docker.com/reference/cli/docker/#environment-variables",
        names=words(
            """
            DOCKER_HOST DOCKER_BUILDKIT DOCKER_CONFIG DOCKER_CONTEXT DOCKER_TLS_VERIFY
            DOCKER_CERT_PATH DOCKER_DEFAULT_PLATFORM COMPOSE_PROJECT_NAME COMPOSE_FILE
            COMPOSE_PROFILES COMPOSE_ENV_FILES COMPOSE_HTTP_TIMEOUT COMPOSE_PARALLEL_LIMIT
            COMPOSE_BAKE COMPOSE_PATH_SEPARATOR COMPOSE_IGNORE_ORPHANS COMPOSE_REMOVE_ORPHANS
            COMPOSE_ANSI COMPOSE_CONVERT_WINDOWS_PATHS COMPOSE_DISABLE_ENV_FILE COMPOSE_MENU
            COMPOSE_STATUS_STDOUT COMPOSE_PROGRESS COMPOSE_EXPERIMENTAL
            BUILDKIT_* BUILDX_* TARGETPLATFORM TARGETOS TARGETARCH TARGETVARIANT BUILDPLATFORM
            BUILDOS BUILDARCH BUILDVARIANT SOURCE_DATE_EPOCH container TESTCONTAINERS_*
            """
        ),
    ),
)
