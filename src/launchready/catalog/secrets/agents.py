"""Keys of services that generate code, speech and film."""

from launchready.catalog.kinds import Assigned, Kind, Token

AGENTS = (
    Kind(
        id="coderabbit-api-key",
        title="CodeRabbit API key",
        opens="read reviews of your code",
        revoke="Delete the key at app.coderabbit.ai → API keys.",
        format=Token(shapes=("cr-{hex:58}",)),
        reference="https://docs.coderabbit.ai/api-reference",
    ),
    Kind(
        id="cursor-api-key",
        title="Cursor API key",
        opens="start agents in your repositories at your cost",
        revoke="Revoke the key at cursor.com/dashboard → Integrations.",
        format=Assigned(
            names=("cursor_api_key", "cursor_key", "cursor_token"), shapes=("key_{hex:64}",)
        ),
        reference="https://docs.cursor.com/en/account/teams/admin-api",
    ),
    Kind(
        id="devin-api-key",
        title="Devin API key",
        opens="start sessions in your repositories at your cost",
        revoke="Revoke the key at app.devin.ai → Settings → API keys.",
        format=Token(
            shapes=(
                "apk_user_{base64:80-240}{pad:0-2}",
                "apk_{base64:80-240}{pad:0-2}",
                "cog_{lower:52}",
            )
        ),
        reference="https://docs.devin.ai/api-reference/authentication",
    ),
    Kind(
        id="friendli-token",
        title="Friendli token",
        opens="run models at your cost",
        revoke="Delete the token at friendli.ai → Personal settings → Tokens.",
        format=Token(shapes=("flp_{alnum:46}",)),
        reference="https://friendli.ai/docs/openapi/introduction",
    ),
    Kind(
        id="retell-api-key",
        title="Retell AI API key",
        opens="place calls at your cost and hear those that were made",
        revoke="Delete the key at dashboard.retellai.com → API keys.",
        format=Token(shapes=("key_{hex:28}",)),
        reference="https://docs.retellai.com/accounts/api-keys",
    ),
    Kind(
        id="runway-api-key",
        title="Runway API key",
        opens="generate film at your cost",
        revoke="Disable the key at dev.runwayml.com → API keys.",
        format=Token(shapes=("key_{hex:128}",)),
        reference="https://docs.dev.runwayml.com/guides/setup/",
    ),
    Kind(
        id="ollama-api-key",
        title="Ollama cloud API key",
        opens="run models at your cost",
        revoke="Delete the key at ollama.com/settings/keys.",
        format=Assigned(
            names=("ollama_api_key", "ollama_key", "ollama_token"),
            shapes=("{hex:32}.{urlsafe:24}",),
        ),
        reference="https://docs.ollama.com/cloud",
    ),
    Kind(
        id="zhipu-api-key",
        title="Zhipu (Z.ai) API key",
        opens="run GLM models at your cost",
        revoke="Delete the key at bigmodel.cn or z.ai → API keys.",
        format=Assigned(
            names=(
                "zhipu_api_key",
                "zhipuai_api_key",
                "bigmodel_api_key",
                "glm_api_key",
                "zai_api_key",
            ),
            shapes=("{hex:32}.{alnum:16}",),
        ),
        reference="https://docs.z.ai/api-reference/introduction",
    ),
)
