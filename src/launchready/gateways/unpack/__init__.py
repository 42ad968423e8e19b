"""Texts inside of texts: archives, compressed files, source maps, notebooks, other encodings.

Everything is read once, from front to back, and written nowhere. A text inside another lies at
`OUTER!/INNER`, as in the addresses of Java's JarURLConnection.
"""
