"""Looks at TLS by some handshakes of its own: trust, chain, protocols, ciphers.

With the standard library, and not with a scanner: six handshakes cost 40 to 80 ms, and sslyze may
not be bundled (AGPL). What OpenSSL itself no longer speaks (SSL 2 and 3) cannot be seen.
"""

import datetime
import socket
import warnings
from typing import TYPE_CHECKING, Any

from launchready.facts.tls import Certificate, Distrust, TlsFacts
from launchready.facts.web import Address, Trouble
from launchready.frozen import replace
from launchready.gateways.web.certificates import is_readable, read_certificate
from launchready.gateways.web.client import Client
from launchready.gateways.web.starttls import begin_tls
from launchready.gateways.web.troubles import trouble_of
from launchready.gateways.web.wire import Deadline

if TYPE_CHECKING:
    import ssl

# Ciphers without encryption or without a known peer, for export, RC4 and DES (RFC 9325, 4.1).
_WEAK = "eNULL:aNULL:EXPORT:RC4:DES:3DES:MD5:@SECLEVEL=0"
# X509_V_ERR_* of OpenSSL's x509_vfy.h.
_REASONS = {
    9: Distrust.NOT_YET,
    10: Distrust.EXPIRED,
    18: Distrust.SELF_SIGNED,
    62: Distrust.OTHER_NAME,
    64: Distrust.OTHER_NAME,
    66: Distrust.WEAK,
    67: Distrust.WEAK,
    68: Distrust.WEAK,
}
_NO_ISSUER = (2, 19, 20, 21)


