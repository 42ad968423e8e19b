"""Migrations in Ruby, JavaScript and TypeScript: what readers of syntax trees share."""
