"""Credentials of the big clouds and of object stores."""

from launchready.catalog.kinds import Assigned, Kind, Pattern, Token
from launchready.model import Severity

CLOUD = (
    Kind(
        id="aws-access-key-id",
        title="AWS access key id",
        opens="act as the IAM identity that the id belongs to as soon as its secret is found too, "
        "and the two are nearly always kept side by side",
        revoke="Deactivate, then delete the key at IAM → Users → Security credentials; rather use "
        "roles or OIDC than new long-lived keys.",
        format=Token(shapes=("AKIA{base32:16}",), checksum="aws"),
        reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
    ),
    Kind(
        id="aws-temporary-key-id",
        title="AWS temporary access key id",
        opens="learn the account's number, and act in it for up to 36 hours if the secret and the "
        "session token were written too",
        revoke="Revoke the role's active sessions at IAM → Roles if the secret was written too.",
        format=Token(shapes=("ASIA{base32:16}",), checksum="aws"),
        reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
        severity=Severity.NOTE,
        is_often_invented=True,
    ),
    Kind(
        id="aws-secret-access-key",
        title="AWS secret access key",
        opens="do in your AWS account whatever its IAM identity may: read data, start machines, "
        "create users",
        revoke="Deactivate, then delete the key at IAM → Users → Security credentials, and look "
        "through CloudTrail for its use; rather use roles or OIDC than new long-lived keys.",
        format=Assigned(
            names=(
                "aws_secret_access_key",
                "aws_secret_key",
                "aws_secret",
                "secret_access_key",
                "s3_secret_access_key",
                "s3_secret_key",
                "s3_secret",
            ),
            shapes=("{base64:40}",),
        ),
        reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
    ),
    Kind(
        id="google-api-key",
        title="Google API key",
        opens="call the Google APIs that the key is not restricted from (Maps, Gemini, YouTube) at "
        "your cost; a key of a web page is public and must be restricted to its site",
        revoke="Restrict or delete the key at console.cloud.google.com → APIs & Services → "
        "Credentials and create a new one.",
        format=Token(shapes=("AIza{urlsafe:35}",)),
        reference="https://cloud.google.com/docs/authentication/api-keys",
        severity=Severity.WARNING,
    ),
    Kind(
        id="google-oauth-client-secret",
        title="Google OAuth client secret",
        opens="pose as your application in Google's sign-in and exchange its users' codes",
        revoke="Add a new secret to the client at console.cloud.google.com → Credentials, deploy "
        "it, then disable and delete the old one.",
        format=Token(shapes=("GOCSPX-{urlsafe:28}",)),
        reference="https://support.google.com/cloud/answer/15549257",
    ),
    Kind(
        id="google-oauth-refresh-token",
        title="Google OAuth refresh token",
        opens="obtain access to the Google account that granted it until the grant is withdrawn",
        revoke="Withdraw the grant at myaccount.google.com → Third-party apps, or post the token "
        "to oauth2.googleapis.com/revoke.",
        format=Token(shapes=("1//0{digit:1}{urlsafe:60-120}",)),
        reference="https://developers.google.com/identity/protocols/oauth2/web-server",
    ),
    Kind(
        id="google-oauth-access-token",
        title="Google OAuth access token",
        opens="act in the Google account that granted it for up to an hour",
        revoke="Post the token to oauth2.googleapis.com/revoke; it runs out within an hour in any "
        "case. Find out which log or file wrote it.",
        format=Token(shapes=("ya29.{urlsafe:50-400}",)),
        reference="https://developers.google.com/identity/protocols/oauth2/web-server",
        severity=Severity.WARNING,
    ),
    Kind(
        id="azure-client-secret",
        title="Microsoft Entra client secret",
        opens="sign in as your application and use every permission it was granted",
        revoke="Add a new secret at Entra → App registrations → Certificates & secrets, deploy it, "
        "then delete the old one.",
        format=Token(
            shapes=("{azure:3}7Q~{azure:31-34}", "{azure:3}8Q~{azure:31-34}"),
        ),
        reference="https://learn.microsoft.com/entra/identity-platform/how-to-add-credentials",
    ),
    Kind(
        id="azure-storage-key",
        title="Azure storage or Cosmos DB account key",
        opens="read, change and delete everything in the account",
        revoke="Move clients to the account's second key, then rotate this one in the Azure portal "
        "→ Access keys.",
        format=Pattern(
            regex=r"(?i:AccountKey|SharedAccessKey)=(?P<secret>[A-Za-z0-9+/]{86}==|[A-Za-z0-9+/]{43}=)"
            r"(?![A-Za-z0-9+/=])",
            anchor=r"(?:Account|SharedAccess)Key=[A-Za-z0-9+/]{12}",
            literals=("accountkey=", "sharedaccesskey="),
            samples=("AccountKey={base64:86}==", "SharedAccessKey={base64:43}="),
            is_caseless=True,
        ),
        reference="https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage",
    ),
    Kind(
        id="azure-devops-token",
        title="Azure DevOps personal access token",
        opens="read and change your repositories and pipelines",
        revoke="Revoke the token at dev.azure.com → User settings → Personal access tokens.",
        format=Token(shapes=("{alnum:76}AZDO{alnum:4}",)),
        reference="https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate",
    ),
    Kind(
        id="azure-devops-legacy-token",
        title="Azure DevOps personal access token of before 2024",
        opens="read and change the code, pipelines and packages its creator can reach",
        revoke="Revoke the token at dev.azure.com → User settings → Personal access tokens.",
        format=Assigned(
            names=(
                *("ado_pat", "ado_token", "azdo_pat", "azure_devops_pat", "azure_devops_ext_pat"),
                *("azure_devops_token", "vsts_pat", "vsts_token"),
            ),
            shapes=("{lower:52}",),
        ),
        reference="https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate",
    ),
    Kind(
        id="digitalocean-token",
        title="DigitalOcean token",
        opens="create, read and destroy droplets, databases and volumes of your account",
        revoke="Delete the token at cloud.digitalocean.com/account/api/tokens and create a scoped "
        "one.",
        format=Token(shapes=("dop_v1_{hex:64}", "doo_v1_{hex:64}", "dor_v1_{hex:64}")),
        reference="https://docs.digitalocean.com/reference/api/create-personal-access-token/",
    ),
    Kind(
        id="alibaba-access-key-id",
        title="Alibaba Cloud AccessKey id",
        opens="act as its RAM user as soon as its secret is found too, which is nearly always kept "
        "beside it",
        revoke="Disable, then delete the AccessKey pair in the RAM console.",
        format=Token(shapes=("LTAI{alnum:20}",)),
        reference="https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair",
    ),
    Kind(
        id="cloudinary-url",
        title="Cloudinary API environment variable",
        opens="upload, change and delete the media of your account",
        revoke="Generate a new key pair at Cloudinary → Settings → API keys, deploy it, then "
        "disable the old one.",
        format=Pattern(
            regex=r"cloudinary://[0-9]{15}:(?P<secret>[A-Za-z0-9_\-]{27})@[a-z0-9\-]{2,64}",
            anchor=r"cloudinary://[0-9]{15}:",
            literals=("cloudinary://",),
            samples=("cloudinary://{digit:15}:{urlsafe:27}@{lower:8}",),
        ),
        reference="https://cloudinary.com/documentation/finding_your_credentials_tutorial",
    ),
    Kind(
        id="backblaze-application-key",
        title="Backblaze B2 application key",
        opens="read, change or delete the files of the buckets the key is for",
        revoke="Delete the key at Backblaze → Application keys and create one for a single bucket.",
        format=Token(shapes=("K00{digit:1}{base64:27}",)),
        reference="https://www.backblaze.com/docs/cloud-storage-application-keys",
    ),
)
