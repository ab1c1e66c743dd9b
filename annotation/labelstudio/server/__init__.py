"""A local Label Studio: its process, its database, and how people get in."""
