"""What people mean, and the way to and from Label Studio; knows no model."""
