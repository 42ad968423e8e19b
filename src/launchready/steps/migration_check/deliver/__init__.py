"""What the step hands to people and to other steps beside its findings."""
