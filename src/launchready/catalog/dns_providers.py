"""Who is behind a record: the names, addresses and tokens that services give to their customers.

From the services' own instructions for pointing a domain to them. Addresses are only those that
they tell customers to enter, and Cloudflare's published ranges (https://www.cloudflare.com/ips/).
"""

import ipaddress
from functools import lru_cache

from launchready.frozen import frozen


@frozen
class Provider:
    """A service. `id` is what a config calls it, `name` what people do. `servers` are the ends of
    its name servers' names, `hosts` of the names that hosts are pointed to, `mail` of mail hosts;
    `networks` its addresses; `tokens` the beginnings of TXT records that prove ownership to it.
    `is_cdn` says that it stands before the servers of others.
    """

    id: str
    name: str
    servers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    is_cdn: bool = False


def _of(
    text: str,
    *,
    ns: str = "",
    at: str = "",
    mx: str = "",
    ip: str = "",
    txt: tuple[str, ...] = (),
    cdn: bool = False,
) -> Provider:
    id_, _, name = text.partition(" ")
    return Provider(
        id=id_,
        name=name or id_,
        servers=tuple(ns.split()),
        hosts=tuple(at.split()),
        mail=tuple(mx.split()),
        networks=tuple(ip.split()),
        tokens=txt,
        is_cdn=cdn,
    )


PROVIDERS = (
    _of(
        "cloudflare Cloudflare",
        ns="ns.cloudflare.com",
        at="pages.dev workers.dev cdn.cloudflare.net",
        mx="mx.cloudflare.net",
        ip="173.245.48.0/20 103.21.244.0/22 103.22.200.0/22 103.31.4.0/22 141.101.64.0/18"
        " 108.162.192.0/18 190.93.240.0/20 188.114.96.0/20 197.234.240.0/22 198.41.128.0/17"
        " 162.158.0.0/15 104.16.0.0/13 104.24.0.0/14 172.64.0.0/13 131.0.72.0/22 2400:cb00::/32"
        " 2606:4700::/32 2803:f800::/32 2405:b500::/32 2405:8100::/32 2a06:98c0::/29"
        " 2c0f:f248::/32",
        txt=("cloudflare-verify",),
        cdn=True,
    ),
    _of(
        "vercel Vercel",
        ns="vercel-dns.com",
        at="vercel-dns.com vercel.app now.sh",
        ip="76.76.21.0/24 216.198.79.0/24 64.29.17.0/24 66.33.60.0/24",
        txt=("vc-domain-verify=",),
    ),
    _of(
        "netlify Netlify",
        at="netlify.app netlify.com netlifyglobalcdn.com",
        ip="75.2.60.5/32 99.83.190.102/32",
    ),
    _of(
        "github GitHub Pages",
        at="github.io",
        ip="185.199.108.0/22 2606:50c0:8000::/46",
        txt=("_github-pages-challenge", "_github-challenge"),
    ),
    _of(
        "aws Amazon Web Services",
        at="amazonaws.com cloudfront.net elasticbeanstalk.com awsglobalaccelerator.com"
        " awsapprunner.com amplifyapp.com",
        mx="amazonaws.com awsapps.com",
        txt=("amazonses:",),
    ),
    _of(
        "google Google",
        ns="googledomains.com google.com",
        at="ghs.googlehosted.com googlehosted.com run.app web.app firebaseapp.com appspot.com",
        mx="google.com googlemail.com",
        txt=("google-site-verification=", "google-gws-recovery-domain-verification="),
    ),
    _of(
        "microsoft Microsoft",
        ns="azure-dns.com azure-dns.net azure-dns.org azure-dns.info",
        at="azurewebsites.net azurefd.net azureedge.net cloudapp.azure.com trafficmanager.net"
        " azurestaticapps.net windows.net azure-api.net cloudapp.net",
        mx="protection.outlook.com mx.microsoft",
        txt=("MS=", "ms-domain-verification="),
    ),
    _of("fly Fly.io", at="fly.dev", txt=("fly-ownership",)),
    _of("render Render", at="onrender.com", ip="216.24.57.0/24"),
    _of("railway Railway", at="railway.app up.railway.app", txt=("railway-verify",)),
    _of("heroku Heroku", at="herokudns.com herokuapp.com herokussl.com", txt=("heroku-domain",)),
    _of(
        "digitalocean DigitalOcean",
        ns="digitalocean.com",
        at="ondigitalocean.app digitaloceanspaces.com",
    ),
    _of("fastly Fastly", at="fastly.net fastlylb.net", ip="151.101.0.0/16", cdn=True),
    _of("akamai Akamai", ns="akam.net", at="akamaiedge.net edgekey.net edgesuite.net", cdn=True),
    _of("bunny bunny.net", ns="bunny.net", at="b-cdn.net", cdn=True),
    _of("hetzner Hetzner", ns="hetzner.com hetzner.de second-ns.de first-ns.de"),
    _of("ovh OVHcloud", ns="ovh.net anycast.me", mx="mail.ovh.net"),
    _of("gandi Gandi", ns="gandi.net", mx="mail.gandi.net"),
    _of("namecheap Namecheap", ns="registrar-servers.com", mx="privateemail.com"),
    _of("godaddy GoDaddy", ns="domaincontrol.com", mx="secureserver.net"),
    _of("porkbun Porkbun", ns="porkbun.com"),
    _of("squarespace Squarespace", ns="squarespacedns.com", at="squarespace.com"),
    _of("shopify Shopify", at="myshopify.com shops.myshopify.com", ip="23.227.38.0/24"),
    _of("webflow Webflow", at="webflow.com webflow.io cdn.webflow.com", txt=("webflow=",)),
    _of("wix Wix", ns="wixdns.net", at="wixdns.net"),
    _of("framer Framer", at="framer.app framer.website"),
    _of("wordpress WordPress.com", ns="wordpress.com", at="wordpress.com"),
    _of("ghost Ghost", at="ghost.io"),
    _of("supabase Supabase", at="supabase.co"),
    _of("dnsimple DNSimple", ns="dnsimple.com dnsimple-edge.net"),
    _of("ns1 NS1 (Netlify DNS too)", ns="nsone.net"),
    _of("desec deSEC", ns="desec.io desec.org"),
    _of("readme ReadMe", at="readme.io readmessl.com"),
    _of("intercom Intercom", at="custom.intercom.help intercom.help"),
    _of("zendesk Zendesk", at="zendesk.com", mx="zendesk.com"),
    _of("statuspage Statuspage", at="stspg-customer.com statuspage.io", txt=("status-page-",)),
    _of("betterstack Better Stack", at="betteruptime.com betterstack.com"),
    _of("uptimerobot Uptime Robot", at="stats.uptimerobot.com"),
    _of("hubspot HubSpot", at="hubspot.net hubspotpagebuilder.com", txt=("hubspot-developer-",)),
    _of("sendgrid SendGrid", at="sendgrid.net", mx="sendgrid.net"),
    _of("mailgun Mailgun", at="mailgun.org", mx="mailgun.org"),
    _of("postmark Postmark", at="mtasv.net", mx="postmarkapp.com"),
    _of("resend Resend", at="resend.com", txt=("resend-",)),
    _of("fastmail Fastmail", mx="messagingengine.com"),
    _of("proton Proton", mx="protonmail.ch", txt=("protonmail-verification=",)),
    _of("zoho Zoho", mx="zoho.com zoho.eu zoho.in", txt=("zoho-verification=",)),
    _of("icloud iCloud", mx="mail.icloud.com", txt=("apple-domain=",)),
    _of("stripe Stripe", txt=("stripe-verification=",)),
    _of("meta Meta", txt=("facebook-domain-verification=",)),
    _of("atlassian Atlassian", txt=("atlassian-domain-verification=",)),
    _of("openai OpenAI", txt=("openai-domain-verification=",)),
    _of("slack Slack", txt=("slack-domain-verification=",)),
    _of("notion Notion", txt=("notion-domain-verification=",)),
    _of("1password 1Password", txt=("1password-site-verification=",)),
)


