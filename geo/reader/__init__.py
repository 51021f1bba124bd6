"""What the learned reader sees and says: candidates, windows of word pieces, the encoder and its heads.

`geo.events` decides with it; `geo.training.reader` teaches it.
"""
