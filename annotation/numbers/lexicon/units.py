"""Currencies and units of measurement, by the words and symbols that newspapers write.

Currencies get their ISO 4217 code; where a symbol or name is ambiguous, the code of the country
that English-language news mostly means ("$" is USD, "pound" GBP, "franc" CHF, "rupee" INR).
Units get the symbol of the SI brochure (9th edition), or the usual one for what is not SI.
"""

# ruff: noqa: SIM905 -- long lists of words are easier to read and to extend as text

from __future__ import annotations

from decimal import Decimal

CODES = frozenset(
    "aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd"
    " btn bwp byn"
    " bzd cad cdf chf clp cny cop crc cup cve czk djf dkk dop dzd egp ern etb eur fjd fkp gbp gel"
    " ghs gip gmd gnf gtq gyd hkd hnl hrk htg huf idr ils inr iqd irr isk jmd jod jpy kes kgs khr"
    " kmf kpw krw kwd kyd kzt lak lbp lkr lrd lsl lyd mad mdl mga mkd mmk mnt mop mru mur mvr mwk"
    " mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar"
    " sbd scr sdg sek sgd shp sle sos srd ssp stn svc syp szl thb tjs tmt tnd top try ttd twd tzs"
    " uah ugx usd uyu uzs ves vnd vuv wst xaf xcd xof xpf yer zar zmw zwl dem frf itl esp nlg bef"
    " ats iep btc eth".split()
)
"""ISO 4217 codes, some that were withdrawn, and the two best-known that ISO does not list."""

CODES_AS_WORDS = frozenset(
    "all top try cup cop pen mad gel bam mop ron lak sos php sar ern esp ats eth hrk mur nad"
    " dem bob".split()
)
"""Codes that are words or names too, and count only when written in capitals."""

NAMES: dict[str, str] = {
    name: code
    for code, names in {
        "USD": "dollar dollars buck bucks greenback greenbacks usdollar usdollars",
        "EUR": "euro euros",
        "GBP": "pound pounds sterling quid",
        "JPY": "yen yens",
        "CNY": "yuan yuans renminbi rmb kuai",
        "INR": "rupee rupees rs rs. re.",
        "CHF": "franc francs",
        "DEM": "mark marks deutschmark deutschmarks",
        "TRY": "lira liras tl",
        "MXN": "peso pesos",
        "BRL": "real reais",
        "ZAR": "rand rands",
        "RUB": "ruble rubles rouble roubles",
        "UAH": "hryvnia hryvnias hryvnya",
        "IQD": "dinar dinars",
        "AED": "dirham dirhams dhs",
        "XOF": "fcfa cfa",
        "RWF": "frw",
        "BIF": "fbu",
        "SAR": "riyal riyals",
        "IRR": "rial rials toman tomans",
        "ILS": "shekel shekels",
        "SEK": "krona kronor kronas kr",
        "NOK": "krone kroner kroners",
        "CZK": "koruna korunas",
        "PLN": "zloty zlotys zlotych złoty",
        "HUF": "forint forints",
        "RON": "leu lei",
        "BGN": "lev leva",
        "HRK": "kuna kunas",
        "THB": "baht bahts",
        "KRW": "won",
        "MYR": "ringgit ringgits",
        "IDR": "rupiah rupiahs",
        "VND": "dong",
        "BDT": "taka takas",
        "MMK": "kyat kyats",
        "LAK": "kip",
        "KHR": "riel riels",
        "MNT": "tugrik tugriks",
        "KZT": "tenge",
        "KGS": "som",
        "UZS": "sum",
        "TJS": "somoni",
        "AZN": "manat manats",
        "GEL": "lari",
        "AMD": "dram drams",
        "AFN": "afghani afghanis",
        "KES": "shilling shillings",
        "ETB": "birr",
        "NGN": "naira nairas",
        "GHS": "cedi cedis",
        "ZMW": "kwacha",
        "BWP": "pula",
        "MZN": "metical meticais",
        "AOA": "kwanza kwanzas",
        "GMD": "dalasi dalasis",
        "SLE": "leone leones",
        "MGA": "ariary",
        "VES": "bolivar bolivars bolivares",
        "BOB": "boliviano bolivianos",
        "PYG": "guarani guaranis",
        "GTQ": "quetzal quetzals quetzales",
        "HNL": "lempira lempiras",
        "CRC": "colon colones",
        "NIO": "cordoba cordobas",
        "PAB": "balboa balboas",
        "HTG": "gourde gourdes",
        "MOP": "pataca patacas",
        "BTC": "bitcoin bitcoins",
        "ETH": "ether ethereum",
        "ITL": "lire",
        "NLG": "guilder guilders",
        "ESP": "peseta pesetas",
        "GRD": "drachma drachmas",
        "ATS": "schilling schillings",
        "PTE": "escudo escudos",
        "FIM": "markka markkaa",
    }.items()
    for name in names.split()
}
"""Names of currencies, without a country."""

