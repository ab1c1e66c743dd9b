"""Fields of a task's data that more than one place has to call by the same name."""

KEY = "sentence_id"
"""The field of a task's data under which we find it again; Label Studio reuses its own ids."""

READINGS = "readings"
"""The field with the line that sums up the suggested claims; spans hide values until clicked."""
