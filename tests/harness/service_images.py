"""A service of one test and its picture, for the suites that send images."""
import pytest

from harness import images, people
from harness.client import Api

SERVICES = "/api/v1/services"


@pytest.fixture(scope="module")
def manager(server):
    return people.as_person(Api(server), people.with_role(Api(server), "manager"))


@pytest.fixture
def service(manager, server):
    category = manager.get("/api/v1/service-categories", expect=200).data["items"][0]["id"]
    made = manager.post(SERVICES, {"category_id": category, "name": "Mask", "price": {"amount": 2500}, "duration": 30}, expect=201).data
    yield made
    server.sql("DELETE FROM services WHERE id = %s", made["id"])


@pytest.fixture
def put(manager, service):
    """put(bytes) sends the picture of a service."""
    path = f"{SERVICES}/{service['id']}/image"
    return lambda image, content_type="image/jpeg", **options: images.send(manager, "PUT", path, image, content_type, **options)