class TlsProber:
    """Asks the addresses of hosts, within the client's reach and allowance."""

    def __init__(self, client: Client, *, seconds: float, ca_file: str | None) -> None:
        self._client = client
        self._seconds = seconds
        self._ca_file = ca_file

    def look(self, host: str, port: int, address: Address, *, is_mail: bool = False) -> TlsFacts:
        """All that is looked at of one address; mail servers begin in clear (RFC 3207)."""
        facts = TlsFacts(
            host=host,
            port=port,
            address=address,
            at=datetime.datetime.now(datetime.UTC),
            is_private_authority=self._ca_file is not None,
        )
        if why := self._client.reach.why_not_address(host, address) if not address.port else "":
            return replace(facts, trouble=Trouble.FORBIDDEN, detail=why)
        if not self._client.allowance.take():
            return replace(facts, trouble=Trouble.SPENT)
        try:
            return self._trusted(facts, is_mail=is_mail)
        except (OSError, ValueError) as error:
            trouble, detail = trouble_of(error)
            return replace(facts, trouble=trouble, detail=detail)

    def shown(self, host: str, port: int, address: Address) -> TlsFacts:
        """The certificates that one handshake shows, trusted or not; nothing else is looked at."""
        now = datetime.datetime.now(datetime.UTC)
        facts = TlsFacts(host=host, port=port, address=address, at=now)
        if not self._client.allowance.take():
            return replace(facts, trouble=Trouble.SPENT)
        try:
            with self._shake(facts, _open_context(), is_mail=False) as secured:
                return _seen(facts, secured)
        except (OSError, ValueError) as error:
            trouble, detail = trouble_of(error)
            return replace(facts, trouble=trouble, detail=detail)

    def _trusted(self, facts: TlsFacts, *, is_mail: bool) -> TlsFacts:
        import ssl

        try:
            with self._shake(facts, self._verifying(), is_mail=is_mail) as secured:
                seen = _seen(facts, secured)
        except ssl.SSLCertVerificationError as error:
            with self._shake(facts, _open_context(), is_mail=is_mail) as secured:
                seen = _seen(facts, secured)
            seen = replace(seen, distrust=_why(error.verify_code, seen))
        protocols = [
            name
            for name in ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")
            if name in seen.protocols or self._speaks(facts, name, is_mail=is_mail)
        ]
        weak = self._weak(facts, is_mail=is_mail)
        return replace(seen, protocols=tuple(protocols), weak_ciphers=weak)

    def _verifying(self) -> "ssl.SSLContext":
        import ssl

        context = ssl.create_default_context()
        if self._ca_file:
            context.load_verify_locations(self._ca_file)
        context.set_alpn_protocols(["h2", "http/1.1"])
        return context

    def _speaks(self, facts: TlsFacts, name: str, *, is_mail: bool) -> bool:
        import ssl

        context = _open_context()
        version = getattr(ssl.TLSVersion, name.replace(".", "_"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that they are old is why they are asked for
            context.maximum_version = ssl.TLSVersion.MAXIMUM_SUPPORTED
            context.minimum_version = version
            context.maximum_version = version
        context.set_ciphers("ALL:@SECLEVEL=0")
        return self._cipher(facts, context, is_mail=is_mail) is not None

    def _weak(self, facts: TlsFacts, *, is_mail: bool) -> tuple[str, ...]:
        import ssl

        context = _open_context()
        try:
            context.set_ciphers(_WEAK)
        except ssl.SSLError:
            return ()  # this OpenSSL has none of them
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        cipher = self._cipher(facts, context, is_mail=is_mail)
        return (cipher,) if cipher else ()

    def _cipher(self, facts: TlsFacts, context: "ssl.SSLContext", *, is_mail: bool) -> str | None:
        try:
            with self._shake(facts, context, is_mail=is_mail) as secured:
                chosen = secured.cipher()
                return chosen[0] if chosen else None
        except (OSError, ValueError):
            return None

    def _shake(
        self, facts: TlsFacts, context: "ssl.SSLContext", *, is_mail: bool
    ) -> "ssl.SSLSocket":
        """One handshake. Raises OSError."""
        deadline = Deadline(self._seconds)
        port = facts.address.port or facts.port
        raw = socket.create_connection((facts.address.ip, port), timeout=deadline.left)
        try:
            if is_mail:
                begin_tls(raw, deadline)
            raw.settimeout(deadline.left)
            return context.wrap_socket(raw, server_hostname=facts.host)
        except BaseException:
            raw.close()
            raise


def _open_context() -> "ssl.SSLContext":
    """One that trusts all: it looks, and sends nothing."""
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(["h2", "http/1.1"])
    return context


def _seen(facts: TlsFacts, secured: "ssl.SSLSocket") -> TlsFacts:
    chosen = secured.cipher()
    return replace(
        facts,
        chain=_chain(secured),
        protocols=(secured.version() or "",),
        cipher=chosen[0] if chosen else "",
        alpn=secured.selected_alpn_protocol() or "",
    )


def _chain(secured: "ssl.SSLSocket") -> tuple[Certificate, ...]:
    if not is_readable():
        return ()
    read = (read_certificate(der) for der in _ders(secured))
    return tuple(each for each in read if each is not None)


def _ders(secured: Any) -> list[bytes]:
    """The chain as the server sent it. Public from Python 3.13; before, the same call is inside."""
    import ssl

    if hasattr(secured, "get_unverified_chain"):
        return [bytes(each) for each in secured.get_unverified_chain()]
    inner: Any = getattr(secured, "_sslobj", None)
    if hasattr(inner, "get_unverified_chain"):
        der = ssl._ssl.ENCODING_DER  # type: ignore[attr-defined]  # noqa: SLF001
        return [each.public_bytes(der) for each in inner.get_unverified_chain() or ()]
    return [secured.getpeercert(binary_form=True)]


def _why(code: int, facts: TlsFacts) -> Distrust:
    leaf = facts.leaf
    if code in _NO_ISSUER:
        is_alone = len(facts.chain) == 1 and leaf is not None and not leaf.is_self_issued
        return Distrust.INCOMPLETE if is_alone else Distrust.UNKNOWN_AUTHORITY
    if code == 10 and leaf is not None and leaf.not_after > facts.at:
        return Distrust.INTERMEDIATE_EXPIRED
    return _REASONS.get(code, Distrust.OTHER)
