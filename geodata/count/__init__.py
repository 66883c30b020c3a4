"""What the reports of a selection yield: counts, choices, comparison, disagreements, silence, voices, search."""
