"""What each format of a platform declares and reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.steps.env_lint.declarations.told import NAMING, declared, read, unchecked

from launchready.facts.environment import Declaration, Place, SourceFile
from launchready.steps.env_lint.declarations import reader_of
from launchready.steps.env_lint.naming import place_of

COMPOSE = """\
x-common: &common
  TZ: UTC
services:
  web:
    build:
      context: .
      args:
        - NODE_VERSION=22
    environment:
      <<: *common
      PORT: 3000
      DEBUG: true
      TOKEN: ${API_TOKEN}
      URL: "http://${HOST:-localhost}:$PORT/$$x"
      SHELL_ONE:
  db:
    image: ${IMAGE:?say which}
    environment:
      - POSTGRES_DB=app
      - PASSED
"""
COMPOSE_TOLD = [
    "11:7 PORT=3000 [web]",
    "12:7 DEBUG=true [web]",
    "13:7 TOKEN <shell:API_TOKEN> [web] of API_TOKEN",
    "14:7 URL=http://${HOST:-localhost}:$PORT/$x [web] of HOST,PORT",
    "15:7 SHELL_ONE <shell:SHELL_ONE> [web]",
    "2:3 TZ=UTC [web]",
    "8:11 NODE_VERSION=22 [web] build",
    "19:9 POSTGRES_DB=app [db]",
    "20:9 PASSED <shell:PASSED> [db]",
]
DOCKERFILE = """\
# syntax=docker/dockerfile:1
ARG NODE=22
FROM node:${NODE} AS base
ENV A=1 B="two words" \\
    # a comment inside
    C='x y'
ENV OLD the rest of it
FROM base
ARG TOKEN
ENV TOKEN=$TOKEN D=${B}-x
RUN <<EOF
ENV INSIDE=1
EOF
RUN echo $A $HOME
"""
KUBERNETES = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  template:
    spec:
      containers:
        - env:
            - name: PORT
              value: "80"
            - name: KEY
              valueFrom: {secretKeyRef: {name: s, key: api-key}}
            - {name: HOST, value: "$(PORT).local"}
---
kind: ConfigMap
apiVersion: v1
metadata: {name: settings, namespace: staging}
data:
  LEVEL: info
  nginx.conf: |
    server {}
    more
---
apiVersion: v1
kind: Secret
metadata: {name: keys}
data: {A: aGVsbG8=, B: "%%"}
stringData: {C: plain}
"""

