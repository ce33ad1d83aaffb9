"""The paper's table of retrieval: a judge says of what each method finds whether it is alike."""
