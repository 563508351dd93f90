"""Pictures: of people, of services, of the gallery. What a broken line leaves in the table of images without an owner is removed later."""
from cases import case
from harness import images
from world import Request

GALLERY = "/api/v1/gallery"
JPEG = images.jpeg(40, 30)


def upload(who, method, path):
    return Request(method, path, token=who.access_token, headers={"Content-Type": "image/jpeg"}, bytes_=JPEG)


def avatar_of(who):
    return upload(who, "PUT", "/api/v1/users/me/avatar")


def image_of_a_service(world):
    [category] = world.server.sql("SELECT category_id FROM services WHERE id = %s", world.service)
    service = world.do("POST", "/api/v1/services", {"category_id": category["category_id"], "name": f"Bath {world.next()}",
                                                    "price": {"amount": 2500, "currency": "EUR"}, "duration": 30})
    return upload(world.admin, "PUT", f"/api/v1/services/{service['id']}/image")


def with_few_in_it(world):
    world.server.sql("DELETE FROM gallery_items")
    return [sent(world, upload(world.admin, "POST", GALLERY)).data["id"] for _ in range(2)]


def sent(world, request):
    answer = world.call(request)
    assert answer.status in (200, 201), answer
    return answer


def by_admin(world, method, path, body=None):
    return Request(method, path, body, world.admin.access_token)


@case("setAvatar")
def set_avatar(world):
    return avatar_of(world.login())


@case("deleteAvatar")
def delete_avatar(world):
    who = world.login()
    sent(world, avatar_of(who))
    return Request("DELETE", "/api/v1/users/me/avatar", token=who.access_token)


@case("setServiceImage")
def set_service_image(world):
    return image_of_a_service(world)


@case("deleteServiceImage")
def delete_service_image(world):
    upload_it = image_of_a_service(world)
    sent(world, upload_it)
    return by_admin(world, "DELETE", upload_it.path)


@case("addGalleryItem")
def add_gallery_item(world):
    with_few_in_it(world)
    return upload(world.admin, "POST", GALLERY)


@case("updateGalleryItem")
def update_gallery_item(world):
    return by_admin(world, "PATCH", f"{GALLERY}/{with_few_in_it(world)[0]}", {"alt": "The room"})


@case("deleteGalleryItem")
def delete_gallery_item(world):
    return by_admin(world, "DELETE", f"{GALLERY}/{with_few_in_it(world)[0]}")


@case("reorderGallery")
def reorder_gallery(world):
    return by_admin(world, "POST", f"{GALLERY}/reorder", {"ids": with_few_in_it(world)[::-1]})
