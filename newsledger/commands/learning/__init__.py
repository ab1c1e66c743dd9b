"""Models: trained, measured, chosen, pruned."""
