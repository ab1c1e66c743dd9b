"""Everything that knows Label Studio: its server, its API, its JSON in both directions."""
