"""What is known of environment variables: names, values, hosts and who reads or provides them."""


def words(text: str) -> frozenset[str]:
    """The words of a text, for tables of them."""
    return frozenset(text.split())
