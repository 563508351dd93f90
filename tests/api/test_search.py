"""What `q` finds in the list of appointments, for whom, and what it refuses."""
import pytest

from harness import bookings, people

BASE = "/api/v1/appointments"
ORDERS = ("starts_at", "-starts_at", "-created_at")


def whole(client, **query):
    """The ids of a list, page by page, and its total."""
    ids, cursor = [], {}
    while cursor is not None:
        page = client.get(BASE, query={"limit": 100, "total": "true"} | query | cursor, expect=200).data
        ids += [item["id"] for item in page["items"]]
        assert len(ids) <= page["total"]
        cursor = {"cursor": page["next_cursor"]} if page["next_cursor"] else None
    assert len(ids) == page["total"]
    return ids


def found(client, q, **query):
    """The ids of what q finds, which must be the same in every order."""
    lists = [whole(client, q=q, sort=sort, **query) for sort in ORDERS]
    assert all(sorted(ids) == sorted(lists[0]) for ids in lists)
    return lists[0]


@pytest.fixture
def mine(server, api):
    """A service and the staff login's member, who does it."""
    [member] = server.sql("SELECT s.id::text FROM staff s JOIN users u ON u.id = s.user_id WHERE u.email = 'staff@demo.test'")
    service = next(s for s in bookings.services(api) if s["capacity"] == 1 and member["id"] in s["staff_ids"])
    return service, member["id"]


@pytest.fixture
def somebody(server, api, mine):
    """A customer with a name, an address and a number of their own, and an appointment with the staff login's member."""
    service, member = mine
    who = people.new_customer(api, name="Ximena Quirke")
    server.sql("UPDATE users SET phone = %s WHERE id = %s", f"+4915{int(who.id[-8:], 16):010}", who.id)
    [row] = server.sql("SELECT phone FROM users WHERE id = %s", who.id)
    who.phone = row["phone"]
    who.appointment = bookings.book(people.as_person(api, who), bookings.free_slot(api, service, staff_id=member)).data["id"]
    return who


@pytest.fixture
def observer(server, api):
    """Sees everybody's appointments, and nobody's account."""
    server.sql("INSERT INTO roles (id, name) VALUES (gen_random_uuid(), 'looker')")
    server.sql("INSERT INTO role_permissions SELECT r.id, p.id FROM roles r, permissions p "
               "WHERE r.name = 'looker' AND p.slug = 'appointments.read_all'")
    who = people.with_role(api, "looker")
    yield people.as_person(api, who)
    server.sql("UPDATE users SET role_id = (SELECT id FROM roles WHERE name = 'customer') WHERE id = %s", who.id)
    server.sql("DELETE FROM roles WHERE name = 'looker'")


class TestContacts:
    @pytest.fixture(params=["the staff role", "appointments.read_all alone"])
    def unprivileged(self, request, staff):
        return staff if request.param == "the staff role" else request.getfixturevalue("observer")

    def test_R16_without_users_read_nobody_guesses_an_address_or_number_by_pieces(self, server, unprivileged, somebody):
        local, domain = somebody.email.split("@")
        for q in (somebody.email[:-1], somebody.email[1:], local, f"@{domain}", "@", somebody.phone[1:], somebody.phone[:-1],
                  somebody.phone[-6:], "+", "_" + somebody.email[1:], "%" + domain):
            assert somebody.appointment not in found(unprivileged, q), q

    def test_R04_the_whole_address_or_number_finds_in_any_spelling_that_is_the_same(self, unprivileged, somebody):
        for q in (somebody.email, somebody.email.upper(), f" {somebody.email} ", somebody.phone):
            assert somebody.appointment in found(unprivileged, q), q

    def test_the_name_is_found_by_pieces(self, unprivileged, somebody):
        for q in ("Ximena", "mena quir", "QUIRKE"):
            assert somebody.appointment in found(unprivileged, q), q

    def test_users_read_finds_by_pieces(self, admin, somebody):
        for q in (somebody.email[:-1], somebody.email[1:].upper(), somebody.phone[1:], somebody.phone[-9:], somebody.email):
            assert found(admin, q) == [somebody.appointment], q
            assert found(admin, q, user_id=somebody.id) == [somebody.appointment], q

    def test_ones_own_address_is_no_secret(self, api, somebody):
        own = people.as_person(api, somebody)
        for q in (somebody.email[1:-1], somebody.phone[-6:]):
            assert found(own, q) == [somebody.appointment], q

    def test_what_an_appointment_shows_of_a_walk_in_is_found_by_pieces(self, api, unprivileged, admin, mine):
        service, member = mine
        slot = bookings.free_slot(api, service, staff_id=member)
        id = bookings.book(admin, slot, customer={"name": "Ottoline Vex", "phone": "+4917655512345", "email": "ov@walk.test"}).data["id"]
        for q in ("ottoline", "e Vex", "55512345", "OV@walk", "+4917655512345"):
            assert id in found(unprivileged, q), q


