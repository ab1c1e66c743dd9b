"""Labels that were made with other tools -> labels as Label Studio exports them."""
