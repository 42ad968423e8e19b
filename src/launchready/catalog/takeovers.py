"""Services at which a stranger can claim a host that somebody else's record still points to.

Which services let that happen is known from the public list at
https://github.com/EdOverflow/can-i-take-over-xyz (CC BY 4.0, by its contributors), whose threads
`source` names; the names and the words are the services' own. What only may be is `is_sure` False:
the service asks for a proof, or has held names back at times.
"""

from launchready.frozen import frozen

_THREADS = "https://github.com/EdOverflow/can-i-take-over-xyz/issues/"


@frozen
class Claimable:
    """`suffixes` are the ends of the names that hosts are pointed to. `words` are in the answer of
    a host that nobody has claimed; with `by_absence` it is enough that the name is not there.
    """

    name: str
    suffixes: tuple[str, ...]
    words: tuple[str, ...] = ()
    by_absence: bool = False
    is_sure: bool = True
    source: str = ""


def _of(name: str, suffixes: str, *words: str, thread: int, sure: bool = True) -> Claimable:
    return Claimable(
        name=name,
        suffixes=tuple(suffixes.split()),
        words=words,
        by_absence=not words,
        is_sure=sure,
        source=f"{_THREADS}{thread}",
    )


CLAIMABLE = (
    _of("AWS Elastic Beanstalk", "elasticbeanstalk.com", thread=194),
    Claimable(
        name="AWS S3",
        suffixes=("s3.amazonaws.com",),
        words=("NoSuchBucket", "The specified bucket does not exist"),
        source=f"{_THREADS}36",
    ),
    _of(
        "Microsoft Azure",
        "cloudapp.net cloudapp.azure.com azurewebsites.net blob.core.windows.net azure-api.net"
        " azurehdinsight.net azureedge.net azurecontainer.io database.windows.net"
        " search.windows.net azurecr.io redis.cache.windows.net servicebus.windows.net"
        " trafficmanager.net",
        thread=35,
    ),
    _of("Agile CRM", "agilecrm.com", "Sorry, this page is no longer available.", thread=145),
    _of("Bitbucket", "bitbucket.io", "Repository not found", thread=97),
    _of("Canny", "cname.canny.io", "There is no such company", thread=114),
    _of("Discourse", "trydiscourse.com", thread=49),
    _of("Gemfury", "furyns.com", "404: This page could not be found.", thread=154),
    _of("Ghost", "ghost.io", "Failed to resolve DNS path for this host", thread=89),
    _of(
        "GitHub Pages", "github.io", "There isn't a GitHub Pages site here.", thread=37, sure=False
    ),
    _of(
        "Heroku", "herokuapp.com herokudns.com herokussl.com", "No such app", thread=38, sure=False
    ),
    _of("JetBrains YouTrack", "youtrack.cloud", "is not a registered InCloud", thread=107),
    _of("Netlify", "netlify.app netlify.com", "Not Found - Request ID", thread=40, sure=False),
    _of("ngrok", "ngrok.io", "ngrok.io not found", thread=92),
    _of("Pantheon", "pantheonsite.io", "404 error unknown site!", thread=24),
    _of("Pingdom", "stats.pingdom.com", "Sorry, couldn't find the status page", thread=144),
    _of(
        "ReadMe",
        "readme.io readmessl.com",
        "The creators of this project are still working on making everything perfect!",
        thread=41,
    ),
    _of(
        "Read the Docs",
        "readthedocs.io",
        "The link you have followed or the URL that you entered does not exist.",
        thread=160,
    ),
    _of(
        "Shopify",
        "myshopify.com",
        "Sorry, this shop is currently unavailable.",
        thread=32,
        sure=False,
    ),
    _of("Strikingly", "strikinglydns.com", "PAGE NOT FOUND.", thread=58),
    _of("Surge", "surge.sh", "project not found", thread=198),
    _of("SurveySparrow", "surveysparrow.com", "Account not found.", thread=281),
    _of(
        "Tumblr",
        "domains.tumblr.com",
        "Whatever you were looking for doesn't currently exist at this address",
        thread=240,
        sure=False,
    ),
    _of(
        "Uberflip",
        "read.uberflip.com",
        "The URL you've accessed does not provide a hub.",
        thread=150,
    ),
    _of("Uptime Robot", "stats.uptimerobot.com", "page not found", thread=45, sure=False),
    _of(
        "Vercel",
        "vercel.app vercel-dns.com now.sh",
        "DEPLOYMENT_NOT_FOUND",
        thread=183,
        sure=False,
    ),
    _of(
        "Webflow",
        "proxy-ssl.webflow.com proxy.webflow.com webflow.io",
        "The page you are looking for doesn't exist or has been moved.",
        thread=44,
        sure=False,
    ),
    _of(
        "Wix",
        "wixdns.net",
        "Looks Like This Domain Isn't Connected To A Website Yet!",
        thread=231,
        sure=False,
    ),
    _of("WordPress.com", "wordpress.com", "Do you want to register", thread=176),
    Claimable(
        name="Help Scout",
        suffixes=("helpscoutdocs.com",),
        words=("No settings were found for this company",),
        source="https://github.com/EdOverflow/can-i-take-over-xyz",
    ),
)


def claimable_of(target: str) -> Claimable | None:
    """The service whose name a record points to."""
    name = f".{target.lower().rstrip('.')}"
    for each in CLAIMABLE:
        if any(name.endswith(f".{suffix}") for suffix in each.suffixes):
            return each
    return None
