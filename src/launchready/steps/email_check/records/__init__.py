"""Records of mail authentication, read tag by tag: DKIM, DMARC, MTA-STS, TLS reports."""
