"""What is asked, an area a file: each yields facts, and what could not be asked."""
