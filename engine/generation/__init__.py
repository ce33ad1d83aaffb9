"""New pictures with an old logic: captions filled anew, generators, and their judge."""
