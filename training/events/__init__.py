"""Which events a sentence tells of."""
