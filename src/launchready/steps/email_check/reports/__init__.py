"""Aggregate reports of DMARC: who sends in the domain's name, by those who receive it."""
