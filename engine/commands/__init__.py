"""The commands of ``relsim``, and what they share."""
