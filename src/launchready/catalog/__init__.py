"""What is known of secrets, names and hosts, and how to read what it says of them."""
