"""How likely two reports tell of the same event: what their words say, small named features, learned weights."""
