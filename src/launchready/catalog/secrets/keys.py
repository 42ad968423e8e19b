"""Private keys and bearer tokens that belong to no provider."""

from launchready.catalog.kinds import Kind, Pattern, Token
from launchready.model import Severity

# What parts the lines of a PEM block: line ends, also as the two characters of an escape, with the
# quotes and signs that join the lines of a string. Nothing here backtracks: keys are long.
_BREAK = r"(?:\\{1,3}[rn]|[\"'`]\s{0,8}\+\s|[\s\"'`,>|\\]){1,80}+"
_HEADERS = rf"(?:{_BREAK})?+(?:[A-Z][A-Za-z]{{2,20}}: [^\n\\]{{0,100}}{_BREAK}){{0,6}}+"
_BODY = (
    rf"(?P<secret>[A-Za-z0-9+/=]{{16,20000}}+(?:{_BREAK}[A-Za-z0-9+/=]{{1,20000}}+){{0,400}}+)"
    rf"(?:{_BREAK})?+-----END"
)
# The texts that crypt(3) makes, each with a salt and a digest of full length (crypt(5)).
_CRYPT = r"[A-Za-z0-9./]"
_HASH = (
    rf"\$(?:1|apr1)\${_CRYPT}{{1,8}}\${_CRYPT}{{22}}|\$2[abxy]\$[0-9]{{2}}\${_CRYPT}{{53}}|"
    rf"\$5\$(?:rounds=[0-9]{{4,9}}\$)?{_CRYPT}{{1,16}}\${_CRYPT}{{43}}|"
    rf"\$6\$(?:rounds=[0-9]{{4,9}}\$)?{_CRYPT}{{1,16}}\${_CRYPT}{{86}}|"
    rf"\$[89]\${_CRYPT}{{14}}\${_CRYPT}{{43}}|"  # Cisco's types 8 and 9
    rf"\$y\${_CRYPT}{{1,8}}\${_CRYPT}{{1,86}}\${_CRYPT}{{43}}|"
    r"\$argon2id?\$v=[0-9]{1,3}\$m=[0-9]{1,9},t=[0-9]{1,4},p=[0-9]{1,4}\$[A-Za-z0-9+/]{11,64}\$"
    r"[A-Za-z0-9+/]{22,86}"
)
# The base64 of an OpenSSH key's magic, not followed by that of `none`, the absence of a cipher.
_SEALED = "b3BlbnNzaC1rZXktdjEAAAAA(?!BG5vbmU)"

_PUTTY_SAMPLE = (
    "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: me\nPublic-Lines: 1\n"
    "{base64:64}\nPrivate-Lines: 1\n{base64:48}\nPrivate-MAC: {hex:64}\n"
)

