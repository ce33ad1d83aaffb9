"""Models that answer over HTTP in OpenAI's protocol, and the keys that they ask for."""
