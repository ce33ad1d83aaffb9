"""From pictures that share a logic to captions: groups, the captioner that learns from them, words."""