def named(text: str) -> Provider | None:
    """The service that a person calls so."""
    wanted = text.casefold().strip()
    for each in PROVIDERS:
        if wanted in (each.id, each.name.casefold()):
            return each
    return None


def of_server(name: str) -> Provider | None:
    """Who runs a name server."""
    if ".awsdns-" in f".{name}":
        return named("aws")
    return next((each for each in PROVIDERS if _ends(name, each.servers)), None)


def of_host(name: str) -> Provider | None:
    """Whose the name is that a host is pointed to."""
    return next((each for each in PROVIDERS if _ends(name, each.hosts)), None)


def of_mail(name: str) -> Provider | None:
    """Who takes mail at this host."""
    return next((each for each in PROVIDERS if _ends(name, each.mail)), None)


def of_token(text: str) -> Provider | None:
    """To whom a TXT record proves that the domain is one's own."""
    return next((each for each in PROVIDERS if each.tokens and text.startswith(each.tokens)), None)


def of_address(ip: str) -> Provider | None:
    """Whose address it is."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return None
    return next((each for network, each in _networks() if address in network), None)


def _ends(name: str, suffixes: tuple[str, ...]) -> bool:
    whole = f".{name.lower().rstrip('.')}"
    return any(whole.endswith(f".{suffix}") for suffix in suffixes)


@lru_cache(maxsize=1)
def _networks() -> tuple[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, Provider], ...]:
    return tuple((ipaddress.ip_network(text), each) for each in PROVIDERS for text in each.networks)
