"""What newsledger brings into a project: tasks, suggestions, labels given elsewhere."""