MINOR: dict[str, tuple[str, Decimal]] = {
    name: (code, Decimal(1) / parts)
    for code, parts, names in (
        ("USD", 100, "cent cents ¢"),
        ("GBP", 100, "pence penny pennies p"),
        ("INR", 100, "paise paisa"),
        ("RUB", 100, "kopeck kopecks kopek kopeks"),
        ("MXN", 100, "centavo centavos"),
        ("EUR", 100, "eurocent eurocents"),
        ("IQD", 1000, "fils"),
        ("LBP", 100, "piastre piastres piaster piasters"),
        ("CNY", 10, "jiao mao"),
        ("BTC", 100_000_000, "satoshi satoshis"),
        ("CHF", 100, "centime centimes rappen"),
        ("SEK", 100, "ore öre øre"),
    )
    for name in names.split()
}
"""Coins: the currency that they belong to and their share of it."""

MAJOR_CODES = frozenset(
    "usd eur gbp jpy cny inr chf aud cad nzd rub mxn brl zar sek nok dkk pln czk huf uah"
    " ils sgd hkd krw"
    " thb pkr sar aed iqd syp lbp egp afn irr kes ngn ugx tzs etb bdt lkr mmk idr myr kwd jod yer"
    " lyd dzd tnd xof xaf rwf qar omr bhd sdg ssp".split()
)
"""Codes that are taken for money even where a noun follows them."""

BEFORE_DIGITS: dict[str, str] = {
    "rs": "INR",
    "rs.": "INR",
    "re.": "INR",
    "rupees": "INR",
    "dollar": "USD",
    "rmb": "CNY",
    "tl": "TRY",
    "birr": "ETB",
    "naira": "NGN",
    "ksh": "KES",
    "kshs": "KES",
    "ush": "UGX",
    "tsh": "TZS",
    "tk": "BDT",
    "rp": "IDR",
    "rm": "MYR",
    "r": "ZAR",
    "n": "NGN",
    "p": "PHP",
    "sh": "KES",
    "shs": "KES",
    "cfa": "XOF",
    "fcfa": "XOF",
    "nis": "ILS",
    "frw": "RWF",
    "fbu": "BIF",
    "sfr": "CHF",
    "dhs": "AED",
    "skr": "SEK",
    "nkr": "NOK",
    "dkr": "DKK",
}
"""Names of currencies that stand before the digits; single letters only without a blank."""

BEFORE_LARGE_NUMBERS: dict[str, str] = {
    "dh": "AED",
    "sr": "SAR",
    "qr": "QAR",
    "kd": "KWD",
    "jd": "JOD",
    "bd": "BHD",
    "ld": "LYD",
    "ll": "LBP",
    "le": "SLE",
    "kr": "SEK",
    "mk": "MWK",
}
"""The same where the number has a comma or a word of scale: with a capital, and more often names.
"""

