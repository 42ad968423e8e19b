"""Keys of AI providers: models, embeddings, speech, search and the tools around them."""

from launchready.catalog.kinds import Assigned, Kind, Token

AI = (
    Kind(
        id="anthropic-api-key",
        title="Anthropic API key",
        opens="run Claude models at your cost and read files and batches of your workspace",
        revoke="Delete the key at console.anthropic.com → API keys and create a new one.",
        format=Token(shapes=("sk-ant-api{digit:2}-{urlsafe:93}AA",)),
        reference="https://support.claude.com/en/articles/9767949-api-key-best-practices-keeping-your-keys-safe-and-secure",
    ),
    Kind(
        id="anthropic-admin-key",
        title="Anthropic Admin API key",
        opens="manage members, workspaces and API keys of your Anthropic organisation",
        revoke="Delete the key at console.anthropic.com → Settings → Admin keys, then look through "
        "the members and API keys for ones you do not know.",
        format=Token(shapes=("sk-ant-admin01-{urlsafe:93}AA",)),
        reference="https://docs.claude.com/en/api/administration-api",
    ),
    Kind(
        id="anthropic-oauth-token",
        title="Claude subscription token",
        opens="use Claude on your subscription until the token runs out, up to a year",
        revoke="Log out of all sessions at claude.ai → Settings → Account and run `claude "
        "setup-token` again.",
        format=Token(
            shapes=("sk-ant-oat01-{urlsafe:90-110}", "sk-ant-ort01-{urlsafe:90-110}"),
        ),
        reference="https://code.claude.com/docs/en/authentication",
    ),
    Kind(
        id="openai-api-key",
        title="OpenAI API key",
        opens="run models at your cost and read files, threads and fine-tunes of the project",
        revoke="Delete the key at platform.openai.com → API keys and create a new one for the "
        "project.",
        format=Token(
            shapes=(
                "sk-proj-{urlsafe:20-90}T3BlbkFJ{urlsafe:20-90}",
                "sk-svcacct-{urlsafe:20-90}T3BlbkFJ{urlsafe:20-90}",
                "sk-None-{urlsafe:20-90}T3BlbkFJ{urlsafe:20-90}",
                "sk-{alnum:20}T3BlbkFJ{alnum:20}",
            ),
        ),
        reference="https://help.openai.com/en/articles/5112595-best-practices-for-api-key-safety",
    ),
    Kind(
        id="openai-admin-key",
        title="OpenAI admin key",
        opens="manage projects, members and API keys of your OpenAI organisation",
        revoke="Delete the key at platform.openai.com → Organization → Admin keys, then look "
        "through members and keys for ones you do not know.",
        format=Token(shapes=("sk-admin-{urlsafe:20-90}T3BlbkFJ{urlsafe:20-90}",)),
        reference="https://platform.openai.com/docs/api-reference/administration",
    ),
    Kind(
        id="azure-openai-api-key",
        title="Azure OpenAI key",
        opens="run the models deployed in your Azure resource at your cost",
        revoke="Regenerate the key in the Azure portal → your resource → Keys and Endpoint; move "
        "clients to the second key first.",
        format=Assigned(
            names=("azure_openai_api_key", "azure_openai_key", "azure_api_key", "aoai_key"),
            shapes=("{hex:32}", "{alnum:84}"),
        ),
        reference="https://learn.microsoft.com/azure/ai-services/rotate-keys",
    ),
    Kind(
        id="aws-bedrock-api-key",
        title="Amazon Bedrock API key",
        opens="run Bedrock models at your cost",
        revoke="Delete the key at Bedrock → API keys; a long-term key is a service-specific "
        "credential of an IAM user and can also be reset there.",
        format=Token(
            shapes=("ABSKQmVkcm9ja0FQSUtleS{base64:80-140}{pad:0-2}",),
        ),
        reference="https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html",
    ),
    Kind(
        id="gemini-api-key",
        title="Gemini API key",
        opens="run Gemini models at your cost and read files uploaded for them",
        revoke="Delete the key at aistudio.google.com → API keys and create a new one.",
        format=Token(shapes=("AQ.Ab{urlsafe:48}",)),
        reference="https://ai.google.dev/gemini-api/docs/api-key",
    ),
    Kind(
        id="hugging-face-token",
        title="Hugging Face token",
        opens="read, and with a write token change, your private models, data sets and Spaces",
        revoke="Invalidate the token at huggingface.co/settings/tokens and create a fine-grained "
        "one.",
        format=Token(shapes=("hf_{alnum:34}", "api_org_{alnum:34}")),
        reference="https://huggingface.co/docs/hub/security-tokens",
    ),
    Kind(
        id="replicate-api-token",
        title="Replicate API token",
        opens="run models at your cost and read your predictions and private models",
        revoke="Disable the token at replicate.com/account/api-tokens and create a new one.",
        format=Token(shapes=("r8_{alnum:37}",)),
        reference="https://replicate.com/docs/topics/security/api-tokens",
    ),
    Kind(
        id="groq-api-key",
        title="Groq API key",
        opens="run models on Groq at your cost",
        revoke="Delete the key at console.groq.com/keys and create a new one.",
        format=Token(shapes=("gsk_{alnum:52}",)),
        reference="https://console.groq.com/docs/production-readiness/security-onboarding",
    ),
    Kind(
        id="xai-api-key",
        title="xAI API key",
        opens="run Grok models at your cost",
        revoke="Disable the key at console.x.ai → API keys and create a new one.",
        format=Token(shapes=("xai-{alnum:80}",)),
        reference="https://docs.x.ai/docs/tutorial",
    ),
    Kind(
        id="perplexity-api-key",
        title="Perplexity API key",
        opens="run searches and models at your cost",
        revoke="Delete the key in the API portal of your Perplexity account and create a new one.",
        format=Token(shapes=("pplx-{alnum:48}",)),
        reference="https://docs.perplexity.ai/guides/api-key-management",
    ),
    Kind(
        id="openrouter-api-key",
        title="OpenRouter API key",
        opens="run any model at your credit",
        revoke="Delete the key at openrouter.ai/settings/keys and create one with a spend limit.",
        format=Token(shapes=("sk-or-v1-{hex:64}",)),
        reference="https://openrouter.ai/docs/api-reference/authentication",
    ),
    Kind(
        id="deepseek-api-key",
        title="DeepSeek or DashScope API key",
        opens="run DeepSeek or Qwen models at your cost",
        revoke="Delete the key at platform.deepseek.com/api_keys, or in Alibaba's Model Studio, "
        "and create a new one.",
        format=Token(shapes=("sk-{hex:32}",)),
        reference="https://api-docs.deepseek.com/",
    ),
    Kind(
        id="mistral-api-key",
        title="Mistral API key",
        opens="run Mistral models at your cost",
        revoke="Delete the key at console.mistral.ai → API keys and create a new one.",
        format=Assigned(names=("mistral_api_key", "mistral_key"), shapes=("{alnum:32}",)),
        reference="https://docs.mistral.ai/getting-started/quickstart",
    ),
    Kind(
        id="cohere-api-key",
        title="Cohere API key",
        opens="run Cohere models at your cost",
        revoke="Delete the key at dashboard.cohere.com/api-keys and create a new one.",
        format=Assigned(
            names=("cohere_api_key", "co_api_key", "cohere_key"), shapes=("{alnum:40}",)
        ),
        reference="https://docs.cohere.com/docs/rate-limits",
    ),
    Kind(
        id="together-api-key",
        title="Together AI API key",
        opens="run models at your cost and read your fine-tunes",
        revoke="Regenerate the key at api.together.ai/settings/api-keys.",
        format=Token(shapes=("tgp_v1_{urlsafe:43}",)),
        reference="https://docs.together.ai/reference/authentication-1",
    ),
    Kind(
        id="fireworks-api-key",
        title="Fireworks AI API key",
        opens="run models at your cost and read your fine-tunes",
        revoke="Delete the key at app.fireworks.ai → Settings → API keys and create a new one.",
        format=Token(shapes=("fw_{alnum:22-24}", "fw_{alnum:33}")),
        reference="https://docs.fireworks.ai/api-reference/introduction",
    ),
    Kind(
        id="cerebras-api-key",
        title="Cerebras API key",
        opens="run models on Cerebras at your cost",
        revoke="Delete the key at cloud.cerebras.ai → API keys and create a new one.",
        format=Token(shapes=("csk-{lower:48}",)),
        reference="https://inference-docs.cerebras.ai/quickstart",
    ),
    Kind(
        id="nvidia-api-key",
        title="NVIDIA API key",
        opens="run NVIDIA-hosted models and pull your private NGC images",
        revoke="Revoke the key at build.nvidia.com → API keys (or org.ngc.nvidia.com) and create a "
        "new one.",
        format=Token(shapes=("nvapi-{urlsafe:64}",)),
        reference="https://docs.nvidia.com/ngc/latest/ngc-user-guide.html",
    ),
    Kind(
        id="vercel-ai-gateway-key",
        title="Vercel API key",
        opens="call models through your Vercel AI Gateway at your cost",
        revoke="Delete the key at vercel.com → AI Gateway → API keys and create a new one.",
        format=Token(shapes=("vck_{alnum:56}",)),
        reference="https://vercel.com/changelog/new-token-formats-and-secret-scanning",
    ),
    Kind(
        id="elevenlabs-api-key",
        title="ElevenLabs API key",
        opens="generate speech at your cost and use your cloned voices",
        revoke="Delete the key at elevenlabs.io → Developers → API keys and create a restricted "
        "one.",
        format=Token(shapes=("sk_{hex:48}",)),
        reference="https://elevenlabs.io/docs/api-reference/authentication",
    ),
    Kind(
        id="deepgram-api-key",
        title="Deepgram API key",
        opens="transcribe at your cost and read your projects' usage",
        revoke="Delete the key at console.deepgram.com → API keys and create a new one.",
        format=Assigned(names=("deepgram_api_key", "deepgram_key"), shapes=("{hex:40}",)),
        reference="https://developers.deepgram.com/docs/create-additional-api-keys",
    ),
    Kind(
        id="assemblyai-api-key",
        title="AssemblyAI API key",
        opens="transcribe at your cost and read your transcripts",
        revoke="Rotate the key at assemblyai.com → Dashboard → API keys.",
        format=Assigned(
            names=("assemblyai_api_key", "assembly_ai_api_key", "assemblyai_key"),
            shapes=("{hex:32}",),
        ),
        reference="https://www.assemblyai.com/docs/api-reference/overview",
    ),
    Kind(
        id="pinecone-api-key",
        title="Pinecone API key",
        opens="read, change and delete the vectors and indexes of your project",
        revoke="Delete the key at app.pinecone.io → API keys and create one with fewer rights.",
        format=Token(shapes=("pcsk_{alnum:5-6}_{alnum:58-64}",)),
        reference="https://docs.pinecone.io/guides/projects/manage-api-keys",
    ),
    Kind(
        id="langsmith-api-key",
        title="LangSmith API key",
        opens="read your traces, with every prompt and answer in them, and your data sets",
        revoke="Delete the key at smith.langchain.com → Settings → API keys and create a new one.",
        format=Token(shapes=("lsv2_pt_{hex:32}_{hex:10}", "lsv2_sk_{hex:32}_{hex:10}")),
        reference="https://docs.langchain.com/langsmith/create-account-api-key",
    ),
    Kind(
        id="langfuse-secret-key",
        title="Langfuse secret key",
        opens="read your traces, with every prompt and answer in them, and change prompts",
        revoke="Delete the key pair in your Langfuse project → Settings → API keys and create a "
        "new one.",
        format=Token(shapes=("sk-lf-{uuid}",)),
        reference="https://langfuse.com/faq/all/where-are-langfuse-api-keys",
    ),
    Kind(
        id="weights-and-biases-key",
        title="Weights & Biases API key",
        opens="read and change your runs, artifacts and models",
        revoke="Revoke the key at wandb.ai/settings → API keys and create a new one.",
        format=Token(shapes=("wandb_v1_{alnum:27}_{alnum:49}",)),
        reference="https://docs.wandb.ai/support/find_api_key/",
    ),
    Kind(
        id="tavily-api-key",
        title="Tavily API key",
        opens="search and extract at your cost",
        revoke="Delete the key at app.tavily.com and create a new one.",
        format=Token(
            shapes=(
                "tvly-{alnum:32}",
                "tvly-dev-{alnum:32}",
                "tvly-prod-{alnum:32}",
                "tvly-dev-{alnum:6}-{alnum:40-42}",
                "tvly-prod-{alnum:6}-{alnum:40-42}",
            ),
        ),
        reference="https://docs.tavily.com/documentation/api-reference/introduction",
    ),
    Kind(
        id="firecrawl-api-key",
        title="Firecrawl API key",
        opens="crawl at your cost",
        revoke="Delete the key at firecrawl.dev/app/api-keys and create a new one.",
        format=Token(shapes=("fc-{hex:32}",)),
        reference="https://docs.firecrawl.dev/api-reference/introduction",
    ),
    Kind(
        id="jina-api-key",
        title="Jina AI API key",
        opens="run Jina models at your cost",
        revoke="Delete the key at jina.ai/api-dashboard and create a new one.",
        format=Token(shapes=("jina_{hex:32}{urlsafe:28}",)),
        reference="https://jina.ai/api-dashboard/",
    ),
    Kind(
        id="voyage-api-key",
        title="Voyage AI API key",
        opens="run embeddings at your cost",
        revoke="Delete the key at dashboard.voyageai.com → API keys and create a new one.",
        format=Assigned(
            names=("voyage_api_key", "voyageai_api_key", "voyage_key"), shapes=("pa-{urlsafe:43}",)
        ),
        reference="https://docs.voyageai.com/docs/api-key-and-installation",
    ),
    Kind(
        id="llamacloud-api-key",
        title="LlamaCloud API key",
        opens="parse and index documents at your cost and read those already indexed",
        revoke="Revoke the key at cloud.llamaindex.ai → API keys and create a new one.",
        format=Token(shapes=("llx-{alnum:48}",)),
        reference="https://developers.llamaindex.ai/python/cloud/general/api_key",
    ),
    Kind(
        id="apify-api-token",
        title="Apify API token",
        opens="run actors at your cost and read your data sets and key-value stores",
        revoke="Delete the token at console.apify.com → Settings → API & Integrations and create a "
        "scoped one.",
        format=Token(shapes=("apify_api_{alnum:36}",)),
        reference="https://docs.apify.com/platform/integrations/api",
    ),
)
