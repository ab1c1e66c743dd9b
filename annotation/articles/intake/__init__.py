"""Where articles come from: files, folders, tables, feeds, addresses."""
