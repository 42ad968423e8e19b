"""Variables that runtimes and their tools set or read."""

from launchready.catalog.environment import words
from launchready.catalog.environment.provided.provider import Provider

RUNTIMES = (
    Provider(
        title="Node.js, npm or a bundler",
        reference="https://docs.npmjs.com/cli/using-npm/scripts#environment",
        names=words(
            """
            NODE_ENV NODE_OPTIONS NODE_PATH NODE_DEBUG NODE_NO_WARNINGS
            NODE_TLS_REJECT_UNAUTHORIZED NODE_V8_COVERAGE NODE_REPL_* NODE_PENDING_* NODE_USE_*
            NODE_APP_INSTANCE NODE_UNIQUE_ID NODE_COMPILE_CACHE npm_* NPM_CONFIG_* INIT_CWD
            UV_THREADPOOL_SIZE NX_TASK_* NX_WORKSPACE_ROOT
            NEXT_RUNTIME NEXT_PHASE NEXT_TELEMETRY_DISABLED
            NEXT_MANUAL_SIG_HANDLE __NEXT_* NEXT_DEPLOYMENT_ID NEXT_DIST_DIR NEXT_OTEL_* ANALYZE
            BROWSERSLIST BABEL_ENV NODE_CONFIG_* GENERATE_SOURCEMAP INLINE_RUNTIME_CHUNK
            PUBLIC_URL FAST_REFRESH EXPO_OS METRO_* NITRO_* BUN_* TS_NODE_* TSX_* YARN_* PNPM_*
            COREPACK_* WATCHPACK_* CHOKIDAR_* PM2_* pm_id ELECTRON_* VITE_USER_NODE_ENV ESLINT_*
            PORT HOST WDS_* ROLLUP_WATCH VITE_CJS_* HUSKY LEFTHOOK
            """
        ),
    ),
    Provider(
        title="Vite's or Astro's `import.meta.env`",
        reference="https://vite.dev/guide/env-and-mode#built-in-constants",
        names=words(
            """
            MODE PROD DEV SSR ASSETS_PREFIX
            """
        ),
    ),
    Provider(
        title="Python or its tools",
        reference="https://docs.python.org/3/using/cmdline.html#environment-variables",
        names=words(
            """
            PYTHON* VIRTUAL_ENV CONDA_* PIP_* UV_* POETRY_* PIPENV_* PYENV_* COVERAGE_* PYTEST_*
            PYTEST_ADDOPTS TOX_* NOX_* MPLBACKEND OMP_NUM_THREADS MKL_NUM_THREADS
            OPENBLAS_NUM_THREADS NUMEXPR_NUM_THREADS CUDA_* LOCAL_RANK RANK WORLD_SIZE MASTER_ADDR
            MASTER_PORT GUNICORN_CMD_ARGS WERKZEUG_* UVICORN_* FLASK_RUN_* FLASK_APP RUN_MAIN
            DJANGO_SETTINGS_MODULE DJANGO_RUNSERVER_HIDE_WARNING SERVER_SOFTWARE
            """
        ),
    ),
    Provider(
        title="Ruby, Rails or their tools",
        reference="https://guides.rubyonrails.org/configuring.html",
        names=words(
            """
            RUBY* GEM_* BUNDLE_* BUNDLER_* RACK_ENV RAILS_ENV RAILS_SERVE_STATIC_FILES
            RAILS_LOG_TO_STDOUT RAILS_LOG_LEVEL RAILS_MAX_THREADS RAILS_MIN_THREADS
            RAILS_RELATIVE_URL_ROOT SECRET_KEY_BASE_DUMMY RAILS_ASSET_ID PIDFILE JOB_CONCURRENCY
            BOOTSNAP_* MALLOC_ARENA_MAX LD_PRELOAD TEST_ENV_NUMBER PARALLEL_WORKERS
            """
        ),
    ),
    Provider(
        title="Go",
        reference="https://pkg.go.dev/cmd/go#hdr-Environment_variables",
        names=words(
            """
            GOPATH GOROOT GOOS GOARCH GOARM GOFLAGS GOPROXY GOPRIVATE GONOSUMDB GOMODCACHE GOCACHE
            GOBIN GOMAXPROCS GOGC GOMEMLIMIT GODEBUG GOTRACEBACK GOTOOLCHAIN GOEXPERIMENT
            GO111MODULE CGO_* GOCOVERDIR
            """
        ),
    ),
    Provider(
        title="Java or its tools",
        reference="https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html",
        names=words(
            """
            JAVA_* JDK_* CLASSPATH _JAVA_OPTIONS M2_HOME MAVEN_* GRADLE_* ANDROID_*
            """
        ),
    ),
    Provider(
        title="PHP or the web server",
        reference="https://www.php.net/manual/en/reserved.variables.server.php",
        names=words(
            """
            PHP_* PHP_SELF REQUEST_METHOD REQUEST_URI REQUEST_TIME REQUEST_TIME_FLOAT REMOTE_ADDR
            REMOTE_HOST REMOTE_PORT REMOTE_USER SERVER_ADDR SERVER_NAME SERVER_SOFTWARE
            SERVER_PROTOCOL SERVER_ADMIN SCRIPT_NAME SCRIPT_FILENAME DOCUMENT_ROOT QUERY_STRING
            HTTP_HOST HTTP_USER_AGENT HTTP_ACCEPT HTTP_REFERER HTTP_X_* HTTPS argv argc COMPOSER_*
            LARAVEL_SAIL LARAVEL_OCTANE XDEBUG_* WWWUSER WWWGROUP
            """
        ),
    ),
    Provider(
        title="Rust or Cargo",
        reference="https://doc.rust-lang.org/cargo/reference/environment-variables.html",
        names=words(
            """
            CARGO CARGO_* RUST* OUT_DIR OPT_LEVEL NUM_JOBS
            """
        ),
    ),
    Provider(
        title=".NET",
        reference="https://learn.microsoft.com/en-us/dotnet/core/tools/dotnet-environment-variables",
        names=words(
            """
            DOTNET_* ASPNETCORE_* COMPlus_* NUGET_* MSBUILD*
            """
        ),
    ),
    Provider(
        title="the agent of a monitoring service",
        reference="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/",
        names=words(
            """
            OTEL_*
            """
        ),
    ),
)
