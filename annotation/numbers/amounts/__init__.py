"""Tokens -> amounts: numbers with their values, units and ranges."""
