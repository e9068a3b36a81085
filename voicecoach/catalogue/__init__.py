"""The voices that can be added: what there are, and the way to get one. Nothing else here uses the network."""
