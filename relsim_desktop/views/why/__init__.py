"""Why a neighbor matches, and what looks like the query."""
