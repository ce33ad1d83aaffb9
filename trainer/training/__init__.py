"""What every recipe shares: the loop, its order of pictures, its processes."""
