"""How it is said: sentences, facts, the legend, keys, citations."""
