"""What is handed over: tables, the ledger, the report, and all the work in one file."""
