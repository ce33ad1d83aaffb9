"""From pictures that share a logic to captions: groups, the captioner, and its words."""
