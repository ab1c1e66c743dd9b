"""What is handed over: tables of what people and the model decided, and when it happened."""
