"""Where the work is, in the words of an advertisement: towns, countries, and remote or on site."""

import re

_MODE = re.compile(
    r"\b(?:remote\w*|on-?site|in-?site|hybrid|in[- ]office|in[- ]person|wfh|work from home|anywhere|worldwide|thuiswerken)\b",
    re.IGNORECASE,
)
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|IA|ID|IL|IN|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|NJ|NM|NV|NY|OH|OK|OR|PA|"
    "RI|SC|SD|TN|TX|UT|VA|VT|WA|WI|WV|WY|DC|ON|BC|QC|AB|NSW|VIC"
)
_TOWN_STATE = re.compile(rf"\b[A-Z][\w.'\u2019-]+(?: [A-Z][\w.'\u2019-]+){{0,3}}, ?(?:{_STATES})\b")
_NAMES = (
    "USA|US|U.S.|UK|EU|EMEA|APAC|LATAM|EST|PST|CET|ET|PT|NYC|SF|SFO|LA|DC|DACH|"
    "United States|United Kingdom|Great Britain|England|Scotland|Ireland|Canada|Mexico|Brazil|Argentina|Chile|Colombia|"
    "Germany|Deutschland|Austria|Switzerland|Schweiz|Netherlands|Nederland|The Netherlands|Belgium|France|Spain|Portugal|"
    "Italy|Poland|Czech Republic|Czechia|Romania|Bulgaria|Hungary|Ukraine|Greece|Turkey|Israel|Sweden|Norway|Denmark|"
    "Finland|Iceland|Estonia|Latvia|Lithuania|Serbia|Croatia|Slovenia|Slovakia|Luxembourg|Cyprus|Malta|"
    "India|China|Japan|South Korea|Korea|Taiwan|Singapore|Hong Kong|Vietnam|Thailand|Indonesia|Malaysia|Philippines|"
    "Australia|New Zealand|South Africa|Nigeria|Kenya|Egypt|UAE|Dubai|Abu Dhabi|Saudi Arabia|Riyadh|"
    "Europe|North America|South America|Latin America|Americas|Asia|Africa|Global|California|Texas|Florida|Washington|"
    "Massachusetts|Colorado|Oregon|Virginia|Maryland|Illinois|Georgia|Utah|Ontario|Quebec|Bay Area|Silicon Valley|"
    "New York|New York City|Manhattan|Brooklyn|San Francisco|San Jose|San Mateo|San Diego|Palo Alto|Mountain View|"
    "Menlo Park|Redwood City|Sunnyvale|Santa Clara|Cupertino|Oakland|Berkeley|Los Angeles|Santa Monica|Irvine|Pasadena|"
    "Seattle|Bellevue|Redmond|Portland|Denver|Boulder|Austin|Dallas|Houston|Chicago|Boston|Cambridge|Somerville|Atlanta|"
    "Miami|Orlando|Philadelphia|Pittsburgh|Baltimore|Arlington|McLean|Reston|Raleigh|Durham|Charlotte|Nashville|Detroit|"
    "Ann Arbor|Minneapolis|Madison|Milwaukee|St. Louis|Kansas City|Salt Lake City|Phoenix|Las Vegas|Los Gatos|Toronto|"
    "Vancouver|Montreal|Ottawa|Waterloo|Calgary|London|Oxford|Manchester|Edinburgh|Bristol|Leeds|Belfast|Dublin|Berlin|"
    "Munich|M\xfcnchen|Hamburg|Frankfurt|Cologne|K\xf6ln|Stuttgart|D\xfcsseldorf|Leipzig|Karlsruhe|Vienna|Wien|Zurich|"
    "Z\xfcrich|Geneva|Lausanne|Basel|Bern|Amsterdam|Rotterdam|Utrecht|Eindhoven|Den Haag|The Hague|Delft|Leiden|Groningen|"
    "Brussels|Antwerp|Ghent|Paris|Lyon|Grenoble|Toulouse|Madrid|Barcelona|Valencia|Lisbon|Porto|Milan|Rome|Turin|Warsaw|"
    "Krakow|Wroclaw|Gdansk|Prague|Brno|Budapest|Bucharest|Cluj|Sofia|Belgrade|Zagreb|Kyiv|Lviv|Athens|Istanbul|Tel Aviv|"
    "Tel-Aviv|Haifa|Jerusalem|Stockholm|Gothenburg|Malm\xf6|Oslo|Copenhagen|Aarhus|Helsinki|Tallinn|Riga|Vilnius|Bangalore|"
    "Bengaluru|Hyderabad|Pune|Mumbai|Chennai|Delhi|New Delhi|Gurgaon|Gurugram|Noida|Kolkata|Tokyo|Osaka|Seoul|Beijing|"
    "Shanghai|Shenzhen|Taipei|Sydney|Melbourne|Brisbane|Perth|Auckland|Wellington|S\xe3o Paulo|Sao Paulo|Rio de Janeiro|"
    "Buenos Aires|Santiago|Bogot\xe1|Bogota|Medell\xedn|Mexico City|Cape Town|Johannesburg|Nairobi|Lagos|Cairo"
)
_NAMED = re.compile(rf"(?<![\w-])(?:{_NAMES.replace('.', '[.]')})(?![\w-]|[.]\w)")
_TERMS = re.compile(
    r"\b(?:full[- ]?time|part[- ]?time|contract(?:or)?|permanent|freelance|intern(?:ship)?s?|visa|equity|salary|https?:|www\.)",
    re.IGNORECASE,
)
_LONGEST = 90


def is_place(words: str) -> bool:
    """Whether a short piece of text says where the work is.

    >>> is_place("Remote (US)"), is_place("Berlin, Germany"), is_place("Senior Engineer")
    (True, True, False)
    """
    if not words or len(words) > _LONGEST or "://" in words:
        return False
    return is_mode(words) or names_place(words)


def is_mode(words: str) -> bool:
    """Whether the words say remote, hybrid or on site."""
    return _MODE.search(words) is not None


def names_place(words: str) -> bool:
    """Whether the words name a town with its state, or a town or country of the list."""
    return _TOWN_STATE.search(words) is not None or _NAMED.search(words) is not None


def is_terms(words: str) -> bool:
    """Whether the words are terms of employment or an address, and so neither title nor company."""
    return _TERMS.search(words) is not None
