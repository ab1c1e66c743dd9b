"""What `newsledger watch` knows and decides, without a server and without a clock of its own."""