COUNTRY_CODES: dict[tuple[str, str], str] = {
    (country, currency): code
    for currency, codes in {
        "USD": "canadian CAD australian AUD zealand NZD kong HKD singapore SGD singaporean SGD"
        " taiwan TWD taiwanese TWD jamaican JMD liberian LRD namibian NAD zimbabwean ZWL zimbabwe"
        " ZWL fijian FJD fiji FJD barbadian BBD barbados BBD bahamian BSD belize BZD bermudian BMD"
        " guyanese GYD surinamese SRD trinidadian TTD tobago TTD caribbean XCD brunei"
        " BND solomon SBD"
        " cayman KYD bermuda BMD jamaica JMD bahamas BSD liberia LRD namibia NAD guyana GYD",
        "GBP": "syrian SYP lebanese LBP egyptian EGP sudanese SDG sudan SSP cypriot CYP irish IEP"
        " gibraltar GIP falkland FKP helena SHP turkish TRY israeli ILS maltese MTL",
        "INR": "pakistani PKR pakistan PKR lankan LKR lanka LKR nepalese NPR nepali NPR"
        " mauritian MUR seychelles SCR indonesian IDR maldivian MVR",
        "CHF": "french FRF belgian BEF cfa XOF congolese CDF rwandan RWF burundian BIF burundi BIF"
        " guinean GNF guinea GNF djibouti DJF djiboutian DJF comorian KMF luxembourg LUF"
        " african XAF"
        " malagasy MGF cfp XPF pacific XPF",
        "TRY": "lebanese LBP syrian SYP italian ITL cypriot CYP maltese MTL",
        "MXN": "philippine PHP filipino PHP philippines PHP colombian COP chilean CLP argentine ARS"
        " argentinian ARS argentinean ARS cuban CUP dominican DOP uruguayan UYU uruguay"
        " UYU bolivian BOB",
        "IQD": "kuwaiti KWD jordanian JOD serbian RSD algerian DZD tunisian TND libyan LYD bahraini"
        " BHD bahrain BHD macedonian MKD yugoslav YUM kuwait KWD sudanese SDD",
        "AED": "moroccan MAD",
        "SAR": "qatari QAR qatar QAR yemeni YER omani OMR iranian IRR yemen YER",
        "IRR": "omani OMR yemeni YER qatari QAR saudi SAR",
        "SEK": "icelandic ISK norwegian NOK danish DKK estonian EEK czech CZK faroese DKK",
        "NOK": "danish DKK swedish SEK icelandic ISK faroese DKK estonian EEK",
        "CZK": "slovak SKK",
        "RON": "moldovan MDL",
        "RUB": "belarusian BYN belarussian BYN",
        "KRW": "korean KRW north-korean KPW",
        "KES": "ugandan UGX tanzanian TZS somali SOS somalian SOS somaliland SOS austrian ATS",
        "AZN": "turkmen TMT turkmenistan TMT turkmenistani TMT",
        "ZMW": "malawian MWK",
        "DEM": "finnish FIM bosnian BAM convertible BAM",
        "ZAR": "namibian NAD",
        "PTE": "verdean CVE",
        "NLG": "antillean ANG aruban AWG",
        "MOP": "macanese MOP",
    }.items()
    for country, code in zip(codes.split()[::2], codes.split()[1::2], strict=True)
}
"""(Country word, default code of the name) -> code: "Syrian pounds" are SYP."""

COUNTRIES = frozenset(country for country, _ in COUNTRY_CODES) | frozenset(
    "us u.s. american british uk chinese japanese indian swiss german turkish mexican brazilian"
    " south russian ukrainian iraqi emirati uae saudi iranian israeli swedish norwegian"
    " czech polish"
    " hungarian romanian bulgarian croatian thai malaysian indonesian vietnamese"
    " bangladeshi bangladesh"
    " burmese myanmar lao laotian cambodian mongolian kazakh kazakhstani kyrgyz kyrgyzstani uzbek"
    " uzbekistani tajik tajikistani azerbaijani azeri georgian armenian afghan kenyan"
    " ethiopian nigerian"
    " ghanaian zambian botswana mozambican angolan gambian leonean venezuelan peruvian paraguayan"
    " guatemalan honduran rican nicaraguan panamanian haitian macau spanish greek portuguese dutch"
    " albanian tongan papua new hong sri sterling costa sierra east west central eritrean".split()
)
"""Words that may stand between a number and the name of a currency."""

