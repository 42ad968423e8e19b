"""Hosts of loopback, each held to what its vendor documents, and the adapters that ask them.

To add a host:

1.  `src/launchready/gateways/hosting/NAME.py`: its settings (a frozen class of `setting` fields),
    `open_NAME(settings, environ)`, and a class that is a `Provider`. Model: `vercel.py`. What only
    reads is asked with `plane.ask`; what changes something is told as a `Call`, and `perform` sends
    it. A row for it in `hosts.py`: a field of `Host` and one of `OPENERS`.
2.  `tests/hosting/contracts/NAME.yaml`: the operations that it uses, as a fragment of OpenAPI in
    our own words, with `x-source`. Nothing of a vendor's own specification is copied; where you
    have it, name it in `x-specification`, and `python -m tests.bench.hosting_contracts FOLDER`
    compares the two.
3.  `tests/hosting/fakes/NAME.py`: a class derived from `fake.State`: what the host keeps, with a
    method for each `operationId`. `fake.Fake` holds both sides to the contract.
4.  A row in `tests/hosting/table.py`; `test_adapters.py` does the rest: the whole way back, and
    every fault that must be told apart.
"""
