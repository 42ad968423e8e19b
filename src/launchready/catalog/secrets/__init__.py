"""Every kind of secret there is a rule for: one explicit list, the more specific kinds first."""

from launchready.catalog.kinds import Kind
from launchready.catalog.secrets.agents import AGENTS
from launchready.catalog.secrets.ai import AI
from launchready.catalog.secrets.business import BUSINESS
from launchready.catalog.secrets.cloud import CLOUD
from launchready.catalog.secrets.code_hosting import CODE_HOSTING
from launchready.catalog.secrets.database import DATABASE
from launchready.catalog.secrets.devices import DEVICES
from launchready.catalog.secrets.frameworks import FRAMEWORKS
from launchready.catalog.secrets.generic import GENERIC
from launchready.catalog.secrets.hosting import HOSTING
from launchready.catalog.secrets.keys import KEYS
from launchready.catalog.secrets.mail import MAIL
from launchready.catalog.secrets.messaging import MESSAGING
from launchready.catalog.secrets.monitoring import MONITORING
from launchready.catalog.secrets.payment import PAYMENT
from launchready.catalog.secrets.platforms import PLATFORMS
from launchready.catalog.secrets.product import PRODUCT
from launchready.catalog.secrets.spoken import SPOKEN

KINDS: tuple[Kind, ...] = (
    *AI,
    *CLOUD,
    *CODE_HOSTING,
    *DATABASE,
    *HOSTING,
    *MAIL,
    *MESSAGING,
    *MONITORING,
    *PAYMENT,
    *PRODUCT,
    *AGENTS,
    *BUSINESS,
    *DEVICES,
    *PLATFORMS,
    *KEYS,
    *FRAMEWORKS,
    *GENERIC,
    *SPOKEN,
)
