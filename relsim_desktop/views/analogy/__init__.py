"""Making an analogy: an idea, what stands in its slots, and the pictures that a generator makes."""
