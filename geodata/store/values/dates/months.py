"""Names of months, whole and short, in the languages that tables of this field are written in."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geodata.model.text import fold

NAMES = (
    # English
    "January Jan|February Feb|March Mar|April Apr|May|June Jun|July Jul|August Aug|September Sept Sep|October Oct"
    "|November Nov|December Dec",
    # French, Spanish, Portuguese, German
    "janvier janv|février févr fév|mars|avril avr|mai|juin|juillet juil|août|septembre|octobre|novembre|décembre déc",
    "enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre|octubre|noviembre"
    "|diciembre dic",
    "janeiro|fevereiro fev|março|abril|maio|junho|julho|agosto|setembro set|outubro out|novembro|dezembro dez",
    "Januar Jänner|Februar|März Mrz|April|Mai|Juni|Juli|August|September|Oktober Okt|November|Dezember Dez",
    # Russian and Ukrainian: as the month and as the day of it
    "январь января янв|февраль февраля фев февр|март марта мар|апрель апреля апр|май мая|июнь июня июн|июль июля июл"
    "|август августа авг|сентябрь сентября сен сент|октябрь октября окт|ноябрь ноября ноя нояб|декабрь декабря дек",
    "січень січня січ|лютий лютого лют|березень березня бер|квітень квітня квіт|травень травня трав"
    "|червень червня черв|липень липня лип|серпень серпня серп|вересень вересня вер|жовтень жовтня жовт"
    "|листопад листопада лист|грудень грудня груд",
    # Armenian: as the month and as the day of it
    "հունվար հունվարի|փետրվար փետրվարի|մարտ մարտի|ապրիլ ապրիլի|մայիս մայիսի|հունիս հունիսի|հուլիս հուլիսի"
    "|օգոստոս օգոստոսի|սեպտեմբեր սեպտեմբերի|հոկտեմբեր հոկտեմբերի|նոյեմբեր նոյեմբերի|դեկտեմբեր դեկտեմբերի",
    # Azerbaijani and Turkish
    "yanvar yan|fevral fev|mart|aprel|may|iyun|iyul|avqust avq|sentyabr sen|oktyabr|noyabr noy|dekabr dek",
    "Ocak Oca|Şubat Şub|Mart|Nisan Nis|Mayıs|Haziran Haz|Temmuz Tem|Ağustos Ağu|Eylül Eyl|Ekim Eki"
    "|Kasım Kas|Aralık Ara",
    # Arabic: as in Egypt, the Maghreb, and the Levant
    "يناير|فبراير|مارس|أبريل ابريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
    "جانفي|فيفري||أفريل|ماي|جوان|جويلية|أوت||||",
    "كانون_الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين_الأول|تشرين_الثاني|كانون_الأول",
)
"""The twelve months of each language, parted by ``|``. ``_`` is a space."""

NUMBERS = {
    fold(name.replace("_", " ")): number
    for language in NAMES
    for number, names in enumerate(language.split("|"), 1)
    for name in names.split()
}
"""The number of a month by its name as `fold` makes it."""

ENGLISH = tuple(names.split()[0] for names in NAMES[0].split("|"))


def numbers(names: pa.Array) -> NDArray[np.int32]:
    """The numbers of months' names; -1 where a name is none. Each different name is looked up once."""
    coded = pc.dictionary_encode(names)
    known = np.array([NUMBERS.get(fold(name), -1) for name in coded.dictionary.to_pylist()] or [-1], np.int32)
    found: NDArray[np.int32] = known[coded.indices.to_numpy(zero_copy_only=False)]
    return found
