"""Keys of providers that send mail and keep contact lists."""

from launchready.catalog.kinds import Assigned, Kind, Token

MAIL = (
    Kind(
        id="sendgrid-api-key",
        title="SendGrid API key",
        opens="send mail from your domain, which your customers' filters trust",
        revoke="Delete the key at app.sendgrid.com → Settings → API Keys and create a restricted "
        "one.",
        format=Token(shapes=("SG.{urlsafe:22}.{urlsafe:43}",)),
        reference="https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys",
    ),
    Kind(
        id="resend-api-key",
        title="Resend API key",
        opens="send mail from your domain, which your customers' filters trust",
        revoke="Delete the key at resend.com/api-keys and create one that may only send.",
        format=Token(shapes=("re_{alnum:8}_{alnum:24}",)),
        reference="https://resend.com/docs/dashboard/api-keys/introduction",
    ),
    Kind(
        id="mailgun-api-key",
        title="Mailgun API key",
        opens="send mail from your domain and read its logs",
        revoke="Delete the key at app.mailgun.com → API security and create a new one.",
        format=Token(shapes=("key-{hex:32}",)),
        reference="https://help.mailgun.com/hc/en-us/articles/203380100-Where-can-I-find-my-API-keys-and-SMTP-credentials",
    ),
    Kind(
        id="mailgun-private-key",
        title="Mailgun private API key",
        opens="send mail from your domain and read its logs",
        revoke="Delete the key at app.mailgun.com → API security and create a new one.",
        format=Assigned(
            names=("mailgun_api_key", "mailgun_key", "mailgun_private_key", "mailgun_sending_key"),
            shapes=("{hex:32}-{hex:8}-{hex:8}",),
        ),
        reference="https://help.mailgun.com/hc/en-us/articles/203380100-Where-can-I-find-my-API-keys-and-SMTP-credentials",
    ),
    Kind(
        id="mailchimp-api-key",
        title="Mailchimp API key",
        opens="read and export your audience and send campaigns to it",
        revoke="Revoke the key at Mailchimp → Account → Extras → API keys.",
        format=Token(shapes=("{hex:32}-us{digit:1-2}",)),
        reference="https://mailchimp.com/help/about-api-keys/",
    ),
    Kind(
        id="mandrill-api-key",
        title="Mailchimp Transactional (Mandrill) API key",
        opens="send mail from your domain",
        revoke="Revoke the key at mandrillapp.com/settings and create a new one.",
        format=Token(shapes=("md-{urlsafe:22}",)),
        reference="https://mailchimp.com/developer/transactional/guides/quick-start/",
    ),
    Kind(
        id="postmark-server-token",
        title="Postmark token",
        opens="send mail from your domain and read sent messages",
        revoke="Create a second token at Postmark → your server → API Tokens, deploy it, then "
        "delete this one.",
        format=Assigned(
            names=(
                "postmark_server_token",
                "postmark_api_token",
                "postmark_token",
                "postmark_api_key",
                "x_postmark_server_token",
                "postmark_account_token",
            ),
            shapes=("{uuid}",),
        ),
        reference="https://postmarkapp.com/developer/api/overview",
    ),
    Kind(
        id="brevo-api-key",
        title="Brevo API key",
        opens="send mail from your domain and read your contacts",
        revoke="Delete the key at app.brevo.com/settings/keys/api and create a new one.",
        format=Token(shapes=("xkeysib-{hex:64}-{alnum:16}", "xsmtpsib-{hex:64}-{alnum:16}")),
        reference="https://developers.brevo.com/docs/getting-started",
    ),
    Kind(
        id="mailersend-api-token",
        title="MailerSend API token",
        opens="send mail from your domain",
        revoke="Delete the token at app.mailersend.com → Integrations → API tokens.",
        format=Token(shapes=("mlsn.{hex:64}",)),
        reference="https://www.mailersend.com/help/managing-api-tokens",
    ),
    Kind(
        id="mailjet-secret-key",
        title="Mailjet secret key",
        opens="send mail from your domain and read your contacts",
        revoke="Reset the secret key at app.mailjet.com/account/apikeys.",
        format=Assigned(
            names=(
                "mailjet_secret_key",
                "mailjet_api_secret",
                "mailjet_secret",
                "mj_apikey_private",
            ),
            shapes=("{hex:32}",),
        ),
        reference="https://documentation.mailjet.com/hc/en-us/articles/360043229473",
    ),
    Kind(
        id="hubspot-token",
        title="HubSpot private app token",
        opens="read and change your contacts, deals and mail",
        revoke="Rotate the token at HubSpot → Settings → Integrations → Private apps and expire "
        "the old one now.",
        format=Token(
            shapes=(
                "pat-na1-{uuid}",
                "pat-na2-{uuid}",
                "pat-eu1-{uuid}",
            ),
        ),
        reference="https://developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview",
    ),
    Kind(
        id="klaviyo-private-key",
        title="Klaviyo private API key",
        opens="read and export your customers' profiles and send to them",
        revoke="Delete the key at klaviyo.com → Settings → API keys and create a scoped one.",
        format=Assigned(
            names=("klaviyo_private_key", "klaviyo_api_key", "klaviyo_private_api_key"),
            shapes=("pk_{hex:34}",),
        ),
        reference="https://developers.klaviyo.com/en/docs/authenticate_",
    ),
    Kind(
        id="loops-api-key",
        title="Loops API key",
        opens="send mail to your contacts and read them",
        revoke="Delete the key at app.loops.so/settings?page=api and create a new one.",
        format=Assigned(names=("loops_api_key", "loops_key"), shapes=("{hex:32}",)),
        reference="https://loops.so/docs/api-reference/intro",
    ),
)
