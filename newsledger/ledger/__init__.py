"""What people and model agree on: its days, incidents and tolls."""
