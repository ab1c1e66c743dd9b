"""An export as files: one module for each format, and the page."""
