"""What a rehearsal puts into an empty database: stand-ins for what a hosted one comes with."""
