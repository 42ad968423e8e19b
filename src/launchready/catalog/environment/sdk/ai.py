"""Variables that packages of AI providers read by themselves."""

from launchready.catalog.environment.sdk.package import package

AI = (
    package(
        "@anthropic-ai/sdk @ai-sdk/anthropic anthropic langchain-anthropic @langchain/anthropic"
        " @anthropic-ai/claude-agent-sdk",
        "ANTHROPIC_API_KEY ANTHROPIC_AUTH_TOKEN ANTHROPIC_BASE_URL ANTHROPIC_LOG",
        "https://github.com/anthropics/anthropic-sdk-typescript",
    ),
    package(
        "openai @ai-sdk/openai @langchain/openai langchain-openai ruby-openai @openai/agents"
        " openai-agents llama-index",
        "OPENAI_API_KEY OPENAI_ORG_ID OPENAI_PROJECT_ID OPENAI_BASE_URL OPENAI_WEBHOOK_SECRET"
        " OPENAI_LOG AZURE_OPENAI_API_KEY AZURE_OPENAI_ENDPOINT OPENAI_API_VERSION",
        "https://github.com/openai/openai-node",
    ),
    package(
        "ai @ai-sdk/gateway",
        "AI_GATEWAY_API_KEY",
        "https://vercel.com/docs/ai-gateway/authentication",
    ),
    package(
        "@ai-sdk/azure",
        "AZURE_API_KEY AZURE_RESOURCE_NAME",
        "https://ai-sdk.dev/providers/ai-sdk-providers/azure",
    ),
    package(
        "@ai-sdk/google @google/genai google-genai @google/generative-ai langchain-google-genai",
        "GOOGLE_GENERATIVE_AI_API_KEY GOOGLE_API_KEY GEMINI_API_KEY GOOGLE_GENAI_USE_VERTEXAI"
        " GOOGLE_CLOUD_PROJECT GOOGLE_CLOUD_LOCATION",
        "https://ai.google.dev/gemini-api/docs/api-key",
    ),
    package(
        "@ai-sdk/google-vertex google-cloud-aiplatform",
        "GOOGLE_VERTEX_PROJECT GOOGLE_VERTEX_LOCATION GOOGLE_VERTEX_API_KEY GOOGLE_CLIENT_EMAIL"
        " GOOGLE_PRIVATE_KEY GOOGLE_PRIVATE_KEY_ID",
        "https://ai-sdk.dev/providers/ai-sdk-providers/google-vertex",
    ),
    package("@ai-sdk/xai", "XAI_API_KEY", "https://ai-sdk.dev/providers/ai-sdk-providers/xai"),
    package(
        "@ai-sdk/groq groq-sdk groq langchain-groq @langchain/groq",
        "GROQ_API_KEY GROQ_BASE_URL",
        "https://github.com/groq/groq-typescript",
    ),
    package(
        "@ai-sdk/mistral mistralai @mistralai/mistralai langchain-mistralai",
        "MISTRAL_API_KEY",
        "https://ai-sdk.dev/providers/ai-sdk-providers/mistral",
    ),
    package(
        "@ai-sdk/cohere cohere cohere-ai",
        "COHERE_API_KEY CO_API_KEY CO_API_URL",
        "https://ai-sdk.dev/providers/ai-sdk-providers/cohere",
    ),
    package(
        "@ai-sdk/deepseek",
        "DEEPSEEK_API_KEY",
        "https://ai-sdk.dev/providers/ai-sdk-providers/deepseek",
    ),
    package(
        "@ai-sdk/perplexity",
        "PERPLEXITY_API_KEY",
        "https://ai-sdk.dev/providers/ai-sdk-providers/perplexity",
    ),
    package(
        "@ai-sdk/togetherai together together-ai",
        "TOGETHER_API_KEY TOGETHER_AI_API_KEY",
        "https://ai-sdk.dev/providers/ai-sdk-providers/togetherai",
    ),
    package(
        "@ai-sdk/fireworks fireworks-ai",
        "FIREWORKS_API_KEY",
        "https://ai-sdk.dev/providers/ai-sdk-providers/fireworks",
    ),
    package(
        "@ai-sdk/elevenlabs elevenlabs @elevenlabs/elevenlabs-js",
        "ELEVENLABS_API_KEY",
        "https://ai-sdk.dev/providers/ai-sdk-providers/elevenlabs",
    ),
    package(
        "@openrouter/ai-sdk-provider",
        "OPENROUTER_API_KEY",
        "https://github.com/OpenRouterTeam/ai-sdk-provider",
    ),
    package(
        "replicate",
        "REPLICATE_API_TOKEN",
        "https://github.com/replicate/replicate-javascript",
    ),
    package(
        "@ai-sdk/replicate",
        "REPLICATE_API_TOKEN",
        "https://ai-sdk.dev/providers/ai-sdk-providers/replicate",
    ),
    package(
        "@fal-ai/client fal-client @ai-sdk/fal",
        "FAL_KEY FAL_KEY_ID FAL_KEY_SECRET FAL_API_KEY",
        "https://fal.ai/docs",
    ),
    package(
        "huggingface-hub huggingface_hub transformers datasets sentence-transformers diffusers",
        "HF_* HUGGINGFACE_HUB_* HUGGING_FACE_HUB_TOKEN TRANSFORMERS_*",
        "https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables",
    ),
    package(
        "langchain langchain-core @langchain/core langsmith langgraph @langchain/langgraph",
        "LANGSMITH_TRACING LANGSMITH_ENDPOINT LANGSMITH_API_KEY LANGSMITH_PROJECT"
        " LANGCHAIN_TRACING_V2 LANGCHAIN_ENDPOINT LANGCHAIN_API_KEY LANGCHAIN_PROJECT"
        " LANGCHAIN_* LANGSMITH_*",
        "https://docs.langchain.com/langsmith/observability-quickstart",
    ),
    package(
        "langfuse langfuse-vercel langfuse-node langfuse-langchain @langfuse/client @langfuse/otel"
        " @langfuse/tracing langfuse-rails",
        "LANGFUSE_*",
        "https://langfuse.com/docs/observability/sdk/overview",
    ),
    package(
        "litellm",
        "OPENAI_API_KEY ANTHROPIC_API_KEY GEMINI_API_KEY AZURE_API_KEY AZURE_API_BASE"
        " AZURE_API_VERSION GROQ_API_KEY MISTRAL_API_KEY COHERE_API_KEY OPENROUTER_API_KEY"
        " DEEPSEEK_API_KEY TOGETHERAI_API_KEY HUGGINGFACE_API_KEY REPLICATE_API_KEY XAI_API_KEY"
        " LITELLM_*",
        "https://docs.litellm.ai/docs/set_keys",
    ),
    package(
        "tavily-python langchain-tavily",
        "TAVILY_API_KEY",
        "https://docs.tavily.com/sdk/python/reference",
    ),
    package("exa-js exa-py", "EXA_API_KEY", "https://docs.exa.ai/sdks"),
    package(
        "@mendable/firecrawl-js firecrawl firecrawl-py",
        "FIRECRAWL_API_KEY FIRECRAWL_API_URL",
        "https://docs.firecrawl.dev/sdks/node",
    ),
    package(
        "@pinecone-database/pinecone pinecone pinecone-client langchain-pinecone",
        "PINECONE_API_KEY PINECONE_ENVIRONMENT PINECONE_CONTROLLER_HOST",
        "https://docs.pinecone.io/reference/typescript-sdk",
    ),
    package("e2b @e2b/code-interpreter e2b-code-interpreter", "E2B_*", "https://e2b.dev/docs"),
    package("modal", "MODAL_*", "https://modal.com/docs/reference/modal.config"),
    package("wandb", "WANDB_*", "https://docs.wandb.ai/guides/track/environment-variables"),
    package("mlflow", "MLFLOW_*", "https://mlflow.org/docs/latest/"),
)
