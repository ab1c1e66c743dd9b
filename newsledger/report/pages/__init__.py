"""The report as a page: its sections, its charts, its HTML."""