class TestTexts:
    @pytest.mark.parametrize("name, pieces", [
        ("Łukasz Żółw", ("Łukasz", "ukasz Ż", "Żółw", "ł")),
        ("Иван Грозный", ("Иван", "ван Г", "Гр")),
        ("李明", ("李明", "李")),
        ("100%_of\\it's", ("100%", "%_", "_of\\", "\\", "it's"))])
    def test_R32_a_customer_is_found_by_any_piece_of_a_name_in_any_script_taken_literally(self, api, admin, name, pieces):
        who = people.new_customer(api, name=name)
        own = people.as_person(api, who)
        mine = {bookings.book(own).data["id"] for _ in range(2)}
        noted = bookings.book(admin, notes=f"for {name}!").data["id"]
        for q in pieces:
            assert mine | {noted} <= set(found(admin, q)), q
            assert mine <= set(found(own, q)), q
        assert not mine & set(found(admin, "100X")) and not mine & set(found(admin, "%of%"))

    def test_R32_filters_narrow_and_pages_join_in_every_order(self, api, admin):
        who = people.new_customer(api, name="Perpetua Zaun")
        booked = [bookings.book(people.as_person(api, who)).data for _ in range(4)]
        booked.append(bookings.book(admin, notes="calls for Perpetua").data)
        booked.append(bookings.book(admin, customer={"name": "Perpetua Walker"}).data)
        ids = sorted(item["id"] for item in booked)
        assert sorted(found(admin, "perpetua")) == ids
        admin.post(f"{BASE}/{booked[1]['id']}/cancel", expect=200)
        assert found(admin, "perpetua", status="cancelled") == [booked[1]["id"]]
        date, service = booked[0]["date"], booked[0]["service"]["id"]
        assert set(found(admin, "perpetua", **{"from": date, "to": date})) == {a["id"] for a in booked if a["date"] == date}
        assert set(found(admin, "perpetua", service_id=service)) == {a["id"] for a in booked if a["service"]["id"] == service}
        of = {item["id"]: item for item in booked}
        for sort in ORDERS:
            seen = whole(admin, q="perpetua", sort=sort, limit=2)
            keys = [of[id][sort.lstrip("-")] for id in seen]
            assert sorted(seen) == ids and keys == sorted(keys, reverse=sort.startswith("-"))

    def test_R32_services_and_members_are_found_by_name_and_each_appointment_once(self, server, admin, mine):
        service, member = mine
        [row] = server.sql("SELECT name FROM staff WHERE id = %s", member)
        slot = bookings.free_slot(admin, service, staff_id=member)
        id = bookings.book(admin, slot, notes=f"{service['name']} with {row['name']}").data["id"]
        for q in (service["name"], row["name"].upper()):
            listed = found(admin, q)
            assert listed.count(id) == 1 and len(set(listed)) == len(listed)


class TestTooBroad:
    @pytest.fixture
    def crowd(self, server):
        """1,001 customers of the same name."""
        server.sql("INSERT INTO users (id, role_id, name, email, password_hash) "
                   "SELECT gen_random_uuid(), (SELECT id FROM roles WHERE name = 'customer'), 'Legion ' || n, n || '@legion.test', '-' "
                   "FROM generate_series(1, 1001) AS n")
        yield
        server.sql("DELETE FROM users WHERE email LIKE '%%@legion.test'")

    def test_R32_more_than_1000_customers_are_refused(self, server, api, admin, crowd):
        for query in ({}, {"total": "true"}, {"sort": "-created_at"}):
            refused = admin.get(BASE, query={"q": "legion"} | query, expect=422)
            assert refused.code == "too_broad" and refused.field_errors == {"q": "too_broad"}
            assert "1,000 customers" in refused.json["message"] and "more of the name" in refused.json["message"]
        assert found(admin, "legion 1001") == []
        server.sql("DELETE FROM users WHERE email = '1@legion.test'")
        assert found(admin, "@legion.test") == [], "1,000 are not too many"

    def test_one_persons_own_list_is_never_too_broad(self, api, staff, customer, admin, crowd):
        booked = bookings.book(customer, notes="of the Legion").data
        assert found(customer, "legion") == [booked["id"]]
        assert found(admin, "legion", user_id=booked["user"]["id"]) == [booked["id"]]
        assert booked["id"] in found(admin, "legion", staff_id=booked["staff"]["id"])
        found(staff, "legion")
