"""A phone number is verified by a code that comes by SMS."""
import pytest

from harness import people

ME = "/api/v1/users/me"
PATH = f"{ME}/phone"


@pytest.fixture
def numbered(customer):
    """A customer with a number of their own."""
    customer.number = f"+4930{abs(hash(people.fresh_email())) % 10**8:08}"
    customer.patch(ME, {"phone": customer.number}, expect=200)
    return customer


def age_sends(server):
    server.sql("UPDATE code_sends SET sent_at = sent_at - interval '2 minutes'")


def test_the_code_of_the_sms_proves_the_number(numbered, api):
    sent = numbered.post(f"{PATH}/code", expect=202).data
    assert sent["phone"] == numbered.number and sent["resend_after"] < sent["expires_at"]
    code = people.code_sent_to(api, numbered.number)
    [message] = people.inbox(api, numbered.number)
    assert message["channel"] == "sms" and message["subject"] == ""
    me = numbered.post(f"{PATH}/verify", {"code": code}, expect=200).data
    assert me["phone_verified"] is True and me["phone"] == numbered.number
    assert numbered.get(ME, expect=200).data == me
    again = numbered.post(f"{PATH}/code")
    assert (again.status, again.code) == (409, "phone_verified")


def test_a_changed_number_is_unverified_again(numbered, api):
    numbered.post(f"{PATH}/code", expect=202)
    code = people.code_sent_to(api, numbered.number)
    numbered.patch(ME, {"phone": "+493099999999"}, expect=200)
    answer = numbered.post(f"{PATH}/verify", {"code": code})
    assert (answer.status, answer.code) == (422, "code_invalid")
    numbered.patch(ME, {"phone": numbered.number}, expect=200)
    assert numbered.post(f"{PATH}/verify", {"code": code}, expect=200).data["phone_verified"] is True
    assert numbered.patch(ME, {"phone": "+493099999999"}, expect=200).data["phone_verified"] is False


def test_without_a_number_there_is_nothing_to_verify(customer):
    answer = customer.post(f"{PATH}/code")
    assert (answer.status, answer.code) == (409, "no_phone")
    assert customer.post(f"{PATH}/verify", {"code": "123456"}).code == "code_invalid"


def test_R01_a_minute_between_two_codes(server, numbered):
    numbered.post(f"{PATH}/code", expect=202)
    limited = numbered.post(f"{PATH}/code")
    assert (limited.status, limited.code) == (429, "code_limited") and 0 < int(limited.headers["Retry-After"]) <= 60
    age_sends(server)
    numbered.post(f"{PATH}/code", expect=202)


def test_R16_the_code_of_somebody_else_proves_nothing(numbered, api):
    numbered.post(f"{PATH}/code", expect=202)
    code = people.code_sent_to(api, numbered.number)
    other = people.as_person(api, people.new_customer(api))
    other.patch(ME, {"phone": numbered.number}, expect=200)
    assert other.post(f"{PATH}/verify", {"code": code}).code == "code_invalid"
    other.close()
    assert numbered.post(f"{PATH}/verify", {"code": code}).status == 200


@pytest.mark.parametrize("body, errors", [({}, {"code": "required"}), ({"code": "12345"}, {"code": "invalid"}),
                                          ({"code": 123456}, {"code": "invalid"}),
                                          ({"code": "123456", "phone": "+4930"}, {"phone": "unknown_field"})])
def test_a_body_that_is_no_code(numbered, body, errors):
    answer = numbered.post(f"{PATH}/verify", body)
    assert (answer.status, answer.field_errors) == (422, errors)


def test_who_is_not_logged_in_has_no_phone(api):
    assert api.post(f"{PATH}/code").status == 401
    assert api.post(f"{PATH}/verify", {"code": "123456"}).status == 401


def test_a_business_that_sends_no_sms_says_so(start_server):
    from harness.client import Api
    server = start_server(smtp_url="smtp://127.0.0.1:1", mail_from="desk@example.test")
    who = people.person(Api(server), "customer@demo.test")
    client = people.as_person(Api(server), who)
    client.patch(ME, {"phone": "+493012345678"}, expect=200)
    answer = client.post(f"{PATH}/code")
    assert (answer.status, answer.code) == (409, "sms_unavailable")
    client.close()
