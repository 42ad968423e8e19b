"""Stand-ins for extensions that a server has not got, where the server can be told of them."""

from pathlib import Path

from launchready.catalog.migrations.extensions import STUBS
from launchready.gateways.servers.owner import Owner


def write_stubs(folder: Path, owner: Owner) -> Path:
    """Write the stand-ins below `folder` for `extension_control_path`; the path that it takes.

    Source: https://www.postgresql.org/docs/18/runtime-config-client.html#GUC-EXTENSION-CONTROL-PATH
    """
    root = folder / "stubs"
    place = root / "extension"
    place.mkdir(parents=True)
    for name, sql in STUBS.items():
        (place / f"{name}.control").write_text(
            "comment = 'a stand-in for a rehearsal'\n"
            "default_version = '1.0'\nrelocatable = true\ntrusted = true\n"
        )
        (place / f"{name}--1.0.sql").write_text(sql)
    owner.give_all(root)
    return root
