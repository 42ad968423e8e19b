"""Words in the names of variables: which make a secret of one, and which say it is none."""

from launchready.catalog.environment import words

SECRET_WORDS = words(
    """
    secret secrets password passwd passphrase passwort pass pwd pw token pat apikey credential
    credentials creds salt pepper privatekey secretkey accesskey masterkey authkey signingkey
    encryptionkey keystore jwk jwks connectionstring connstr sas
    """
)
"""A name that holds one of these words is a secret's, unless another word says otherwise."""

SECRET_ENDINGS = ("secret", "password", "passwd", "passphrase", "apikey", "secretkey", "token")
"""The same as the end of a word that is written together: PGPASSWORD, DBPASSWORD, APPSECRET."""

SECRET_PAIRS = frozenset(
    {("api", "key"), ("api", "keys"), ("private", "key"), ("private", "keys"), ("access", "key"),
     ("secret", "key"), ("auth", "key"), ("encryption", "key"), ("encryption", "keys"),
     ("signing", "key"), ("master", "key"), ("service", "role"), ("service", "key"),
     ("session", "key"), ("cookie", "key"), ("jwt", "key"), ("hmac", "key"), ("app", "key"),
     ("account", "key"), ("license", "key"), ("licence", "key"), ("admin", "key"),
     ("ssh", "key"), ("deploy", "key"), ("webhook", "key"), ("server", "key"), ("crypto", "key"),
     ("hash", "key"), ("fernet", "key"), ("aes", "key"), ("storage", "key"), ("root", "key"),
     ("connection", "string"), ("service", "account"), ("consumer", "key"), ("tls", "key"),
     ("ssl", "key"), ("decryption", "key"), ("vault", "key"), ("integration", "key"),
     ("token", "key"), ("password", "key"), ("data", "key"), ("symmetric", "key")}
)  # fmt: skip
"""Neighbouring words that make a secret."""

NO_SECRET_LAST = words(
    """
    id ids name names path paths file files filename dir directory folder url uri urls uris
    endpoint endpoints host hostname port ttl expiry expires expiration expire lifetime age
    maxage duration seconds minutes hours days ms sec secs milliseconds length len size bits
    bytes rounds type types kind algorithm algorithms alg enabled enable disabled disable
    required allowed count limit limits max min header headers prefix suffix version region
    issuer audience aud scope scopes mode policy format hint template arn ref reference
    provider backend regex pattern method methods strategy driver engine class field fields
    column table label title message text email timeout interval period window usage price cost
    budget threshold ratio percent rate location store manager rotation validator validators
    hasher hashers encoder strength score domain domains username user account role group owner
    env environment stage cache broker brokers guard
    """
)
"""As the last word, these speak of a secret and are none: SECRET_NAME, TOKEN_TTL."""

NO_SECRET_FIRST = words(
    """
    enable enabled enables disable disabled use uses allow allows has is require requires skip
    max min num number show hide force no with without should can count total
    """
)
"""As the first word (behind a client prefix), these make a switch or a limit of it."""

NO_SECRET_ANYWHERE = words(
    """
    public publishable anon anonymous sitekey pubkey publickey disable disabled enable enabled
    allow skip expose hide show
    """
)
"""These make it public, or a switch, wherever they stand."""

NO_SECRET_PAIRS = frozenset(
    {("site", "key"), ("key", "id"), ("key", "name"), ("key", "pair"), ("max", "tokens"),
     ("token", "limit"), ("client", "id"), ("client", "key"), ("verify", "key"),
     ("verification", "key"), ("write", "key"), ("project", "key"), ("measurement", "key"),
     ("search", "key"), ("sort", "key"), ("cache", "key"), ("primary", "key"), ("public", "key"),
     ("publishable", "key"), ("pass", "through"), ("pass", "rate"), ("token", "address"),
     ("token", "contract"), ("token", "symbol"), ("token", "mint"), ("token", "decimals"),
     ("idempotency", "key"), ("reset", "password"), ("forgot", "password"),
     ("change", "password"), ("lost", "password"), ("password", "reset"),
     ("password", "change"), ("passwordless", "login"), ("password", "login"),
     ("partition", "key"), ("google", "pay")}
)  # fmt: skip
"""Neighbouring words that make it no secret."""

SIGNING_WORDS = words(
    """
    secret salt pepper jwt session cookie signing encryption hmac fernet nextauth
    """
)
"""Words of secrets that an application chooses itself, beside PASSWORD."""

VENDOR_WORDS = words(
    """
    smtp mail mailer email imap ldap graphite jenkins sftp ftp client oauth google github gitlab
    facebook twitter discord slack stripe paypal twilio azure microsoft apple linkedin spotify
    twitch zoom hubspot salesforce aws s3 r2 cloudflare openai anthropic sendgrid resend mailgun
    postmark pusher ably algolia auth0 okta cognito clerk workos supabase plaid square braintree
    adyen razorpay mollie paddle polar lemonsqueezy recaptcha turnstile hcaptcha notion linear
    jira atlassian dropbox box shopify mailchimp intercom zendesk segment posthog sentry datadog
    vercel netlify heroku fly railway render upstash qstash inngest trigger langfuse bitbucket
    oidc saml entra consumer
    """
)
"""Words of secrets that somebody else gives: nothing is opened by a made-up one."""

SERVER_ONLY_PROVIDERS = words(
    """
    openai anthropic claude gemini cohere mistral groq replicate huggingface deepseek
    openrouter perplexity together fireworks elevenlabs deepgram assemblyai resend sendgrid
    mailgun postmark mailchimp mandrill brevo twilio airtable notion pinecone tavily serper
    serpapi exa firecrawl stability xai langsmith langchain
    """
)
"""Providers whose API keys are never for browsers: each one's documents say so."""

EMAIL_NAMES = words(
    """
    EMAIL_FROM FROM_EMAIL MAIL_FROM EMAIL_ADDRESS ADMIN_EMAIL SUPPORT_EMAIL CONTACT_EMAIL
    DEFAULT_FROM_EMAIL SERVER_EMAIL EMAIL_REPLY_TO REPLY_TO_EMAIL SENDER_EMAIL EMAIL_SENDER
    SMTP_FROM SMTP_FROM_EMAIL RESEND_FROM_EMAIL SENDGRID_FROM_EMAIL MAIL_FROM_ADDRESS
    NOTIFICATION_EMAIL DJANGO_SUPERUSER_EMAIL ACME_EMAIL LETSENCRYPT_EMAIL SMTP_FROM_ADDRESS
    EMAILS_FROM_EMAIL
    """
)
"""Variables that hold mail addresses, perhaps with a name before them."""
