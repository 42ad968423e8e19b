"""Composable CI steps that take a product from demo to launch."""

__version__ = "0.1.0"
