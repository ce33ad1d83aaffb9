"""The desktop's verbs. Each starts a job and returns it; its docstring says what comes of it."""
