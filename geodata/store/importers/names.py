"""What tables of the field call their columns."""

from __future__ import annotations

from collections.abc import Mapping

NAMES: Mapping[str, tuple[str, ...]] = {
    "incident_id": ("incident id", "event id", "eventid", "case id", "id", "uid", "uuid", "ref", "reference", "code",
                    "ref code", "no", "nr", "номер", "код", "numero", "nummer", "kod"),
    "start": ("date", "event date", "incident date", "date of incident", "date of event", "start date", "date start",
              "date from", "from", "start", "begin", "datetime", "date time", "timestamp", "day", "when", "occurred",
              "occurred at", "occurred on", "date local", "time", "created at", "reported date", "date reported",
              "post date", "published", "дата", "дата события", "дата начала", "дата події", "fecha", "datum", "data",
              "tarih", "tarix", "ամսաթիվ", "التاريخ", "تاريخ", "תאריך"),
    "end": ("date end", "end date", "end", "date to", "to", "until", "till", "finish", "дата окончания", "дата конца",
            "fecha fin", "enddatum"),
    "year": ("year", "iyear", "год", "рік", "ano", "jahr", "annee", "start year"),
    "month": ("month", "imonth", "месяц", "місяць", "mes", "monat", "mois", "start month"),
    "day": ("day", "iday", "день", "dia", "tag", "jour", "start day"),
    "end_year": ("end year",),
    "end_month": ("end month",),
    "end_day": ("end day",),
    "time": ("time", "hour", "time of day", "local time", "время", "час", "hora", "uhrzeit", "heure", "saat"),
    "latitude": ("latitude", "lat", "y", "lat dd", "latitude dd", "lat wgs84", "geo lat", "point y", "ycoord",
                 "location lat", "location latitude", "coordinates lat", "широта", "latitud", "breite", "breitengrad",
                 "enlem", "լայնություն"),
    "longitude": ("longitude", "lon", "lng", "long", "x", "lon dd", "longitude dd", "lon wgs84", "geo lon", "geo lng",
                  "point x", "xcoord", "location lon", "location lng", "location longitude", "coordinates lon",
                  "coordinates lng", "долгота", "довгота", "longitud", "lange", "langengrad", "boylam",
                  "երկայնություն"),
    "cell": ("coordinates", "coordinate", "coords", "latlng", "lat lng", "latlon", "lat lon", "lat long",
             "latitude longitude", "geolocation", "geopoint", "gps", "gps coordinates", "point", "geometry", "geom",
             "wkt", "geom wkt", "the geom", "location coordinates", "mgrs", "utm", "координаты", "coordenadas",
             "koordinaten", "koordinatlar", "location"),
    "precision": ("precision", "geo precision", "where prec", "geoprecision", "specificity", "location precision",
                  "location accuracy", "geolocation accuracy", "accuracy", "точность"),
    "country": ("country", "country name", "country txt", "страна", "країна", "pais", "land", "pays", "ulke"),
    "province": ("admin1", "adm1", "adm 1", "adm1 name", "province", "governorate", "oblast", "region", "state",
                 "provstate", "область", "регион"),
    "radius_km": ("radius km",),
    "place": ("place", "location", "location name", "place name", "city", "town", "village", "settlement", "locality",
              "site", "where", "asciiname", "место", "населенный пункт", "город", "місце", "lugar", "ort", "lieu",
              "yer", "locations", "address", "admin3", "admin2", "adm2", "district"),
    "sources": ("source", "sources", "source name", "source id", "source office", "source article", "publisher",
                "outlet", "media", "media outlet", "news source", "agency", "reported by", "reporter", "reporting",
                "источник", "источники", "джерело", "fuente", "fuentes", "quelle", "quellen", "kaynak", "menbe",
                "աղբյուր", "المصدر", "source original"),
    "link": ("source url", "source link", "url", "link", "urls", "links", "permalink", "reference url", "references",
             "news url", "article url", "media url", "ссылка", "enlace"),
    "title": ("title", "headline", "name", "event name", "event", "incident", "subject", "heading", "battle name",
              "заголовок", "название", "titulo", "titel", "titre", "baslik"),
    "summary": ("summary", "description", "event description", "incident description", "text", "narrative", "notes",
                "details", "comment", "comments", "representative text", "описание", "опис", "descripcion",
                "beschreibung", "aciklama", "tesvir"),
    "actor": ("actor", "actor1", "actor 1", "side a", "perpetrator", "perpetrators", "gname", "attacker", "belligerent",
              "belligerents", "responsible", "party"),
    "target": ("target", "actor2", "actor 2", "side b", "victim", "victims", "target type", "description of target"),
    "claimed_by": ("claimed by", "speaker", "source original", "stated by", "quoted", "according to"),
    "event_type": ("event type", "type", "category", "kind", "incident type", "type of event", "event category",
                   "тип", "категория", "tipo", "art", "tur"),
    "deaths_low": ("deaths low", "low", "killed min", "deaths min", "min deaths", "minimum deaths", "fatalities low"),
    "deaths_best": ("deaths best", "best", "fatalities", "deaths", "killed", "nkill", "dead", "number killed",
                    "deaths total", "total deaths", "civilians reported killed", "civilians killed",
                    "погибло", "погибшие", "убито", "muertos", "tote", "morts", "olu"),
    "deaths_high": ("deaths high", "high", "killed max", "deaths max", "max deaths", "maximum deaths",
                    "fatalities high"),
}  # fmt: skip
"""Names by which tables of the field call what our columns hold, folded; the likeliest first."""

WORDS: Mapping[str, frozenset[str]] = {
    "start": frozenset(("date", "дата", "fecha", "datum", "tarih", "tarix", "day")),
    "latitude": frozenset(("latitude", "lat", "широта")),
    "longitude": frozenset(("longitude", "lon", "lng", "long", "долгота")),
    "sources": frozenset(("source", "sources", "источник", "источники", "outlet", "publisher")),
    "place": frozenset(("location", "place", "city", "town", "village", "settlement", "место", "город")),
    "title": frozenset(("title", "headline", "заголовок")),
    "summary": frozenset(("description", "summary", "narrative", "описание")),
    "deaths_best": frozenset(("killed", "deaths", "fatalities", "погибло", "погибших")),
}
"""Words by which a longer name is known where no column has one of `NAMES`: "Date of the attack"."""

KNOWN = frozenset(name for names in NAMES.values() for name in names)
"""Every name of `NAMES`: a column that has one is not known by a word of its name."""
