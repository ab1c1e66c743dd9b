"""The loop: articles to tasks, labels to a snapshot, a snapshot to suggestions."""
