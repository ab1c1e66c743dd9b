"""Reports of one incident: put together, decided by people, counted."""
