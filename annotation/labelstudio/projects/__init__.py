"""Projects on Label Studio: the workspace's main one, and those beside it."""
