"""What is handed over: tables of what people and model agree on, its days, incidents and tolls."""
