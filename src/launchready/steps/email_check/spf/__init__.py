"""SPF: reading, evaluating and counting (RFC 7208)."""
