"""Questions of several parts, relations, filters, and what verdicts teach."""
