"""Who did it to whom, how many died or were hurt, and who says so: read off noun phrases and verbs."""