CASES = [
    pytest.param("docker-compose.yml", COMPOSE, COMPOSE_TOLD, id="compose"),
    pytest.param(
        "deploy/compose.prod.yaml",
        "services: {a: {environment: {X: 1}}}\n",
        ["1:30 X=1 @prod/production [a]"],
        id="compose-of-an-environment",
    ),
    pytest.param(
        "docker-compose.override.yml",
        "services: {a: {environment: [X=1]}}\n",
        ["1:30 X=1 [a] override"],
        id="compose-override",
    ),
    pytest.param(
        "production.yml",
        "services:\n  a:\n    image: x\n    environment: [X=1]\n",
        ["4:19 X=1 @production/production [a]"],
        id="compose-by-its-look",
    ),
    pytest.param(
        "apps/web/Dockerfile",
        DOCKERFILE,
        [
            "2:5 NODE=22 build",
            "4:5 A=1 [base] build",
            "4:9 B=two words [base] build",
            "6:5 C=x y [base] build",
            "7:5 OLD=the rest of it [base] build",
            "9:5 TOKEN <build-arg:TOKEN> [stage 2] build",
            "10:5 TOKEN <build-arg:TOKEN> [stage 2] of TOKEN build",
            "10:18 D=${B}-x [stage 2] of B build",
        ],
        id="dockerfile",
    ),
    pytest.param(
        "win.dockerfile",
        "# escape=`\nFROM x\nENV A=1 `\n  B=2\n",
        ["3:5 A=1 [stage 1] build", "4:3 B=2 [stage 1] build"],
        id="dockerfile-with-another-escape",
    ),
    pytest.param(
        "k8s/api.yaml",
        KUBERNETES,
        [
            "9:21 PORT=80 [Deployment/api]",
            "11:21 KEY <platform:api-key> [Deployment/api]",
            "13:22 HOST=$(PORT).local [Deployment/api] of PORT",
            "19:3 LEVEL=info @staging/staging [ConfigMap/settings]",
            "28:14 C=plain [Secret/keys]",
            "27:8 A=hello [Secret/keys]",
            "27:21 B=%% [Secret/keys]",
        ],
        id="kubernetes",
    ),
    pytest.param(
        "overlays/prod/kustomization.yaml",
        "secretGenerator:\n  - name: s\n    literals: [A=1, B=2]\n",
        [
            "3:16 A=1 @prod/production [secretGenerator/s]",
            "3:21 B=2 @prod/production [secretGenerator/s]",
        ],
        id="kustomize",
    ),
    pytest.param(
        "k8s/list.yml",
        "apiVersion: v1\nkind: List\nitems:\n- kind: SealedSecret\n  metadata: {name: x}\n"
        "  spec: {encryptedData: {A: AgB}}\n- kind: ExternalSecret\n"
        "  spec: {data: [{secretKey: B}]}\n",
        ["6:26 A <platform:> [SealedSecret/x]", "8:29 B <platform:> [ExternalSecret/]"],
        id="kubernetes-secrets-kept-elsewhere",
    ),
    pytest.param(
        "chart/values-staging.yaml",
        "api:\n  env:\n    URL: https://x\n    lower: 1\n    FROM: {valueFrom: {}}\n"
        "  extraEnv:\n    - name: LEVEL\n      value: info\n",
        [
            "3:5 URL=https://x @staging/staging [api.env]",
            "5:5 FROM <platform:> @staging/staging [api.env]",
            "7:13 LEVEL=info @staging/staging [api.extraEnv]",
        ],
        id="helm-values",
    ),
    pytest.param(
        "vercel.json",
        '{"env": {"A": "1", "B": "@b"},\n "build": {"env": {"C": "2"}}}',
        ["1:11 A=1", "1:21 B <platform:>", "2:21 C=2 [build] build"],
        id="vercel",
    ),
    pytest.param(
        "netlify.toml",
        '[build.environment]\nA = "1"\n[context.production.environment]\nB = "2"\n'
        '[context.branch-deploy]\nenvironment = { C = "3" }\n',
        [
            "2:1 A=1 [build] build",
            "4:1 B=2 @production/production [context.production] build",
            "6:17 C=3 @branch-deploy/staging [context.branch-deploy] build",
        ],
        id="netlify",
    ),
    pytest.param(
        "fly.staging.toml",
        'app = "x"\n[env]\n  PORT = 80\n[build.args]\nV = "1"\n',
        ["3:3 PORT=80 @staging/staging [env]", "5:1 V=1 @staging/staging [build.args] build"],
        id="fly",
    ),
    pytest.param(
        "fly.toml",
        'app = "shop-prod"\n[env]\nA = "1"\n',
        ["3:1 A=1 @prod/production [env]"],
        id="fly-by-the-name-of-the-app",
    ),
    pytest.param(
        "render.yaml",
        """\
services:
  - name: api
    envVars:
      - {key: A, value: 1, previewValue: 2}
      - {key: B, sync: false}
      - {key: C, generateValue: true}
      - {key: D, fromDatabase: {name: db, property: connectionString}}
      - fromGroup: g
projects:
  - environments:
      - name: production
        envVarGroups: [{name: g, envVars: [{key: E, value: x}]}]
""",
        [
            "4:15 A=1 [api]",
            "4:15 A=2 @preview/staging [api]",
            "5:15 B <platform:> [api]",
            "6:15 C <platform:> [api]",
            "7:15 D <platform:> [api]",
            "12:50 E=x @production/production [g]",
        ],
        id="render",
    ),
    pytest.param(
        "wrangler.toml",
        'kv_namespaces = [{ binding = "KV", id = "1" }]\n[vars]\nA = "1"\n[env.staging.vars]\n'
        'B = "2"\n[secrets]\nrequired = ["C"]\n[ai]\nbinding = "AI"\n',
        [
            "3:1 A=1",
            "7:14 C <platform:>",
            "1:31 KV <platform:>",
            "9:12 AI <platform:>",
            "5:1 B=2 @staging/staging [env.staging]",
        ],
        id="wrangler",
    ),
    pytest.param(
        "wrangler.jsonc",
        '{"vars": {"A": "1", "B": {"x": 1}}, // c\n}',
        ["1:12 A=1", "1:22 B"],
        id="wrangler-jsonc",
    ),
    pytest.param(
        "app.json",
        '{"env": {"A": "1", "B": {"value": "2"}, "C": {"generator": "secret"}},\n'
        ' "environments": {"test": {"env": {"D": "3"}},\n "review": {"env": {"D": "4"}}}}',
        [
            "1:11 A=1",
            "1:21 B=2",
            "1:42 C <platform:>",
            "2:37 D=3 @test/test [test]",
            "3:22 D=4 @review/staging [review]",
        ],
        id="heroku",
    ),
    pytest.param(
        "app.json",
        '{"expo": {"extra": {"apiKey": "x", "eas": {"projectId": "y"}}}}',
        ["1:22 apiKey=x [extra] build", "1:37 eas [extra] build"],
        id="expo",
    ),
    pytest.param(
        "eas.json",
        '{"build": {"preview": {"env": {"A": "1"}},\n'
        ' "store": {"environment": "production", "env": {"A": "2"}}}}',
        [
            "1:33 A=1 @preview/staging [build.preview] build",
            "2:50 A=2 @production/production [build.store] build",
        ],
        id="eas",
    ),
    pytest.param(
        "turbo.json",
        '{"globalEnv": ["A", "!B", "NEXT_*"], "tasks": {"build": {"env": ["$C"]}},\n'
        ' "globalDependencies": ["$D", "x.json"]}',
        ["1:17 A [globalEnv]", "1:68 C [build]", "2:27 D"],
        id="turbo",
    ),
    pytest.param(
        "serverless.yml",
        "provider:\n  environment: {A: 1, B: '${env:X}', C: '${ssm:/x}'}\n"
        "functions:\n  f:\n    environment: {D: 'a-${env:Y, 'z'}'}\n",
        [],
        id="serverless-broken",
    ),
    pytest.param(
        "serverless.yml",
        'provider:\n  environment: {A: 1, B: "${env:X}", C: "${ssm:/x}"}\n'
        "functions:\n  f:\n    environment:\n      D: a-${env:Y, 'z'}\n",
        [
            "2:17 A=1 [provider]",
            "2:23 B <shell:X> [provider] of X",
            "2:38 C <platform:> [provider]",
            "6:7 D <shell:Y> [f] of Y",
        ],
        id="serverless",
    ),
    pytest.param(
        "app.staging.yaml",
        "runtime: python\nenv_variables:\n  A: '1'\n",
        ["3:3 A=1 @staging/staging"],
        id="app-engine",
    ),
    pytest.param(
        ".do/app.yaml",
        "envs:\n- {key: A, value: x}\nservices:\n- name: w\n  envs:\n"
        "  - {key: B, value: 'EV[1:x]'}\n",
        ["2:9 A=x", "6:11 B <platform:> [w]"],
        id="digital-ocean",
    ),
    pytest.param(
        "supabase/config.toml",
        '[edge_runtime.secrets]\nA = "env(X)"\nB = "1"\n[remotes.staging.edge_runtime.secrets]\n'
        'A = "2"\n',
        [
            "2:1 A <shell:X> of X",
            "3:1 B=1",
            "5:1 A=2 @staging/staging [remotes.staging]",
        ],
        id="supabase",
    ),
    pytest.param(
        ".devcontainer/devcontainer.json",
        '{"containerEnv": {"A": "1"}, // c\n "remoteEnv": {"B": "${localEnv:X}"}}',
        [
            "1:20 A=1 @devcontainer/development [containerEnv]",
            "2:17 B <shell:X> @devcontainer/development [remoteEnv] of X",
        ],
        id="devcontainer",
    ),
    pytest.param(
        "docker-bake.hcl",
        'variable "TAG" {\n  default = "x"\n}\ntarget "app" {\n  args = {\n    A = "1"\n'
        '    B = "${TAG}"\n  }\n}\n',
        ["1:11 TAG build", "6:5 A=1 [app] build"],
        id="bake",
    ),
    pytest.param(
        "docker-bake.json",
        '{"variable": {"A": {"default": "1"}}, "target": {"t": {"args": {"B": "2"}}}}',
        ["1:16 A=1 build", "1:66 B=2 [t] build"],
        id="bake-json",
    ),
    pytest.param(
        "Procfile",
        "web: PYTHONPATH=src env B=1 gunicorn -b :$PORT\n",
        ["1:6 PYTHONPATH=src [web]", "1:25 B=1 [web]"],
        id="procfile",
    ),
    pytest.param(
        ".github/workflows/ci.yml",
        """\
on: push
env:
  A: 1
jobs:
  test:
    env: {B: "${{ secrets.S }}"}
    services:
      db: {image: postgres, env: {C: x}}
    steps:
      - env:
          D: ${{ vars.V }}
          E: ${{ env.A }}-x
        run: echo $A
  ship:
    environment: {name: production}
    steps: [{env: {F: 2}}]
  deploy-test:
    env: {G: 3}
""",
        [
            "3:3 A=1",
            "6:11 B <secrets:S> @test/test [test]",
            "8:35 C=x @test/test [test/db]",
            "11:11 D <vars:V> @test/test [test]",
            "12:11 E <env:A> @test/test [test] of A",
            "16:20 F=2 @production/production [ship]",
            "18:11 G=3 [deploy-test]",
        ],
        id="github-actions",
    ),
    pytest.param(
        ".github/workflows/deploy-staging.yml",
        "on: push\njobs: {ship: {env: {A: 1}}}\n",
        ["2:21 A=1 @staging/staging [ship]"],
        id="a-workflow-of-an-environment",
    ),
    pytest.param(
        ".github/workflows/y.yml",
        "on: [push, pull_request]\njobs: {a: {env: [A=1, [], 'B C=2'], steps: [{run: 'x \\'}]}}\n",
        ["2:18 A=1 [a]"],
        id="a-list-of-triggers-and-a-command-that-goes-nowhere",
    ),
    pytest.param(
        "tools/action.yml",
        "runs: {using: composite, steps: [{env: {A: 1}}]}\n",
        ["1:41 A=1"],
        id="composite-action",
    ),
    pytest.param(
        ".gitlab-ci.yml",
        "variables: {A: 1, B: {value: 2, description: x}}\nship:\n  environment: production\n"
        "  variables: {C: $A, D: $A-x}\n  rules: [{variables: {E: 3}}]\n"
        "  script: !reference [a, b]\n",
        [
            "1:13 A=1",
            "1:19 B=2",
            "4:15 C <vars:A> @production/production [ship] of A",
            "4:22 D=$A-x @production/production [ship] of A",
            "5:24 E=3 @production/production [ship]",
        ],
        id="gitlab",
    ),
    pytest.param(
        ".circleci/config.yml",
        "jobs:\n  test:\n    docker: [{image: x, environment: {A: 1}}]\n    environment: [B=2]\n"
        "    steps:\n      - run: {environment: {C: << parameters.x >>, D: $E}}\n",
        [
            "4:19 B=2 @test/test [test]",
            "3:39 A=1 @test/test [test]",
            "6:29 C <inputs:> @test/test [test]",
            "6:52 D <vars:E> @test/test [test] of E",
        ],
        id="circleci",
    ),
    pytest.param(
        "bitbucket-pipelines.yml",
        "pipelines:\n  default:\n    - step:\n        deployment: Production\n        script:\n"
        "          - pipe: x\n            variables: {A: $B, C: 1}\n",
        [
            "7:25 A <vars:B> @Production/production [Production] of B",
            "7:32 C=1 @Production/production [Production]",
        ],
        id="bitbucket",
    ),
    pytest.param(
        ".github/workflows/x.yml",
        "on: {push: {branches: [live]}}\njobs:\n  a:\n    name: Ship\n"
        "    env: {A: '${{ github.sha }}', 1-B: x}\n"
        "  b: {environment: '${{ inputs.to }}', env: {B: 1}}\n",
        ["5:11 A <expression:> @live/production [a]", "6:46 B=1 [b]"],
        id="what-a-run-makes-and-the-branch-that-starts-it",
    ),
    pytest.param(
        "k8s/more.yaml",
        "apiVersion: x/v1\nkind: Run\nmetadata: {name: api}\nspec:\n  jobs:\n"
        "  - containers: [{env: [{name: A, valueFrom: {}}, {value: 1}]}]\n---\n"
        "apiVersion: v1\nkind: ConfigMap\ndata: {B: [1]}\n---\n"
        "apiVersion: v1\nkind: Secret\ndata: {C: [1]}\n",
        ["6:32 A <platform:> [Run/api]"],
        id="objects-of-others",
    ),
    pytest.param(
        "infra/docker-compose.yml",
        "services:\n  a:\n    environment: {A: '$', B: [1]}\n",
        ["3:19 A=$ [a]", "3:27 B <shell:B> [a]"],
        id="compose-with-odd-values",
    ),
    pytest.param(
        "deploy/stack.yaml",
        "x: {{ y }}\nservices:\n  a:\n    image: x\n    environment: [\n",
        [],
        id="a-template-that-looks-like-compose",
    ),
    pytest.param(
        "ci/build.gitlab-ci.yml",
        "workflow: {rules: [{variables: {A: 1}}]}\na: {environment: review/$B,"
        " variables: {C: 1}}\n",
        ["1:33 A=1", "2:41 C=1 @review/staging [a]"],
        id="gitlab-workflow-rules",
    ),
    pytest.param(
        "app.json",
        '{"name": "x", "env": {"A B": 1, "C": {"required": false}}}',
        ["1:34 C <platform:>"],
        id="heroku-names-that-are-none",
    ),
    pytest.param(
        "wrangler.json",
        '{"kv_namespaces": [{"id": "1"}], "ai": "x", "secrets": {"required": [[]]},'
        ' "env": {"x": {"vars": {"A": "1"}}}}',
        ["1:100 A=1 [env.x]"],
        id="wrangler-without-names",
    ),
    pytest.param(
        "turbo.json",
        '{"globalEnv": [[], "A"], "globalDependencies": ["x"]}',
        ["1:21 A [globalEnv]"],
        id="turbo-lists-of-lists",
    ),
    pytest.param(
        ".do/app.yml", "services: [{envs: [{value: 1}]}]\n", [], id="digital-ocean-without-a-key"
    ),
    pytest.param(
        "Dockerfile",
        "FROM x\nRUN <<A\nENV B=1\nENV C=2 \\",
        ["3:5 B=1 [stage 1] build", "4:5 C=2 [stage 1] build"],
        id="a-here-document-that-does-not-end",
    ),
    pytest.param("app/uwsgi.ini", "[uwsgi]\nenv = A=1\n", ["2:7 A=1"], id="uwsgi"),
    pytest.param(
        "web.service",
        "[Service]\nEnvironment=\"A=b c\" 'D=e' F=g\n",
        ["2:14 A=b c", "2:22 D=e", "2:27 F=g"],
        id="systemd",
    ),
    pytest.param("docs/data.yaml", "a: [\n", [], id="a-file-of-no-known-look"),
]


