"""Routes: how each is asked, what is right, and requests that belong together."""
