"""Sentences that the machine labels: which it may, and what audits say of them."""
