"""What is read out of each demo article, written down to be looked at: a change of rules shows here as a diff."""
