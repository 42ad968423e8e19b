"""What throw-away servers of every kind share: who runs them, where they live, how they end."""