SYMBOLS: dict[str, str] = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₴": "UAH",
    "₪": "ILS",
    "₩": "KRW",
    "₦": "NGN",
    "₫": "VND",
    "₱": "PHP",
    "₺": "TRY",
    "฿": "THB",
    "₡": "CRC",
    "₲": "PYG",
    "₵": "GHS",
    "₸": "KZT",
    "₼": "AZN",
    "₾": "GEL",
    "₿": "BTC",
    "₭": "LAK",
    "₮": "MNT",
    "៛": "KHR",
    "֏": "AMD",
    "৳": "BDT",
    "₨": "INR",
    "￥": "JPY",
    "＄": "USD",
    "￡": "GBP",
}
"""Currency signs."""

DOLLARS: dict[str, str] = {
    prefix: code
    for code, prefixes in {
        "USD": "us usd u.s.",
        "CAD": "c ca cad can cdn",
        "AUD": "a au aud aus",
        "NZD": "nz nzd",
        "HKD": "hk hkd",
        "SGD": "s sg sgd",
        "TWD": "nt ntd twd",
        "BRL": "r brl",
        "MXN": "mex mx mxn",
        "JMD": "j ja jmd",
        "TTD": "tt ttd",
        "BBD": "bds bbd",
        "BZD": "bz bzd",
        "XCD": "ec xcd",
        "FJD": "fj fjd",
        "GYD": "gy gyd",
        "NAD": "n",
        "ZWL": "z zwl",
        "NIO": "nio",
        "COP": "col cop",
        "ARS": "ar ars",
        "CLP": "clp",
    }.items()
    for prefix in prefixes.split()
}
"""Letters before a dollar sign."""

MEASURES: dict[str, str] = {
    name: symbol
    for symbol, names in {
        "km": "km kms km. kilometre kilometres kilometer kilometers",
        "m": "metre metres meter meters mts mtrs",
        "cm": "cm cms centimetre centimetres centimeter centimeters",
        "mm": "mm millimetre millimetres millimeter millimeters",
        "mi": "mile miles mi",
        "ft": "foot feet ft",
        "in": "inch inches",
        "yd": "yard yards yd yds",
        "nmi": "nmi",
        "ha": "hectare hectares ha",
        "acre": "acre acres",
        "dunam": "dunam dunams dunum dunums donum donums",
        "km²": "km2 km² sqkm km^2",
        "m²": "m2 m² sqm m^2",
        "m³": "m3 m³",
        "mi²": "mi2 mi²",
        "t": "tonne tonnes ton tons tn",
        "kg": "kg kgs kilogram kilograms kilogramme kilogrammes kilo kilos",
        "g": "g gram grams gramme grammes gm gms",
        "mg": "mg milligram milligrams",
        "µg": "µg μg mcg microgram micrograms",
        "q": "quintal quintals",
        "lb": "lb lbs",
        "oz": "oz ounce ounces",
        "L": "litre litres liter liters",
        "mL": "ml millilitre millilitres milliliter milliliters",
        "gal": "gallon gallons",
        "bbl": "bbl",
        "km/h": "km/h kmh kph kmph",
        "m/s": "m/s",
        "mph": "mph",
        "kn": "knot knots",
        "bpd": "bpd b/d",
        "MW": "mw megawatt megawatts",
        "kW": "kw kilowatt kilowatts",
        "GW": "gw gigawatt gigawatts",
        "MWh": "mwh",
        "kWh": "kwh",
        "GWh": "gwh",
        "TWh": "twh",
        "kt": "kiloton kilotons kilotonne kilotonnes",
        "Mt": "megaton megatons megatonne megatonnes",
    }.items()
    for name in names.split()
}
"""Names and symbols of units."""

UNCLAIMED_UNITS = frozenset(
    "degree degrees magnitude ° °c °f celsius fahrenheit hz khz mhz ghz fm".split()
)
"""Units of temperature, strength and frequency, in which nothing is claimed."""

LENGTHS = frozenset({"km", "m", "mi", "ft", "yd", "nmi", "cm", "in"})
"""Units of length, by their symbols."""

POWERS: dict[str, str] = {"square": "²", "sq": "²", "sq.": "²", "cubic": "³", "cu": "³", "cu.": "³"}
"""Words that raise the unit behind them to a power."""

PERIODS: dict[str, str] = {
    "second": "s",
    "minute": "min",
    "hour": "h",
    "day": "d",
    "week": "week",
    "month": "month",
    "year": "year",
    "annum": "year",
    "night": "d",
}
"""What a rate is counted by."""
