"""Tokens of chat, telephony and push services."""

from launchready.catalog.kinds import Assigned, Kind, Pattern, Token

MESSAGING = (
    Kind(
        id="slack-token",
        title="Slack token",
        opens="read and write the channels that the app or person can see",
        revoke="Revoke it with Slack's auth.revoke method or reinstall the app at "
        "api.slack.com/apps → OAuth & Permissions.",
        format=Token(
            shapes=(
                "xoxb-{digit:10-13}-{digit:10-13}-{alnum:24}",
                "xoxb-{digit:10-13}-{alnum:24}",
                "xoxp-{digit:10-13}-{digit:10-13}-{digit:10-13}-{hex:32}",
                "xoxp-{digit:10-13}-{digit:10-13}-{alnum:24}",
                "xoxa-2-{digit:10-13}-{digit:10-13}-{digit:10-13}-{hex:32}",
                "xoxe.xoxp-1-{alnum:140-180}",
                "xoxe.xoxb-1-{alnum:140-180}",
                "xoxe-1-{alnum:140-160}",
            ),
        ),
        reference="https://docs.slack.dev/authentication/tokens/",
    ),
    Kind(
        id="slack-app-token",
        title="Slack app-level token",
        opens="receive your app's events over Socket Mode",
        revoke="Revoke it at api.slack.com/apps → Basic Information → App-Level Tokens.",
        format=Token(shapes=("xapp-1-A{upper:8-12}-{digit:10-13}-{hex:64}",)),
        reference="https://docs.slack.dev/authentication/tokens/",
    ),
    Kind(
        id="slack-webhook",
        title="Slack webhook URL",
        opens="post messages to the channel that look like your app's: a way to phish your team",
        revoke="Remove the webhook at api.slack.com/apps → Incoming Webhooks and add a new one.",
        format=Pattern(
            regex=r"hooks\.slack(?:-gov)?\.com/(?P<secret>services/T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{24}|"
            r"(?:workflows|triggers)/[TE][A-Z0-9]{8,12}/(?:A[A-Z0-9]{8,12}/)?[0-9]{10,20}/[A-Za-z0-9]{24,32})"
            r"(?![A-Za-z0-9])",
            anchor=r"hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/[A-Z][A-Z0-9]{6}",
            literals=("hooks.slack",),
            samples=(
                "https://hooks.slack.com/services/T{upper:10}/B{upper:10}/{alnum:24}",
                "https://hooks.slack.com/triggers/T{upper:10}/{digit:13}/{hex:32}",
            ),
        ),
        reference="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/",
    ),
    Kind(
        id="discord-bot-token",
        title="Discord bot token",
        opens="act as your bot in every server it has joined",
        revoke="Reset the token at discord.com/developers → your application → Bot.",
        format=Token(
            shapes=(
                "MT{urlsafe:22-24}.{urlsafe:6}.{urlsafe:27-38}",
                "Mj{urlsafe:22-24}.{urlsafe:6}.{urlsafe:27-38}",
                "Mz{urlsafe:22-24}.{urlsafe:6}.{urlsafe:27-38}",
                "ND{urlsafe:22-24}.{urlsafe:6}.{urlsafe:27-38}",
                "NT{urlsafe:22-24}.{urlsafe:6}.{urlsafe:27-38}",
                "Nj{urlsafe:22-24}.{urlsafe:6}.{urlsafe:27-38}",
                "Nz{urlsafe:22-24}.{urlsafe:6}.{urlsafe:27-38}",
                "OD{urlsafe:22-24}.{urlsafe:6}.{urlsafe:27-38}",
                "OT{urlsafe:22-24}.{urlsafe:6}.{urlsafe:27-38}",
            ),
            checksum="discord",
        ),
        reference="https://docs.discord.com/developers/reference#authentication",
    ),
    Kind(
        id="discord-webhook",
        title="Discord webhook URL",
        opens="post any message to the channel, under any name",
        revoke="Delete the webhook in the channel's settings → Integrations.",
        format=Pattern(
            regex=r"discord(?:app)?\.com/api/(?:v[0-9]{1,2}/)?webhooks/[0-9]{17,20}/(?P<secret>[A-Za-z0-9_\-]{60,80})",
            anchor=r"discord(?:app)?\.com/api/(?:v[0-9]{1,2}/)?webhooks/[0-9]{17}",
            literals=("discord",),
            samples=("https://discord.com/api/webhooks/{digit:19}/{urlsafe:68}",),
        ),
        reference="https://docs.discord.com/developers/resources/webhook",
    ),
    Kind(
        id="telegram-bot-token",
        title="Telegram bot token",
        opens="read and send messages as your bot",
        revoke="Send /revoke to @BotFather and deploy the new token.",
        format=Token(shapes=("{digit:8-10}:AA{urlsafe:33}",)),
        reference="https://core.telegram.org/bots/features#generating-an-authentication-token",
    ),
    Kind(
        id="twilio-auth-token",
        title="Twilio auth token",
        opens="send messages and calls at your cost and read all past ones",
        revoke="Create a secondary auth token at console.twilio.com → Account → API keys & tokens, "
        "deploy it, then promote it.",
        format=Assigned(
            names=("twilio_auth_token", "twilio_token", "twilio_authtoken"), shapes=("{hex:32}",)
        ),
        reference="https://www.twilio.com/docs/iam/api/authtoken",
    ),
    Kind(
        id="twilio-api-key-secret",
        title="Twilio API key secret",
        opens="send messages and calls at your cost",
        revoke="Delete the API key at console.twilio.com → Account → API keys & tokens.",
        format=Assigned(
            names=("twilio_api_secret", "twilio_api_key_secret", "twilio_secret"),
            shapes=("{alnum:32}",),
        ),
        reference="https://www.twilio.com/docs/iam/api-keys",
    ),
    Kind(
        id="teams-webhook",
        title="Microsoft Teams webhook URL",
        opens="post messages to the channel that look like your app's",
        revoke="Remove the connector or workflow in the channel and create a new one.",
        format=Pattern(
            regex=r"(?:webhook\.office\.com/webhookb2|outlook\.office(?:365)?\.com/webhook)/(?P<secret>[0-9a-f\-]{36}@[0-9a-f\-]{36}/"
            r"IncomingWebhook/[0-9a-f]{32}/[0-9a-f\-]{36})",
            anchor=r"(?:webhook\.office\.com/webhookb2|outlook\.office(?:365)?\.com/webhook)/[0-9a-f]{8}",
            literals=("webhook.office.com", "outlook.office"),
            samples=(
                "https://acme.webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/{hex:32}/{uuid}",
            ),
        ),
        reference="https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook",
    ),
    Kind(
        id="onesignal-api-key",
        title="OneSignal app API key",
        opens="push any notification to all your users",
        revoke="Delete the key at OneSignal → Settings → Keys & IDs and create a new one.",
        format=Token(shapes=("os_v2_app_{lower:100-110}", "os_v2_org_{lower:100-110}")),
        reference="https://documentation.onesignal.com/docs/en/keys-and-ids",
    ),
    Kind(
        id="pusher-secret",
        title="Pusher app secret",
        opens="send events to your users' sessions and read who is connected",
        revoke="Create a new key at dashboard.pusher.com → App keys, deploy it, then disable this "
        "one.",
        format=Assigned(
            names=("pusher_secret", "pusher_app_secret", "pusher_key_secret"), shapes=("{hex:20}",)
        ),
        reference="https://pusher.com/docs/channels/library_auth_reference/rest-api/",
    ),
    Kind(
        id="facebook-access-token",
        title="Meta access token",
        opens="act as the page, business or WhatsApp number that granted it",
        revoke="Remove the app's grant in Meta Business settings, or reset the app secret, which "
        "ends all its tokens.",
        format=Token(shapes=("EAA{letter:1}{alnum:90-400}",)),
        reference="https://developers.facebook.com/docs/facebook-login/guides/access-tokens/",
    ),
)
