"""Names beside known skills that Milepost does not know."""

from milepost.market.ads import Ad
from milepost.market.unknown import UnknownTerm, find_unknown_terms


def ads(*texts, company="Acme"):
    return [Ad(str(number), "", company, "", text, "test") for number, text in enumerate(texts)]


def test_a_name_between_known_technologies_is_counted_once_an_advertisement(extractor):
    found = find_unknown_terms(
        ads(
            "We use Postgres, Zorbix, Redis and Kafka. Again Postgres, Zorbix, Redis.",
            "Docker/Zorbix/Kubernetes",
            "Zorbix alone",
        ),
        extractor,
    )
    assert found == (UnknownTerm("Zorbix", 2, ("kafka", "postgres", "redis", "docker", "kubernetes")),)


def test_known_forms_employers_and_ordinary_words_are_not_listed(extractor):
    text = "Postgres, Ray, Redis, Valkey, Acme, Docker, Experience, Kubernetes, Engineering, Python, React Native"
    assert find_unknown_terms(ads(text), extractor) == ()


def test_one_known_neighbour_is_not_enough(extractor):
    assert find_unknown_terms(ads("Postgres, Zorbix, London, Paris"), extractor) == ()


def test_the_most_frequent_come_first_under_their_most_frequent_spelling(extractor):
    found = find_unknown_terms(
        ads("Redis, QuuxDB, Kafka", "Redis, QuuxDB, Kafka", "Redis, Quuxdb, Kafka", "Redis, Abacoid, Kafka"),
        extractor,
    )
    assert [(term.term, term.ads) for term in found] == [("QuuxDB", 3), ("Abacoid", 1)]
