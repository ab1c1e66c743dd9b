"""Whether a model may replace another: comparison, gate, and why in words."""
