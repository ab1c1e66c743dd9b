"""Several people on the same text: agreement, second looks, pairs, and what machines may label."""
