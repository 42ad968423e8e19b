"""The mail services that the repository's manifests name, beside those of the config."""

from collections.abc import Iterator

from launchready.catalog.mail_senders import service_named
from launchready.gateways import Gateways
from launchready.gateways.tree import Tree
from launchready.model import TraitKind
from launchready.site import Mail
from launchready.stack import recognise
from launchready.steps.email_check.seen import UsedServiceFacts


def used_services(gateways: Gateways, mail: Mail, domain: str) -> Iterator[UsedServiceFacts]:
    """Each service that the code sends with. Without senders in the config, nothing is looked at:
    a package may lie unused, and who sends is then not known anyway.
    """
    if not mail.senders:
        return
    declared = [service_named(sender.provider) for sender in mail.senders]
    for trait in recognise(Tree(gateways.git, gateways.root)):
        service = service_named(trait.name) if trait.kind is TraitKind.MAIL else None
        if service is not None:
            yield UsedServiceFacts(
                domain=domain,
                service=service,
                path=trait.path,
                is_declared=service in declared,
            )
