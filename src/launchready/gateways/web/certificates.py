"""Certificates in DER -> facts, by `cryptography`."""

from launchready.facts.tls import Certificate


def is_readable() -> bool:
    """Whether the library that reads certificates is there."""
    from importlib.util import find_spec

    return find_spec("cryptography") is not None


def read_certificate(der: bytes) -> Certificate | None:
    """A certificate's facts, None where it is none."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    try:
        found = x509.load_der_x509_certificate(der)
        public = found.public_key()
        hash_algorithm = found.signature_hash_algorithm
    except Exception:  # noqa: BLE001 - whatever the bytes of a stranger do to the parser
        return None
    is_rsa = isinstance(public, rsa.RSAPublicKey)
    is_ec = isinstance(public, ec.EllipticCurvePublicKey)
    return Certificate(
        subject=found.subject.rfc4514_string()[:200],
        issuer=found.issuer.rfc4514_string()[:200],
        names=_names(found),
        not_before=found.not_valid_before_utc,
        not_after=found.not_valid_after_utc,
        key="RSA" if is_rsa else "EC" if is_ec else type(public).__name__.removesuffix("PublicKey"),
        bits=getattr(public, "key_size", 0),
        signature=hash_algorithm.name if hash_algorithm else "",
        is_self_issued=found.subject == found.issuer,
        fingerprint=found.fingerprint(hashes.SHA256()).hex(),
    )


def _names(found: object) -> tuple[str, ...]:
    from cryptography import x509

    try:
        value = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value  # type: ignore[attr-defined]
        names = value.get_values_for_type(x509.DNSName)
        addresses = value.get_values_for_type(x509.IPAddress)
    except Exception:  # noqa: BLE001 - absent, twice, or broken: there are no names
        return ()
    return (*names, *map(str, addresses))


def key_pin(der: bytes) -> str | None:
    """A certificate's key as SHA-256 in base64 (RFC 7469, 2.4), None where it is none."""
    import base64
    import hashlib

    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    try:
        public = x509.load_der_x509_certificate(der).public_key()
        info = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except Exception:  # noqa: BLE001 - whatever the bytes of a stranger do to the parser
        return None
    return base64.b64encode(hashlib.sha256(info).digest()).decode()
