"""Teaching the reader: lessons from annotated text, the network, its export, and its decision."""
