"""Keys of devices, and of the hooks that anyone may knock at who knows them."""

from launchready.catalog.kinds import Kind, Pattern, Token

DEVICES = (
    Kind(
        id="adafruit-io-key",
        title="Adafruit IO key",
        opens="read and write the feeds of your devices",
        revoke="Regenerate the key at io.adafruit.com → My key.",
        format=Token(shapes=("aio_{alnum:28}",)),
        reference="https://io.adafruit.com/api/docs/#authentication",
    ),
    Kind(
        id="ubidots-token",
        title="Ubidots token",
        opens="read and write the variables of your devices",
        revoke="Delete the token at industrial.ubidots.com → API credentials.",
        format=Token(shapes=("BBFF-{alnum:30}",)),
        reference="https://docs.ubidots.com/reference/authentication",
    ),
    Kind(
        id="thingsboard-device-token",
        title="ThingsBoard device token",
        opens="send measurements in the name of the device",
        revoke="Change the access token at ThingsBoard → Devices → Manage credentials.",
        format=Pattern(
            regex=r"/api/v1/(?P<secret>[A-Za-z0-9]{20})/(?:telemetry|attributes|rpc)(?![A-Za-z0-9])",
            anchor=r"/api/v1/[A-Za-z0-9]{20}/(?:telemetry|attributes|rpc)",
            literals=("/telemetry", "/attributes", "/rpc"),
            samples=("https://demo.thingsboard.io/api/v1/{alnum:20}/telemetry",),
            checksum="chance",
        ),
        reference="https://thingsboard.io/docs/reference/http-api/",
        is_often_invented=True,
    ),
    Kind(
        id="mattermost-webhook",
        title="Mattermost incoming webhook",
        opens="post messages to the channel that look like yours: a way to phish your team",
        revoke="Delete the webhook at Mattermost → Integrations → Incoming webhooks.",
        format=Pattern(
            regex=r"https?://[A-Za-z0-9.:\-]{3,80}/hooks/(?=[a-z]{0,25}[1-9])"
            r"(?P<secret>[a-km-uw-z13-9]{26})(?![A-Za-z0-9/_\-])",
            anchor=r"/hooks/[a-z0-9]{26}",
            literals=("/hooks/",),
            samples=("https://chat.{lower:8}.com/hooks/{zbase32:26}",),
        ),
        reference="https://developers.mattermost.com/integrate/webhooks/incoming/",
    ),
    Kind(
        id="tines-webhook",
        title="Tines webhook",
        opens="start your story with whatever it sends",
        revoke="Change the secret of the webhook action in Tines.",
        format=Pattern(
            regex=r"\.tines\.(?:com|io)/webhook/(?P<secret>[0-9a-f]{32}/[0-9a-f]{32})(?![0-9a-f])",
            anchor=r"\.tines\.(?:com|io)/webhook/[0-9a-f]{20}",
            literals=(".tines.",),
            samples=("https://shop.tines.com/webhook/{hex:32}/{hex:32}",),
        ),
        reference="https://www.tines.com/docs/actions/types/webhook/",
    ),
)
