"""What each host keeps, and how it answers."""
