"""Two pictures beside and over one another."""
