"""Many customers at once, and what must hold after whatever they did."""
import concurrent.futures
import pathlib

from harness import people
from harness.client import Api

LOGINS_AT_ONCE = 8  # password hashing has a short queue of its own
INVARIANTS = (pathlib.Path(__file__).parents[1] / "race" / "invariants.sql").read_text()


def violations(server):
    """What does not hold of tests/race/invariants.sql."""
    return server.sql(INVARIANTS)


def crowd_of(server, count):
    """Access tokens of as many new customers. One registers; the others are its copies, because
    registering is not what is raced here."""
    api = Api(server)
    first = people.new_customer(api)
    word = first.email.partition("@")[0]
    server.sql("INSERT INTO users (id, role_id, name, email, password_hash, email_verified) "
               "SELECT gen_random_uuid(), role_id, name, %s || n || '@example.test', password_hash, true "
               "FROM users, generate_series(2, %s) AS n WHERE id = %s", f"{word}.", count, first.id)

    def token(number):
        client = Api(server)
        try:
            return people.person(client, f"{word}.{number}@example.test", people.PASSWORD).access_token
        finally:
            client.close()

    with concurrent.futures.ThreadPoolExecutor(LOGINS_AT_ONCE) as pool:
        return [first.access_token, *pool.map(token, range(2, count + 1))]
