"""Asks web servers: where launchready may ask, how often, over connections that it can pin.

`http.client` and not httpx, as the design first had it: an address is pinned without a private
part of a library, each phase is timed where it happens, importing it costs a quarter, and an event
loop of this process does not add to the latencies it samples.
"""
