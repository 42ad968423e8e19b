"""The rehearsal: new migrations run on a database made for them, and what the server says."""