@pytest.mark.parametrize(("path", "text", "expected"), CASES)
def test_declarations(path: str, text: str, expected: list[str]) -> None:
    assert declared(path, text) == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param(
            "compose.yml",
            COMPOSE,
            ["13:14 API_TOKEN!", "14:20 HOST:localhost", "14:39 PORT!", "17:12 IMAGE!"],
            id="compose",
        ),
        pytest.param(
            "compose.yml",
            "a: ${X-${Y:?z}} ${Z:+1} ${V:-$W}\n",
            ["1:4 X:", "1:10 Y!", "1:17 Z?", "1:25 V:", "1:31 W?"],
            id="compose-nested",
        ),
        pytest.param(
            "Dockerfile", DOCKERFILE, ["3:11 NODE?", "10:11 TOKEN?", "10:20 B?",
                                       "14:10 A?"], id="dockerfile",
        ),
        pytest.param(
            "Procfile",
            "web: gunicorn -b :${PORT:-80} -w $WORKERS $x\n",
            ["1:19 PORT:80", "1:34 WORKERS?"],
            id="procfile",
        ),
        pytest.param(
            "railway.toml",
            '[deploy]\nstartCommand = "serve -p $PORT"\n',
            ["2:26 PORT?"],
            id="railway",
        ),
        pytest.param(
            "serverless.yml",
            "a: ${env:X}\nb: ${env:Y, 'z'}\nc: ${env:Z, self:x}\n",
            ["1:6 X!", "2:6 Y:z", "3:6 Z:"],
            id="serverless",
        ),
        pytest.param(
            "supabase/config.toml",
            '[auth.sms]\nkey = "env(K)"\n',
            ["2:8 K?"],
            id="supabase",
        ),
        pytest.param(
            "devcontainer.json",
            '{"mounts": ["${localEnv:HOME}/x", "${localEnv:A:b}"]}',
            ["1:14 HOME?", "1:36 A:b"],
            id="devcontainer",
        ),
        pytest.param(
            ".github/workflows/x.yml",
            "env: {A: 1, B: 2}\njobs:\n  j:\n    steps:\n      - run: echo $A $HOME ${{ env.B }}\n",
            ["5:20 A?", "5:36 B?"],
            id="github-actions",
        ),
        pytest.param(
            ".gitlab-ci.yml",
            "variables: {A: 1}\nj:\n  script: [echo $A $CI]\n",
            ["3:17 A?"],
            id="gitlab",
        ),
    ],
)  # fmt: skip
def test_reads(path: str, text: str, expected: list[str]) -> None:
    assert read(path, text) == expected


