"""Files and engines to a `Dataset`: reading, importing, geocoding, the class room."""
