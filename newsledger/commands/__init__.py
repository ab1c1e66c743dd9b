"""What each verb does, and the record that it returns."""
