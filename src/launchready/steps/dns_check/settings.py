"""The settings of dns-check. What the domain is meant to hold stands in the section `site`."""

import dataclasses
import enum

from launchready.config.setting import Surface, setting
from launchready.frozen import frozen
from launchready.site import DOMAIN, RESOLVE, SERVER, Site

_AT = r"^(\*|[0-9A-Fa-f:.]+)=(\[[0-9A-Fa-f:.]+\]|[0-9.]+)(:[0-9]{1,5})?$(?!\n)"
_EVERYWHERE = Surface.FILE | Surface.OPTION | Surface.INPUT


class Area(enum.Enum):
    """What is looked at; each may be left out."""

    DELEGATION = "delegation"
    HOSTS = "hosts"
    RECORDS = "records"
    PUBLIC = "public"
    DNSSEC = "dnssec"
    CAA = "caa"
    EXPIRY = "expiry"
    TAKEOVER = "takeover"
    MAP = "map"


@frozen
class DnsCheckSettings:
    """Which domain is looked at, and whom it is asked of."""

    site: Site = dataclasses.field(default=Site())
    domain: str | None = setting(
        "The domain, in place of the hosts of `site`.",
        default=None,
        pattern=DOMAIN,
        takes="a domain",
        surfaces=Surface.OPTION | Surface.INPUT,
        is_argument=True,
        metavar="DOMAIN",
        examples=("example.com", "example.org"),
    )
    resolvers: tuple[str, ...] = setting(
        "Recursive name servers to ask, as ADDRESS or ADDRESS:PORT; without any, the machine's"
        " own.",
        default=(),
        pattern=SERVER,
        takes="an address, with a port where it is not 53",
        surfaces=_EVERYWHERE,
        metavar="ADDRESS",
        examples=(("1.1.1.1",), ("[2606:4700:4700::1111]:53",)),
    )
    public: tuple[str, ...] = setting(
        "Public resolvers that are asked what the world sees by now; `skip: [public]` for none.",
        default=("1.1.1.1", "8.8.8.8", "9.9.9.9"),
        pattern=SERVER,
        takes="an address, with a port where it is not 53",
        surfaces=_EVERYWHERE,
        metavar="ADDRESS",
        examples=(("1.1.1.1", "8.8.8.8"),),
    )
    servers_at: tuple[str, ...] = setting(
        "Ask a name server at another place than its address, as ADDRESS=ADDRESS:PORT, such as one"
        " that is not live yet; `*` stands for all others.",
        default=(),
        pattern=_AT,
        takes="ADDRESS=ADDRESS:PORT",
        surfaces=Surface.OPTION | Surface.INPUT,
        metavar="ADDRESS=ADDRESS",
        examples=(("203.0.113.53=127.0.0.1:5353",),),
    )
    resolve: tuple[str, ...] = setting(
        "Ask this address for a host's web page, as HOST:PORT:ADDRESS; where it listens elsewhere,"
        " HOST:PORT:ADDRESS:PORT.",
        default=(),
        pattern=RESOLVE,
        takes="HOST:PORT:ADDRESS",
        surfaces=Surface.OPTION | Surface.INPUT,
        metavar="HOST:PORT:ADDRESS",
        examples=(("www.example.com:443:203.0.113.7",),),
    )
    rdap: str | None = setting(
        "Address of the RDAP service that knows when the domain expires; without it, the one that"
        " IANA names for its top-level domain.",
        default=None,
        pattern=r"^https?://[^\s?#]+$(?!\n)",
        takes="a URL",
        surfaces=Surface.FILE | Surface.OPTION,
        examples=("https://rdap.example/",),
    )
    expect_from: str | None = setting(
        "File with the records that must be live: a zone file, octodns YAML, or what"
        " `terraform show -json` prints.",
        default=None,
        surfaces=_EVERYWHERE,
        metavar="FILE",
        examples=("zones/example.com.yaml",),
    )
    write_intent: str | None = setting(
        "Propose the section `site` from what is live, and write it to this new file; `-` prints"
        " it.",
        default=None,
        surfaces=Surface.OPTION,
        metavar="FILE",
    )
    skip: tuple[Area, ...] = setting(
        "Areas that are left out.", default=(), examples=((Area.EXPIRY,),), surfaces=_EVERYWHERE
    )
    ca_file: str | None = setting(
        "File with further certification authorities, in PEM.",
        default=None,
        surfaces=Surface.FILE | Surface.OPTION,
        metavar="FILE",
    )
    timeout: float = setting(
        "Seconds to wait for one name server, twice before it is given up.",
        default=3.0,
        minimum=0.1,
        maximum=60,
    )
    max_questions: int = setting(
        "The most questions of a run to name servers.", default=3000, minimum=1
    )
