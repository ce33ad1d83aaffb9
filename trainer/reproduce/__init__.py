"""The paper's whole pipeline with one command, at small scale or at the paper's."""
