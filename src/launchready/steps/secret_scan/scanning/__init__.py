"""From shares of texts to sightings: reading, finding, confirming, redacting."""
