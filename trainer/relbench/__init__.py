"""RelBench: relational similarity with ground truth, drawn exactly and annotated by hand."""
