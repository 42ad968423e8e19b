"""Tokens of hosting platforms, content delivery, sign-in and networks."""

from launchready.catalog.kinds import Assigned, Kind, Pattern, Token

HOSTING = (
    Kind(
        id="vercel-token",
        title="Vercel token",
        opens="read every environment variable of your projects and deploy in your name",
        revoke="Delete the token at vercel.com/account/settings/tokens; create one that expires.",
        format=Token(
            shapes=("vcp_{alnum:56}", "vci_{alnum:56}", "vca_{alnum:56}", "vcr_{alnum:56}"),
        ),
        reference="https://vercel.com/changelog/new-token-formats-and-secret-scanning",
    ),
    Kind(
        id="vercel-legacy-token",
        title="Vercel token",
        opens="read every environment variable of your projects and deploy in your name",
        revoke="Delete the token at vercel.com/account/settings/tokens; create one that expires.",
        format=Assigned(
            names=("vercel_token", "vercel_api_token", "vercel_access_token", "now_token"),
            shapes=("{alnum:24}",),
        ),
        reference="https://vercel.com/docs/rest-api/reference/welcome#authentication",
    ),
    Kind(
        id="netlify-token",
        title="Netlify personal access token",
        opens="read environment variables of your sites and deploy in your name",
        revoke="Delete the token at app.netlify.com/user/applications and create one that expires.",
        format=Token(shapes=("nfp_{alnum:36}",)),
        reference="https://docs.netlify.com/api-and-cli-guides/api-guides/get-started-with-api/",
    ),
    Kind(
        id="netlify-legacy-token",
        title="Netlify access token",
        opens="read environment variables of your sites and deploy in your name",
        revoke="Delete the token at app.netlify.com/user/applications and create one that expires.",
        format=Assigned(
            names=(
                "netlify_auth_token",
                "netlify_token",
                "netlify_access_token",
                "netlify_api_token",
            ),
            shapes=("{urlsafe:43}", "{hex:64}"),
        ),
        reference="https://docs.netlify.com/api-and-cli-guides/api-guides/get-started-with-api/",
    ),
    Kind(
        id="fly-token",
        title="Fly.io token",
        opens="deploy to and log in on your machines and read their secrets",
        revoke="Run `fly tokens list` and `fly tokens revoke`, then create a deploy token with an "
        "expiry.",
        format=Token(
            shapes=(
                "fm2_{base64:100-1200}{pad:0-2}",
                "fo1_{urlsafe:43}",
            ),
        ),
        reference="https://fly.io/docs/security/tokens/",
    ),
    Kind(
        id="render-api-key",
        title="Render API key",
        opens="read environment variables of all your services and deploy or delete them",
        revoke="Revoke the key at dashboard.render.com → Account settings → API keys.",
        format=Token(shapes=("rnd_{alnum:28}", "rnd_{alnum:32}")),
        reference="https://render.com/docs/api",
    ),
    Kind(
        id="heroku-api-key",
        title="Heroku API key",
        opens="read config vars of all your apps, deploy to and delete them",
        revoke="Regenerate the key at dashboard.heroku.com/account, or run `heroku "
        "authorizations:revoke`.",
        format=Token(shapes=("HRKU-AA{urlsafe:58}",)),
        reference="https://devcenter.heroku.com/articles/oauth",
    ),
    Kind(
        id="heroku-legacy-api-key",
        title="Heroku API key",
        opens="read config vars of all your apps, deploy to and delete them",
        revoke="Regenerate the key at dashboard.heroku.com/account, or run `heroku "
        "authorizations:revoke`.",
        format=Assigned(
            names=(
                "heroku_api_key",
                "heroku_key",
                "heroku_auth_token",
                "heroku_token",
                "heroku_api_token",
            ),
            shapes=("{uuid}",),
        ),
        reference="https://devcenter.heroku.com/articles/oauth",
    ),
    Kind(
        id="railway-token",
        title="Railway token",
        opens="read variables of your services and deploy to them",
        revoke="Delete the token at railway.com/account/tokens, or in the project's settings.",
        format=Assigned(
            names=("railway_token", "railway_api_token"),
            shapes=("{uuid}",),
        ),
        reference="https://docs.railway.com/guides/public-api",
    ),
    Kind(
        id="cloudflare-api-token",
        title="Cloudflare API token",
        opens="change your DNS records, Workers or storage, as far as the token's permissions go",
        revoke="Roll or delete the token at dash.cloudflare.com/profile/api-tokens.",
        format=Token(
            shapes=("cfut_{alnum:40}{hex:8}", "cfat_{alnum:40}{hex:8}", "cfk_{alnum:40}{hex:8}")
        ),
        reference="https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/",
    ),
    Kind(
        id="cloudflare-legacy-token",
        title="Cloudflare API token or key",
        opens="change your DNS records, Workers or storage; a global key opens the whole account",
        revoke="Roll or delete it at dash.cloudflare.com/profile/api-tokens.",
        format=Assigned(
            names=(
                "cloudflare_api_token",
                "cloudflare_token",
                "cf_api_token",
                "cloudflare_api_key",
                "cloudflare_auth_key",
                "cf_api_key",
                "cf_auth_key",
                "cloudflare_global_api_key",
            ),
            shapes=("{urlsafe:40}", "{hex:37}"),
        ),
        reference="https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/",
    ),
    Kind(
        id="cloudflare-origin-ca-key",
        title="Cloudflare Origin CA key",
        opens="issue and revoke origin certificates of your zones",
        revoke="Change the key at dash.cloudflare.com/profile/api-tokens → Origin CA key.",
        format=Token(shapes=("v1.0-{hex:24}-{hex:146}",)),
        reference="https://developers.cloudflare.com/fundamentals/api/get-started/ca-keys/",
    ),
    Kind(
        id="workos-api-key",
        title="WorkOS API key",
        opens="read and change your customers' users, directories and single sign-on",
        revoke="Create a new key at dashboard.workos.com → API keys, deploy it, then delete this "
        "one.",
        format=Token(
            shapes=("sk_live_a2V5X{alnum:60-120}{pad:0-2}", "sk_a2V5X{alnum:60-120}{pad:0-2}")
        ),
        reference="https://workos.com/docs/reference/api-keys",
    ),
    Kind(
        id="auth0-client-secret",
        title="Auth0 client secret",
        opens="obtain tokens as your application, perhaps for the Management API",
        revoke="Rotate the secret at manage.auth0.com → Applications → your application.",
        format=Assigned(
            names=("auth0_client_secret", "auth0_secret", "auth0_management_client_secret"),
            shapes=("{urlsafe:64}",),
        ),
        reference="https://auth0.com/docs/get-started/applications/rotate-client-secret",
    ),
    Kind(
        id="okta-api-token",
        title="Okta API token",
        opens="manage users, groups and sign-in of your organisation",
        revoke="Revoke the token at your Okta admin console → Security → API → Tokens.",
        format=Assigned(
            names=("okta_api_token", "okta_token", "okta_client_token"), shapes=("00{urlsafe:40}",)
        ),
        reference="https://developer.okta.com/docs/guides/create-an-api-token/main/",
    ),
    Kind(
        id="tailscale-key",
        title="Tailscale key",
        opens="join your private network or manage it",
        revoke="Revoke the key at login.tailscale.com/admin/settings/keys and remove machines you "
        "do not know.",
        format=Token(
            shapes=(
                "tskey-auth-{alnum:8-24}-{alnum:24-40}",
                "tskey-api-{alnum:8-24}-{alnum:24-40}",
                "tskey-client-{alnum:8-24}-{alnum:24-40}",
                "tskey-scim-{alnum:8-24}-{alnum:24-40}",
                "tskey-webhook-{alnum:8-24}-{alnum:24-40}",
            ),
        ),
        reference="https://tailscale.com/kb/1277/key-prefixes",
    ),
    Kind(
        id="ngrok-token",
        title="ngrok authtoken",
        opens="open tunnels under your account and domains",
        revoke="Reset the authtoken at dashboard.ngrok.com.",
        format=Assigned(
            names=("ngrok_authtoken", "ngrok_auth_token", "ngrok_token"),
            shapes=("{alnum:27}_{alnum:21}",),
        ),
        reference="https://ngrok.com/docs/agent/#authtokens",
    ),
    Kind(
        id="expo-access-token",
        title="Expo access token",
        opens="build and publish updates of your apps",
        revoke="Revoke the token at expo.dev → Settings → Access tokens.",
        format=Assigned(names=("expo_token", "expo_access_token"), shapes=("{urlsafe:40}",)),
        reference="https://docs.expo.dev/accounts/programmatic-access/",
    ),
    Kind(
        id="mapbox-secret-token",
        title="Mapbox secret token",
        opens="change your styles, uploads and tokens",
        revoke="Delete the token at console.mapbox.com/account/access-tokens.",
        format=Token(shapes=("sk.eyJ{urlsafe:60-120}.{urlsafe:22}",)),
        reference="https://docs.mapbox.com/accounts/guides/tokens/",
    ),
    Kind(
        id="deploy-hook-url",
        title="Deploy hook URL",
        opens="start builds and deployments of your site, as often as it likes",
        revoke="Delete the hook in the host's dashboard and create a new one.",
        format=Pattern(
            regex=r"(?:api\.vercel\.com/v1/integrations/deploy/prj_[A-Za-z0-9]{24,32}/|"
            r"api\.netlify\.com/build_hooks/|api\.render\.com/deploy/srv-[a-z0-9]{20}\?key=)"
            r"(?P<secret>[A-Za-z0-9_\-]{10,24})(?![A-Za-z0-9_\-])",
            anchor=r"(?:integrations/deploy/prj_|netlify\.com/build_hooks/|render\.com/deploy/srv-)"
            r"[A-Za-z0-9]{4}",
            literals=(
                "integrations/deploy/prj_",
                "netlify.com/build_hooks/",
                "render.com/deploy/srv-",
            ),
            samples=(
                "https://api.vercel.com/v1/integrations/deploy/prj_{alnum:28}/{alnum:10}",
                "https://api.netlify.com/build_hooks/{hex:24}",
                "https://api.render.com/deploy/srv-{lower:20}?key={urlsafe:11}",
            ),
        ),
        reference="https://vercel.com/docs/deploy-hooks",
    ),
)
