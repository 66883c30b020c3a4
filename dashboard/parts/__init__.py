"""Parts that several pages share: the sidebar, the map, the card, tables."""
