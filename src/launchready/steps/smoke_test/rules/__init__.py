"""Every rule of smoke-test."""

from typing import Any

from launchready.step import Rule
from launchready.steps.smoke_test.rules.access import ACCESS_RULES
from launchready.steps.smoke_test.rules.assets import ASSET_RULES
from launchready.steps.smoke_test.rules.browser import BROWSER_RULES
from launchready.steps.smoke_test.rules.browser_requests import BROWSER_REQUEST_RULES
from launchready.steps.smoke_test.rules.cache import CACHE_RULES
from launchready.steps.smoke_test.rules.certificates import CERTIFICATE_RULES
from launchready.steps.smoke_test.rules.cookies import COOKIE_RULES
from launchready.steps.smoke_test.rules.delivered import DELIVERED_RULES
from launchready.steps.smoke_test.rules.exposure import EXPOSURE_RULES
from launchready.steps.smoke_test.rules.flows import FLOW_RULES
from launchready.steps.smoke_test.rules.headers import HEADER_RULES
from launchready.steps.smoke_test.rules.indexing import INDEXING_RULES
from launchready.steps.smoke_test.rules.latency import LATENCY_RULES
from launchready.steps.smoke_test.rules.mixed_content import MIXED_CONTENT_RULES
from launchready.steps.smoke_test.rules.moved import MOVED_RULES
from launchready.steps.smoke_test.rules.protocols import PROTOCOL_RULES
from launchready.steps.smoke_test.rules.redirects import REDIRECT_RULES
from launchready.steps.smoke_test.rules.release import RELEASE_RULES
from launchready.steps.smoke_test.rules.routes import ROUTE_RULES
from launchready.steps.smoke_test.rules.unknown import UNKNOWN_RULES
from launchready.steps.smoke_test.rules.whole_site import WHOLE_SITE_RULES

RULES: tuple[Rule[Any, Any], ...] = (
    *ROUTE_RULES,
    *ACCESS_RULES,
    *FLOW_RULES,
    *UNKNOWN_RULES,
    *RELEASE_RULES,
    *REDIRECT_RULES,
    *MOVED_RULES,
    *CERTIFICATE_RULES,
    *PROTOCOL_RULES,
    *ASSET_RULES,
    *MIXED_CONTENT_RULES,
    *DELIVERED_RULES,
    *HEADER_RULES,
    *COOKIE_RULES,
    *INDEXING_RULES,
    *CACHE_RULES,
    *EXPOSURE_RULES,
    *WHOLE_SITE_RULES,
    *BROWSER_RULES,
    *BROWSER_REQUEST_RULES,
    *LATENCY_RULES,
)
