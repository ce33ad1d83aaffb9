"""Pictures with what is known of them: reading, checking, splitting and fetching collections."""