def test_what_a_pipelines_own_folder_reads_is_no_code() -> None:
    assert place_of(".ci/compose.yaml") is Place.SCRIPT
    assert place_of("ci.yaml") is Place.CODE


def test_what_cannot_be_read_is_unchecked_and_a_template_is_left_alone() -> None:
    assert unchecked("compose.yml", "a: [\n") == ["it is no valid YAML, in line 2"]
    assert unchecked("compose.yml", "a: {{ x }}\nb: [\n") == []
    assert unchecked("chart/templates/x.yaml", "apiVersion: {{ x\nkind: y\n") == []
    assert unchecked("Dockerfile", "ENV A=\udcff".encode("utf-8", "surrogateescape").decode(
        "latin-1")) == []  # fmt: skip


def test_a_dockerfile_of_other_bytes_is_unchecked() -> None:
    reader = reader_of("Dockerfile")
    assert reader
    (seen,) = reader(SourceFile(path="Dockerfile", content=b"ENV A=\xff"), NAMING)
    assert "UTF-8" in repr(seen)


@pytest.mark.parametrize("path", ["src/app.ts", "package.json", "docker/dockerfile.md", "x.tf"])
def test_other_files_are_not_read(path: str) -> None:
    assert reader_of(path) is None


PATHS = sorted({str(case.values[0]) for case in CASES} | {"run.sh", ".gitignore"})
TEXTS = [str(case.values[1]) for case in CASES]


@given(st.sampled_from(PATHS), st.sampled_from(TEXTS), st.data())
def test_any_mutation_gives_values_or_unchecked(path: str, text: str, data: st.DataObject) -> None:
    content = bytearray(text.encode())
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=3))
    reader = reader_of(path)
    assert reader
    for each in reader(SourceFile(path=path, content=bytes(content)), NAMING):
        if isinstance(each, Declaration):
            assert each.location.line
            assert each.name
