"""The peer metrics of the paper, and relsim itself, behind one interface: a pair -> a number."""
