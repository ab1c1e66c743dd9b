"""What the verbs find and leave behind: the project, its labels, what the workspace remembers."""
