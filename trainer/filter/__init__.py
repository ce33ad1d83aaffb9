"""Does a picture show a relation that others could share? Filters, and scans with them."""
