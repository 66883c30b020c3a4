"""Coordinates for rows that name a place and have none.

Gazetteers know places by name (`gazetteer`, `learned`, `geonames`); `proposals` asks them once for each place that a
table names, and `lookup` does so for a dataset; `decisions` keeps what people decide and puts it into the table's
columns; `review` is the spreadsheet in which they may decide. `own_table` fills a table of our own columns in its file.
"""
