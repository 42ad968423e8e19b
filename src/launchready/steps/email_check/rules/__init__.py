"""Every rule of email-check."""

from typing import Any

from launchready.step import Rule
from launchready.steps.email_check.rules.dkim import DKIM_RULES
from launchready.steps.email_check.rules.dmarc import DMARC_RULES
from launchready.steps.email_check.rules.message import MESSAGE_RULES
from launchready.steps.email_check.rules.mx import MX_RULES
from launchready.steps.email_check.rules.reports import REPORT_RULES
from launchready.steps.email_check.rules.spf import SPF_RULES
from launchready.steps.email_check.rules.spf_senders import SPF_SENDER_RULES
from launchready.steps.email_check.rules.transport import TRANSPORT_RULES

RULES: tuple[Rule[Any, Any], ...] = (
    *SPF_RULES,
    *SPF_SENDER_RULES,
    *DKIM_RULES,
    *DMARC_RULES,
    *MX_RULES,
    *TRANSPORT_RULES,
    *MESSAGE_RULES,
    *REPORT_RULES,
)
