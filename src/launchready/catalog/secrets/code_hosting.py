"""Tokens of code hosts, package registries and continuous integration."""

from launchready.catalog.kinds import Assigned, Kind, Pattern, Token

CODE_HOSTING = (
    Kind(
        id="github-token",
        title="GitHub personal access token",
        opens="read and change the repositories of the person who created it, and often run "
        "workflows with their secrets",
        revoke="Delete the token at github.com/settings/tokens, look through the security log, and "
        "create a fine-grained one that expires.",
        format=Token(shapes=("ghp_{alnum:36}",), checksum="github"),
        reference="https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/",
    ),
    Kind(
        id="github-fine-grained-token",
        title="GitHub fine-grained token",
        opens="do what the token was granted in the repositories it was made for",
        revoke="Delete the token at github.com/settings/personal-access-tokens and create a new "
        "one that expires.",
        format=Token(shapes=("github_pat_{alnum:22}_{alnum:59}",)),
        reference="https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    ),
    Kind(
        id="github-app-token",
        title="GitHub app or OAuth token",
        opens="act as the app or its user in the repositories it is installed in, until the token "
        "runs out",
        revoke="Revoke it at github.com/settings/applications, or with the REST API's `DELETE "
        "/installation/token`; rotate the app's client secret if refresh tokens leaked.",
        format=Token(
            shapes=("gho_{alnum:36}", "ghu_{alnum:36}", "ghs_{alnum:36}", "ghr_{alnum:76}"),
            checksum="github",
        ),
        reference="https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats",
    ),
    Kind(
        id="github-installation-token",
        title="GitHub app installation token",
        opens="act as the app in the repositories it is installed in, for up to an hour",
        revoke="Revoke it with the REST API's `DELETE /installation/token`; it runs out within an "
        "hour in any case. Find out which log or artifact wrote it.",
        format=Token(
            shapes=("ghs_{digit:1-12}_eyJ{urlsafe:20-500}.{urlsafe:20-900}.{urlsafe:20-900}",)
        ),
        reference="https://github.blog/changelog/2026-04-24-notice-about-upcoming-new-format-for-github-app-installation-tokens/",
    ),
    Kind(
        id="gitlab-token",
        title="GitLab access token",
        opens="read and change the projects of the user, group or project it belongs to",
        revoke="Revoke the token at GitLab → Preferences (or the project's or group's settings) → "
        "Access tokens and create one with fewer scopes.",
        format=Token(
            shapes=(
                "glpat-{urlsafe:20}",
                "glpat-{urlsafe:27-300}.{lower:2}.{lower:9}",
                "gldt-{urlsafe:20}",
                "glsoat-{urlsafe:20}",
                "gloas-{hex:64}",
            ),
        ),
        reference="https://docs.gitlab.com/security/tokens/#token-prefixes",
    ),
    Kind(
        id="gitlab-runner-token",
        title="GitLab runner or pipeline token",
        opens="register runners that receive your jobs with their variables, or start pipelines",
        revoke="Reset the runner's token or delete the trigger at GitLab → Settings → CI/CD.",
        format=Token(
            shapes=(
                "glrt-{urlsafe:20}",
                "glrt-{urlsafe:27-300}.{lower:2}.{lower:9}",
                "glrtr-{urlsafe:20}",
                "glptt-{hex:40}",
                "glcbt-{alnum:1-5}_{urlsafe:20}",
                "glagent-{urlsafe:50-1024}",
                "GR1348941{urlsafe:20}",
            ),
        ),
        reference="https://docs.gitlab.com/security/tokens/#token-prefixes",
    ),
    Kind(
        id="bitbucket-app-password",
        title="Bitbucket app password",
        opens="read and change the repositories of its user",
        revoke="Delete the app password at Bitbucket → Personal settings and create an API token.",
        format=Token(shapes=("ATBB{alnum:32}",)),
        reference="https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/",
    ),
    Kind(
        id="atlassian-api-token",
        title="Atlassian API token",
        opens="read and change Jira, Confluence or Bitbucket as the person who created it",
        revoke="Revoke the token at id.atlassian.com/manage-profile/security/api-tokens and create "
        "one that expires.",
        format=Token(
            shapes=(
                "ATATT3xFfGF0{urlsafe:160-190}={HEX:8}",
                "ATCTT3xFfGN0{urlsafe:160-190}={HEX:8}",
            ),
        ),
        reference="https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/",
    ),
    Kind(
        id="npm-token",
        title="npm access token",
        opens="publish versions of your packages, which then run on your users' machines",
        revoke="Delete the token at npmjs.com → Access Tokens; check the packages' versions; "
        "publish from CI with trusted publishing instead.",
        format=Token(shapes=("npm_{alnum:36}",), checksum="github"),
        reference="https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/",
    ),
    Kind(
        id="npmrc-credential",
        title="npm registry credential",
        opens="read and publish packages of the registry that the .npmrc names",
        revoke="Revoke the token or change the password at that registry; write `${NPM_TOKEN}` in "
        "the .npmrc instead.",
        format=Pattern(
            regex=r"""(?::|^|[ \t"'\n])_(?:authToken|auth|password)[ \t]{0,4}=[ \t]{0,4}["']?"""
            r"""(?P<secret>(?!npm_)[A-Za-z0-9+/_\-]{12,400}={0,2})(?![A-Za-z0-9+/=_\-])""",
            anchor=r"_(?:authToken|auth|password)[ \t]{0,4}=[ \t]{0,4}[\"']?[A-Za-z0-9+/_\-]{12}",
            literals=("_auth", "_password"),
            samples=(
                "//registry.npmjs.org/:_authToken={uuid}",
                "//npm.acme.dev/:_auth={alnum:32}==",
            ),
        ),
        reference="https://docs.npmjs.com/cli/configuring-npm/npmrc#auth-related-configuration",
    ),
    Kind(
        id="pypi-token",
        title="PyPI API token",
        opens="publish releases of your packages, which then run on your users' machines",
        revoke="Remove the token at pypi.org/manage/account; publish from CI with trusted "
        "publishing instead.",
        format=Token(
            shapes=(
                "pypi-AgEIcHlwaS5vcmc{urlsafe:50-500}",
                "pypi-AgENdGVzdC5weXBpLm9yZw{urlsafe:50-500}",
            ),
        ),
        reference="https://pypi.org/help/#apitoken",
    ),
    Kind(
        id="rubygems-api-key",
        title="RubyGems API key",
        opens="push, and perhaps yank, versions of your gems",
        revoke="Delete the key at rubygems.org/profile/api_keys; publish with trusted publishing "
        "instead.",
        format=Token(shapes=("rubygems_{hex:48}",)),
        reference="https://guides.rubygems.org/api-key-scopes/",
    ),
    Kind(
        id="crates-io-token",
        title="crates.io API token",
        opens="publish versions of your crates",
        revoke="Revoke the token at crates.io/settings/tokens and create a scoped one.",
        format=Token(shapes=("cio{alnum:32}",)),
        reference="https://crates.io/settings/tokens",
    ),
    Kind(
        id="nuget-api-key",
        title="NuGet API key",
        opens="push versions of your packages",
        revoke="Delete the key at nuget.org/account/apikeys and create a scoped one.",
        format=Token(shapes=("oy2{lower:43}",)),
        reference="https://learn.microsoft.com/nuget/nuget-org/scoped-api-keys",
    ),
    Kind(
        id="docker-hub-token",
        title="Docker Hub access token",
        opens="pull your private images and, with write access, replace the ones you publish",
        revoke="Delete the token at app.docker.com/settings/personal-access-tokens and create one "
        "with fewer rights.",
        format=Token(shapes=("dckr_pat_{urlsafe:27}", "dckr_oat_{urlsafe:32}")),
        reference="https://docs.docker.com/security/access-tokens/",
    ),
    Kind(
        id="docker-registry-auth",
        title="Docker registry login",
        opens="pull and push images at that registry as the user",
        revoke="Change the password at the registry and run `docker login` with a credential "
        "helper, so that config.json holds none.",
        format=Pattern(
            regex=r"\"auth\"\s{0,8}:\s{0,8}\"(?P<secret>[A-Za-z0-9+/]{12,400}={0,2})\"",
            anchor=r"\"auth\"\s{0,8}:\s{0,8}\"[A-Za-z0-9+/]{12}",
            literals=('"auth"',),
            samples=('"auth": "{proof}"',),
            checksum="basic",
        ),
        reference="https://docs.docker.com/reference/cli/docker/login/",
    ),
    Kind(
        id="jfrog-token",
        title="JFrog Artifactory token",
        opens="read and publish the packages that your builds install",
        revoke="Revoke the token at JFrog → Administration → Access tokens.",
        format=Token(shapes=("AKCp{alnum:69}", "cmVmdGtuOjAxO{alnum:51}")),
        reference="https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens",
    ),
    Kind(
        id="circleci-token",
        title="CircleCI API token",
        opens="start builds and read project settings and artifacts",
        revoke="Delete the token at app.circleci.com/settings/user/tokens.",
        format=Token(shapes=("CCIPAT_{alnum:22}_{hex:40}", "CCIPRJ_{alnum:22}_{hex:40}")),
        reference="https://circleci.com/docs/managing-api-tokens/",
    ),
    Kind(
        id="buildkite-token",
        title="Buildkite API token",
        opens="start builds and read their logs and artifacts",
        revoke="Revoke the token at buildkite.com/user/api-access-tokens.",
        format=Token(shapes=("bkua_{hex:40}",)),
        reference="https://buildkite.com/docs/apis/managing-api-tokens",
    ),
    Kind(
        id="sonar-token",
        title="SonarQube token",
        opens="read your analysed source code and push analyses",
        revoke="Revoke the token at Sonar → My account → Security.",
        format=Token(shapes=("squ_{hex:40}", "sqp_{hex:40}", "sqa_{hex:40}")),
        reference="https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens/",
    ),
    Kind(
        id="sonar-legacy-token",
        title="Sonar token without a prefix",
        opens="read your code's analysis and, by its type, change it",
        revoke="Revoke the token at SonarQube or sonarcloud.io → My account → Security.",
        format=Assigned(
            names=("sonar_token", "sonar_login", "sonarqube_token", "sonarcloud_token"),
            shapes=("{hex:40}",),
        ),
        reference="https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens/",
    ),
    Kind(
        id="clojars-token",
        title="Clojars deploy token",
        opens="publish new versions of your libraries",
        revoke="Disable the token at clojars.org/tokens.",
        format=Token(shapes=("CLOJARS_{hex:60}",)),
        reference="https://github.com/clojars/clojars-web/wiki/Deploy-Tokens",
    ),
    Kind(
        id="docker-swarm-token",
        title="Docker Swarm join token",
        opens="join your swarm as a node, and with a manager's token take it over",
        revoke="Run `docker swarm join-token --rotate worker`, and the same for manager.",
        format=Token(shapes=("SWMTKN-1-{lower:50}-{lower:25}",)),
        reference="https://docs.docker.com/reference/cli/docker/swarm/join-token/",
    ),
    Kind(
        id="terraform-cloud-token",
        title="HCP Terraform token",
        opens="read your state files, with every secret in them, and apply changes",
        revoke="Delete the token at app.terraform.io → User settings → Tokens.",
        format=Token(shapes=("{alnum:14}.atlasv1.{urlsafe:60-70}",)),
        reference="https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens",
    ),
    Kind(
        id="pulumi-token",
        title="Pulumi access token",
        opens="read your stacks and their secrets and apply changes",
        revoke="Revoke the token at app.pulumi.com/account/tokens.",
        format=Token(shapes=("pul-{hex:40}",)),
        reference="https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/",
    ),
    Kind(
        id="vault-token",
        title="HashiCorp Vault token",
        opens="read the secrets that the token's policies allow",
        revoke="Run `vault token revoke` and rotate the secrets it could read.",
        format=Token(shapes=("hvs.{urlsafe:90-120}", "hvb.{urlsafe:130-300}")),
        reference="https://developer.hashicorp.com/vault/docs/concepts/tokens",
    ),
    Kind(
        id="doppler-token",
        title="Doppler token",
        opens="read every secret of the project and environment it was made for",
        revoke="Revoke the token in Doppler → Access and rotate the secrets it could read.",
        format=Token(
            shapes=(
                "dp.pt.{alnum:40-44}",
                "dp.ct.{alnum:40-44}",
                "dp.sa.{alnum:40-44}",
                "dp.scim.{alnum:40-44}",
                "dp.audit.{alnum:40-44}",
                "dp.st.{alnum:40-44}",
                "dp.st.{dashed:2-35}.{alnum:40-44}",
                "dp.st.dev.{alnum:40-44}",
                "dp.st.ci.{alnum:40-44}",
                "dp.st.test.{alnum:40-44}",
            ),
        ),
        reference="https://docs.doppler.com/reference/auth-token-formats",
    ),
    Kind(
        id="onepassword-service-token",
        title="1Password service account token",
        opens="read the vaults that the service account may see",
        revoke="Rotate the token at 1Password → Developer → Service accounts and rotate what it "
        "could read.",
        format=Token(shapes=("ops_eyJ{urlsafe:250-1200}",)),
        reference="https://developer.1password.com/docs/service-accounts/security/",
    ),
    Kind(
        id="snyk-token",
        title="Snyk API token",
        opens="read your projects and their open vulnerabilities",
        revoke="Revoke the token at app.snyk.io/account.",
        format=Assigned(
            names=("snyk_token", "snyk_api_token", "snyk_api_key"),
            shapes=("{uuid}",),
        ),
        reference="https://docs.snyk.io/snyk-api/authentication-for-api",
    ),
)
