"""Contrastive training of the relational head against the frozen text encoder."""
