"""What a selection shows: counts, choices, comparison, disagreements, silence, voices, search."""
