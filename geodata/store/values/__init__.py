"""Columns of text, as tables of others write them, to values: dates, coordinates, numbers, precision, sources.

Each module reads whole columns at once and knows nothing of files or of which column means what. A cell that cannot
be read is never blank in silence: a column ``problem`` says in words what is wrong and what to do. A problem does not
repeat the text: whoever lists it puts the text before it, as in "'2020-13-04' has 13 in the place of the month".
"""
