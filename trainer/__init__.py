"""Makes models: scenes, contrastive training, evaluation. Headless."""
