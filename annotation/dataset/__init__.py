"""What people labelled, frozen, and what several of them mean together."""
