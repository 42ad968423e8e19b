"""The areas of a run: each asks the site for one thing and yields facts."""
