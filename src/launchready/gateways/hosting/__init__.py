"""What hosts can be asked for: what is live, and to go back to another release."""
