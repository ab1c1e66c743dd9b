"""The columns of an export: which there are, what each means, which cells no spreadsheet runs."""
