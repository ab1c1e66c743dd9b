"""When and where: days and places, read by rule or typed by people."""
