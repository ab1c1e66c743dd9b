"""Labels into models, models into predictions; knows no network."""
