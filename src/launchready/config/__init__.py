"""From launchready.yml, the command line and the workflow to one frozen settings object."""
