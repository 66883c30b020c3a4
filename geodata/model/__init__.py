"""What a row means: vocabularies, records, dates, filters and names. Uses no other wing."""
