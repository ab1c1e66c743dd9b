"""The figures of a report: labelling, labels, models, disagreements."""
