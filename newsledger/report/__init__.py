"""How a project stands, in numbers and on one page that can be passed on."""