KEYS = (
    Kind(
        id="private-key",
        title="Private key",
        opens="pose as the server, person or service account that the key belongs to, and read "
        "what was encrypted for it",
        revoke="Make a new key pair, replace the public key or certificate wherever it is trusted, "
        "and have the old certificate revoked.",
        format=Pattern(
            regex=r"-----BEGIN (?:RSA |EC |DSA |OPENSSH )?PRIVATE KEY-----"
            rf"(?:{_BREAK})?+{_BODY}",
            anchor=r"-----BEGIN (?:RSA |EC |DSA |OPENSSH )?PRIVATE KEY-----",
            literals=("PRIVATE KEY-----",),
            samples=("-----BEGIN PRIVATE KEY-----\n{proof}\n-----END PRIVATE KEY-----",),
            reach=16_384,
            checksum="pem",
        ),
        reference="https://www.rfc-editor.org/rfc/rfc7468#section-10",
        is_often_invented=True,
    ),
    Kind(
        id="encrypted-private-key",
        title="Private key protected by a passphrase",
        opens="try passphrases on it for as long as it likes",
        revoke="Make a new key pair and replace the public key or certificate wherever it is "
        "trusted, unless the passphrase is long and random.",
        format=Pattern(
            regex=r"-----BEGIN (?:ENCRYPTED PRIVATE KEY-----|(?:RSA |EC |DSA )?PRIVATE KEY-----"
            rf"{_BREAK}Proc-Type: ?4,ENCRYPTED[^\n\\]{{0,8}}{_BREAK}DEK-Info:[^\n\\]{{0,80}}|"
            rf"OPENSSH PRIVATE KEY-----(?={_BREAK}{_SEALED}))"
            rf"(?:{_BREAK})?+{_BODY}",
            anchor=r"-----BEGIN (?:ENCRYPTED |RSA |EC |DSA |OPENSSH )?PRIVATE KEY-----",
            literals=("PRIVATE KEY-----",),
            samples=("-----BEGIN ENCRYPTED PRIVATE KEY-----\n{base64:64}\n-----END ENCRYPTED",),
            reach=16_384,
        ),
        reference="https://www.rfc-editor.org/rfc/rfc7468#section-11",
        severity=Severity.WARNING,
        is_often_invented=True,
    ),
    Kind(
        id="pgp-private-key",
        title="PGP private key",
        opens="sign as its owner and read what was encrypted for them",
        revoke="Publish the revocation certificate and make a new key.",
        format=Pattern(
            regex=rf"-----BEGIN PGP PRIVATE KEY BLOCK-----{_HEADERS}{_BODY}",
            anchor=r"-----BEGIN PGP PRIVATE KEY BLOCK-----",
            literals=("BEGIN PGP PRIVATE KEY BLOCK",),
            samples=(
                "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n{base64:64}\n={base64:4}\n-----END PGP",
            ),
            reach=16_384,
        ),
        reference="https://www.rfc-editor.org/rfc/rfc9580#section-6.2",
        is_often_invented=True,
    ),
    Kind(
        id="putty-private-key",
        title="PuTTY private key",
        opens="log in by SSH wherever its public key is trusted",
        revoke="Make a new key pair and remove the old public key from every authorized_keys.",
        format=Pattern(
            regex=r"PuTTY-User-Key-File-[23]: [^\n]{3,40}\nEncryption: none[\s\S]{1,4000}?"
            r"Private-Lines: ?[0-9]{1,3}\r?\n(?P<secret>[A-Za-z0-9+/=\r\n]{20,4000}?)\r?\n"
            r"Private-MAC",
            anchor=r"PuTTY-User-Key-File-[23]: ",
            literals=("PuTTY-User-Key-File-",),
            samples=(_PUTTY_SAMPLE,),
            reach=12_288,
        ),
        reference="https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html",
        is_often_invented=True,
    ),
    Kind(
        id="password-hash",
        title="Hash of a login password",
        opens="try passwords on it offline, millions a second, until one fits",
        revoke="Set a new password for the user, wherever else it is used too.",
        format=Pattern(
            regex=rf"(?<![A-Za-z0-9./$])(?P<secret>{_HASH})(?![A-Za-z0-9./])",
            anchor=r"\$(?:1|2[abxy]|5|6|8|9|y|apr1)\$[A-Za-z0-9./$=]{8}|\$argon2id?\$v=",
            literals=("$1$", "$2", "$5$", "$6$", "$8$", "$9$", "$y$", "$apr1$", "$argon2"),
            samples=(
                "admin:$apr1${alnum:8}${alnum:22}",
                "root:$6${alnum:16}${alnum:86}:19000:0:",
                "(7, 'ann', '$2y$12${alnum:53}', 1)",
            ),
        ),
        reference="https://manpages.debian.org/stable/libcrypt-dev/crypt.5.en.html",
        severity=Severity.WARNING,
        is_often_invented=True,
    ),
    Kind(
        id="firefox-login",
        title="Saved Firefox login",
        opens="log in as the owner at the saved site: without a primary password the key lies "
        "beside it in key4.db",
        revoke="Change the password at that site.",
        format=Pattern(
            regex=r"\"encrypted(?:Password|Username)\"\s{0,4}:\s{0,4}\"(?P<secret>M[A-Z][A-Za-z0-9+/]{3}PgA{12,24}E"
            r"[A-Za-z0-9+/]{30,400}={0,2})\"",
            anchor=r"\"encrypted(?:Password|Username)\"\s{0,4}:\s{0,4}\"M[A-Z]",
            literals=('"encryptedPassword"', '"encryptedUsername"'),
            samples=('"encryptedPassword": "MDoEEPgAAAAAAAAAAAAAAAAAAAE{base64:57}"',),
            checksum="pem",
        ),
        reference="https://support.mozilla.org/en-US/kb/recovering-important-data-from-an-old-profile",
        is_often_invented=True,
    ),
    Kind(
        id="age-secret-key",
        title="age secret key",
        opens="decrypt every file encrypted to it, such as your SOPS secrets",
        revoke="Make a new key with age-keygen, encrypt the files to it again, and rotate the "
        "secrets that were in them.",
        format=Token(shapes=("AGE-SECRET-KEY-1{bech32:58}",), checksum="bech32"),
        reference="https://github.com/FiloSottile/age/blob/main/doc/age.1.ronn",
    ),
    Kind(
        id="json-web-token",
        title="JSON Web Token",
        opens="act as the user or service it names until it expires",
        revoke="End the session at its issuer; a token without an expiry is revoked only by "
        "rotating the key that signs it.",
        format=Pattern(
            regex=r"(?<![A-Za-z0-9_\-./])(?P<secret>eyJ[A-Za-z0-9_\-]{10,400}\."
            r"eyJ[A-Za-z0-9_\-]{10,4000}\.[A-Za-z0-9_\-]{20,1000})(?![A-Za-z0-9_\-])",
            anchor=r"\.eyJ[A-Za-z0-9_\-]{10}",
            literals=(".eyJ",),
            samples=("{proof}",),
            reach=5500,
            checksum="jwt",
        ),
        reference="https://www.rfc-editor.org/rfc/rfc7519",
        severity=Severity.WARNING,
        is_often_invented=True,
    ),
)
