"""Why two pictures match, and where a library lies around one."""
