"""Measures a model on scenes of subjects that it never saw in training."""
