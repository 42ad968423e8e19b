"""What secrets look like, written as patterns, anchors, literals and examples."""
