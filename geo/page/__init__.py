"""The page: the link is read, the parts below are called, their answers are drawn. Nothing here computes."""
